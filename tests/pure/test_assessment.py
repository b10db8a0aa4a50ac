"""What is told of an assessment, and which categories match, without a database."""

import pytest

from metrics.guideline.assessment import Assessed, notices
from metrics.guideline.categories import Home, Placed, uses


def assessed(adjustment, **fields):
    return Assessed(
        "Hemtjänsten", **{"base": 30, "usual": 5, "largest": 10, "adjustment": adjustment} | fields
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (assessed(None, smaller=3), ()),
        (assessed(0), ()),
        (assessed(5, larger=1), ()),
        (assessed(-5, smaller=1), ()),
        (assessed(6, larger=1), ("beyond_usual",)),
        (assessed(-10, smaller=2), ("beyond_usual",)),
        (assessed(-11, smaller=2), ("beyond_largest",)),
        (assessed(2, larger=1, smaller=2), ("up_against_marks",)),
        (assessed(-2, larger=2, smaller=1), ("down_against_marks",)),
        (assessed(2, larger=2, smaller=2), ()),
        (assessed(0, larger=0, smaller=4), ()),
        (
            assessed(7, smaller=1, is_of_earlier_version=True),
            ("earlier_version", "beyond_usual", "up_against_marks"),
        ),
    ],
)
def test_notices(row, expected):
    assert notices(row) == expected


@pytest.mark.parametrize(
    ("base", "adjustment", "range_and_own"),
    [(30, -5, (20, 40, 25)), (30, 10, (20, 40, 40)), (5, -10, (1, 15, 1)), (30, None, (20, 40, None))],
)
def test_range_and_own_number(base, adjustment, range_and_own):
    row = assessed(adjustment, base=base)
    assert (row.lowest, row.highest, row.own) == range_and_own


HOME, OTHER, NONE = (
    Home(1, "10", "Hemtjänsten", "Hemtjänst"),
    Home(2, "20", "Boenden", "hemtjänst "),
    Home(3, "30", "Stab", ""),
)


def test_uses_of_departments_and_of_units_own_categories():
    found = uses(
        ["Hemtjänst", "Boende", "Övrigt"],
        [Placed(1, "1", "A", HOME), Placed(2, "2", "B", HOME), Placed(3, "3", "C", HOME, own="Boende")],
    )
    assert [(use.category, use.homes, [unit.name for unit in use.units]) for use in found.by_category] == [
        ("Hemtjänst", {HOME: 2}, []),
        ("Boende", {}, ["C"]),
        ("Övrigt", {}, []),
    ]
    assert (found.unused, found.unmatched) == (("Övrigt",), ())


def test_what_does_not_match_is_told_where_it_is_mended():
    rows = [
        Placed(1, "1", "A", OTHER),
        Placed(2, "2", "B", OTHER),
        Placed(3, "3", "C", HOME, own="Finns inte"),
        Placed(4, "4", "D", NONE),
    ]
    found = uses(["Hemtjänst"], rows)
    told = [
        (row.home.name, row.unit and row.unit.name, row.category, row.near, len(row.units))
        for row in found.unmatched
    ]
    assert told == [
        ("Boenden", None, "hemtjänst ", "Hemtjänst", 2),
        ("Hemtjänsten", "C", "Finns inte", "", 1),
        ("Stab", None, "", "", 1),
    ]
    assert found.units_unmatched == 4
