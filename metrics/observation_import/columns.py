"""The two layouts, their headings, and how they are recognised. Pure.

Long: one value a row. Wide: one group a row, one month a column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.observation_import import periods
from metrics.values.periods import Period
from program.exchange.columns import Column, plain

COUNTS = ("positive", "answered", "invited", "ones", "twos", "threes", "fours", "fives", "no_opinion")
LONG = (
    Column("indicator", "Mått", "Indicator", 30, ("indikator", "mätetal", "nyckeltal", "measure", "uppgift")),
    Column("group", "Avser", "Of", 18, ("grupp", "group", "avdelning eller chefsområde")),
    Column("breakdown", "Uppdelning", "Breakdown", 14, ("delat på",)),
    Column("category", "Kategori", "Category", 14),
    Column("period", "Period", "Period", 24, ("månad", "month", "mätperiod", "datum", "date")),
    Column("value", "Värde", "Value", 10, ("utfall", "mätvärde", "andel", "procent", "resultat")),
    Column("positive", "Positiva", "Positive", 10, ("positiva svar", "antal positiva", "positive answers")),
    Column("answered", "Svarade", "Answered", 10, ("antal svar", "antal svarande", "svarande", "antal", "n", "number")),
    Column("invited", "Tillfrågade", "Invited", 11, ("antal tillfrågade", "utskick")),
    Column("ones", "Svar 1", "Answer 1", 8, ("antal 1", "1")),
    Column("twos", "Svar 2", "Answer 2", 8, ("antal 2", "2")),
    Column("threes", "Svar 3", "Answer 3", 8, ("antal 3", "3")),
    Column("fours", "Svar 4", "Answer 4", 8, ("antal 4", "4")),
    Column("fives", "Svar 5", "Answer 5", 8, ("antal 5", "5")),
    Column("no_opinion", "Ingen uppfattning", "No opinion", 12, ("ingen åsikt", "vet ej", "vet inte")),
    Column("is_preliminary", "Preliminärt", "Preliminary", 12, ("preliminär", "prel")),
    Column("is_approximate", "Ungefärligt", "Approximate", 12, ("ungefärlig", "cirka")),
    Column("words", "Med ord", "In words", 24, ("som det står", "as written")),
    Column("missing_reason", "Saknas därför", "Missing because", 24, ("varför det saknas",)),
    Column("known_on", "Känt från", "Known from", 12, ("känd från", "publicerat")),
)  # fmt: skip
WIDE = (
    Column("indicator", "Mått", "Indicator", 30, ("indikator", "mätetal", "nyckeltal", "measure", "uppgift")),
    Column("code", "Kod", "Code", 12, ("kostnadsställe", "ansvar", "ansvarskod", "enhetskod", "orgkod")),
    Column("group", "Avser", "Of", 18, ("grupp", "group", "avdelning/chefsområde", "avdelning eller chefsområde",
                                        "organisation", "organisatorisk enhet", "radetiketter", "row labels")),
    Column("unit", "Chefsområde", "Unit", 24, ("enhet", "arbetsplats", "verksamhet")),
    Column("department", "Avdelning", "Department", 24, ()),
    Column("name", "Namn", "Name", 30, ("benämning",)),
    Column("answered", "Antal", "Number", 8, ("antal anställda", "antal medarbetare", "anställda", "n", "svarade")),
)  # fmt: skip
GROUP_COLUMNS = ("code", "group", "unit", "department", "name")
N_ROWS = {"antal", "antal anställda", "antal medarbetare", "anställda", "n", "number"}


def _headings(columns: Sequence[Column]) -> dict[str, str]:
    return {plain(name): row.key for row in columns for name in (row.sv, row.en, *row.aliases)}


LONG_HEADINGS, WIDE_HEADINGS = _headings(LONG), _headings(WIDE)


@dataclass(frozen=True)
class Layout:
    """Which column stands where, by key; in the wide layout also the month of each column that has one."""

    where: dict[str, int]
    months: dict[int, Period]
    headings: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        return bool(self.months)

    @property
    def filled(self) -> tuple[str, ...]:
        """The headings as far as the last that says something."""
        last = max((index for index, text in enumerate(self.headings) if text.strip()), default=-1)
        return self.headings[: last + 1]

    def heading(self, key: str) -> str:
        """What the file calls a column; its own name where the file has none."""
        if key in self.where and self.headings[self.where[key]].strip():
            return self.headings[self.where[key]]
        return next((row.sv for row in (*LONG, *WIDE) if row.key == key), key)

    @property
    def group_key(self) -> str:
        """The column that a group is told wrong at."""
        return next((key for key in GROUP_COLUMNS if key in self.where), "group")


def recognise(texts: Sequence[str]) -> Layout | None:
    """The layout that a row of headings gives, or None when it is no such row."""
    headings = tuple(texts)
    where = _places(headings, LONG_HEADINGS)
    values = {"value", "missing_reason", *COUNTS} & where.keys()
    if "period" in where and values:
        return Layout(where, {}, headings)
    months = {index: found for index, text in enumerate(headings) if (found := periods.month(text))}
    where = _places(headings, WIDE_HEADINGS)
    if months and not where and len(months) > 1 and 0 not in months:
        where = {"group": 0}  # a pivot table names no heading over its first column
    return Layout(where, months, headings) if months and where else None


def _places(headings: Sequence[str], known: dict[str, str]) -> dict[str, int]:
    """The first of two alike counts."""
    where: dict[str, int] = {}
    for index, text in enumerate(headings):
        if key := known.get(plain(text)):
            where.setdefault(key, index)
    return where


def unknown(layout: Layout) -> list[str]:
    """Headings whose columns are not read."""
    read = {*layout.where.values(), *layout.months}
    return [text for index, text in enumerate(layout.headings) if text.strip() and index not in read]
