from decimal import Decimal

import pytest

from reports.render.figures import figure

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("text", "value", "shape"),
    [
        ("0", "0", "#,##0"),
        ("26", "26", "#,##0"),
        (f"1{NBSP}555", "1555", "#,##0"),
        ("1 555", "1555", "#,##0"),
        ("1555", "1555", "0"),
        (f"12{NBSP}345{NBSP}678,90", "12345678.90", "#,##0.00"),
        ("26,6", "26.6", "#,##0.0"),
        ("1487,0", "1487", "0.0"),
        (f"62,5{NBSP}%", "0.625", "#,##0.0\\\u00a0%"),
        ("59 %", "0.59", "#,##0\\ %"),
        ("59%", "0.59", "#,##0%"),
        ("\u22123,2", "-3.2", '#,##0.0;"\u2212"#,##0.0'),
        ("-3,2", "-3.2", "#,##0.0"),
        ("+7", "7", '"+"#,##0'),
        (f"\u22121{NBSP}000", "-1000", '#,##0;"\u2212"#,##0'),
    ],
)
def test_a_figure_is_a_number_that_shows_as_it_was_written(text, value, shape):
    assert figure(text) == (Decimal(value), shape)


@pytest.mark.parametrize(
    "text",
    [
        "", "–", "inget värde", "56 på 2 chefer", "25, 30", "007", "00", "1 55", "1.5", "1,", ",5", "12 3456", "2026H1",
        "13 juni 2024", "\u22120,00", "+0", "1234567890123456", "1,234567890123456", "5 % av 60", "1e5", "१२", "=1+1",
    ],
)  # fmt: skip
def test_words_codes_and_several_figures_stay_words(text):
    assert figure(text) is None
