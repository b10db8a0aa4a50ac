"""The indicators as Excel: what is said of each, and every value that the gate lets through, group by group."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from metrics.models import Observation
from metrics.readings import wording
from metrics.readings.judgement import SHARES, measure_of
from metrics.readings.queries import Part, Reading, parts, readings
from metrics.readings.telling import Told, tell
from ui import formats, sheets
from ui.language import language

TWO_PLACES = "0.00%"  # of rates: sick leave is told as 2,26 %


def to_xlsx(place, today: dt.date) -> bytes:
    """A workbook of two sheets, with approved values alone. Seven queries at most."""
    found = readings(place, today)
    divided = parts(place, [reading.indicator for reading in found], today)
    book = sheets.workbook(place.program.name, place.organisation.name)
    about = [f"{place.program.name}, {place.organisation.name}, {formats.day(today, language())}"]
    if any(row.is_example for reading in found for row in reading.observations):
        about.append(_("Example data: values marked so are invented."))
    _verdicts(book.active, about, [tell(reading, today) for reading in found])
    _values(book.create_sheet(), about, found, divided)
    return sheets.saved(book, today)


def _verdicts(sheet, about: list[str], found: list[Told]) -> None:
    heads = [
        _("Indicator"), _("Population"), _("Read together with"), _("Latest value"), _("Period"), _("Movement"),
        _("Why"), _("To be said beside it"), _("Target"), _("Target date"), _("Against the target"), _("Source"),
    ]  # fmt: skip
    widths = [38, 26, 22, 20, 20, 20, 60, 60, 12, 14, 50, 30]
    told = [_("Movement"), *about, _("That an indicator has moved does not show what made it move.")]
    sheets.fill(sheet, told, heads, widths, [_verdict(row) for row in found])


def _verdict(row: Told) -> list[sheets.Value]:
    indicator, latest = row.indicator, row.latest
    against = " ".join(part for part in (row.standing and row.standing.reason, row.years, row.late) if part)
    return [
        indicator.name, indicator.population, indicator.group, latest.value if latest else "",
        latest.period if latest else "", row.verdict.word, row.verdict.reason, " ".join(row.verdict.cautions),
        row.target, indicator.target_on, against, indicator.source,
    ]  # fmt: skip


def _values(sheet, about: list[str], found: list[Reading], divided: dict[int, tuple[Part, ...]]) -> None:
    heads = [
        _("Indicator"), _("Of whom"), _("Within"), _("From"), _("To"), _("Value"), _("Unit"), _("Positive answers"),
        _("Answered"), _("Invited"), "1", "2", "3", "4", "5", _("No opinion"), _("As written"), _("Remarks"),
    ]  # fmt: skip
    widths = [38, 26, 22, 12, 12, 14, 16, 11, 11, 11, 7, 7, 7, 7, 7, 11, 24, 30]
    told = [_("Values"), *about, _("Values that too few stand behind are not shown, here or anywhere else.")]
    rows = [row for reading in found for row in _rows(reading, divided.get(reading.indicator.pk, ()))]
    sheets.fill(sheet, told, heads, widths, rows)
    for (cell,) in sheet.iter_rows(min_col=6, max_col=6, min_row=len(told) + 3):
        if isinstance(cell.value, _Rate):
            cell.number_format = TWO_PLACES


class _Rate(sheets.Percent):
    """A share that two decimals are told of."""


def _rows(reading: Reading, divided: Iterable[Part]) -> Iterator[list[sheets.Value]]:
    for row in reading.observations:
        yield _row(reading, row, _("the whole population"), "")
    for part in divided:
        for row in part.reading.observations:
            yield _row(part.reading, row, part.name, part.within)


def _row(reading: Reading, row: Observation, who: str, within: str) -> list[sheets.Value]:
    indicator = reading.indicator
    unit = "%" if indicator.kind in SHARES else indicator.unit
    head = [indicator.name, who, within, row.first_day, row.last_day]
    marks = ", ".join(wording.marks(row))
    if not row.is_shown:
        return [*head, wording.observation_value(reading, row), unit, *[None] * 10, marks]
    remarks = ", ".join(part for part in (marks, row.missing_reason, row.revision_reason) if part)
    counts = [row.positive, row.answered, row.invited]
    is_whole = not (row.department_id or row.unit_id or row.breakdown)
    return [
        *head,
        _value(reading, row),
        unit,
        *counts,
        *(row.distribution or [None] * 5),
        row.no_opinion if is_whole else None,  # the gate is not asked about those of parts
        row.words,
        remarks,
    ]


def _value(reading: Reading, row: Observation) -> sheets.Value:
    value = measure_of(reading.indicator, row)
    if value is None or reading.indicator.kind not in SHARES:
        return value
    return (_Rate if reading.indicator.kind == "rate" else sheets.Percent)(value)
