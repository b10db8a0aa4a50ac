import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from metrics.span.measure import (
    Discrepancy,
    Share,
    Span,
    Totals,
    UnitCount,
    discrepancies,
    measure,
    per_manager,
    total,
)

DEMO = Path(__file__).parents[2] / "demo" / "data"
BASES = {"Hemtjänsten": 30, "Omsorgen": 25}


def unit(employees: int = 20, managers: int = 1, category: str = "Hemtjänsten", **fields) -> UnitCount:
    defaults = {
        "code": "5200401",
        "name": "Hemtjänst Norra",
        "department_code": "52004",
        "department": "Hemtjänst",
        "fte": Decimal(employees),
        "is_management": False,
    }
    return UnitCount(category=category, managers=managers, employees=employees, **defaults | fields)


def gotland() -> dict:
    names = ("gotland.json", "gotland_measures.json")
    files = [json.loads((DEMO / name).read_text(encoding="utf-8")) for name in names]
    return files[0] | files[1]


def gotland_units() -> list[UnitCount]:
    data = gotland()
    departments = {code: (name, category) for code, name, category, *_ in data["departments"]}
    management = set(data["headcounts"]["management"])
    units = []
    for code, name, managers, employees, fte, _age in data["headcounts"]["units"]:
        department, category = departments[code[:5]]
        is_management = code in management
        units.append(
            UnitCount(
                code, name, code[:5], department, category, managers, employees, Decimal(fte), is_management
            )
        )
    return units


def gotland_span(units: list[UnitCount]) -> Span:
    guideline = gotland()["guidelines"][0]
    return measure(units, dict(guideline["bases"]), guideline["largest"])


@pytest.mark.parametrize(
    ("employees", "managers", "each"),
    [
        (56, 2, "28.00"),
        (115, 4, "28.75"),
        (67, 3, "22.33"),
        (38, 3, "12.67"),
        (1, 8, "0.13"),
        (3, 8, "0.38"),
        (1001, 200, "5.01"),
        (0, 1, "0.00"),
    ],
)
def test_per_manager_two_decimals_half_up(employees, managers, each):
    assert str(per_manager(employees, managers)) == each


@pytest.mark.parametrize(
    ("employees", "managers", "over_base", "over_largest"),
    [
        (29, 1, False, False),
        (30, 1, False, False),
        (31, 1, True, False),
        (40, 1, True, False),
        (41, 1, True, True),
        (56, 2, False, False),
        (60, 2, False, False),
        (61, 2, True, False),
        (80, 2, True, False),
        (81, 2, True, True),
    ],
)
def test_over_limits_at_boundary(employees, managers, over_base, over_largest):
    [row] = measure([unit(employees, managers)], BASES, 10).units
    assert (row.base, row.largest, row.over_base, row.over_largest) == (30, 40, over_base, over_largest)


def test_over_base_by_whole_people_not_rounded_quotient():
    [row] = measure([unit(employees=9001, managers=300)], BASES, 10).units
    assert (str(row.per_manager), row.over_base) == ("30.00", True)


def test_over_largest_by_whole_people_not_rounded_quotient():
    [row] = measure([unit(employees=12001, managers=300)], BASES, 10).units
    assert (str(row.per_manager), row.over_largest) == ("40.00", True)


@pytest.mark.parametrize(
    ("adjustment", "employees", "managers", "assessed", "over"),
    [
        (None, 99, 1, None, None),
        (0, 30, 1, 30, False),
        (0, 31, 1, 30, True),
        (5, 35, 1, 35, False),
        (5, 36, 1, 35, True),
        (-3, 27, 1, 27, False),
        (-3, 28, 1, 27, True),
        (5, 70, 2, 35, False),
        (5, 71, 2, 35, True),
    ],
)
def test_assessed_range_none_within_and_over(adjustment, employees, managers, assessed, over):
    [row] = measure([unit(employees, managers, adjustment=adjustment)], BASES, 10).units
    assert (row.assessed, row.over_assessed) == (assessed, over)


def test_category_without_base_is_over_nothing():
    span = measure([unit(99, category="Skolan", adjustment=5), unit(31)], BASES, 10)
    row = span.units[0]
    assert (row.base, row.largest, row.assessed) == (None, None, None)
    assert (row.over_base, row.over_largest, row.over_assessed) == (False, False, None)
    assert span.without_base == (row,)


def test_span_counts_each_limit_by_itself():
    units = [
        unit(30, adjustment=0),
        unit(31, adjustment=5),
        unit(41),
        unit(36, category="Omsorgen"),
        unit(26, category="Omsorgen"),
        unit(99, category="Skolan", adjustment=5),
    ]
    span = measure(units, BASES, 10)
    assert (span.over_base, span.over_largest, span.assessed) == (4, 2, 2)
    assert [row.unit for row in span.units] == units


@pytest.mark.parametrize(
    ("employees", "managers", "adjustment", "lacking", "own"),
    [
        (30, 1, None, 0, 0),
        (31, 1, None, 1, 1),
        (60, 2, None, 0, 0),
        (61, 2, None, 1, 1),
        (91, 1, None, 3, 3),
        (0, 1, None, 0, 0),
        (33, 1, 5, 1, 0),
        (36, 1, 5, 1, 1),
        (28, 1, -5, 0, 1),
        (5, 1, -30, 0, 4),
    ],
)
def test_lacking_managers_by_base_and_by_own_assessment(employees, managers, adjustment, lacking, own):
    span = measure([unit(employees, managers, adjustment=adjustment)], BASES, 10)
    assert (span.lacking, span.lacking_own) == (lacking, own)


def test_no_manager_is_lacking_where_there_is_no_base():
    assert measure([unit(99, category="Skolan", adjustment=5)], BASES, 10).lacking == 0


def test_one_units_room_is_no_help_to_another():
    assert measure([unit(31), unit(1, managers=3)], BASES, 10).lacking == 1


@given(some.integers(0, 400), some.integers(1, 9), some.integers(1, 60))
def test_so_many_more_managers_are_just_enough(employees, managers, base):
    [row] = measure([unit(employees, managers)], {"Hemtjänsten": base}, 10).units
    assert (row.lacking > 0) == row.over_base
    [enough] = measure([unit(employees, managers + row.lacking)], {"Hemtjänsten": base}, 10).units
    assert not enough.over_base
    if row.lacking > 1:
        [short] = measure([unit(employees, managers + row.lacking - 1)], {"Hemtjänsten": base}, 10).units
        assert short.over_base


def test_shares_count_managers_and_leave_out_units_without_base():
    units = [unit(61, managers=2), unit(41), unit(30), unit(99, managers=5, category="Skolan")]
    span = measure(units, BASES, 10)
    assert (span.managers_over_base, span.managers_over_largest) == (Share(3, 4), Share(1, 4))
    assert span.managers_over_base.value == Decimal("0.75")


def test_share_of_nobody_is_not_nought():
    assert measure([unit(99, category="Skolan")], BASES, 10).managers_over_base.value is None


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([(20, 1), (30, 1), (40, 1)], "30.00"),
        ([(20, 1), (31, 1)], "25.50"),
        ([(20, 1), (21, 1), (105, 3)], "35.00"),
        ([(20, 3), (7, 3)], "4.50"),
    ],
)
def test_median_counts_each_manager_once(units, expected):
    assert str(measure([unit(*row) for row in units], BASES, 10).median) == expected


def test_median_of_nobody_is_not_known():
    assert measure([], BASES, 10).median is None


def test_a_base_number_of_nought_is_none():
    [row] = measure([unit(20)], {"Hemtjänsten": 0}, 10).units
    assert (row.base, row.over_base, row.lacking) == (None, False, 0)


def test_departments_hold_their_own_units_and_add_up():
    units = [unit(31), unit(20, department_code="52001", department="Administration"), unit(41)]
    span = measure(units, BASES, 10)
    assert [(row.code, len(row.span.units), row.span.lacking) for row in span.departments] == [
        ("52001", 1, 0),
        ("52004", 2, 2),
    ]
    assert sum(row.span.lacking for row in span.departments) == span.lacking


def test_full_time_equivalents_not_known_of_one_are_not_known_of_all():
    units = [unit(20), unit(10, fte=None)]
    assert total(units) == Totals(2, 2, 30, None)
    assert discrepancies(units, [("52004", "Hemtjänst", 30, Decimal(20))]) == ()
    assert discrepancies(units[:1], [("52004", "Hemtjänst", 20, None)]) == ()


@pytest.mark.parametrize(
    ("stated", "shown", "now"),
    [
        ("", "Hemtjänst Norra", ""),
        ("HEMTJÄNST  Norra", "HEMTJÄNST  Norra", ""),
        ("Norra gruppen", "Norra gruppen", "Hemtjänst Norra"),
    ],
)
def test_a_unit_is_shown_by_the_sources_name(stated, shown, now):
    row = unit(stated_name=stated)
    assert (row.shown_name, row.name_now) == (shown, now)


def test_totals_with_and_without_management():
    units = [
        unit(14, is_management=True),
        unit(58, managers=2, fte=Decimal("51.57")),
        unit(31, fte=Decimal("30.15")),
    ]
    span = measure(units, BASES, 10)
    assert span.totals == Totals(units=3, managers=4, employees=103, fte=Decimal("95.72"))
    assert span.without_management == Totals(units=2, managers=3, employees=89, fte=Decimal("81.72"))
    assert (span.totals.per_manager, span.without_management.per_manager) == (
        Decimal("25.75"),
        Decimal(89) / 3,
    )


def test_totals_of_no_units():
    nothing = total([])
    assert nothing == Totals(0, 0, 0, Decimal(0))
    assert nothing.per_manager is None


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        ("20.01", "rounding"),
        ("20.02", "rounding"),
        ("19.98", "rounding"),
        ("20.03", "error"),
        ("19.97", "error"),
    ],
)
def test_discrepancy_in_fte_kind(stated, kind):
    [found] = discrepancies([unit(20)], [("52004", "Hemtjänst", 20, Decimal(stated))])
    assert found == Discrepancy("Hemtjänst", "fte", Decimal(stated), Decimal(20))
    assert found.kind == kind


def test_discrepancy_of_one_person_is_an_error():
    [found] = discrepancies([unit(20)], [("52004", "Hemtjänst", 21, Decimal(20))])
    assert found == Discrepancy("Hemtjänst", "employees", Decimal(21), Decimal(20))
    assert found.kind == "error"


def test_discrepancies_by_department_and_whole():
    units = [unit(20), unit(10), unit(7, department_code="52005")]
    stated = [
        ("52004", "Hemtjänst", 30, Decimal(30)),
        ("52005", "Omsorgen", 7, Decimal(7)),
        ("52009", "Tom", 1, Decimal(0)),
        (None, "Socialnämnden", 38, Decimal("36.5")),
    ]
    assert discrepancies(units, stated) == (
        Discrepancy("Tom", "employees", Decimal(1), Decimal(0)),
        Discrepancy("Socialnämnden", "employees", Decimal(38), Decimal(37)),
        Discrepancy("Socialnämnden", "fte", Decimal("36.5"), Decimal(37)),
    )


def test_gotland_headcount_totals():
    span = gotland_span(gotland_units())
    assert span.totals == Totals(units=59, managers=69, employees=1555, fte=Decimal("1497.42"))
    assert span.without_management == Totals(units=52, managers=62, employees=1469, fte=Decimal("1411.92"))
    assert span.without_base == ()


def test_gotland_units_over_base_and_largest():
    span = gotland_span(gotland_units())
    assert span.over_base == 12
    assert [row.unit.name for row in span.units if row.over_largest] == ["Tingsbrogården"]


def test_gotland_managers_median_and_lacking():
    span = gotland_span(gotland_units())
    assert (span.managers_over_base, span.managers_over_largest) == (Share(13, 69), Share(1, 69))
    assert (str(span.median), span.lacking) == ("23.00", 12)
    assert {row.code: row.span.lacking for row in span.departments if row.span.lacking} == {
        "52003": 5,
        "52004": 4,
        "52005": 3,
    }


def test_gotland_without_manager_marks_has_five_more_over_largest():
    units = gotland_units()
    marked = {row.unit.name for row in gotland_span(units).units if row.over_largest}
    unmarked = {
        row.unit.name
        for row in gotland_span([replace(row, managers=1) for row in units]).units
        if row.over_largest
    }
    assert unmarked - marked == {
        "Roma Äldreboende",
        "Korttidsenheten Visby",
        "Pjäsen",
        "Hemtjänst natt",
        "SOF OOF Område 5",
    }
    assert marked - unmarked == set()


def test_gotland_stated_totals_against_sums():
    stated = [
        (None if code == "52" else code, code, employees, Decimal(fte))
        for code, employees, fte in gotland()["headcounts"]["stated"]
    ]
    found = discrepancies(gotland_units(), stated)
    assert [(row.where, row.measure, str(row.stated), str(row.computed), row.kind) for row in found] == [
        ("52", "fte", "1498.42", "1497.42", "error"),
        ("52003", "fte", "462.63", "462.62", "rounding"),
        ("52004", "fte", "350.38", "350.39", "rounding"),
        ("52005", "fte", "337.21", "337.22", "rounding"),
        ("52007", "fte", "158.29", "158.28", "rounding"),
    ]
