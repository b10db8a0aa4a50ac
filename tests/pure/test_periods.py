"""Periods as people write them, by the indicator's kind."""

import datetime as dt

import pytest

from metrics.values import periods

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("2026-03-31", "point", "2026-03-31", "2026-03-31"),
        ("2026-10", "point", "2026-10-01", "2026-10-31"),
        ("oktober 2026", "point", "2026-10-01", "2026-10-31"),
        ("2026-10-01–2026-10-15", "point", "2026-10-01", "2026-10-15"),
        ("2026-10-01 - 2026-10-15", "point", "2026-10-01", "2026-10-15"),
        ("2026-01 till 2026-03", "point", "2026-01-01", "2026-03-31"),
        ("2024-02", "monthly", "2024-02-01", "2024-02-29"),
        ("2026-02-01–2026-02-28", "monthly", "2026-02-01", "2026-02-28"),
        ("2026-03", "cumulative", "2026-01-01", "2026-03-31"),
        ("2026-03-15", "cumulative", "2026-01-01", "2026-03-15"),
        ("2023", "cumulative", "2023-01-01", "2023-12-31"),
        ("2026H1", "cumulative", "2026-01-01", "2026-06-30"),
        ("2026-03", "rolling", "2025-04-01", "2026-03-31"),
        ("2024-02", "rolling", "2023-03-01", "2024-02-29"),
        ("2025-02", "rolling", "2024-03-01", "2025-02-28"),
        ("2026-03-15", "rolling", "2025-03-16", "2026-03-15"),
        ("2025", "rolling", "2025-01-01", "2025-12-31"),
    ],
)
def test_a_period_is_read(text, kind, first, last):
    assert periods.read(text, kind) == periods.Period(DAY(first), DAY(last))


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("i fjol", "point", "no_period"),
        ("2026-13", "monthly", "no_period"),
        ("2026-13-01–2026-14-01", "point", "no_period"),
        ("2026-03-31–2026-03-01", "point", "backwards"),
        ("2026-02-01–2026-03-31", "cumulative", "cumulative_start"),
        ("2025-01-01–2026-03-31", "cumulative", "cumulative_start"),
        ("2026H2", "cumulative", "cumulative_start"),
        ("2026-01-01–2026-03-31", "rolling", "rolling_length"),
        ("2025–2026", "rolling", "rolling_length"),
        ("2026-03-15", "monthly", "monthly_month"),
        ("2026", "monthly", "monthly_month"),
        ("2026-01–2026-02", "monthly", "monthly_month"),
    ],
)
def test_a_period_that_does_not_fit_says_why(text, kind, reason):
    with pytest.raises(periods.NotAPeriod) as told:
        periods.read(text, kind)
    assert told.value.reason == reason


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-03-01", "2026-03-31", "2026-03"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2026-01-01", "2026-03-31", "2026-01–2026-03"),
        ("2025-04-01", "2026-03-31", "2025-04–2026-03"),
        ("2026-10-01", "2026-10-15", "2026-10-01–2026-10-15"),
    ],
)
@pytest.mark.parametrize("kind", ["point"])
def test_a_period_is_written_as_it_is_read(first, last, text, kind):
    assert periods.written(DAY(first), DAY(last)) == text
    assert periods.read(text, kind) == periods.Period(DAY(first), DAY(last))


@pytest.mark.parametrize("kind", ["monthly", "cumulative", "rolling"])
def test_every_month_of_every_kind_reads_back(kind):
    for month in range(1, 13):
        period = periods.read(f"2024-{month:02}", kind)
        assert periods.read(periods.written(period.first, period.last), kind) == period
