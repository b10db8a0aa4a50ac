"""Which question an indicator's values are put to: plain values in, verdicts out."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from metrics.movement import Point, Series
from metrics.readings import certainty, judgement, seasons, targets


@dataclass
class Measure:
    kind: str = "share"
    direction: str = "up"
    period_kind: str = "point"
    computed: str = ""
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    smallest: Decimal | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None
    better_every_year: bool = False


@dataclass
class Value:
    last_day: dt.date
    share: Decimal | None = None
    positive: int | None = None
    answered: int | None = None
    invited: int | None = None
    distribution: tuple | None = None
    no_opinion: int | None = None
    is_approximate: bool = False
    is_preliminary: bool = False
    first_day: dt.date = dt.date(2000, 1, 1)


@dataclass
class Pair:
    earlier: dt.date
    later: dt.date
    both: int
    gained: int
    lost: int
    neither: int


def of(year: int, positive: int, answered: int = 100, **fields) -> Value:
    day = dt.date(year, 10, 31)
    share = Decimal(positive) / answered
    return Value(day, share, positive, answered, answered, first_day=day.replace(day=1), **fields)


def judged(measure: Measure, *rows: Value, **fields) -> tuple[str, str]:
    verdict = judgement.verdict_of(measure, list(rows), **fields)
    return verdict.kind, verdict.reason


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ((), ("unknown", "no_value")),
        ((of(2024, 40),), ("unknown", "one_value")),
        ((of(2024, 40), of(2025, 60)), ("moved", "beyond_chance")),
        ((of(2024, 60), of(2025, 40)), ("worsened", "beyond_chance")),
        ((of(2024, 40), of(2025, 45)), ("unknown", "within_chance")),
        ((of(2024, 4, 20), of(2025, 19, 20)), ("unknown", "few")),
        ((of(2024, 40), of(2025, 60), of(2026, 90, is_preliminary=True)), ("moved", "beyond_chance")),
        ((of(2023, 66, is_approximate=True), of(2024, 40), of(2025, 60)), ("moved", "beyond_chance")),
        ((of(2024, 40), of(2025, 60, is_preliminary=True)), ("unknown", "preliminary")),
        ((of(2024, 40), of(2025, 60, is_approximate=True)), ("unknown", "approximate")),
    ],
)
def test_shares(rows, verdict):
    assert judged(Measure(), *rows) == verdict


def test_lower_may_be_better():
    assert judged(Measure(direction="down"), of(2024, 60), of(2025, 40))[0] == "moved"


def test_hidden_values_are_told_as_hidden():
    assert judged(Measure(), some_withheld=True) == ("unknown", "withheld")
    assert judged(Measure(), of(2024, 40), some_withheld=True) == ("unknown", "withheld")


@pytest.mark.parametrize(
    ("until", "before"),
    [(None, 2023), (dt.date(2023, 12, 31), 2023), (dt.date(2025, 1, 1), 2024), (dt.date(2022, 1, 1), 2023)],
)
def test_what_is_before_and_what_is_after(until, before):
    rows = [of(2023, 40), of(2024, 45), of(2025, 50), of(2026, 55)]
    first, last = judgement.before_and_after(Measure(baseline_on=until), rows)
    assert (first.last_day.year, last.last_day.year) == (before, 2026)


def test_a_rate_without_counts_tells_nothing_of_chance():
    rows = [
        Value(dt.date(year, 12, 31), Decimal(value), answered=1500)
        for year, value in ((2024, "0.12"), (2025, "0.1"))
    ]
    assert judged(Measure("rate", "down"), *rows) == ("unknown", "no_counts")


def test_a_mean_with_counts_of_something_else_is_not_judged_as_a_share():
    rows = [Value(dt.date(year, 12, 31), Decimal(v), 30, 60) for year, v in ((2024, "3.1"), (2025, "4.4"))]
    verdict = judgement.verdict_of(Measure("mean"), rows)
    assert (verdict.kind, verdict.reason, verdict.unit) == ("unknown", "no_distribution", "value")


def test_medians_are_never_called_unchanged_by_a_size_in_steps():
    day = [dt.date(year, 10, 31) for year in (2024, 2025)]
    rows = [Value(on, distribution=(100, 200, 300, 200, 100), answered=900) for on in day]
    assert judged(Measure("median", smallest=Decimal("0.5")), *rows) == ("unknown", "within_chance")
    assert judged(Measure("mean", smallest=Decimal("0.5")), *rows) == ("unchanged", "within_smallest")


@pytest.mark.parametrize(
    ("first", "last", "verdict"),
    [
        ((12, 60), (9, 60), ("moved", "counted")),
        ((9, 60), (12, 60), ("worsened", "counted")),
        ((9, 60), (9, 60), ("unchanged", "counted")),
        ((10, 40), (11, 60), ("unknown", "counted_apart")),
        ((10, 40), (10, 60), ("unknown", "counted_apart")),
    ],
)
def test_full_counts(first, last, verdict):
    rows = [of(year, *counts) for year, counts in ((2024, first), (2025, last))]
    assert judged(Measure(direction="down", computed="over_base"), *rows) == verdict


def test_linked_answers_count_only_for_the_two_surveys_that_are_compared():
    rows = (of(2024, 50), of(2025, 60))
    pair = Pair(rows[0].last_day, rows[1].last_day, 45, 15, 2, 38)
    assert judged(Measure(), *rows, linked=[pair]) == ("moved", "linked_beyond")
    pair.later = dt.date(2026, 10, 31)
    assert judged(Measure(), *rows, linked=[pair]) == ("unknown", "within_chance")


def test_intervals_of_one_value():
    share = certainty.interval_of(Measure(), of(2024, 20, 30))
    assert (round(share.low, 2), round(share.high, 2)) == (0.49, 0.81)
    mean = certainty.interval_of(
        Measure("mean"), Value(dt.date(2024, 10, 31), distribution=(10, 20, 40, 20, 10))
    )
    assert (round(mean.low, 2), round(mean.high, 2)) == (2.78, 3.22)
    assert (
        certainty.interval_of(Measure("mean"), Value(dt.date(2024, 10, 31), Decimal("3.2"), answered=60))
        is None
    )
    assert certainty.interval_of(Measure(computed="over_base"), of(2024, 20, 30)) is None


NOISE = [0, 3, -2, 1, -3, 2, -1, 4, -4, 1, -2, 3, 0, -1, 2, -3, 3, -2, 1, 0, -4, 4, -1, 2]
WAVE = [14, 12, 8, 2, -5, -10, -13, -11, -7, -1, 6, 11]


def series(years: int, *, season: int = 0, drop: int = 0, after: int = 24) -> Series:
    points = [
        Point(
            dt.date(2022 + at // 12, at % 12 + 1, 1),
            Decimal(400 + season * WAVE[at % 12] + 3 * NOISE[at * 7 % 24] - (drop if at >= after else 0)),
        )
        for at in range(12 * years)
    ]
    return Series("monthly", tuple(points))


def by_season(until: dt.date = dt.date(2023, 12, 31), **shape):
    found = seasons.judge(series(4, **shape), baseline_until=until, higher_is_better=False, smallest=None)
    return found.kind, found.reason


def test_seasons_are_no_movement():
    assert by_season(season=8) == ("unknown", "season_alone")
    assert by_season(dt.date(2023, 6, 30), season=1) == ("unknown", "season_alone")


def test_a_lasting_drop_is_movement_with_seasons_and_without():
    assert by_season(drop=60) == ("moved", "shift")
    assert by_season(drop=60, season=8) == ("moved", "by_month")


def test_months_that_vary_by_chance_tell_nothing():
    assert by_season()[0] == "unknown"
    assert by_season()[1] != "season_alone"


def test_without_two_years_the_season_is_a_caution():
    told = series(2, drop=60, after=12)
    assert seasons.without_season(Series("monthly", told.points[:20])) is None
    found = seasons.judge(
        Series("monthly", told.points[:22]),
        baseline_until=dt.date(2022, 12, 31),
        higher_is_better=False,
        smallest=None,
    )
    assert (found.kind, "season" in found.cautions) == ("moved", True)


def test_what_is_accumulated_stands_against_the_target_when_the_year_is_full():
    measure = Measure("rate", "down", "cumulative", target=Decimal("0.02"), target_on=dt.date(2027, 12, 31))
    march, december = (
        Value(dt.date(2026, month, day), Decimal("0.01"), answered=900) for month, day in ((3, 31), (12, 31))
    )
    today = dt.date(2027, 1, 31)
    assert targets.standing_of(measure, [march], today).kind == "unknown"
    assert targets.standing_of(measure, [march, december], today).kind == "reached"
    assert targets.standing_of(Measure(), [march], today) is None


def test_a_year_of_months_counts_when_all_twelve_are_there():
    measure = Measure("rate", "down", "monthly", better_every_year=True)
    full = [Value(dt.date(2024, month, 28), Decimal("0.05")) for month in range(1, 13)]
    part = [Value(dt.date(2025, month, 28), Decimal("0.01")) for month in range(1, 12)]
    assert targets.years_of(measure, full + part).unknown == (2025,)
    part.append(Value(dt.date(2025, 12, 28), Decimal("0.01")))
    assert targets.years_of(measure, full + part).kept == (2025,)
