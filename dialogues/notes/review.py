"""Notes under correction: statements beside the lines they came from, divided, joined and taken up.

Pure. What a line became is told anew from the statements as they stand, word for word, so that nothing that was in
the notes is gone unseen, whatever is done to the statements.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile

from dialogues.notes.lines import DIALOGUE, NUMBER, SUMMARY
from dialogues.notes.owners import said_owner
from dialogues.notes.reader import Line, Notes, dated_words, statements

SPOKEN = ("statement", "owner", "unplaced")
LONGEST_TITLE, LONGEST_WHERE = 160, 400
LONGEST_LINE, HEAD_LINES = 90, 12
MOST_COMPARED = 60_000  # pairs of words: a statement of 200 beside the 300 of its lines
WORKSHOP = re.compile(r"workshop", re.IGNORECASE)
REVIEW = re.compile(r"(?:genomgång|genomlysning|enkät|medarbetarundersökning)", re.IGNORECASE)
MEETING = re.compile(r"workshop|dialog|ledningsgrupp", re.IGNORECASE)
SHORT = 4  # a shorter word counts as found only when it stands as a word of its own


@dataclass(frozen=True)
class Row:
    """A statement under correction. `occasion` is an index of the sources, `area` a key or None; `lines` where in
    the notes it stands, from 1."""

    text: str
    occasion: int = 0
    area: int | None = None
    kind: str = "current"
    heading: str = ""
    label: str = ""
    owners: str = ""
    lines: tuple[int, ...] = ()

    @property
    def place(self) -> tuple[int, int | None, str]:
        return self.occasion, self.area, self.kind

    @property
    def where(self) -> str:
        return ranges(self.lines)

    def words(self) -> str:
        return f"{self.label} {self.text} {self.owners}"


@dataclass(frozen=True)
class Mark:
    """What became of a line: statement, owner, heading, summary, noise, blank, unplaced (nothing became of it) or
    partly (`missing` are its words that stand nowhere). `rows` are indexes of the statements that stand on it."""

    number: int
    text: str
    became: str
    rows: tuple[int, ...] = ()
    missing: str = ""

    @property
    def is_lost(self) -> bool:
        return self.became in ("unplaced", "partly")


@dataclass(frozen=True)
class Source:
    """A meeting or another source in the notes: the words that tell it in them ("" for the meeting that they are of),
    its date in words, and what it would be called."""

    words: str
    date: str
    kind: str
    title: str = ""
    summary: str = ""


def sources(notes: Notes) -> list[Source]:
    """Those that statements are of, in the order of the notes; the summary belongs to the first."""
    found = list(dict.fromkeys(note.occasion for note in notes.statements)) or [""]
    return [
        _source(words, notes, "\n".join(notes.summary) if at == 0 else "") for at, words in enumerate(found)
    ]


def _source(words: str, notes: Notes, summary: str) -> Source:
    date = dated_words(words) if words else _date_of(notes)
    title = "" if words == date else words[:LONGEST_TITLE]
    is_review = bool(words) and (not title or bool(REVIEW.match(title)))
    kind = "review" if is_review else "workshop" if WORKSHOP.match(words or heading_of(notes)) else "dialogue"
    return Source(words, date, kind, title, summary)


def _date_of(notes: Notes) -> str:
    """When the notes' own meeting was: the date of a line that speaks of the meeting, else the first above all
    statements."""
    for line in _above(notes):
        if MEETING.search(line.text) and (date := dated_words(line.text)):
            return date
    return dated_words(heading_of(notes))


def _above(notes: Notes) -> list[Line]:
    """The lines above the first statement."""
    return list(takewhile(lambda line: line.became not in ("statement", "owner"), notes.lines))


def heading_of(notes: Notes) -> str:
    """What stands above the first statement, as far as it is headings or short lines: whom the notes' dialogue was
    with, and when. The heading that says so comes first."""
    found: list[str] = []
    for line in _above(notes):
        words = " ".join(line.text.split())
        if len(words) <= LONGEST_LINE and DIALOGUE.match(words):
            found.clear()
        if words and len(words) <= LONGEST_LINE:
            found.append(words)
    return NUMBER.sub("", " ".join(found[:HEAD_LINES]))


def first_rows(notes: Notes, areas: Sequence[int]) -> list[Row]:
    """The statements as they were read; `areas` are the keys of those that the notes were read with."""
    spoken = {line.number for line in notes.lines if line.became in SPOKEN}
    order = {source.words: at for at, source in enumerate(sources(notes))}
    return [
        Row(
            note.text, order[note.occasion], None if note.area is None else areas[note.area], note.kind,
            note.heading, note.label, note.owners,
            tuple(number for number in range(note.first, note.last + 1) if number in spoken),
        )
        for note in notes.statements
    ]  # fmt: skip


def spans(numbers: Iterable[int]) -> list[tuple[int, str]]:
    """(4, "4–5"), (9, "9") from 4, 5, 9: each unbroken row of numbers, by its first."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return [(first, f"{first}" if first == last else f"{first}–{last}") for first, last in parts]


def ranges(numbers: Iterable[int]) -> str:
    """4–5, 9 from 4, 5, 9."""
    return ", ".join(words for _first, words in spans(numbers))


def numbers(words: str, most: int) -> tuple[int, ...]:
    """4, 5, 9 from "4–5, 9"; what is no line of the notes is left out."""
    found: set[int] = set()
    for first, last in re.findall(r"([0-9]{1,6})(?:\s*[–-]\s*([0-9]{1,6}))?", words[:LONGEST_WHERE]):
        found.update(range(max(1, int(first)), min(most, int(last or first)) + 1))
    return tuple(sorted(found))


def divided(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    """Each line break typed in a text divides it; the parts stand where their words stand."""
    done = []
    for row in rows:
        parts = [" ".join(part.split()) for part in row.text.splitlines() if part.strip()]
        done += [replace(row, text=part) for part in parts or [""]]
    return settled(done, lines)


def settled(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    """Neighbours that claim the same lines are parts of one statement: each gets the lines of its own words."""
    done: list[Row] = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and len(rows[at].lines) > 1 and rows[end].lines == rows[at].lines:
            end += 1
        done += _shared_out(rows[at:end], lines) if end - at > 1 else rows[at:end]
        at = end
    return done


def _shared_out(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    said = [(word, at) for at, row in enumerate(rows) for word in _tokens(row.words())]
    stood = [(word, number) for number in rows[0].lines for word in _tokens(lines[number - 1].text)]
    if len(said) * len(stood) > MOST_COMPARED:  # nobody's statement; finding its lines would take minutes
        return list(rows)
    found: list[set[int]] = [set() for _row in rows]
    matcher = SequenceMatcher(
        None, [word for word, _at in said], [word for word, _n in stood], autojunk=False
    )
    for first, second, size in matcher.get_matching_blocks():
        for step in range(size):
            found[said[first + step][1]].add(stood[second + step][1])
    return [replace(row, lines=tuple(sorted(own)) or row.lines) for row, own in zip(rows, found, strict=True)]


def joined(rows: Sequence[Row], at: int) -> list[Row]:
    """The statement at `at` goes on the one above it, with all its words and lines."""
    above, row = rows[at - 1], rows[at]
    label = f"{row.label}: " if row.label and above.label else ""
    owners = ", ".join(dict.fromkeys(filter(None, (above.owners, row.owners))))
    whole = replace(
        above, text=f"{above.text} {label}{row.text}".strip(), label=above.label or row.label, owners=owners,
        lines=tuple(sorted({*above.lines, *row.lines})),
    )  # fmt: skip
    return [*rows[: at - 1], whole, *rows[at + 1 :]]


def taken_up(rows: Sequence[Row], mark: Mark) -> tuple[list[Row], int]:
    """The line made a statement (of its missing words, where others are used), and where that stands.

    An owner's line is no owner's any more: its words leave the statement above.
    """
    if mark.became == "owner":
        rows = [_without_owner(row, mark) for row in rows]
    text = " ".join(statements(mark.missing or mark.text))
    above = max(
        (at for at, row in enumerate(rows) if row.lines and row.lines[0] <= mark.number),
        key=lambda at: rows[at].lines[0], default=None,
    )  # fmt: skip
    like = rows[above] if above is not None else rows[0] if rows else Row("")
    new = replace(like, text=text, label="", owners="", lines=(mark.number,))
    at = 0 if above is None else above + 1
    return [*rows[:at], new, *rows[at:]], at


def _without_owner(row: Row, mark: Mark) -> Row:
    if mark.number not in row.lines:
        return row
    owners = row.owners.replace(_owner_words(mark.text), "", 1).strip(" ,")
    return replace(row, owners=owners, lines=tuple(number for number in row.lines if number != mark.number))


def _owner_words(text: str) -> str:
    """Who answers, of the words of an owner's line."""
    words = NUMBER.sub("", " ".join(statements(text)))
    return said_owner(words) or words.strip(" .")


def marks(lines: Sequence[Line], rows: Sequence[Row], summary: str = "") -> list[Mark]:
    """What became of every line, by the words of the statements (and of the summary) as they stand now."""
    standing: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        for number in row.lines:
            standing.setdefault(number, []).append(at)
    known = [_Words(row.words()) for row in rows]
    told = _Words(summary)
    return [
        _mark(line, tuple(standing.get(line.number, ())), known, rows, told, bool(summary)) for line in lines
    ]


def _mark(
    line: Line, on: tuple[int, ...], known: Sequence["_Words"], rows: Sequence[Row], told: "_Words", has_summary: bool
) -> Mark:  # fmt: skip
    if line.became == "blank":
        return Mark(line.number, "", "blank")
    if line.became == "owner" and any(rows[at].owners for at in on):
        missing = _missing(_owner_words(line.text), [known[at] for at in on])
        return Mark(line.number, line.text, "partly" if missing else "owner", on, missing)
    if on:
        missing = _missing(line.text, [known[at] for at in on])
        return Mark(line.number, line.text, "partly" if missing else "statement", on, missing)
    if line.became == "summary":
        point = SUMMARY.match(
            NUMBER.sub("", line.text.strip())
        )  # "Röd tråd: tydlighet" says a point beside its heading
        missing = _missing(point[3] or "" if point else line.text, [told]) if has_summary else ""
        became = "unplaced" if not has_summary else "partly" if missing else "summary"
        return Mark(line.number, line.text, became, (), missing)
    return Mark(line.number, line.text, "unplaced" if line.became in SPOKEN else line.became)


class _Words:
    """Words to look among: each by itself, and all of them run together, for words that a line break cut."""

    def __init__(self, text: str) -> None:
        found = _tokens(text)
        self.single = set(found)
        self.run = "".join(found)

    def __contains__(self, word: object) -> bool:
        return word in self.single or (isinstance(word, str) and len(word) >= SHORT and word in self.run)


def _missing(text: str, known: Sequence[_Words]) -> str:
    """The words of a line that stand nowhere among those known, as they were written."""
    return " ".join(
        word
        for word in NUMBER.sub("", " ".join(statements(text))).split()
        if any(all(token not in words for words in known) for token in _tokens(word))
    )


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
