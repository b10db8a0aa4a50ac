"""Which lines of notes belong to their pages and not to anybody: page numbers and running heads.

Pure. Rather a running head among the statements, where it is seen, than a statement among the running heads.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

OF = r"\s*(?:\([0-9]{1,3}\)|/\s*[0-9]{1,3}|av\s+[0-9]{1,3})"
PAGE = re.compile(rf"^\W*(?:(?:sida|sid|s)\b\.?\s*)?[0-9]{{1,3}}(?:{OF})?\W*$", re.IGNORECASE)
NUMBERED = rf"(?:(?:sida|sid|s)\b\.?\s*([0-9]{{1,3}})(?:{OF})?|([0-9]{{1,3}}){OF})"
FIRST_ON_LINE = re.compile(rf"^\W*{NUMBERED}\s+(\S.*)$", re.IGNORECASE)
LAST_ON_LINE = re.compile(rf"^(.*\S)\s+{NUMBERED}\W*$", re.IGNORECASE)
LONGEST, FARTHEST = 200, 12
SURE = 3  # so many words, or pages, are no chance


def is_page_number(row: str) -> bool:
    """4, 4 (15), Sid 4(15), 4/15, sida 4 av 15, alone on its line."""
    return len(row) <= LONGEST and bool(row.strip()) and bool(PAGE.match(row))


def of_pages(rows: Sequence[str], may_be: Sequence[bool]) -> set[int]:
    """The indexes of running heads among the rows that may be such: never a bullet, nor a heading that we know."""
    plain = [" ".join(row.casefold().split()) for row in rows]
    numbered = _with_number(plain, may_be)
    numbers = numbered | {at for at, words in enumerate(plain) if is_page_number(words)}
    beside = _beside_numbers(plain, may_be, numbers)
    sure = {plain[at] for at in beside if len(plain[at].split()) >= SURE}
    again = {at for at, words in enumerate(plain) if words in sure and may_be[at]}
    return beside | again | numbered


def _beside_numbers(plain: Sequence[str], may_be: Sequence[bool], numbers: set[int]) -> set[int]:
    """What comes back at the same place from a page number, or from the line that it stands on, with nothing else
    between."""
    runs = [list(_run(plain, may_be, at, step, numbers)) for at in sorted(numbers) for step in (-1, 1)]
    pages: dict[tuple[int, str], set[int]] = defaultdict(set)
    for run in runs:
        for place, at in run:
            pages[place, plain[at]].add(at)
    found = set()
    for run in runs:
        for place, at in run:
            if len(pages[place, plain[at]]) < (2 if " " in plain[at] else SURE):
                break
            found.add(at)
    return found


def _run(
    plain: Sequence[str], may_be: Sequence[bool], at: int, step: int, numbers: set[int]
) -> Iterator[tuple[int, int]]:
    """The lines above (step -1) or below a page number, each with how far away it stands; blank ones left out."""
    place, looked = 0, at + step
    while 0 <= looked < len(plain) and abs(place) < FARTHEST and abs(looked - at) < 4 * FARTHEST:
        if plain[looked]:
            if not may_be[looked] or looked in numbers:
                return
            place += step
            yield place, looked
        looked += step


def _with_number(plain: Sequence[str], may_be: Sequence[bool]) -> set[int]:
    """Lines that are alike but for the number of the page at their beginning or end."""
    alike: dict[str, dict[int, str]] = defaultdict(dict)
    for at, words in enumerate(plain):
        if may_be[at] and len(words) <= LONGEST:
            if found := LAST_ON_LINE.match(words):
                alike[found[1]][at] = found[2] or found[3]
            elif found := FIRST_ON_LINE.match(words):
                alike[found[3]][at] = found[1] or found[2]
    return {at for pages in alike.values() if len(set(pages.values())) > 1 for at in pages}
