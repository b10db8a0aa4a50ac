"""When a row of the file means a row of the programme, and when two values say the same."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from program.exchange.cells import DateCell
from program.exchange.results import Change
from program.exchange.rows import LINES
from program.exchange.snapshot import Held
from program.exchange.words import in_words

NAMED = ("responsible", "departments", "needs")
ALIKE = 0.6


def alike(one: str, other: str) -> bool:
    """Two titles that say the same with a few words changed."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def same(key: str, before: Any, after: Any) -> bool:
    if isinstance(after, DateCell):
        old = before or DateCell("")
        if after.text == old.text:
            return True
        if after.when is None or old.when is None:
            return False
        edge = "first" if key == "starts" else "last"
        return (getattr(after.when, edge), after.when.words) == (getattr(old.when, edge), old.when.words)
    if key in NAMED:
        return sorted(before or ()) == sorted(after)
    if isinstance(after, str):
        return plain(key, before or "") == plain(key, after)
    if isinstance(after, tuple):
        return tuple(before or ()) == after
    return before == after


def plain(key: str, text: str) -> str:
    """A text as it is compared: line breaks of one kind, no blanks at its ends, a line's blanks single."""
    return " ".join(text.split()) if key in LINES else re.sub(r"\r\n?", "\n", text).strip()


def matching_step(item, left: list[Held], items) -> Held | None:
    """By number; the one without a number by its words, or when it is the only one on both sides."""
    number = item.values["number"]
    if number:
        return next((row for row in left if row.values["number"] == number), None)
    worded = next((row for row in left if row.values["text"] == item.values["text"]), None)
    bare = [row for row in left if not row.values["number"]]
    return worded or (bare[0] if len(bare) == 1 and len(items) == 1 else None)


def matching_follow_up(item, left: list[Held], items) -> Held | None:
    """The same kind on the same day."""
    for row in left:
        same_day = same("planned", row.values["planned"], item.values["planned"])
        if row.values["kind"] == item.values["kind"] and same_day:
            return row
    return None


def differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for key, value in after.items():
        old = before.get(key)
        if not same(key, old, value):
            yield Change(key, in_words(key, old), in_words(key, value))
