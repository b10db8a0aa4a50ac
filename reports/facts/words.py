"""Small words that every section says the same way."""

import datetime as dt
from collections.abc import Iterable, Sequence

from reports import content as c
from reports.comparison import ActivityHistory, Update
from ui import formats

STATUS = {"planned": "planerad", "under_way": "pågår", "completed": "genomförd", "stopped": "stoppad"}
NAMED = 8  # names that a sentence holds
NOTHING = "Inget har ändrats sedan förra rapporten."
Told = tuple[str, tuple[str, ...]]  # a sentence with the codes of what it rests on


def day_or_words(day: dt.date | None, words: str) -> str:
    return words or (formats.day(day) if day else "–")


def deadline(update: Update) -> str:
    return day_or_words(update.state.deadline, update.words)


def name(row: ActivityHistory) -> str:
    return f"{row.number}. {row.title}" if row.number else row.title


def ended(text: str) -> str:
    """One paragraph with a full stop."""
    line = " ".join(text.split())
    return line if not line or line.endswith((".", "?", "…")) else f"{line}."


def after(word: str, comment: str) -> str:
    """A comment as one paragraph, without the status in a sentence of its own that it may begin with and that has just
    been told: Försenad. Leverantören väntar. → Leverantören väntar."""
    line = ended(comment)
    first, _stop, rest = line.partition(". ")
    return rest if first.casefold() == word.casefold() else "" if line.casefold() == f"{word}." else line


def named(names: Sequence[str]) -> str:
    """a, b och c; beyond what a sentence holds: a, b … och tre till."""
    if len(names) <= NAMED:
        return formats.listed(names)
    return formats.listed([*names[: NAMED - 1], f"{formats.count(len(names) - NAMED + 1)} till"])


def enumerated(one: str, many: str, names: Sequence[str]) -> str:
    """En ny aktivitet: a. Tre nya aktiviteter: a, b och c."""
    return f"{formats.sentence(c.counted(len(names), one, many))}: {named(names)}."


def since(previous: dt.date | None, told: Iterable[Told]) -> Iterable[c.Changes]:
    """The block that says what is otherwise than in the last report; none where there is no such report."""
    if previous is None:
        return
    rows = list(told)
    if rows:
        yield c.Changes(tuple(text for text, _refs in rows), tuple(refs for _text, refs in rows))
    else:
        yield c.Changes((NOTHING,))
