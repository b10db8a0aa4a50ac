"""The numbers are invented or Skatteverket's own test numbers."""

import pytest
from django.core.exceptions import ValidationError

from ui.personal import personal_numbers, validate_no_personal_number


@pytest.mark.parametrize(
    "number",
    [
        "850709-9805", "8507099805", "19850709-9805", "198507099805", "850709+9805", "850709 9805",
        "19850709 - 9805", "1985-07-09-9805", "1985 07 09 9805", "850709–9805", "850709\u00a0-\u00a09805",
        "701063-2391", "19701063-2391",
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
        "den 2024-04-29 kl. 08.30", "20991231-2384", "12 345 678", "", "850709-\n9805",
    ],
)  # fmt: skip
def test_other_numbers_pass(text):
    assert personal_numbers(text) == []


def test_the_line_is_told_and_the_number_is_not():
    with pytest.raises(ValidationError) as error:
        validate_no_personal_number("Bra stöd\nHon är 850709-9805")
    assert error.value.messages == [
        "Rad 2 innehåller ett personnummer. Ta bort det; ingen ska kunna kännas igen."
    ]


def test_a_long_text_of_digits_is_quick():
    assert personal_numbers("850709 - 980 " * 20_000) == []
