"""Monthly series: revisions, run chart, XmR chart, and the verdict over them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from metrics.movement import Point, Series, chart_series, judge_series
from metrics.movement.runs import chart, crossings_needed, longest_allowed, read_limits, read_runs
from metrics.movement.series import Final, covers_a_year, final, has_gaps, latest

STEADY = ["5.0", "5.4", "4.8", "5.2", "4.9", "5.3", "5.1", "4.7", "5.5", "4.9", "5.2", "5.0"]
LOWER = ["4.0", "4.3", "3.9", "4.2", "3.8", "4.1", "4.4", "3.9", "4.2", "4.0", "4.1", "4.3"]


def month(number: int) -> dt.date:
    """The first of the month, counted from January 2023."""
    return dt.date(2023 + number // 12, number % 12 + 1, 1)


def points(values, start=0) -> tuple[Point, ...]:
    return tuple(
        Point(month(start + at), None if value is None else Decimal(value)) for at, value in enumerate(values)
    )


def finals(values) -> tuple[Final, ...]:
    return final(points(values))


def judged(values, baseline=12, higher_is_better=False, kind="monthly", smallest=None):
    return judge_series(
        Series(kind, points(values)),
        baseline_until=month(baseline - 1),
        higher_is_better=higher_is_better,
        smallest=smallest and Decimal(smallest),
    )


def spoken(verdict) -> tuple[str, str]:
    return verdict.kind, verdict.reason


def test_the_latest_revision_of_a_month_counts():
    rows = (
        Point(dt.date(2025, 2, 1), Decimal(3)),
        Point(dt.date(2025, 1, 31), Decimal(9), revision=2),
        Point(dt.date(2025, 1, 1), Decimal(1)),
        Point(dt.date(2025, 1, 15), Decimal(2), revision=1),
    )
    assert [(point.month.month, point.value) for point in latest(rows)] == [(1, 9), (2, 3)]


def test_of_equal_revisions_the_one_given_last_counts():
    rows = [Point(month(0), Decimal(1)), Point(month(0), Decimal(2))]
    assert [point.value for point in latest(rows)] == [2]


@pytest.mark.parametrize(
    "changed",
    [{"preliminary": True}, {"approximate": True}, {"value": None}],
    ids=lambda row: next(iter(row)),
)
def test_what_may_not_be_judged_is_no_point(changed):
    rows = (Point(month(0), Decimal(1)), replace(Point(month(1), Decimal(2)), **changed))
    assert [point.month for point in final(rows)] == [month(0)]


def test_a_preliminary_revision_takes_the_month_away_until_it_is_final():
    rows = (Point(month(0), Decimal(1)), Point(month(0), Decimal(2), preliminary=True, revision=1))
    assert final(rows) == ()


def test_gaps_and_whole_years():
    whole = finals(STEADY)
    assert (has_gaps(whole), covers_a_year(whole)) == (False, True)
    assert (has_gaps(whole[:5] + whole[6:]), covers_a_year(whole[:5] + whole[6:])) == (True, False)
    assert (has_gaps(()), covers_a_year(())) == (False, False)


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [
        (10, 6, 2),
        (12, 7, 3),
        (13, 7, 3),
        (16, 7, 4),
        (20, 7, 6),
        (24, 8, 8),
        (30, 8, 10),
        (36, 8, 13),
        (60, 9, 23),
    ],
)  # Anhøj & Olesen (2014), appendix
def test_the_run_rules_limits(useful, longest, crossings):
    assert (longest_allowed(useful), crossings_needed(useful)) == (longest, crossings)


def test_the_run_rules_of_nothing():
    assert (longest_allowed(0), crossings_needed(0), longest_allowed(1), crossings_needed(1)) == (0, 0, 3, 0)


def test_runs_leave_out_points_on_the_median():
    runs = read_runs(finals([1, 2, 3, 3, 5, 3, 4, 1]))
    assert (runs.median, runs.useful, runs.longest, runs.crossings) == (3, 5, 2, 2)


def test_runs_of_a_series_that_stands_still():
    runs = read_runs(finals([4] * 12))
    assert (runs.useful, runs.longest, runs.crossings, runs.has_signal) == (0, 0, 0, False)


def test_runs_need_values():
    with pytest.raises(ValueError, match="needs values"):
        read_runs(())


def test_natural_process_limits():
    limits = read_limits(finals(["10", "12", "11", "13", "12"]))
    assert (limits.mean, limits.range_mean) == (Decimal("11.6"), Decimal("1.5"))
    assert (limits.low, limits.high) == (Decimal("7.61"), Decimal("15.59"))
    assert limits.range_high == Decimal("4.9005")


def test_natural_process_limits_skip_the_gap():
    whole = finals(["10", "12", "99", "13", "12"])
    limits = read_limits(whole[:2] + whole[3:])
    assert limits.range_mean == Decimal("1.5")  # 10→12 and 13→12, not 12→13 over the gap


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5]])
def test_no_limits_without_variation(values):
    assert read_limits(finals(values)) is None


def test_zero_is_the_floor_unless_values_may_fall_below():
    assert read_limits(finals([1, 9, 1, 9])).low is None
    assert read_limits(finals([1, 9, 1, 9]), below_zero=True).low < 0


def rules(values, baseline=12) -> list[tuple[str, dt.date, dt.date]]:
    found = chart(finals(values[:baseline]), finals(values)[baseline:])
    return [(signal.rule, signal.first, signal.last) for signal in found.signals]


def test_rule_outside_marks_the_month():
    assert rules([*STEADY, "5.1", "7.5", "5.0"]) == [("outside", month(13), month(13))]


def test_rule_trend_needs_six_in_a_row():
    assert rules([*STEADY, "4.7", "4.8", "4.9", "5.0", "5.1"]) == []
    assert rules([*STEADY, "4.7", "4.8", "4.9", "5.0", "5.1", "5.15"]) == [("trend", month(12), month(17))]
    assert rules([*STEADY, "5.3", "5.2", "5.1", "5.05", "5.02", "4.9"]) == [("trend", month(12), month(17))]
    assert rules([*STEADY, "4.7", "4.8", "4.9", "4.9", "5.1", "5.15"]) == []


def test_rule_trend_does_not_reach_over_a_gap():
    later = finals([*STEADY, "4.7", "4.8", "4.9", None, "5.0", "5.1", "5.15"])[12:]
    assert chart(finals(STEADY), later).signals == ()


def test_rules_shift_and_crossings():
    assert rules([*STEADY, *LOWER])[:3] == [
        ("shift", month(0), month(11)),
        ("shift", month(12), month(23)),
        ("crossings", month(0), month(23)),
    ]


@pytest.mark.parametrize(
    ("values", "higher_is_better", "kind", "reason"),
    [
        ([*STEADY, *LOWER], False, "moved", "shift"),
        ([*STEADY, *LOWER], True, "worsened", "shift"),
        ([*LOWER, *STEADY], False, "worsened", "shift"),
        ([*STEADY, *STEADY], False, "unknown", "no_signal"),
        ([*STEADY, *STEADY[:6]], False, "unknown", "too_early"),
        ([*STEADY, "5.1", "7.5", "5.0"], False, "unknown", "outside_alone"),
        ([*STEADY, *STEADY[:6], "4.7", "4.8", "4.9", "5.0", "5.1", "5.2"], False, "unknown", "trend_alone"),
        ([*LOWER, *STEADY, *LOWER], False, "unknown", "no_direction"),
        ([*STEADY, *LOWER, "5.3", "5.4", "5.2"], False, "unknown", "no_direction"),
        ([*STEADY], False, "unknown", "nothing_later"),
        ([*LOWER[:6], *STEADY[:6], *LOWER], False, "unknown", "unstable_baseline"),
        ([], False, "unknown", "short_baseline"),
    ],
)
def test_a_series_is_judged(values, higher_is_better, kind, reason):
    assert spoken(judged(values, higher_is_better=higher_is_better)) == (kind, reason)


@pytest.mark.parametrize(
    ("values", "smallest", "kind", "reason"),
    [
        ([*STEADY, *STEADY[::-1]], "0.5", "unchanged", "within_smallest"),
        ([*STEADY, *STEADY[::-1]], "0.1", "unknown", "no_signal"),
        ([*STEADY, *STEADY[:9]], "0.5", "unknown", "no_signal"),
        ([*STEADY, *STEADY[::-1], "7.5"], "2", "unknown", "outside_alone"),
        (["7.5", *STEADY[1:], *STEADY[::-1]], "2", "unchanged", "within_smallest"),
        (
            [*STEADY, *STEADY[:6], "4.7", "4.8", "4.9", "5.0", "5.1", "5.2"],
            "0.5",
            "unchanged",
            "within_smallest",
        ),
        ([*STEADY, *LOWER], "5", "moved", "shift"),
    ],
)
def test_a_series_is_unchanged_only_inside_the_smallest_change(values, smallest, kind, reason):
    assert spoken(judged(values, smallest=smallest)) == (kind, reason)


@pytest.mark.parametrize(
    ("kind", "reason"), [("rolling", "rolling"), ("cumulative", "cumulative"), ("quarterly", "not_monthly")]
)
def test_other_series_are_refused_by_kind(kind, reason):
    assert spoken(judged([*STEADY, *LOWER], kind=kind)) == ("unknown", reason)
    assert chart_series(Series(kind, points([*STEADY, *LOWER])), baseline_until=month(11)) is None


@pytest.mark.parametrize("kept", [9, 10])
def test_ten_baseline_points_are_needed(kept):
    verdict = judged([*STEADY[:kept], *LOWER], baseline=kept)
    assert (verdict.reason == "short_baseline") is (kept == 9)
    if kept == 9:
        assert verdict.named == {"points": 9, "needed": 10}


def test_preliminary_months_do_not_count_as_baseline():
    rows = list(points([*STEADY, *LOWER]))
    rows[:3] = [replace(row, preliminary=True) for row in rows[:3]]
    verdict = judge_series(Series("monthly", tuple(rows)), baseline_until=month(11), higher_is_better=False)
    assert spoken(verdict) == ("unknown", "short_baseline")


def test_the_verdict_tells_what_the_sentence_needs():
    verdict = judged([*STEADY, *LOWER])
    assert verdict.change == Decimal("-0.95")
    assert (verdict.named["median_before"], verdict.named["median_after"]) == (
        Decimal("5.05"),
        Decimal("4.1"),
    )
    assert (verdict.named["longest"], verdict.named["longest_allowed"]) == (12, 8)
    assert (verdict.unit, verdict.p, verdict.interval) == ("value", None, None)


@pytest.mark.parametrize(
    ("values", "cautions"),
    [
        ([*STEADY, *LOWER], ()),
        ([*STEADY, *LOWER[:11]], ("season",)),
        ([*STEADY, *LOWER[:5], None, *LOWER[:6]], ("season", "gaps")),
        ([*STEADY, *LOWER[:5], None, *LOWER, *LOWER], ("gaps",)),
    ],
)
def test_a_series_cautions(values, cautions):
    assert judged(values).cautions == cautions


def test_a_baseline_that_never_varies_has_no_limits():
    assert judged([5] * 24).cautions == ("no_limits",)
    assert spoken(judged([5] * 24)) == ("unknown", "no_signal")
