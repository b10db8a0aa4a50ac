import datetime as dt
from decimal import Decimal

import pytest

from metrics.span.history import History, Point, Version, in_force, measured
from metrics.span.measure import UnitCount

FIRST, SECOND, THIRD = dt.date(2024, 3, 31), dt.date(2025, 3, 31), dt.date(2026, 3, 31)
OLD = Version(1, "Riktlinje 2023", dt.date(2023, 1, 1), 5, 10, {"Vård": 30})
NEW = Version(2, "Riktlinje 2025", SECOND, 5, 5, {"Vård": 25})


def unit(pk: int, employees: int = 28, *, department: str = "10", **fields) -> UnitCount:
    return UnitCount(
        code=f"{department}{pk:02}", name=f"Enhet {pk}", department_code=department, department=f"Avdelning {department}",
        category="Vård", managers=1, employees=employees, fte=Decimal(employees), is_management=False, pk=pk, **fields,
    )  # fmt: skip


def point(day: dt.date, *units: UnitCount) -> Point:
    version = in_force((OLD, NEW), day)
    return Point(day, "Tillsvidareanställda.", False, version, measured(units, version))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (dt.date(2022, 12, 31), None),
        (dt.date(2023, 1, 1), OLD),
        (SECOND - dt.timedelta(days=1), OLD),
        (SECOND, NEW),
        (THIRD, NEW),
    ],
)
def test_the_version_in_force_is_the_latest_that_has_begun(day, version):
    assert in_force((NEW, OLD), day) == version


def test_without_a_guideline_no_unit_is_within():
    span = measured([unit(1)], None)
    assert (span.with_base, len(span.without_base), span.managers_over_base.value) == ((), 1, None)


def test_each_report_is_measured_by_its_own_guideline():
    history = History((point(FIRST, unit(1)), point(SECOND, unit(1))))
    assert [row.span.over_base for row in history.points] == [0, 1]


@pytest.mark.parametrize(
    ("day", "expected"), [(FIRST - dt.timedelta(days=1), None), (FIRST, FIRST), (THIRD, SECOND)]
)
def test_the_report_of_a_day_is_the_latest_by_then(day, expected):
    found = History((point(FIRST, unit(1)), point(SECOND, unit(1)))).at(day)
    assert (found and found.as_of) == expected


def test_a_unit_that_is_not_counted_has_no_figure():
    history = History((point(FIRST, unit(1), unit(2)), point(SECOND, unit(1), unit(3))))
    assert [(line.unit.pk, [row and row.unit.employees for row in line.rows]) for line in history.units] == [
        (1, [28, 28]),
        (2, [28, None]),
        (3, [None, 28]),
    ]
    assert [line.unit.pk for line in history.gone] == [2]


def test_a_department_that_is_not_counted_has_no_figure():
    history = History((point(FIRST, unit(1), unit(2, department="20")), point(SECOND, unit(1))))
    assert [(line.code, [span is not None for span in line.spans]) for line in history.departments] == [
        ("10", [True, True]),
        ("20", [True, False]),
    ]


def test_a_renamed_unit_is_one_line_that_tells_its_names_once():
    names = ("Gamla huset", "Gamla huset", "")
    points = (
        point(day, unit(1, stated_name=name)) for day, name in zip((FIRST, SECOND, THIRD), names, strict=True)
    )
    [line] = History(tuple(points)).units
    assert (line.unit.shown_name, line.earlier_names) == ("Enhet 1", ("Gamla huset",))


def test_the_latest_reports_keep_their_order():
    history = History(tuple(point(day, unit(1)) for day in (FIRST, SECOND, THIRD)), (OLD, NEW))
    assert (history.latest(2).days, history.latest(2).versions) == ((SECOND, THIRD), (OLD, NEW))
    assert history.latest(9).days == (FIRST, SECOND, THIRD)
