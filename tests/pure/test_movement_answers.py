"""Distributions 1–5 and the HME index."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from metrics.movement import (
    HME,
    Answers,
    Index,
    Item,
    Verdict,
    judge_answers,
    judge_index,
    read_index,
    superiority,
)
from metrics.movement.answers import mean, median

LOW = Answers((10, 15, 20, 10, 5), invited=70)
HIGH = Answers((2, 5, 13, 25, 15), invited=70)
ALIKE = Answers((0, 0, 40, 0, 0))


@pytest.mark.parametrize(
    ("counts", "share", "middle", "average"),
    [
        ((10, 15, 20, 10, 5), "0.25", "3", "2.75"),
        ((1, 0, 0, 0, 1), "0.5", "3", "3"),
        ((1, 1, 0, 0, 0), "0", "1.5", "1.5"),
        ((0, 0, 0, 1, 0), "1", "4", "4"),
        ((0, 0, 0, 0, 0), None, None, None),
    ],
)
def test_a_distribution_in_figures(counts, share, middle, average):
    answers = Answers(counts)
    expected = tuple(value and Decimal(value) for value in (share, middle, average))
    assert (answers.share, answers.median, answers.mean) == expected


@pytest.mark.parametrize("counts", [(1, 2, 3, 4), (1, 2, 3, 4, -1), (1, 2, 3, 4, 5, 6)])
def test_a_distribution_that_is_none_raises(counts):
    with pytest.raises(ValueError, match="five counts"):
        Answers(counts)


def test_those_without_an_opinion_are_invited_but_have_not_answered():
    wave = Answers((1, 2, 3, 4, 5), invited=20, no_opinion=2).wave()
    assert (wave.positive, wave.answered, wave.invited) == (9, 15, 20)


@pytest.mark.parametrize(
    ("first", "last", "theta"),
    [
        (LOW, LOW, Fraction(1, 2)),
        (Answers((3, 0, 0, 0, 0)), Answers((0, 0, 0, 0, 2)), Fraction(1)),
        (Answers((0, 0, 0, 0, 2)), Answers((3, 0, 0, 0, 0)), Fraction(0)),
        (Answers((1, 1, 0, 0, 0)), Answers((0, 1, 1, 0, 0)), Fraction(7, 8)),
    ],
)
def test_superiority_counts_ties_half(first, last, theta):
    assert superiority(first, last) == theta


@pytest.mark.parametrize(
    ("first", "last", "measure", "smallest", "kind", "reason"),
    [
        (LOW, HIGH, "share", None, "moved", "beyond_chance"),
        (LOW, HIGH, "mean", None, "moved", "beyond_chance"),
        (LOW, HIGH, "median", None, "moved", "beyond_chance"),
        (HIGH, LOW, "share", None, "worsened", "beyond_chance"),
        (HIGH, LOW, "mean", None, "worsened", "beyond_chance"),
        (HIGH, LOW, "median", None, "worsened", "beyond_chance"),
        (LOW, LOW, "mean", None, "unknown", "within_chance"),
        (LOW, LOW, "mean", "0.5", "unchanged", "within_smallest"),
        (LOW, LOW, "median", "0.15", "unchanged", "within_smallest"),
        (LOW, LOW, "median", "0.05", "unknown", "within_chance"),
        (ALIKE, ALIKE, "mean", "0.5", "unknown", "no_spread"),
        (ALIKE, ALIKE, "median", None, "unknown", "within_chance"),
        (Answers((0, 0, 29, 0, 0)), HIGH, "mean", None, "unknown", "few"),
        (Answers((0, 0, 29, 0, 0)), HIGH, "median", None, "unknown", "few"),
        (Answers((0, 0, 29, 0, 0)), HIGH, "share", None, "unknown", "few"),
        (Answers((0, 0, 0, 0, 0)), HIGH, "share", None, "unknown", "missing"),
        (Answers((0, 0, 0, 0, 0)), HIGH, "mean", None, "unknown", "missing"),
        (Answers((0, 0, 0, 0, 0)), HIGH, "median", None, "unknown", "missing"),
        (replace(LOW, preliminary=True), HIGH, "mean", None, "unknown", "preliminary"),
        (replace(LOW, comparable=False), HIGH, "median", None, "unknown", "approximate"),
        (None, HIGH, "mean", None, "unknown", "one_value"),
        (LOW, None, "share", None, "unknown", "one_value"),
    ],
)
def test_a_distribution_is_judged_by_its_own_measure(first, last, measure, smallest, kind, reason):
    smallest = smallest and Decimal(smallest)
    verdict = judge_answers(first, last, measure=measure, higher_is_better=True, smallest=smallest)
    assert (verdict.kind, verdict.reason) == (kind, reason)


def test_all_answers_at_one_end_then_at_the_other():
    verdict = judge_answers(
        Answers((30, 0, 0, 0, 0)), Answers((0, 0, 0, 0, 30)), measure="median", higher_is_better=True
    )
    assert verdict.kind == "moved"
    assert verdict.interval.high == 0.5


def test_the_units_of_a_distribution():
    units = {
        measure: judge_answers(LOW, HIGH, measure=measure, higher_is_better=True).unit
        for measure in ("share", "mean", "median")
    }
    assert units == {"share": "share", "mean": "scale", "median": "superiority"}


def test_the_median_is_shown_but_what_is_judged_is_the_whole():
    verdict = judge_answers(LOW, HIGH, measure="median", higher_is_better=True)
    assert verdict.named == {"median_before": Decimal(3), "median_after": Decimal(4)}
    assert verdict.cautions == ("median_coarse", "unlinked")


def test_another_measure_raises():
    with pytest.raises(ValueError, match="share, mean or median"):
        judge_answers(LOW, HIGH, measure="mode", higher_is_better=True)


def test_mean_and_median_of_plain_values():
    assert (median([]), mean([])) == (None, None)
    assert (median([3, Decimal("1.5"), 2, 9]), mean([1, 2, Decimal("4.5")])) == (
        Decimal("2.5"),
        Decimal("2.5"),
    )


KEYS = [key for part in HME.values() for key in part]


def items(answers=HIGH, group="hösten 2025", **changed) -> list[Item]:
    return [Item(key, group, changed.get(key, answers)) for key in KEYS]


def test_hme_has_nine_statements_in_three_parts():
    assert [len(part) for part in HME.values()] == [3, 3, 3]
    assert len(set(KEYS)) == 9


@pytest.mark.parametrize(
    ("counts", "total"),
    [((40, 0, 0, 0, 0), 0), ((0, 0, 40, 0, 0), 50), ((0, 0, 0, 0, 40), 100), ((0, 0, 0, 30, 10), "81.25")],
)
def test_hme_goes_from_nought_to_a_hundred(counts, total):
    found = read_index(items(Answers(counts)))
    assert (found.total, {value for _, value in found.parts}) == (Decimal(total), {Decimal(total)})


def test_hme_is_the_mean_of_its_parts():
    top = Answers((0, 0, 0, 0, 40))
    found = read_index(items(Answers((0, 0, 40, 0, 0)), meaningful=top, learning=top, looking_forward=top))
    assert dict(found.parts) == {"motivation": 100, "leadership": 50, "governance": 50}
    assert round(found.total, 4) == Decimal("66.6667")


def test_hme_needs_all_nine_but_a_whole_part_is_told():
    found = read_index([item for item in items() if item.key != "trust"])
    assert (found.total, found.reason, found.missing) == (None, "items_missing", ("trust",))
    assert [part for part, value in found.parts if value is None] == ["leadership"]


def test_a_statement_nobody_answered_is_missing():
    assert read_index(items(trust=Answers((0, 0, 0, 0, 0)))).missing == ("trust",)


def test_hme_is_never_made_of_different_groups():
    mixed = [*items()[:8], Item(KEYS[8], "våren 2026", HIGH)]
    found = read_index(mixed)
    assert (found.total, found.reason) == (None, "items_of_different_groups")
    assert {value for _, value in found.parts} == {None}


def test_a_statement_twice_is_no_index_and_other_questions_are_left_aside():
    assert read_index([*items(), items()[0]]).reason == "items_twice"
    assert read_index([*items(), Item("workload", "våren 2026", LOW)]).total == read_index(items()).total


def test_hme_counts_the_fewest_answers():
    assert read_index(items(trust=Answers((0, 0, 0, 31, 0)))).answered == 31


@pytest.mark.parametrize(
    ("first", "last", "smallest", "kind", "reason"),
    [
        (read_index(items(LOW)), read_index(items(HIGH)), None, "moved", "beyond_chance"),
        (read_index(items(HIGH)), read_index(items(LOW)), None, "worsened", "beyond_chance"),
        (read_index(items(LOW)), read_index(items(LOW)), None, "unknown", "within_chance"),
        (read_index(items(LOW)), read_index(items(LOW)), "15", "unchanged", "within_smallest"),
        (read_index(items(ALIKE)), read_index(items(ALIKE)), "15", "unknown", "no_spread"),
        (read_index(items(LOW)[:8]), read_index(items(HIGH)), None, "unknown", "items_missing"),
        (read_index(items(Answers((5, 5, 5, 5, 9)))), read_index(items(HIGH)), None, "unknown", "few"),
        (
            read_index(items(replace(LOW, preliminary=True))),
            read_index(items(HIGH)),
            None,
            "unknown",
            "preliminary",
        ),
        (
            read_index(items(replace(LOW, comparable=False))),
            read_index(items(HIGH)),
            None,
            "unknown",
            "approximate",
        ),
        (Index(None, ()), read_index(items(HIGH)), None, "unknown", "missing"),
        (None, read_index(items(HIGH)), None, "unknown", "one_value"),
    ],
)
def test_hme_is_judged(first, last, smallest, kind, reason):
    verdict = judge_index(first, last, smallest=smallest and Decimal(smallest))
    assert (verdict.kind, verdict.reason, verdict.unit) == (kind, reason, "index")


def test_hme_takes_its_statements_to_hang_together():
    """Nine alike statements tell no more than one: the interval is that of one, in index units."""
    one = judge_answers(LOW, HIGH, measure="mean", higher_is_better=True)
    nine = judge_index(read_index(items(LOW)), read_index(items(HIGH)))
    assert nine.change == pytest.approx(one.change * 25)
    width = (nine.interval.high - nine.interval.low) / (one.interval.high - one.interval.low)
    assert 25 <= width < 25 * 1.02
    assert nine.cautions == ("items_hang_together", "unlinked")


def test_one_value_alone_is_a_plain_verdict():
    assert judge_index(None, None) == Verdict("unknown", "one_value", unit="index")
