"""What a handout takes in: kinds of record, single activities or dialogues, and files.

Pure. Kept as a list of words: "need" is a kind, "activity:12" a single row, "attachment:5" and "release-file:9"
files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SINGLE = ("activity", "dialogue")
FILES = ("attachment", "release-file")


@dataclass(frozen=True)
class Selection:
    """`rows` has the single activities and dialogues; an owner that is not there is taken whole."""

    kinds: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()


def read(words: Iterable[str]) -> Selection:
    """The selection that `write` wrote; words that are no longer known are kept as kinds, which nobody reads."""
    kinds, files = set(), set()
    rows: dict[str, set[int]] = {}
    for word in words:
        owner, colon, pk = str(word).partition(":")
        if not colon:
            kinds.add(owner)
        elif owner in FILES:
            files.add(word)
        elif owner in SINGLE and pk.isdecimal():
            rows.setdefault(owner, set()).add(int(pk))
    return Selection(
        frozenset(kinds), {owner: frozenset(pks) for owner, pks in rows.items()}, frozenset(files)
    )


def write(selection: Selection) -> list[str]:
    """The selection as words in a fixed order."""
    rows = [f"{owner}:{pk}" for owner, pks in sorted(selection.rows.items()) for pk in sorted(pks)]
    return [*sorted(selection.kinds), *rows, *sorted(selection.files)]
