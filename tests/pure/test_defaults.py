"""What a new report is likely to be."""

import datetime as dt

import pytest

from reports.defaults import Known, kind_of, suggest
from reports.periods import after, of_day

D = dt.date
TODAY = D(2026, 11, 22)


def known(kind, period, cut_off, meets_on, due=None):
    return Known(
        kind, period, D.fromisoformat(cut_off), due and D.fromisoformat(due), D.fromisoformat(meets_on)
    )


REPORTS = [
    known("half_year", "2026H1", "2026-05-20", "2026-06-11"),
    known("half_year", "2025H2", "2025-11-14", "2025-12-04", "2025-11-25"),
]


@pytest.mark.parametrize(
    ("period", "following"),
    [
        ("2026H1", "2026H2"), ("2026H2", "2027H1"), ("2026H2-chefer", "2027H1-chefer"), ("2026-11", "2026-12"),
        ("2026-12", "2027-01"),
    ],
)  # fmt: skip
def test_the_next_period(period, following):
    assert after(period) == following


def test_the_period_of_a_day():
    assert [of_day(kind, D(2026, 6, 30)) for kind in ("half_year", "feedback", "monthly")] == [
        "2026H1", "2026H1-chefer", "2026-06",
    ]  # fmt: skip


def test_a_plan_begins_and_half_years_follow():
    assert kind_of([]) == "plan"
    assert kind_of([known("monthly", "2026-05", "2026-05-31", "2026-06-11")]) == "plan"
    assert kind_of(REPORTS) == "half_year"


def test_days_are_like_a_year_ago_on_the_same_weekday():
    found = suggest("half_year", REPORTS, [], TODAY)
    assert (found.period, found.cut_off, found.meets_on) == ("2026H2", D(2026, 11, 13), D(2026, 12, 3))
    assert found.cut_off.weekday() == D(2025, 11, 14).weekday()
    assert found.meets_on - found.texts_due_on == D(2025, 12, 4) - D(2025, 11, 25)


def test_a_planned_meeting_goes_before_last_years():
    found = suggest("half_year", REPORTS, [D(2026, 11, 15), D(2026, 12, 17), D(2027, 1, 28)], TODAY)
    assert found.meets_on == D(2026, 12, 17)


def test_months_are_told_to_their_end():
    found = suggest("monthly", [*REPORTS, known("monthly", "2026-10", "2026-10-31", "2026-11-19")], [], TODAY)
    assert (found.period, found.cut_off) == ("2026-11", D(2026, 11, 30))


def test_a_final_report_is_of_the_end_of_the_last_year():
    assert suggest("final", REPORTS, [], TODAY, last_year=2027).period == "2027H2"
    assert suggest("final", REPORTS, [], TODAY, last_year=2025).period == "2026H2"


@pytest.mark.parametrize("kind", ["plan", "half_year", "final", "monthly", "feedback"])
@pytest.mark.parametrize("on", [TODAY + dt.timedelta(days=30 * month) for month in range(8)])
def test_days_are_working_days(kind, on):
    found = suggest(kind, [], [], on)
    days = [found.texts_due_on, found.meets_on] + ([] if kind == "monthly" else [found.cut_off])
    assert all(day.weekday() < 5 for day in days)
    assert found.cut_off <= found.texts_due_on <= found.meets_on


@pytest.mark.parametrize("kind", ["plan", "half_year", "final", "monthly", "feedback"])
@pytest.mark.parametrize("rows", [[], REPORTS])
def test_the_days_suit_one_another(kind, rows):
    found = suggest(kind, rows, [], TODAY)
    assert found.cut_off <= found.texts_due_on <= found.meets_on
    assert all(row.period != found.period for row in rows)
    assert kind in ("monthly", "feedback") or all(row.cut_off < found.cut_off for row in rows)
