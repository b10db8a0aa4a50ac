"""Headcounts as HR systems print them: rows of code, name and figures, from pasted text or a spreadsheet.

Pure. Figures are Swedish: decimal comma, blanks in thousands, `56*` and "(*2 chefer)" where managers share a unit.
A row whose code begins other rows' codes is a total, of a department or of the whole, and so is a row without a code
that says so; every other row is a unit. Nothing is repaired: what cannot be read is told with its line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from ui.characters import CONTROL

BLANKS = "[\\s\u00a0\u2007\u2009\u202f]+"
CODE = re.compile(r"^([0-9]{2,12})\s+(\S.*)$")
SUM = re.compile(r"^(summa|totalt?|totalsumma|hela\b.*)\b[ :]*", re.IGNORECASE)
SHARED = re.compile(r"\(\s*\*?\s*([0-9]{1,2})\s*chefer\s*\)", re.IGNORECASE)
FIGURE = re.compile(r"^(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,[0-9]+)?\*?$")
NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?")
GAP = re.compile(BLANKS)
FROM_FIGURE = re.compile(r"(?<=\S)\s+[(*+\-\u2212]*[0-9].*$", re.DOTALL)
COLUMNS = {
    "code": ("kod", "ansvarskod", "enhetskod", "orgkod", "ansvar", "org.kod", "organisationskod", "code"),
    "name": (
        "namn", "enhet", "chefsområde", "benämning", "enhetsnamn", "organisation", "ansvarsområde", "name", "unit",
    ),
    "employees": (
        "antal tillsvidareanställda", "antal tillsvidareanställda medarbetare", "tillsvidareanställda",
        "antal anställda", "antal", "anställda", "antal medarbetare", "medarbetare", "employees",
    ),
    "fte": (
        "årsarbetare", "antal årsarbetare", "antal årsarbetare enligt anställningsavtal", "årsarb", "fte",
    ),
    "mean_age": ("medelålder", "mean age", "ålder"),
    "managers": ("chefer", "antal chefer", "managers"),
}  # fmt: skip
LARGEST_AGE, MOST_PER_MAN = Decimal(80), Decimal("1.10")
MOST_PEOPLE, MOST_MANAGERS, MOST_FTE, LONGEST_NAME = 1_000_000, 99, Decimal(1_000_000), 120
LINES_OF_A_NAME = 4  # a row that has no figures by then never gets any


@dataclass(frozen=True)
class Count:
    """One row: `managers` is None where nothing is said of them (one manager leads a unit), `line` counts from 1.

    `starred` is a figure marked as shared by several managers. A total without a code has the empty code.
    """

    code: str
    name: str
    employees: int
    fte: Decimal | None
    mean_age: Decimal | None
    managers: int | None
    line: int
    starred: bool = False


@dataclass(frozen=True)
class Problem:
    """A row that holds a code but no figures that can be read, or a code that comes twice. `kind` is a key."""

    line: int
    text: str
    kind: str
    code: str = ""


@dataclass
class Counts:
    """All rows of a file in their order, divided into units and totals, and what could not be read.

    `rounded` are the lines whose full-time equivalents or mean age had more decimals than are kept.
    """

    rows: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    rounded: list[int] = field(default_factory=list)
    without_headings: bool = False

    @property
    def units(self) -> list[Count]:
        return [row for row in self.rows if row.code not in self._beginnings]

    @property
    def totals(self) -> list[Count]:
        return [row for row in self.rows if row.code in self._beginnings]

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The codes that begin another row's: in sorted order the next code tells. The empty code begins all."""
        codes = sorted({row.code for row in self.rows})
        return frozenset(
            code for code, after in zip(codes, [*codes[1:], ""], strict=True) if after.startswith(code) and after
        ) | {""}  # fmt: skip


def figure(text: str) -> Decimal | None:
    """1 498,42 as a number; None for what is no figure."""
    plain = GAP.sub("", text).replace("*", "").replace("\u2212", "-").replace(",", ".")
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def from_text(text: str) -> Counts:
    """The rows of text pasted from a PDF or a screen: figures at the end, names perhaps over several lines."""
    counts, waiting = Counts(), list[tuple[int, str]]()
    for number, line in enumerate(text.splitlines(), start=1):
        words = GAP.sub(" ", line).strip()
        begun = CODE.match(words) or SUM.match(words)
        if waiting and words and (begun or len(waiting) == LINES_OF_A_NAME):
            counts.problems.append(_unfinished(waiting))
            waiting = []
        if not words or not (begun or waiting):
            counts.ignored += [named(words)] if words else []
            continue
        waiting.append((number, words))
        row = _row(" ".join(part for _line, part in waiting), waiting[0][0])
        if isinstance(row, Count):
            _keep(counts, row)
        elif isinstance(row, Problem):
            counts.problems.append(row)
        elif not CODE.match(waiting[0][1]):
            counts.ignored.append(named(words))  # a word that sums begin with, in running text
        waiting = [] if row or not CODE.match(waiting[0][1]) else waiting
    if waiting:
        counts.problems.append(_unfinished(waiting))
    return _checked(counts)


def named(words: str) -> str:
    """A row as far as its first figure after code and name: what follows may be somebody's age."""
    return FROM_FIGURE.sub("", words).rstrip(" :;,") or "…"


def _unfinished(waiting: Sequence[tuple[int, str]]) -> Problem:
    words = " ".join(part for _line, part in waiting)
    return Problem(waiting[0][0], named(words), "no_figures", words.split(" ", 1)[0])


def _row(words: str, line: int) -> Count | Problem | None:
    """A whole row as words, or None while its figures have not come yet."""
    coded = CODE.match(words)
    code, rest = (coded[1], coded[2]) if coded else ("", words)
    shared = SHARED.search(rest)
    parts = SHARED.sub(" ", rest).split()
    best = min(_readings(parts), key=lambda reading: reading[0], default=None)
    if best is None:
        return None
    _doubt, name, employees, fte, age = best
    starred = any(part.endswith("*") for part in parts)
    cells = {"name": name, "employees": f"{employees}", "fte": f"{fte}", "mean_age": f"{age}"}
    return _counted(code, cells, int(shared[1]) if shared else None, line, words, starred)


def _readings(parts: Sequence[str]) -> Iterator[tuple[Decimal, str, int, Decimal, Decimal]]:
    """Every way to read the last words as employees, full-time equivalents and mean age, with how odd it is.

    "Htj Södra Visby 1 29 27,87 45,2": a digit may end the name or begin a thousand; people and full-time
    equivalents are of one size, so the reading in which they lie closest holds.
    """
    if len(parts) < 4 or not re.fullmatch("[0-9]{1,2},[0-9]{1,4}", parts[-1]):
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


def from_table(rows: Iterable[tuple[int, Sequence[str]]]) -> Counts:
    """The rows of a spreadsheet with a heading row; columns are known by their names, in any order.

    Code and name may share a cell, as in a printed table. A heading row that comes again, on a new page, is passed.
    """
    counts, columns = Counts(), dict[str, int]()
    for line, cells in rows:
        texts = [GAP.sub(" ", cell).strip() for cell in cells]
        headings = _columns(texts)
        if headings or not columns:
            columns = columns or headings
            counts.ignored += [named(" ".join(filter(None, texts)))] if not headings and any(texts) else []
        elif any(texts):
            _take(counts, line, {name: texts[at] for name, at in columns.items() if at < len(texts)})
    counts.without_headings = not columns
    return _checked(counts)


def is_heading(cells: Iterable[str]) -> bool:
    """Whether cells name people, and code or name."""
    return bool(_columns([GAP.sub(" ", cell).strip() for cell in cells]))


def _columns(texts: Sequence[str]) -> dict[str, int]:
    """Which column holds what, when the row is a heading row: it must name people, and code or name.

    A printed table has no words above code and name: then the first column, without a heading, holds both.
    """
    plain = [text.replace("- ", "").casefold().rstrip(".:* ") for text in texts]
    found = {
        name: next(at for at, text in enumerate(plain) if text in words)
        for name, words in COLUMNS.items()
        if any(text in words for text in plain)
    }
    if "employees" not in found or len(found) < 2:
        return {}
    if not {"code", "name"} & found.keys():
        return found | {"both": 0} if not plain[0] else {}
    if "code" in found and "name" in found:
        return found
    return found | {"both": found.get("code", found.get("name", 0))}


def _take(counts: Counts, line: int, cells: dict[str, str]) -> None:
    if "both" in cells:
        both = CODE.match(cells["both"])
        cells = cells | ({"code": both[1], "name": both[2]} if both else {"code": "", "name": cells["both"]})
    code, name = cells.get("code", ""), cells.get("name", "")
    said = " ".join(text for key, text in cells.items() if text and key not in ("both", "mean_age"))
    if not any(text for key, text in cells.items() if key not in ("code", "name", "both")) and not code:
        counts.ignored.append(named(said))
        return
    if SUM.match(code) or (not code and SUM.match(name)):
        code, name = "", name or code
    elif not re.fullmatch("[0-9]{2,12}", code):
        counts.problems.append(Problem(line, named(said), "no_code"))
        return
    shared, managers = SHARED.search(name), cells.get("managers", "")
    told = int(shared[1]) if shared else managers or None
    cells = cells | {"name": " ".join(SHARED.sub(" ", name).split())}
    row = _counted(code, cells, told, line, said, cells.get("employees", "").endswith("*"))
    if isinstance(row, Count):
        _keep(counts, row)
    else:
        counts.problems.append(row)


def _counted(
    code: str, cells: dict[str, str], managers: int | str | None, line: int, said: str, starred: bool
) -> Count | Problem:
    """The row, or what is wrong with it; figures are read, never mended."""
    people = figure(cells.get("employees", ""))
    fte, age = (figure(cells.get(key, "")) for key in ("fte", "mean_age"))
    led = figure(str(managers)) if managers is not None else None
    wrong = {
        "control": CONTROL.search(cells["name"]),
        "long_name": len(cells["name"]) > LONGEST_NAME,
        "no_figures": people is None,
        "people": people is not None and (people != int(people) or not 0 <= people <= MOST_PEOPLE),
        "fte": _is_wrong(cells.get("fte", ""), fte, MOST_FTE),
        "mean_age": _is_wrong(cells.get("mean_age", ""), age, Decimal(99)),
        "managers": managers is not None
        and code != ""
        and (led is None or led != int(led) or not 0 <= led <= MOST_MANAGERS),
    }
    kind = next((kind for kind, is_wrong in wrong.items() if is_wrong), "")
    if kind or people is None:
        return Problem(line, named(said), kind, code)
    return Count(code, cells["name"], int(people), fte, age, None if led is None else int(led), line, starred)


def _is_wrong(text: str, value: Decimal | None, most: Decimal) -> bool:
    """A cell that says something, which is no figure from 0 up to the most; a dash says nothing."""
    if value is None:
        return text.strip(" -–—") != ""
    return not 0 <= value <= most


def _keep(counts: Counts, row: Count) -> None:
    """With the decimals that are kept: two of full-time equivalents, one of mean age."""
    fte = row.fte and row.fte.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    age = row.mean_age and row.mean_age.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if (fte, age) != (row.fte, row.mean_age):
        counts.rounded.append(row.line)
    counts.rows.append(replace(row, fte=fte, mean_age=age))


def _checked(counts: Counts) -> Counts:
    """Say which codes come twice (the first stands) and which units have no manager at all."""
    seen: dict[str, Count] = {}
    for row in counts.rows:
        if row.code in seen:
            counts.problems.append(Problem(row.line, f"{row.code} {row.name}".strip(), "twice"))
        else:
            seen[row.code] = row
    counts.rows = list(seen.values())
    for row in [row for row in counts.units if row.managers == 0]:
        counts.problems.append(Problem(row.line, f"{row.code} {row.name}".strip(), "managers", row.code))
        seen.pop(row.code)
    return replace(counts, rows=list(seen.values()))
