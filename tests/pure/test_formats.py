import datetime as dt
from decimal import Decimal

import pytest

from ui import formats
from ui.formats import day, number, percent, short_day

NB = "\u00a0"  # no-break space


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (dt.date(2024, 6, 13), "sv", "13 juni 2024"),
        (dt.date(2024, 6, 13), "en", "13 June 2024"),
        (dt.date(2025, 1, 1), "sv", "1 januari 2025"),
        (dt.date(2024, 12, 31), "sv", "31 december 2024"),  # a Tuesday in ISO week 1 of 2025
        (dt.date(2024, 12, 31), "en", "31 December 2024"),
    ],
)
def test_day_in_full(value, language, expected):
    assert day(value, language) == expected


def test_day_is_swedish_unless_told():
    assert (day(dt.date(2024, 5, 1)), short_day(dt.date(2024, 5, 1))) == ("1 maj 2024", "1 maj")


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        (dt.date(2024, 6, 13), "sv", "13 juni"),
        (dt.date(2024, 9, 3), "sv", "3 sep"),
        (dt.date(2024, 9, 13), "en", "13 Sep"),
        (dt.date(2024, 2, 29), "sv", "29 feb"),
    ],
)
def test_short_day_without_year_and_points(value, language, expected):
    assert short_day(value, language) == expected


@pytest.mark.parametrize(
    ("value", "places", "language", "expected"),
    [
        (1555, None, "sv", f"1{NB}555"),
        (1555, None, "en", "1,555"),
        (1555000, None, "sv", f"1{NB}555{NB}000"),
        (999, None, "sv", "999"),
        (0, None, "sv", "0"),
        (Decimal("1497.42"), None, "sv", f"1{NB}497,42"),
        (Decimal("1497.42"), None, "en", "1,497.42"),
        (Decimal("28.00"), None, "sv", "28"),
        (Decimal("28.00"), 2, "sv", "28,00"),
        (Decimal("1497.42"), 0, "sv", f"1{NB}497"),
        (28, 1, "sv", "28,0"),
    ],
)
def test_number_grouped_with_no_break_space(value, places, language, expected):
    assert number(value, places, language) == expected


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("2.49", 0, "2"),
        ("62.25", 1, "62,3"),
        ("62.35", 1, "62,4"),
        ("62.249", 1, "62,2"),
        ("0.125", 2, "0,13"),
        ("-2.5", 0, "−3"),
        ("999.5", 0, f"1{NB}000"),
    ],
)
def test_number_rounded_half_up(value, places, expected):
    assert number(Decimal(value), places) == expected


@pytest.mark.parametrize(
    ("share", "places", "language", "expected"),
    [
        ("0.625", 1, "sv", f"62,5{NB}%"),
        ("0.625", 1, "en", f"62.5{NB}%"),
        ("0.6", 1, "sv", f"60{NB}%"),
        ("0.6000", 2, "sv", f"60{NB}%"),
        ("0.6666", 1, "sv", f"66,7{NB}%"),
        ("0.6225", 1, "sv", f"62,3{NB}%"),
        ("0.6235", 1, "sv", f"62,4{NB}%"),
        ("0.5996", 1, "sv", f"60{NB}%"),
        ("0.625", 0, "sv", f"63{NB}%"),
        ("0.0531", 2, "sv", f"5,31{NB}%"),
        ("0.053", 2, "sv", f"5,30{NB}%"),
        ("0", 1, "sv", f"0{NB}%"),
        ("1", 1, "sv", f"100{NB}%"),
        ("12.5", 1, "sv", f"1{NB}250{NB}%"),
    ],
)
def test_percent_from_share(share, places, language, expected):
    assert percent(Decimal(share), places, language) == expected


def test_percent_has_one_decimal_unless_told():
    assert percent(Decimal("0.66666")) == f"66,7{NB}%"


@pytest.mark.parametrize(
    ("number", "neuter", "told"),
    [(0, False, "ingen"), (0, True, "inget"), (1, True, "ett"), (2, True, "två"), (12, False, "tolv"), (13, False, "13"), (1555, False, "1\u00a0555")],
)  # fmt: skip
def test_counts_in_sentences_are_words_up_to_twelve(number, neuter, told):
    assert formats.count(number, neuter=neuter) == told


def test_counts_in_another_language():
    assert [formats.count(number, "en", neuter=True) for number in (0, 1, 13)] == ["none", "one", "13"]
