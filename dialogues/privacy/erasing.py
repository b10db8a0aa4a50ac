"""Words taken out of texts for good: where they stand, what is left, and what surrounds them in a preview.

Pure. Patterns are for folded texts (`ui.seeking`): words are found as a reader sees them.
"""

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs, urlencode

from ui import seeking
from ui.seeking import folded, run_of

MARK = "[raderat]"
AROUND = 40
WORDED = ":"  # in the name of a field that carries words: the notes' "to:0:1:current:the heading"
# What may stand before a statement in notes: a bullet, a number, a letter, and some of them after one another.
LEAD = r"(?:(?:[-•*➢·‣▪>][ \t]*|(?:o|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[a-zåäö][.)])[ \t]+)){0,3}"

# A form's fields run together, as a draft of notes keeps what can be undone.
ENCODED = re.compile(r"[\w.:-]+=[^\s&]*(?:&[\w.:-]+=[^\s&]*)+")


def pattern_of(words: Collection[str]) -> re.Pattern[str]:
    """Finds the words as whole words in any case, with a genitive s, however blanks and lines are broken.

    Numbers are found in whichever way they are written, with or without the century of a personal number.
    """
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(seeking.pattern_of(one).pattern for one in longest_first)
    return re.compile(either or r"(?!)", re.IGNORECASE)


def pattern_of_lines(lines: Collection[str], labels: Collection[str] = ()) -> re.Pattern[str]:
    """Finds lines that are nothing but these words with a bullet, a number or a label of theirs before, and so leaves
    texts alone that only hold them."""
    either, label = _either(lines), _either(labels)
    before = rf"(?:(?:{label}):\s+)?" if label else ""
    return re.compile(rf"^[ \t]*{LEAD}{before}(?:{either or '(?!)'})[ \t]*\r?$", re.MULTILINE)


def _either(texts: Collection[str]) -> str:
    return "|".join(map(run_of, sorted(filter(str.strip, texts), key=len, reverse=True)))


def holds(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the words stand in the text."""
    return next(folded(text).spans(pattern), None) is not None


def without(text: str, pattern: re.Pattern[str], longest: int | None = None, number: int = 1) -> str:
    """The text with a mark where the words stood; a shorter mark where the longer one finds no room.

    Texts that must differ get marks with numbers, from the second on.
    """
    places = list(folded(text).spans(pattern))
    which = "" if number == 1 else f" {number}"
    erased = _marked(text, places, f"{MARK[:-1]}{which}]")
    if longest is None or len(erased) <= longest:
        return erased
    erased = _marked(text, places, f"…{which.strip()}")
    if len(erased) <= longest:
        return erased
    return f"{erased[: longest - len(which)]}{which}"


def _marked(text: str, places: list[tuple[int, int]], mark: str) -> str:
    parts, at = [], 0
    for start, end in places:
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


def without_deep(value: Any, pattern: re.Pattern[str], longest: int | None = None) -> Any:
    """The same in lists and mappings, and in the names of fields that carry words: what a draft or an entry of the
    trail holds."""
    if isinstance(value, str) and ENCODED.fullmatch(value):
        fields = parse_qs(value, keep_blank_values=True)
        left = without_deep(fields, pattern)
        return value if left == fields else urlencode(left, doseq=True)
    if isinstance(value, str):
        return without(value, pattern, longest)
    if isinstance(value, list):
        return [without_deep(part, pattern) for part in value]
    if isinstance(value, dict):
        return {
            without(key, pattern) if WORDED in key else key: without_deep(part, pattern)
            for key, part in value.items()
        }
    return value


def excerpt(text: str, pattern: re.Pattern[str]) -> tuple[str, str, str]:
    """Some words before the first place of what is looked for, itself, and some words after; nothing when none."""
    start, end = next(folded(text).spans(pattern), (None, None))
    if start is None:
        return ("", "", "")
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]}…"
    return (before, text[start:end].strip(), after)


def first_text(value: Any, pattern: re.Pattern[str]) -> str | None:
    """The first string inside lists and mappings that holds the words."""
    if isinstance(value, str) and ENCODED.fullmatch(value):
        return first_text(parse_qs(value, keep_blank_values=True), pattern)
    if isinstance(value, str):
        return value if holds(value, pattern) else None
    parts = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        parts = [*(key for key in value if WORDED in key), *value.values()]
    return next((text for part in parts if (text := first_text(part, pattern)) is not None), None)
