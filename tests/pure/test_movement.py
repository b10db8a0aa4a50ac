from decimal import Decimal

import pytest

from metrics.movement import (
    Census,
    Interval,
    Verdict,
    Wave,
    bounds,
    bounds_of_change,
    judge,
    judge_count,
    judge_together,
    newcombe,
    wilson,
)


def wave(positive: int, answered: int, **fields) -> Wave:
    return Wave(Decimal(positive) / answered, positive, answered, **fields)


def in_percent(interval: Interval) -> tuple[int, int]:
    return round(interval.low * 100), round(interval.high * 100)


def spoken(verdict: Verdict) -> tuple[str, str]:
    return verdict.kind, verdict.reason


@pytest.mark.parametrize(
    ("positive", "answered", "low", "high"),
    [
        (20, 30, 0.4878, 0.8077),
        (40, 60, 0.5406, 0.7727),
        (81, 263, 0.2553, 0.3662),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 1, 0.0, 0.7935),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_wilson_interval(positive, answered, low, high):
    found = wilson(positive, answered)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilson_twenty_of_thirty_in_whole_percent():
    assert in_percent(wilson(20, 30)) == (49, 81)


@pytest.mark.parametrize(("positive", "answered"), [(0, 0), (1, 0), (-1, 10), (11, 10), (0, -1), (-2, -1)])
def test_wilson_impossible_counts_raise(positive, answered):
    with pytest.raises(ValueError, match="at least one answer"):
        wilson(positive, answered)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((40, 60), (47, 58), -0.0156, 0.2932),
        ((47, 58), (40, 60), -0.2932, 0.0156),
        ((48, 80), (56, 70), 0.0524, 0.3339),  # Newcombe (1998), table II, case a, method 10
        ((0, 40), (40, 40), 0.8761, 1.0),
        ((40, 40), (0, 40), -1.0, -0.8761),
        ((0, 30), (0, 30), -0.1135, 0.1135),
    ],
)
def test_newcombe_interval(first, second, low, high):
    found = newcombe(first, second)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_newcombe_without_answers_raises():
    with pytest.raises(ValueError, match="at least one answer"):
        newcombe((40, 60), (0, 0))


@pytest.mark.parametrize(
    ("positive", "answered", "invited", "low", "high"),
    [
        (40, 60, 69, 58, 71),
        (40, 60, 60, 67, 67),
        (0, 60, 60, 0, 0),
        (60, 60, 60, 100, 100),
        (0, 0, 10, 0, 100),
        (0, 5, 20, 0, 75),
        (5, 5, 20, 25, 100),
    ],
)
def test_bounds_of_everybody_invited(positive, answered, invited, low, high):
    assert in_percent(bounds(positive, answered, invited)) == (low, high)


@pytest.mark.parametrize(
    ("positive", "answered", "invited"), [(0, 0, 0), (-1, 5, 10), (6, 5, 10), (5, 11, 10), (1, 1, 0)]
)
def test_bounds_impossible_counts_raise(positive, answered, invited):
    with pytest.raises(ValueError, match="somebody invited"):
        bounds(positive, answered, invited)


def test_judge_forty_of_sixty_to_forty_seven_of_fifty_eight_is_within_chance():
    verdict = judge(wave(40, 60), wave(47, 58), higher_is_better=True)
    assert spoken(verdict) == ("unknown", "within_chance")
    assert in_percent(verdict.interval) == (-2, 29)
    assert verdict.change == Decimal(47) / 58 - Decimal(40) / 60


@pytest.mark.parametrize(
    ("first", "last", "higher_is_better", "kind", "reason"),
    [
        (wave(20, 60), wave(45, 60), True, "moved", "beyond_chance"),
        (wave(20, 60), wave(45, 60), False, "worsened", "beyond_chance"),
        (wave(45, 60), wave(20, 60), True, "worsened", "beyond_chance"),
        (wave(45, 60), wave(20, 60), False, "moved", "beyond_chance"),
        (wave(60, 100), wave(74, 100), True, "moved", "beyond_chance"),
        (wave(60, 100), wave(73, 100), True, "unknown", "within_chance"),
        (wave(40, 60), wave(40, 60), True, "unknown", "within_chance"),
        (wave(40, 60), wave(36, 60), False, "unknown", "within_chance"),
        (wave(0, 30), wave(30, 30), True, "moved", "beyond_chance"),
        (wave(0, 29), wave(30, 30), True, "unknown", "few"),
        (wave(0, 30), wave(29, 29), True, "unknown", "few"),
    ],
)
def test_judge_two_waves(first, last, higher_is_better, kind, reason):
    assert spoken(judge(first, last, higher_is_better=higher_is_better)) == (kind, reason)


def test_judge_few_answers_states_change_but_no_interval():
    verdict = judge(wave(10, 20), wave(15, 20), higher_is_better=True)
    assert verdict == Verdict("unknown", "few", Decimal("0.25"), None)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, Verdict("unknown", "one_value")),
        (None, wave(45, 60), Verdict("unknown", "one_value")),
        (wave(45, 60), None, Verdict("unknown", "one_value")),
        (Wave(None), wave(45, 60), Verdict("unknown", "missing")),
        (wave(45, 60), Wave(None), Verdict("unknown", "missing")),
        (Wave(None, comparable=False), wave(45, 60), Verdict("unknown", "missing")),
        (wave(20, 60, comparable=False), wave(45, 60), Verdict("unknown", "approximate")),
        (wave(20, 60), wave(45, 60, comparable=False), Verdict("unknown", "approximate")),
        (Wave(Decimal("0.6")), wave(45, 60), Verdict("unknown", "no_counts", Decimal("0.15"))),
        (wave(45, 60), Wave(Decimal("0.6")), Verdict("unknown", "no_counts", Decimal("-0.15"))),
        (
            Wave(Decimal("0.6"), answered=60),
            wave(45, 60),
            Verdict("unknown", "no_counts", Decimal("0.15")),
        ),
    ],
)
def test_judge_without_two_comparable_values(first, last, expected):
    assert judge(first, last, higher_is_better=True) == expected


@pytest.mark.parametrize(
    ("first", "last", "higher_is_better", "kind", "reason", "change"),
    [
        (12, 9, False, "moved", "counted", -3),
        (12, 9, True, "worsened", "counted", -3),
        (9, 12, False, "worsened", "counted", 3),
        (9, 12, True, "moved", "counted", 3),
        (12, 12, True, "unchanged", "counted", 0),
        (12, 12, False, "unchanged", "counted", 0),
        (1, 0, False, "moved", "counted", -1),
        (11, 12, False, "worsened", "counted", 1),
        (0, 0, False, "unchanged", "counted", 0),
        (None, 12, False, "unknown", "one_value", None),
        (12, None, False, "unknown", "one_value", None),
        (None, None, False, "unknown", "one_value", None),
    ],
)
def test_judge_count(first, last, higher_is_better, kind, reason, change):
    expected = Verdict(kind, reason, None if change is None else Decimal(change), unit="count")
    assert judge_count(first, last, higher_is_better=higher_is_better) == expected


@pytest.mark.parametrize(
    ("first", "last", "smallest", "kind", "reason"),
    [
        (wave(600, 1000), wave(605, 1000), "0.05", "unchanged", "within_smallest"),
        (wave(600, 1000), wave(605, 1000), "0.045", "unknown", "within_chance"),  # −3.8 to +4.8 points
        (wave(600, 1000), wave(605, 1000), None, "unknown", "within_chance"),
        (
            wave(40, 60),
            wave(40, 60),
            "0.10",
            "unknown",
            "within_chance",
        ),  # so few cannot show that nothing moved
        (wave(40, 60), wave(40, 60), "0.20", "unchanged", "within_smallest"),
        (wave(6000, 10000), wave(6200, 10000), "0.05", "unchanged", "too_small"),
        (wave(6000, 10000), wave(6200, 10000), "0.02", "moved", "beyond_chance"),
        (wave(6000, 10000), wave(6200, 10000), "0", "moved", "beyond_chance"),
        (wave(10, 20), wave(10, 20), "0.99", "unknown", "few"),
    ],
)
def test_unchanged_is_said_only_inside_the_smallest_change(first, last, smallest, kind, reason):
    smallest = smallest and Decimal(smallest)
    assert spoken(judge(first, last, higher_is_better=True, smallest=smallest)) == (kind, reason)


@pytest.mark.parametrize(
    ("first", "last", "cautions"),
    [
        (wave(40, 60), wave(47, 58), ("response_unknown", "unlinked")),
        (wave(40, 60, invited=69), wave(47, 58), ("response_unknown", "unlinked")),
        (wave(40, 60, invited=69), wave(47, 58, invited=68), ("unlinked",)),
        (wave(20, 60, invited=60), wave(45, 60, invited=60), ("unlinked",)),
        (wave(20, 60, invited=90), wave(45, 60, invited=90), ("silent", "unlinked")),
        (wave(20, 60, invited=60), wave(45, 60, invited=66), ("unlinked",)),
        (wave(20, 60, invited=60), wave(45, 60, invited=67), ("response_differs", "unlinked")),
        (wave(40, 60, invited=60), wave(40, 60, invited=90), ("response_differs", "unlinked")),
    ],
)
def test_what_those_who_did_not_answer_may_have_done_is_said(first, last, cautions):
    assert judge(first, last, higher_is_better=True).cautions == cautions


@pytest.mark.parametrize("where", [0, 1])
def test_preliminary_values_are_never_judged(where):
    waves = [wave(20, 60), wave(45, 60)]
    waves[where] = wave(20, 60, preliminary=True)
    assert judge(*waves, higher_is_better=True) == Verdict("unknown", "preliminary")


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (judge(wave(20, 60), wave(45, 60), higher_is_better=True), True),
        (judge(wave(45, 60), wave(20, 60), higher_is_better=True), True),
        (judge(wave(40, 60), wave(47, 58), higher_is_better=True), False),
        (judge(Wave(Decimal("0.2")), Wave(Decimal("0.8")), higher_is_better=True), False),
    ],
)
def test_only_a_judged_movement_may_carry_an_arrow(verdict, expected):
    assert verdict.has_direction is expected


def test_a_census_in_figures():
    census = Census(40, 60, 69)
    assert (round(census.share, 3), round(census.response, 3)) == (Decimal("0.667"), Decimal("0.870"))
    assert (in_percent(census.bounds), in_percent(census.interval)) == ((58, 71), (54, 77))


def test_a_census_nobody_answered_or_of_unknown_size():
    assert (Census(0, 0, 10).share, Census(0, 0, 10).interval, in_percent(Census(0, 0, 10).bounds)) == (
        None,
        None,
        (0, 100),
    )
    assert (Census(4, 6).response, Census(4, 6).bounds) == (None, None)


def test_bounds_of_change():
    assert in_percent(bounds_of_change((40, 60, 69), (47, 58, 68))) == (-2, 26)
    assert in_percent(bounds_of_change((40, 60, 60), (47, 58, 58))) == (14, 14)


@pytest.mark.parametrize(
    ("kinds", "kind", "reason"),
    [
        (["moved", "moved", "unknown"], "moved", "questions_most"),
        (["moved", "unknown", "unknown"], "unknown", "questions_few_moved"),
        (["moved", "moved", "unknown", "unknown"], "unknown", "questions_few_moved"),
        (["moved", "moved", "worsened"], "unknown", "questions_split"),
        (["worsened", "worsened", "unchanged"], "worsened", "questions_most"),
        (["worsened", "unchanged", "unchanged"], "unknown", "questions_few_moved"),
        (["unchanged", "unchanged"], "unchanged", "questions_all_unchanged"),
        (["unchanged", "unknown"], "unknown", "questions_none_moved"),
        (["moved"], "moved", "questions_most"),
        ([], "unknown", "no_value"),
    ],
)
def test_questions_read_together(kinds, kind, reason):
    verdict = judge_together([Verdict(kind, "x") for kind in kinds])
    assert spoken(verdict) == (kind, reason)
    assert verdict.named["questions"] == len(kinds)
    assert verdict.named["moved"] == kinds.count("moved")
    assert verdict.cautions == (("many_questions",) if len(kinds) > 1 else ())
    assert verdict.p is None


def test_questions_say_how_many_chance_alone_would_give():
    assert judge_together([Verdict("unknown", "x")] * 20).named["by_chance"] == 1
