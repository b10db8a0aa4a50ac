"""Which group a text means: a department, a unit or a predecessor, by code or name, or the whole. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from metrics.observation_import.near import Nearest
from program.exchange.cells import key

WHOLE = {
    "", "alla", "hela", "total", "totalt", "totalsumma", "summa", "samtliga", "hela förvaltningen", "förvaltningen",
    "hela organisationen", "hela kommunen", "all", "everybody", "grand total",
}  # fmt: skip
OF_THE_WHOLE = re.compile(r"([0-9]{2,12})(?:\s|$)")  # as in headcounts: 52, 52 Socialnämnd


@dataclass(frozen=True)
class Group:
    """Who a value is of. `kind` is department, unit or predecessor, or empty for the whole."""

    kind: str = ""
    pk: int | None = None
    code: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    department: str = ""  # a unit's department, by code
    until: dt.date | None = None  # when it closed

    def was_open(self, first: dt.date) -> bool:
        """Whether a period that begins on a day lies within its life."""
        return self.until is None or first <= self.until


@dataclass(frozen=True)
class Found:
    """The group, or why there is none: unknown_group, ambiguous_group or closed_group, with what is near."""

    group: Group | None
    code: str = ""
    near: str = ""


class Groups:
    """Every group of an organisation by what it may be called."""

    def __init__(self, groups: Iterable[Group], whole_names: Iterable[str] = ()) -> None:
        self.whole = {key(name) for name in (*WHOLE, *whole_names)}
        self.departments: list[str] = []
        self.by_code: dict[str, list[Group]] = {}
        self.by_name: dict[str, list[Group]] = {}
        self.names: list[str] = []
        self.near = Nearest(self.names, 0.75)
        for group in groups:
            self._add(group)

    def _add(self, group: Group) -> None:
        self.departments += [group.code] if group.kind == "department" and group.code else []
        codes = [group.code, f"{group.department}/{group.code}"] if group.department else [group.code]
        for code in filter(None, codes):
            self.by_code.setdefault(key(code), []).append(group)
        names = [group.name, *group.aliases, *([f"{group.code} {group.name}"] if group.code else [])]
        for name in dict.fromkeys(key(name) for name in names):
            self.by_name.setdefault(name, []).append(group)
        self.names += [group.name, *group.aliases]

    def find(self, text: str, first: dt.date) -> Found:
        """The group that a text means for a period that begins on a day; a code goes before a name."""
        plain = key(text)
        if plain in self.whole:
            return Found(Group())
        named = self.by_code.get(plain) or self.by_name.get(plain) or []
        if not named and self._begins_all(text):
            return Found(Group())
        alive = [group for group in named if group.was_open(first)]
        if not named:
            return Found(None, "unknown_group", self.near.of(text))
        if not alive:
            return Found(None, "closed_group", named[0].until.isoformat() if named[0].until else "")
        if len(alive) > 1:
            return Found(None, "ambiguous_group", _codes(alive))
        return Found(alive[0])

    def _begins_all(self, text: str) -> bool:
        """Whether a text is the code of the whole, perhaps with its name: one that every department's code begins with."""
        found = OF_THE_WHOLE.match(text.strip())
        if found is None or not self.departments:
            return False
        return all(own != found[1] and own.startswith(found[1]) for own in self.departments)


def _codes(groups: Iterable[Group]) -> str:
    """The codes to choose among; a unit's with its department's, which is never ambiguous."""
    return ", ".join(
        f"{row.department}/{row.code}" if row.department else row.code or row.name for row in groups
    )
