"""What must hold for whatever is asked: hypothesis tries to break it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.movement import (
    Aim,
    Answers,
    Department,
    Interval,
    Item,
    Linked,
    Point,
    Series,
    Verdict,
    Wave,
    bounds,
    bounds_of_change,
    chart_series,
    compare_departments,
    every_year,
    judge,
    judge_answers,
    judge_index,
    judge_linked,
    judge_series,
    judge_together,
    newcombe,
    newcombe_linked,
    read_index,
    standing,
    wilson,
)
from metrics.movement.hme import HME

tried = settings(max_examples=60)

FLIPPED = {"moved": "worsened", "worsened": "moved", "unchanged": "unchanged", "unknown": "unknown"}
numbers = st.decimals(-1000, 1000, places=2)
smallest = st.none() | st.decimals("0.01", "0.5", places=2)
five = st.tuples(*[st.integers(0, 60)] * 5)
answers = st.builds(
    Answers, five, no_opinion=st.integers(0, 5), comparable=st.booleans(), preliminary=st.booleans()
)
linked = st.builds(Linked, *[st.integers(0, 60)] * 4)


@st.composite
def counts(draw, most=200):
    """(positive, answered) with at least one answer."""
    answered = draw(st.integers(1, most))
    return draw(st.integers(0, answered)), answered


@st.composite
def asked(draw):
    """(positive, answered, invited), somebody invited."""
    invited = draw(st.integers(1, 200))
    answered = draw(st.integers(0, invited))
    return draw(st.integers(0, answered)), answered, invited


@st.composite
def waves(draw):
    """Waves of every odd kind that the database can hold."""
    positive, answered, invited = draw(asked())
    share = Decimal(positive) / answered if answered else draw(st.none() | numbers)
    return Wave(
        share,
        draw(st.sampled_from([positive, None])),
        draw(st.sampled_from([answered, None])),
        draw(st.sampled_from([invited, None])),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def series(draw):
    months = draw(st.just([*range(36)]) | st.lists(st.integers(0, 47), max_size=60))
    points = tuple(
        Point(
            dt.date(2022 + month // 12, month % 12 + 1, draw(st.integers(1, 28))),
            draw(st.none() | st.decimals(0, 9, places=1)),
            draw(st.integers(0, 9)) == 0,
            False,
            draw(st.integers(0, 2)),
        )
        for month in months
    )
    return Series(draw(st.sampled_from(["monthly", "monthly", "rolling", "cumulative"])), points)


departments = st.lists(
    st.builds(Department, st.sampled_from("abc"), st.none() | numbers, st.none() | numbers, st.booleans()),
    max_size=9,
)


def mirrored(interval: Interval) -> tuple[float, float]:
    return -interval.high, -interval.low


def near(interval: Interval) -> tuple[float, float]:
    return pytest.approx((interval.low, interval.high), abs=1e-9)


def is_sound(verdict: Verdict) -> bool:
    """A kind, a reason, and an interval that holds the change."""
    if verdict.kind not in FLIPPED or not verdict.reason:
        return False
    if verdict.interval is None or verdict.change is None:
        return verdict.interval is None
    return verdict.interval.low - 1e-9 <= float(verdict.change) <= verdict.interval.high + 1e-9


@tried
@given(counts(), counts())
def test_swapping_the_waves_mirrors_the_interval(first, second):
    assert mirrored(newcombe(first, second)) == near(newcombe(second, first))


@tried
@given(linked)
def test_swapping_linked_answers_mirrors_the_interval(rows):
    if rows.answered:
        there = newcombe_linked(rows.both, rows.gained, rows.lost, rows.neither)
        back = newcombe_linked(rows.both, rows.lost, rows.gained, rows.neither)
        assert mirrored(there) == near(back)


@tried
@given(counts())
def test_counting_the_others_mirrors_wilson(count):
    positive, answered = count
    other = wilson(answered - positive, answered)
    assert (1 - other.high, 1 - other.low) == near(wilson(positive, answered))


@tried
@given(counts(), counts())
def test_intervals_stay_inside_what_is_possible_and_hold_what_was_seen(first, second):
    low, high = newcombe(first, second).low, newcombe(first, second).high
    seen = second[0] / second[1] - first[0] / first[1]
    assert -1 - 1e-12 <= low <= seen + 1e-12
    assert seen - 1e-12 <= high <= 1 + 1e-12


@tried
@given(asked(), st.integers(1, 50), st.integers(0, 50))
def test_more_answers_never_widen_the_bounds(wave, more, of_them):
    positive, answered, invited = wave
    more = min(more, invited - answered)
    before = bounds(positive, answered, invited)
    after = bounds(positive + min(of_them, more), answered + more, invited)
    assert before.low <= after.low <= after.high <= before.high


@tried
@given(asked(), asked())
def test_bounds_of_change_hold_every_change_that_may_be(first, second):
    found = bounds_of_change(first, second)
    for silent_first in (0, first[2] - first[1]):
        for silent_second in (0, second[2] - second[1]):
            change = (second[0] + silent_second) / second[2] - (first[0] + silent_first) / first[2]
            assert found.low - 1e-12 <= change <= found.high + 1e-12


@tried
@given(waves(), waves(), smallest)
def test_judging_waves_never_raises_and_the_direction_flips(first, last, size):
    up, down = (judge(first, last, higher_is_better=better, smallest=size) for better in (True, False))
    assert is_sound(up)
    assert (FLIPPED[up.kind], up.reason, up.change, up.interval) == (
        down.kind,
        down.reason,
        down.change,
        down.interval,
    )


@tried
@given(counts(2000), counts(2000), smallest)
def test_swapping_the_waves_flips_the_verdict(first, second, size):
    one, other = (
        Wave(Decimal(positive) / answered, positive, answered) for positive, answered in (first, second)
    )
    there, back = (
        judge(*pair, higher_is_better=True, smallest=size) for pair in ((one, other), (other, one))
    )
    assert (FLIPPED[there.kind], there.reason) == (back.kind, back.reason)


@tried
@given(counts(5000), counts(5000), st.decimals("0.01", "0.5", places=2))
def test_unchanged_lies_wholly_inside_the_smallest_change(before, after, size):
    first, last = (
        Wave(Decimal(positive) / answered, positive, answered) for positive, answered in (before, after)
    )
    verdict = judge(first, last, higher_is_better=True, smallest=size)
    if verdict.kind == "unchanged":
        assert max(abs(verdict.interval.low), abs(verdict.interval.high)) < size
    assert judge(first, last, higher_is_better=True).kind != "unchanged"


@tried
@given(linked, smallest)
def test_linked_answers_never_raise_and_the_direction_flips(rows, size):
    up, down = (judge_linked(rows, higher_is_better=better, smallest=size) for better in (True, False))
    assert is_sound(up)
    assert (FLIPPED[up.kind], up.reason, up.p) == (down.kind, down.reason, down.p)
    back = judge_linked(
        replace(rows, gained=rows.lost, lost=rows.gained), higher_is_better=True, smallest=size
    )
    assert (back.kind, back.reason, back.p) == (down.kind, down.reason, down.p)


@tried
@given(answers, answers, st.sampled_from(["share", "mean", "median"]), smallest)
def test_distributions_never_raise_and_the_direction_flips(first, last, measure, size):
    up, down = (
        judge_answers(first, last, measure=measure, higher_is_better=better, smallest=size)
        for better in (True, False)
    )
    assert is_sound(up)
    assert (FLIPPED[up.kind], up.reason) == (down.kind, down.reason)


@tried
@given(answers, answers, st.sampled_from(["share", "mean", "median"]))
def test_turning_the_scale_round_mirrors_the_mean_and_the_whole(first, last, measure):
    if measure == "share":
        return
    turned = [replace(one, counts=one.counts[::-1]) for one in (first, last)]
    there = judge_answers(first, last, measure=measure, higher_is_better=True)
    back = judge_answers(*turned, measure=measure, higher_is_better=False)
    assert (there.kind, there.reason) == (back.kind, back.reason)
    if there.interval and back.interval:
        assert mirrored(there.interval) == near(back.interval)


@tried
@given(st.lists(answers, min_size=9, max_size=9), st.lists(answers, min_size=9, max_size=9), smallest)
def test_the_index_never_raises_and_stays_on_its_scale(first, last, size):
    keys = [key for part in HME.values() for key in part]
    found = [
        read_index(Item(key, "a", one) for key, one in zip(keys, wave, strict=True)) for wave in (first, last)
    ]
    assert all(one.total is None or 0 <= one.total <= 100 for one in found)
    assert is_sound(judge_index(*found, smallest=size))


@tried
@given(series(), st.integers(0, 47), st.booleans(), smallest)
def test_series_never_raise_and_the_direction_flips(found, until, better, size):
    day = dt.date(2022 + until // 12, until % 12 + 1, 28)
    one, other = (
        judge_series(found, baseline_until=day, higher_is_better=way, smallest=size)
        for way in (better, not better)
    )
    assert is_sound(one)
    assert (FLIPPED[one.kind], one.reason) == (other.kind, other.reason)
    chart = chart_series(found, baseline_until=day)
    assert chart is None or len(chart.baseline) >= 10
    assert found.kind == "monthly" or (chart is None and one.kind == "unknown")


@tried
@given(departments, smallest)
def test_departments_never_raise_and_swapping_them_mirrors(rows, size):
    up, down = (
        compare_departments(rows, higher_is_better=better, smallest=size).verdict for better in (True, False)
    )
    assert is_sound(up)
    assert (FLIPPED[up.kind], up.reason, up.p) == (down.kind, down.reason, down.p)
    turned = compare_departments([replace(row, started=not row.started) for row in rows], higher_is_better=True, smallest=size).verdict  # fmt: skip
    assert (turned.kind, turned.p) == (down.kind, down.p)
    if up.interval:
        assert mirrored(up.interval) == near(turned.interval)
        assert up.interval.holds(0) == (up.p > 0.05)


@tried
@given(
    numbers,
    numbers | st.none(),
    st.booleans(),
    st.lists(st.tuples(st.dates(dt.date(2023, 1, 1), dt.date(2027, 1, 1)), waves()), max_size=5),
    st.dates(dt.date(2023, 1, 1), dt.date(2027, 1, 1)),
)
def test_standing_never_raises(target, baseline, better, measured, today):
    aim = Aim(target, dt.date(2026, 1, 1), better, baseline, dt.date(2024, 1, 1))
    found = standing(aim, measured, today)
    assert found.kind in {"reached", "on_way", "slow", "away", "missed", "unknown"}
    assert (found.kind == "reached") == (
        found.value is not None and aim.is_met(found.value) and found.reason != "few"
    )


@tried
@given(st.dictionaries(st.integers(2000, 2030), st.none() | numbers), st.booleans())
def test_every_year_places_each_year_once(values, better):
    found = every_year(values, higher_is_better=better)
    years = sorted((*found.kept, *found.broken, *found.unknown))
    assert years == [step.year for step in found.steps]


@tried
@given(st.lists(st.sampled_from(sorted(FLIPPED)), max_size=12))
def test_questions_flip_together(kinds):
    there = judge_together([Verdict(kind, "x") for kind in kinds])
    back = judge_together([Verdict(FLIPPED[kind], "x") for kind in kinds])
    assert (FLIPPED[there.kind], there.reason) == (back.kind, back.reason)
