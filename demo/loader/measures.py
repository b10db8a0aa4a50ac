"""Guidelines, headcounts, indicators and their values, in one format for all organisations of the demo.

    guidelines      [{title, valid_from, usual, largest, bases: [[category, base]], factors: [[name, larger, smaller]]}]
    headcounts      {basis, categories: {code: the unit's own}, units: [[code, name, managers, people, fte, mean age]], management: [codes],
                     first, stated: [[code, people, fte]],
                     later: [{as_of, changes: {code: [managers, people]}, gone: [codes], names: {code: name}}]}
    closed          {code: [day, code of the unit it merged into, or null]}
    assessments     [[code, day, adjustment, motivation, {factor's place from 1: "larger" or "smaller"}]]
    predecessors    [[name, last day]]
    indicators      [{the model's fields, target: [value, day], index (its name), values: [value], months: [series]}]
    linked          [{indicator, earlier, later, both, gained, lost, neither}]

A value: period [first, last] and one of counts [positive, answered, invited], answers [of 1, 2, 3, 4, 5] with
invited, value (with n, the people behind), words, missing; of whom: department, unit, predecessor, by [breakdown,
category]; preliminary, approximate; revision [number, why, known from]; draft; source (true: as the source has it).
A series of months: {first, n, values, department or unit}, one value a month, example data.
"""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from demo.loader.read import day, decimal
from metrics import gate
from metrics.models import (
    Assessment,
    FactorMark,
    Guideline,
    GuidelineBase,
    GuidelineFactor,
    Headcount,
    HeadcountReport,
    Indicator,
    LinkedAnswers,
    Observation,
    StatedTotal,
)
from organisation.models import Department, Organisation, Predecessor, Unit
from program.models import Program

DISTRIBUTION = ("ones", "twos", "threes", "fours", "fives")
HALF = 3  # 4 and 5 are positive: from the fourth place on


class Spans:
    """Guidelines, units and headcounts of one organisation."""

    def __init__(self, organisation: Organisation, departments: dict[str, Department], by=None) -> None:
        self.organisation, self.departments, self.by = organisation, departments, by
        self.units: dict[str, Unit] = {
            row.code: row for row in Unit.objects.filter(department__organisation=organisation)
        }

    def add(self, data: dict) -> None:
        for row in data.get("guidelines", []):
            self._guideline(row)
        if "headcounts" in data:
            self._headcounts(data["headcounts"])
        for code, (on, into) in data.get("closed", {}).items():
            unit = self.units[code]
            unit.closed_on, unit.merged_into = day(on), self.units.get(into)
            unit.save()
        for row in data.get("assessments", []):
            self._assessment(*row)

    def _guideline(self, data: dict) -> None:
        guideline = Guideline.objects.create(
            organisation=self.organisation, title=data["title"], valid_from=day(data["valid_from"]),
            usual_adjustment=data["usual"], largest_adjustment=data["largest"],
        )  # fmt: skip
        GuidelineBase.objects.bulk_create(
            GuidelineBase(guideline=guideline, category=category, base=base, order=order)
            for order, (category, base) in enumerate(data["bases"])
        )
        GuidelineFactor.objects.bulk_create(
            GuidelineFactor(
                guideline=guideline, name=name, allows_larger=larger, requires_smaller=smaller, order=order
            )
            for order, (name, larger, smaller) in enumerate(data["factors"])
        )

    def _headcounts(self, data: dict) -> None:
        categories = data.get("categories", {})
        made = Unit.objects.bulk_create(
            Unit(
                department=self._home(code), code=code, name=name, is_management=code in data["management"],
                guideline_category=categories.get(code, ""),
            )
            for code, name, *_figures in data["units"] if code not in self.units
        )  # fmt: skip
        self.units |= {row.code: row for row in made}
        first = self._report(data, {"as_of": data["first"]}, is_example=data.get("is_example", False))
        StatedTotal.objects.bulk_create(
            StatedTotal(
                report=first, department=self.departments.get(code), employees=employees, fte=Decimal(fte)
            )
            for code, employees, fte in data["stated"]
        )
        for later in data["later"]:
            self._report(data, later, is_example=True)

    def _home(self, code: str) -> Department:
        """The department whose code begins the unit's."""
        return next(row for row in self.departments.values() if code.startswith(row.code))

    def _report(self, data: dict, told: dict, *, is_example: bool) -> HeadcountReport:
        report = HeadcountReport.objects.create(
            organisation=self.organisation,
            as_of=day(told["as_of"]),
            basis=data["basis"],
            is_example=is_example,
        )
        changes, gone, names = told.get("changes", {}), told.get("gone", ()), told.get("names", {})
        Headcount.objects.bulk_create(
            self._headcount(report, changes, names.get(row[0], row[1]), row)
            for row in data["units"] if row[0] not in gone
        )  # fmt: skip
        return report

    def _headcount(self, report, changes: dict, stated: str, row: list) -> Headcount:
        code, _name, managers, employees, fte, mean_age = row
        now_managers, now = changes.get(code, (managers, employees))
        scaled = (Decimal(fte) * now / employees).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        return Headcount(
            report=report, unit=self.units[code], managers=now_managers, employees=now, fte=scaled,
            mean_age=None if changes or mean_age is None else Decimal(mean_age), stated_name=stated,
            managers_assumed=now_managers == 1,
        )  # fmt: skip

    def _assessment(self, code: str, on: str, adjustment: int, motivation: str, marks: dict) -> None:
        guideline = self.organisation.guidelines.filter(valid_from__lte=day(on)).first()
        made = Assessment.objects.create(
            unit=self.units[code], guideline=guideline, assessed_on=day(on), adjustment=adjustment,
            motivation=motivation, by=self.by,
        )  # fmt: skip
        FactorMark.objects.bulk_create(
            FactorMark(assessment=made, factor=factor, mark=marks.get(str(place), "neutral"))
            for place, factor in enumerate(guideline.factors.all(), start=1)
        )


class Measures:
    """Indicators and values of one programme."""

    def __init__(self, program: Program, by=None) -> None:
        self.program, self.by = program, by
        organisation = program.organisation
        self.departments = {row.code: row for row in organisation.departments.all()}
        self.units = {row.code: row for row in Unit.objects.filter(department__organisation=organisation)}

    def add(self, data: dict) -> None:
        self.predecessors = {
            name: Predecessor.objects.create(
                organisation=self.program.organisation, name=name, last_day=day(last_day)
            )
            for name, last_day in data.get("predecessors", [])
        }
        self.indicators: dict[str, Indicator] = {}
        for row in data.get("indicators", []):
            self._indicator(dict(row))
        LinkedAnswers.objects.bulk_create(
            LinkedAnswers(
                indicator=self.indicators[row.pop("indicator")], is_example=True, earlier=day(row.pop("earlier")),
                later=day(row.pop("later")), **row,
            )
            for row in map(dict, data.get("linked", []))
        )  # fmt: skip
        gate.settle(self.program.indicators.select_related("program__organisation"))

    def _indicator(self, told: dict) -> None:
        values, months = told.pop("values", []), told.pop("months", [])
        target, target_on = told.pop("target", (None, None))
        figures = {name: decimal(told.pop(name, None)) for name in ("baseline", "smallest")}
        indicator = Indicator.objects.create(
            program=self.program, order=len(self.indicators), target=decimal(target),
            target_on=day(target_on), baseline_on=day(told.pop("baseline_on", None)),
            index=self.indicators.get(told.pop("index", None)), **figures, **told,
        )  # fmt: skip
        self.indicators[indicator.name] = indicator
        rows = [self._observation(indicator, row) for row in values]
        rows += [row for series in months for row in self._months(indicator, series)]
        Observation.objects.bulk_create(rows)

    def _observation(self, indicator: Indicator, row: dict) -> Observation:
        breakdown, category = row.get("by", ("", ""))
        number, why, known = row.get("revision", (1, "", None))
        is_draft = row.get("draft", False)
        return Observation(
            indicator=indicator, first_day=day(row["period"][0]), last_day=day(row["period"][1]),
            breakdown=breakdown, category=category, **self._of(row), **_figures(row),
            words=row.get("words", ""), is_approximate=row.get("approximate", False),
            is_preliminary=row.get("preliminary", False), missing_reason=row.get("missing", ""),
            revision=number, revision_reason=why, known_on=day(known),
            state="draft" if is_draft else "approved", entered_by=self.by if is_draft else None,
            is_example=not row.get("source", False),
        )  # fmt: skip

    def _of(self, row: dict) -> dict:
        return {
            "department": self.departments.get(row.get("department")),
            "unit": self.units.get(row.get("unit")),
            "predecessor": self.predecessors.get(row.get("predecessor")),
        }

    def _months(self, indicator: Indicator, series: dict) -> list[Observation]:
        first, preliminary = day(series["first"]), series.get("preliminary", 0)
        final = len(series["values"]) - preliminary
        return [
            Observation(
                indicator=indicator, first_day=_month(first, place), last_day=_month(first, place + 1) - dt.timedelta(1),
                value=Decimal(value), answered=series.get("n"), is_preliminary=place >= final, is_example=True,
                **self._of(series),
            )
            for place, value in enumerate(series["values"]) if value is not None
        ]  # fmt: skip


def _month(first: dt.date, later: int) -> dt.date:
    """The first day of the month that comes so many months later."""
    years, month = divmod(first.month - 1 + later, 12)
    return dt.date(first.year + years, month + 1, 1)


def _figures(row: dict) -> dict:
    """The figures of a value by the model's names."""
    if "answers" in row:
        answers = row["answers"]
        counted = dict(zip(DISTRIBUTION, answers, strict=True))
        sums = {"positive": sum(answers[HALF:]), "answered": sum(answers), "invited": row["invited"]}
        return counted | sums | {"no_opinion": row.get("no_opinion")}
    positive, answered, invited = row.get("counts", (None, row.get("n"), None))
    value = decimal(row.get("value"))
    return {"positive": positive, "answered": answered, "invited": invited, "value": value}
