"""Statements under correction are put under other headings: many at a time, or by a line that is made a heading.

Pure. Only the statements' places change, and the words of a line that is no statement any more.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogues.notes.lines import BULLET, LONGEST_HEADING, MARKDOWN, MARKED, NUMBER, PARAGRAPH, kind_of
from dialogues.notes.reader import Line, statements
from dialogues.notes.review import Mark, Row, taken_up

Place = tuple[int, int | None, str]  # occasion, area, kind, as Row.place


def may_head(mark: Mark) -> bool:
    """A line that somebody may have meant as a heading: short, and no bullet."""
    return (
        mark.became not in ("blank", "owner", "noise")
        and len(mark.text) <= LONGEST_HEADING
        and not BULLET.match(mark.text)
    )


def moved(rows: Sequence[Row], place: Place, heading: str, to: Place) -> list[Row]:
    """All statements of a place under one heading of the notes, to another place; the notes' heading goes with them."""
    return [_put(row, to) if row.place == place and row.heading == heading else row for row in rows]


def made_heading(rows: Sequence[Row], lines: Sequence[Line], number: int, to: Place) -> list[Row]:
    """The line is no statement but the heading of what stands beneath it, up to the next heading: statements come
    there, and lines that had become nothing are statements of it.

    A heading that only tells a kind ("Nuläge") is no end: what stands below it is of that kind.
    """
    words = _said(lines[number - 1])
    left = [row for row in (_without(row, number, words) for row in rows) if row is not None]
    spoken = {at for row in left for at in row.lines}
    kinds = _beneath(lines, number, spoken, to[2])
    for at in kinds.keys() - spoken:
        left, _at = taken_up(left, Mark(at, lines[at - 1].text, "unplaced"))
    return [
        _under(row, (to[0], to[1], kinds[row.lines[0]]), words)
        if row.lines and row.lines[0] in kinds
        else row
        for row in left
    ]


def _said(line: Line) -> str:
    return " ".join(statements(line.text))


def _put(row: Row, to: Place) -> Row:
    return replace(row, occasion=to[0], area=to[1], kind=to[2])


def _under(row: Row, to: Place, words: str) -> Row:
    """Where the notes' heading is the very line that now tells the place, it need not be said twice."""
    return replace(_put(row, to), heading="" if row.heading == words.rstrip(" :") else row.heading)


def _without(row: Row, number: int, words: str) -> Row | None:
    """The statement without the line's words; None when it was nothing but that line."""
    if number not in row.lines:
        return row
    others = tuple(at for at in row.lines if at != number)
    text = " ".join(row.text.replace(words, " ", 1).split())
    return replace(row, text=text, lines=others) if others and text else None


def _beneath(lines: Sequence[Line], number: int, spoken: set[int], kind: str) -> dict[int, str]:
    """The lines under a heading that somebody said something on, or that became nothing; each with its kind."""
    found: dict[int, str] = {}
    own, listed = _number(lines[number - 1].text), ""
    for line in lines[number:]:
        if _is_next(line.text, own, listed):
            break
        listed = _number(line.text) or listed
        if line.number in spoken or line.became == "unplaced":
            found[line.number] = kind
        elif line.became == "heading":
            kind = kind_of(line.text)
            if not kind:
                break
    return found


def _number(text: str) -> str:
    """The number that a line begins with, 4 or 4.2; empty for another paragraph's, and without any."""
    found = NUMBER.match(MARKDOWN.sub("", text))
    return found[2] if found and not PARAGRAPH.match(text) else ""


def _is_next(text: str, own: str, listed: str) -> bool:
    """Whatever became of it, the line is dressed as a heading: ##, §, or the number that comes after the heading's own
    and does not go on from the point above it in a list."""
    if kind_of(text) or len(text) > LONGEST_HEADING:
        return False
    if MARKED.match(text) or PARAGRAPH.match(text):
        return True
    number, words = _number(text), NUMBER.sub("", MARKDOWN.sub("", text)).strip()
    if not own or not number or not words[:1].isupper() or words[-1] in ".!?;,":
        return False
    if "." in number:
        return not number.startswith(f"{own}.")
    return _major(number) == _major(own) + 1 != _major(listed) + 1


def _major(number: str) -> int:
    return int(number.partition(".")[0] or 0)
