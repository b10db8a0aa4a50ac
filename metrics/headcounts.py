"""Headcounts as HR systems print them: rows of code, name and figures, from pasted text or a spreadsheet.

Pure. Figures are Swedish: decimal comma, blanks in thousands, `56*` and "(*2 chefer)" where managers share a unit.
A row whose code begins other rows' codes is a total, of a department or of the whole; every other row is a unit.
Nothing is repaired: what cannot be read is told with its line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

CODE = re.compile(r"^([0-9]{2,12})\s+(\S.*)$")
SHARED = re.compile(r"\(\s*\*?\s*([0-9]{1,2})\s*chefer\s*\)", re.IGNORECASE)
FIGURE = re.compile(r"^[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})*(?:,[0-9]+)?\*?$|^[0-9]+(?:,[0-9]+)?\*?$")
GAP = re.compile(r"[ \u00a0\u202f]+")
COLUMNS = {
    "code": ("kod", "ansvarskod", "enhetskod", "orgkod", "code"),
    "name": ("namn", "enhet", "chefsområde", "benämning", "enhetsnamn", "name", "unit"),
    "employees": ("antal tillsvidareanställda", "antal anställda", "antal", "anställda", "medarbetare", "employees"),
    "fte": ("årsarbetare", "antal årsarbetare", "antal årsarbetare enligt anställningsavtal", "fte"),
    "mean_age": ("medelålder", "mean age", "ålder"),
    "managers": ("chefer", "antal chefer", "managers"),
}  # fmt: skip
LARGEST_AGE, MOST_PER_MAN = Decimal(80), Decimal("1.10")


@dataclass(frozen=True)
class Count:
    """One row: `managers` is None where nothing is said of them (one manager leads a unit), `line` counts from 1."""

    code: str
    name: str
    employees: int
    fte: Decimal | None
    mean_age: Decimal | None
    managers: int | None
    line: int


@dataclass(frozen=True)
class Problem:
    """A row that holds a code but no figures that can be read, or a code that comes twice. `kind` is a key."""

    line: int
    text: str
    kind: str


@dataclass
class Counts:
    """All rows of a file in their order, divided into units and totals, and what could not be read."""

    rows: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def units(self) -> list[Count]:
        return [row for row in self.rows if not self._is_total(row)]

    @property
    def totals(self) -> list[Count]:
        return [row for row in self.rows if self._is_total(row)]

    def _is_total(self, row: Count) -> bool:
        return any(other.code != row.code and other.code.startswith(row.code) for other in self.rows)


def figure(text: str) -> Decimal | None:
    """1 498,42 as a number; None for what is no figure."""
    plain = re.sub(r"[ \u00a0\u202f*]", "", text).replace(",", ".")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        return None


def from_text(text: str) -> Counts:
    """The rows of text pasted from a PDF or a screen: figures at the end, names perhaps over several lines."""
    counts, waiting = Counts(), None
    for number, line in enumerate(text.splitlines(), start=1):
        words = GAP.sub(" ", line).strip()
        begun = CODE.match(words)
        if begun and waiting:
            counts.problems.append(Problem(waiting[0], waiting[1], "no_figures"))
            waiting = None
        if waiting:
            words = f"{waiting[1]} {words}".strip()
        elif not begun:
            counts.ignored += [words] if words else []
            continue
        row = _row(words, waiting[0] if waiting else number)
        waiting = None if row else (waiting[0] if waiting else number, words)
        counts.rows += [row] if row else []
    if waiting:
        counts.problems.append(Problem(waiting[0], waiting[1], "no_figures"))
    return _checked(counts)


def _row(words: str, line: int) -> Count | None:
    """A whole row as words, or None while its figures have not come yet."""
    code, rest = words.split(" ", 1)
    shared = SHARED.search(rest)
    parts = SHARED.sub(" ", rest).split()
    best = min(_readings(parts), key=lambda reading: reading[0], default=None)
    if best is None:
        return None
    _doubt, name, employees, fte, age = best
    return Count(code, name, employees, fte, age, int(shared[1]) if shared else None, line)


def _readings(parts: Sequence[str]) -> Iterable[tuple[Decimal, str, int, Decimal, Decimal]]:
    """Every way to read the last words as employees, full-time equivalents and mean age, with how odd it is.

    "Htj Södra Visby 1 29 27,87 45,2": a digit may end the name or begin a thousand; people and full-time
    equivalents are of one size, so the reading in which they lie closest holds.
    """
    if len(parts) < 4 or not _is_decimal(parts[-1]):
        return
    age = figure(parts[-1])
    for fte_from in range(len(parts) - 2, max(len(parts) - 4, 1), -1):
        fte_text = " ".join(parts[fte_from:-1])
        if not (FIGURE.match(fte_text) and "," in fte_text):
            continue
        for from_ in range(fte_from - 1, max(fte_from - 3, 0), -1):
            text = " ".join(parts[from_:fte_from])
            people, fte = figure(text) if FIGURE.match(text) else None, figure(fte_text)
            if people is None or fte is None or age is None or "," in text or age > LARGEST_AGE:
                continue
            if fte <= people * MOST_PER_MAN:
                yield abs(people - fte), " ".join(parts[:from_]), int(people), fte, age


def _is_decimal(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,2},[0-9]+", text))


def from_table(rows: Iterable[tuple[int, Sequence[str]]]) -> Counts:
    """The rows of a spreadsheet with a heading row; columns are known by their names, in any order."""
    counts, columns = Counts(), dict[str, int]()
    for line, cells in rows:
        texts = [GAP.sub(" ", cell).strip() for cell in cells]
        if not columns:
            columns = _columns(texts)
            counts.ignored += [" ".join(filter(None, texts))] if not columns and any(texts) else []
            continue
        if any(texts):
            _take(counts, line, {name: texts[at] for name, at in columns.items() if at < len(texts)})
    return _checked(counts)


def _columns(texts: Sequence[str]) -> dict[str, int]:
    """Which column holds what, when the row is a heading row: it must name code and people."""
    plain = [text.casefold().rstrip(".:") for text in texts]
    found = {
        name: next(at for at, text in enumerate(plain) if text in words)
        for name, words in COLUMNS.items()
        if any(text in words for text in plain)
    }
    return found if {"code", "name", "employees"} <= found.keys() else {}


def _take(counts: Counts, line: int, cells: dict[str, str]) -> None:
    shared = SHARED.search(cells["name"])
    people = figure(cells["employees"])
    if not re.fullmatch("[0-9]{2,12}", cells["code"]) or people is None or people != int(people):
        counts.problems.append(Problem(line, " ".join(filter(None, cells.values())), "no_figures"))
        return
    managers = figure(cells.get("managers", ""))
    said = int(shared[1]) if shared else int(managers) if managers is not None else None
    counts.rows.append(
        Count(
            cells["code"], " ".join(SHARED.sub(" ", cells["name"]).split()), int(people),
            figure(cells.get("fte", "")), figure(cells.get("mean_age", "")), said, line,
        )
    )  # fmt: skip


def _checked(counts: Counts) -> Counts:
    """Say which codes come twice; the first stands."""
    seen: dict[str, Count] = {}
    for row in counts.rows:
        if row.code in seen:
            counts.problems.append(Problem(row.line, f"{row.code} {row.name}", "twice"))
        else:
            seen[row.code] = row
    counts.rows = [replace(row) for row in seen.values()]
    return counts
