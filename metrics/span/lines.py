"""The span over time as rows of figures, the same for page, Excel and report; one column a headcount report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.span.history import History, UnitLine
from metrics.span.measure import Share, Span
from metrics.span.wording import fate
from ui import formats
from ui.language import language

Figure = int | Decimal | Share | None


@dataclass(frozen=True)
class Line:
    """One row: what it is of, a figure for each report (None where there is none), and what to know of it."""

    name: str
    figures: tuple[Figure, ...]
    note: str = ""
    pk: int = 0  # of a unit
    code: str = ""  # of a department

    @property
    def words(self) -> list[str]:
        return [in_words(figure) for figure in self.figures]


def in_words(figure: Figure) -> str:
    """18,1 · 69 · 26,1 %; a dash where there is no figure."""
    if isinstance(figure, Share):
        figure = figure.value
        return "–" if figure is None else formats.percent(figure, language=language())
    if figure is None:
        return "–"
    return formats.number(figure, 1 if isinstance(figure, Decimal) else None, language())


def whole(history: History) -> list[Line]:
    """Everybody: how many there are, the mean, the median, the shares and the managers lacking."""
    measures: list[tuple[str, Callable[[Span], Figure]]] = [
        (_("Units"), lambda span: span.totals.units),
        (_("Managers"), lambda span: span.totals.managers),
        (_("Employees"), lambda span: span.totals.employees),
        (_("Full-time equivalents"), lambda span: span.totals.fte),
        (_("Employees per manager, mean"), lambda span: span.totals.per_manager),
        (_("Employees per manager, median"), lambda span: span.median),
        (_("Share of managers above the base number"), lambda span: span.managers_over_base),
        (_("Share of managers above the largest justified"), lambda span: span.managers_over_largest),
        (_("Managers lacking to the base number"), lambda span: _lacking(span, span.lacking)),
        (_("Managers lacking, own assessments counted"), lambda span: _lacking(span, span.lacking_own)),
        (_("Units without a base number"), lambda span: len(span.without_base)),
    ]
    lines = [Line(name, tuple(of(point.span) for point in history.points)) for name, of in measures]
    return lines if any(lines[-1].figures) else lines[:-1]


def _lacking(span: Span, count: int) -> int | None:
    """Nothing can be lacking where there is no base number to come down to."""
    return count if span.with_base else None


def departments(history: History) -> list[Line]:
    """People per manager in each department, as a mean of all its units."""
    return [
        Line(
            row.name,
            tuple(span and span.totals.per_manager for span in row.spans),
            code=row.code,
        )
        for row in history.departments
    ]


def units(history: History) -> list[Line]:
    """People per manager in each unit that was ever counted, with what has become of those that are gone."""
    return [_unit(line) for line in history.units]


def gone(history: History) -> list[Line]:
    """The units that the latest report does not count."""
    return [_unit(line) for line in history.gone]


def _unit(line: UnitLine) -> Line:
    figures = tuple(None if row is None else row.per_manager for row in line.rows)
    return Line(line.unit.name, figures, "; ".join(_told(line)), line.unit.pk)


def _told(line: UnitLine) -> Iterable[str]:
    if line.earlier_names:
        yield _("earlier name: %(names)s") % {"names": ", ".join(line.earlier_names)}
    if line.rows[-1] is None:
        yield fate(line)


@dataclass(frozen=True)
class Lacking:
    """A department's managers, and how many are lacking; None where no unit has a base number."""

    code: str  # empty of all of them
    name: str
    bases: str
    units: int
    over_base: int
    managers: int
    lacking: int | None
    lacking_own: int | None
    per_manager: Decimal | None


def lacking(span: Span) -> list[Lacking]:
    """One row a department, and one of all of them last."""
    rows = [_lacking_row(row.code, row.name, row.span) for row in span.departments]
    return [*rows, _lacking_row("", _("In all"), span)]


def _lacking_row(code: str, name: str, span: Span) -> Lacking:
    bases = sorted({row.base for row in span.with_base if row.base is not None})
    return Lacking(
        code,
        name,
        ", ".join(map(str, bases)) or "–",
        len(span.units),
        span.over_base,
        span.totals.managers,
        _lacking(span, span.lacking),
        _lacking(span, span.lacking_own),
        span.totals.per_manager,
    )
