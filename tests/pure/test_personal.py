"""The numbers are invented or Skatteverket's own test numbers."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from ui.personal import personal_numbers, validate_no_personal_number


@pytest.mark.parametrize(
    "number",
    [
        "850709-9805", "8507099805", "19850709-9805", "198507099805", "850709+9805", "850709 9805",
        "19850709 - 9805", "1985-07-09-9805", "1985 07 09 9805", "850709–9805", "850709\u00a0-\u00a09805",
        "701063-2391", "19701063-2391", "850709/9805", "850709:9805", "850709_9805", "850709.9805", "850709) 9805",
        "８５０７０９－９８０５", "8507\u00ad09-9805", "850709\u200b-\u20609805", "850709\u20119805", "850709-\n9805",
        "850709\r\n-9805", "850709 -\n- 9805",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Hon ({}) sade det.", "pnr:{},"])
def test_a_personal_number_is_found_as_it_stands(number, around):
    assert personal_numbers(around.format(number)) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "SON 2024/29", "070-123 45 67", "0498-26 90 00", "08-501 283 40", "556016-0680", "165560160680",
        "850709-9804", "851309-9805", "850732-9805", "18000-850709-98051", "2024-04-29 2024-05-02",
        "den 2024-04-29 kl. 08.30", "20991231-2384", "12 345 678", "", "850709\n9805", "850709, 9805", "850709. 9805",
        "850709: 9805",
    ],
)  # fmt: skip
def test_other_numbers_pass(text):
    assert personal_numbers(text) == []


@pytest.mark.parametrize("after", ["/2", ".5", "-01", "-1", "²", ":", "/2024", ")"])
def test_what_follows_a_number_hides_it_not(after):
    assert personal_numbers(f"Hon är 198507099805{after}") == ["198507099805"]
    assert personal_numbers(f"Hon är 850709-9805{after}") == ["850709-9805"]


@pytest.mark.parametrize("between", [" ", "–", " – ", "/", "-", "\n-"])
def test_two_dates_are_no_number(between):
    """Of all days of a year with the day a fortnight later, some would have the right check digit."""
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=day) for day in range(365)]
    told = [f"{day}{between}{day + dt.timedelta(days=14)}" for day in days]
    assert [text for text in told if personal_numbers(text)] == []


def test_the_time_in_a_files_name_is_no_number():
    names = [f"20240429_{hour:02}{minute:02}.docx" for hour in range(24) for minute in range(60)]
    assert [name for name in names if personal_numbers(name)] == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Bra stöd\nHon är 850709-9805", 2), ("Bra\r\n\r\nHon är 850709-\r\n9805", 3), ("850709\n-9805\nBra", 1),
        ("Bra\u00adstöd\n‐\nHon 850709\u200b-9805\n", 3),
    ],
)  # fmt: skip
def test_the_line_is_that_on_which_the_number_begins(text, line):
    with pytest.raises(ValidationError) as error:
        validate_no_personal_number(text)
    assert error.value.messages == [
        f"Rad {line} innehåller ett personnummer. Ta bort det; ingen ska kunna kännas igen."
    ]


def test_the_line_is_told_and_the_number_is_not():
    with pytest.raises(ValidationError) as error:
        validate_no_personal_number("Bra stöd\nHon är 850709-9805")
    assert error.value.messages == [
        "Rad 2 innehåller ett personnummer. Ta bort det; ingen ska kunna kännas igen."
    ]


def test_a_long_text_of_digits_is_quick():
    assert personal_numbers("850709 - 980 " * 20_000) == []


@pytest.mark.parametrize(
    "text", ["811228 (9874)", "811228(9874)", "**811228**-9874", "811228 **9874**", "[811228]-[9874]"]
)
def test_marks_around_do_not_hide_a_number(text):
    assert personal_numbers(text)


@pytest.mark.parametrize(
    "text", ["2019-03-04 0945", "2024-04-29 1300 startade utbildningen", "2024.04.29 1610"]
)
def test_a_day_and_a_time_are_no_number(text):
    assert not personal_numbers(text)
