"""What the buttons of notes under correction do: the statements as they were sent become others.

Nothing of it is stored. The statements as they were before travel with the page, so that one press brings them back.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlencode

from dialogues.notes import headings, review

ROW = ("text", "place", "heading", "label", "owners", "lines")
MOST_FIELDS = 4_000
Fields = Mapping[str, Sequence[str]]


def first(fields: Fields, name: str) -> str:
    """The first value that says something; empty when none does."""
    return next(filter(None, fields.get(name) or []), "")


def statements_of(fields: Fields) -> dict[str, Sequence[str]]:
    """The fields that tell the statements and the lines that were made headings; not the notes or the meetings."""
    return {
        name: values
        for name, values in fields.items()
        if name in ("row", "headings") or name.partition("-")[0] in ROW
    }


def undone(fields: Fields) -> Fields:
    """The page as it was before the last change, which can be taken back in its turn."""
    try:
        kept = parse_qs(first(fields, "before"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return fields
    before = statements_of(kept)
    if "row" not in before:
        return fields
    now = statements_of(fields)
    others = {name: values for name, values in fields.items() if name not in now}
    return others | before | {"before": [urlencode(now, doseq=True)]}


def press(made, do: str, fields: Fields) -> None:
    """What a button does to a Review: merge:3 and remove:3 with a statement, take:12, head:12 (asks) and set:12 with
    a line of the notes, move:<place>:<heading> with all that stand there."""
    name, _colon, what = do.partition(":")
    before = made.rows, made.headings
    if name in ROWS:
        ROWS[name](made, _number(what))
    elif name in ("head", "set"):
        _head(made, _number(what), first(fields, "head") if name == "set" else "")
    elif name == "move":
        _move(made, what, first(fields, f"to:{what}"))
    made.in_vain = bool(made.asked) and name != "head"
    made.put_in_order()
    if before != (made.rows, made.headings):
        made.before = urlencode(statements_of(fields), doseq=True)


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else -1


def _merge(made, at: int) -> None:
    if 0 < at < len(made.rows) and made.rows[at].place == made.rows[at - 1].place:
        made.rows, made.focus = review.joined(made.rows, at), at - 1


def _remove(made, at: int) -> None:
    if 0 <= at < len(made.rows):
        made.rows = [*made.rows[:at], *made.rows[at + 1 :]]
        made.focus = min(at, len(made.rows) - 1) if made.rows else None


def _take(made, number: int) -> None:
    if 0 < number <= len(made.notes.lines):
        made.rows, made.focus = review.taken_up(made.rows, made.marks()[number - 1])


ROWS = {"merge": _merge, "remove": _remove, "take": _take}


def _head(made, number: int, chosen: str) -> None:
    """Ask what the line is the heading of; where that is told, put what stands under it there."""
    if not 0 < number <= len(made.notes.lines):
        return
    to = made.place_of(chosen)
    if to[1] is None:
        made.asked = str(number)
        return
    made.rows = headings.made_heading(made.rows, made.notes.lines, number, to)
    made.add_headings((number,))
    at = (
        at
        for at, row in enumerate(made.rows)
        if row.lines and row.lines[0] > number and row.place[:2] == to[:2]
    )
    made.focus = next(at, None)


def _move(made, what: str, chosen: str) -> None:
    """Put all statements under one heading somewhere else; where that is not told, say so."""
    *place, heading = [*what.split(":", 3), "", "", "", ""][:4]
    to = made.place_of(chosen)
    if to[1] is None:
        made.asked = what
        return
    rows = headings.moved(made.rows, made.place_of(":".join(place)), heading, to)
    if rows != made.rows:
        made.focus = next(at for at, row in enumerate(rows) if row != made.rows[at])
        made.rows = rows
