"""Which department a row's code points at, and which codes the structure lacks. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from metrics.headcount_import.choices import Choices
from metrics.headcount_import.known import Known, KnownDepartment
from metrics.headcount_import.printed import LONGEST_NAME, Count, Counts
from metrics.headcount_import.rows import DepartmentRow, StatedRow
from ui.characters import CONTROL


class Departments:
    """The departments of a file beside those of the structure.

    A unit lies where the longest code that begins its own says. Where no row and no department says, as when a
    department's heading is missing, the code's length is taken from the others and HR is asked for the name.
    """

    def __init__(self, counts: Counts, known: Known, choices: Choices, new: Iterable[Count]) -> None:
        self.known = {row.code: row for row in known.departments}
        units = counts.units
        self.whole = [
            row for row in counts.totals if row.code not in self.known and _begins_all(row.code, units)
        ]
        self.parts = [row for row in counts.totals if row not in self.whole]
        self.names = {row.code: row.name for row in self.parts}
        new = list(new)
        guessed = [self._guess(row, units) for row in new if not self._longest(row.code)]
        self.names |= {code: "" for code in guessed if code not in self.known}
        lying = Counter(self._longest(row.code) for row in new)
        self.rows = [
            self._row(code, choices, lying[code]) for code in sorted(self.names) if code not in self.known
        ]
        self.settled = {row.code: row for row in self.rows}

    def _longest(self, code: str) -> str:
        """The longest department's code that begins a unit's; empty for none."""
        beginnings = (code[:length] for length in range(len(code), 0, -1))
        return next((own for own in beginnings if own in self.known or own in self.names), "")

    def _guess(self, row: Count, units: Sequence[Count]) -> str:
        lengths = Counter(len(code) for code in (*self.known, *self.names))
        length = lengths.most_common(1)[0][0] if lengths else 0
        if not 0 < length < len(row.code):
            length = _alike(min(unit.code for unit in units), max(unit.code for unit in units))
        return row.code[: min(max(length, 1), len(row.code) - 1)]

    def _row(self, code: str, choices: Choices, units: int) -> DepartmentRow:
        said, file_name = choices.of("departments", code), self.names[code]
        do = said.get("do", "") if said.get("do") in ("new", "is", "none") else ""
        if not do and (choices.for_all("departments") or (not self.known and file_name)):
            do = "new"
        fallback = code if choices.for_all("departments") else ""
        name = " ".join(said.get("name", file_name or fallback).split())
        return DepartmentRow(
            code, file_name, units, do, name, said.get("department", ""),
            self._wrong(do, name, said.get("department", "")),
        )  # fmt: skip

    def _wrong(self, do: str, name: str, department: str) -> str:
        if do == "new":
            return name_wrong(name)
        if do == "is" and department not in self.known:
            return "department_missing"
        return "" if do else "choose"

    def of(self, code: str) -> str:
        """The department's code that a unit's code points at, as settled; empty for none."""
        while code:
            code = self._longest(code)
            row = self.settled.get(code)
            if row is None or row.do in ("", "new"):
                return code
            if row.do == "is":
                return row.department if row.department in self.known else ""
            code = code[:-1]  # no department: the next shorter may be one
        return ""

    @property
    def choosable(self) -> list[tuple[str, str]]:
        """Code and name of every department that a unit may be laid in: those known and those about to be made."""
        made = [(row.code, row.name) for row in self.rows if row.do in ("", "new")]
        return sorted([(row.code, row.name) for row in self.known.values()] + made)

    def named(self, code: str) -> KnownDepartment:
        """A department by code, those about to be made as well (key 0)."""
        row = self.settled.get(code)
        return self.known.get(code) or KnownDepartment(0, code, (row and row.name) or code)

    def stated(self) -> tuple[list[StatedRow], list[Count]]:
        """The totals to keep, one a department and one of the whole, and the rest."""
        kept: dict[str | None, Count] = {}
        rest = []
        for row in (*self.whole, *self.parts):
            part = None if row in self.whole else self.of(row.code)
            settled = self.settled.get(row.code)
            if part in kept or part == "" or (settled is not None and settled.do == "none"):
                rest.append(row)
            else:
                kept[part] = row
        return [StatedRow(part, row) for part, row in kept.items()], rest


def _begins_all(code: str, units: Iterable[Count]) -> bool:
    return all(row.code.startswith(code) for row in units)


def _alike(first: str, last: str) -> int:
    """How many digits two codes begin with in common."""
    pairs = zip(first, last, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(first), len(last)))


def name_wrong(name: str) -> str:
    """What is wrong with a name, as a key; empty for nothing."""
    if not name:
        return "name_missing"
    return "name_bad" if len(name) > LONGEST_NAME or CONTROL.search(name) else ""
