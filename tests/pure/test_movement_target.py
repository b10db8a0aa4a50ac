"""Target reached, on the way or not, and what was agreed for every year."""

import datetime as dt
from decimal import Decimal

import pytest

from metrics.movement import Aim, Standing, Wave, every_year, standing

START, DUE = dt.date(2024, 1, 1), dt.date(2026, 1, 1)
MIDWAY = dt.date(2024, 12, 31)
FALL = Aim(Decimal(4), DUE, False, Decimal(6), START)
RISE = Aim(Decimal("0.80"), DUE, True, Decimal("0.60"), START)


def at(aim, value, on=MIDWAY, today=MIDWAY, **wave) -> Standing:
    return standing(aim, [(on, Wave(Decimal(value), **wave))], today)


@pytest.mark.parametrize(
    ("aim", "value", "kind", "reason", "way"),
    [
        (FALL, "4", "reached", "target_reached", None),
        (FALL, "3.2", "reached", "target_reached", None),
        (FALL, "4.8", "on_way", "pace_kept", "0.6"),
        (FALL, "5.0", "on_way", "pace_kept", "0.5"),
        (FALL, "5.5", "slow", "pace_not_kept", "0.25"),
        (FALL, "6", "slow", "pace_not_kept", "0"),
        (FALL, "7", "away", "from_target", "-0.5"),
        (RISE, "0.80", "reached", "target_reached", None),
        (RISE, "0.72", "on_way", "pace_kept", "0.6"),
        (RISE, "0.62", "slow", "pace_not_kept", "0.1"),
        (RISE, "0.50", "away", "from_target", "-0.5"),
        (Aim(Decimal(4), DUE, False), "5", "unknown", "no_baseline", None),
        (Aim(Decimal(4), DUE, False), "4", "reached", "target_reached", None),
        (Aim(Decimal(4), DUE, False, Decimal(3), START), "5", "away", "from_target", None),
        (Aim(Decimal(4), DUE, False, Decimal(4), START), "5", "away", "from_target", None),
        (Aim(Decimal(4), START, False, Decimal(6), START), "5", "missed", "target_missed", None),
        (Aim(Decimal(4), DUE - dt.timedelta(1), False, Decimal(6), START), "5", "on_way", "pace_kept", "0.5"),
        (Aim(Decimal(4), DUE, False, Decimal(6), MIDWAY), "5", "unknown", "one_value", None),
    ],
)
def test_standing_against_the_target(aim, value, kind, reason, way):
    found = at(aim, value)
    assert (found.kind, found.reason) == (kind, reason)
    assert found.way == (None if way is None else Decimal(way))


@pytest.mark.parametrize(
    ("on", "today", "kind", "reason"),
    [
        (DUE, DUE, "slow", "pace_not_kept"),
        (DUE, DUE + dt.timedelta(1), "missed", "target_missed"),
        (DUE - dt.timedelta(1), DUE + dt.timedelta(1), "unknown", "not_measured_since"),
        (DUE + dt.timedelta(9), DUE + dt.timedelta(9), "missed", "target_missed"),
        (DUE + dt.timedelta(9), DUE, "unknown", "preliminary_only"),
    ],
)
def test_when_the_day_has_passed(on, today, kind, reason):
    found = at(FALL, "5", on, today)
    assert (found.kind, found.reason) == (kind, reason)


def test_the_latest_value_that_may_be_judged_counts():
    measured = [
        (dt.date(2024, 12, 1), Wave(Decimal("3.9"), preliminary=True)),
        (dt.date(2024, 11, 1), Wave(Decimal("5.5"))),
        (dt.date(2024, 11, 1), Wave(Decimal("4.5"))),  # the revision of the same day
        (dt.date(2024, 12, 2), Wave(Decimal("3.9"), comparable=False)),
        (dt.date(2024, 6, 1), Wave(Decimal("3.0"))),
        (dt.date(2024, 12, 3), Wave(None)),
    ]
    found = standing(FALL, measured, MIDWAY)
    assert (found.kind, found.value, found.on) == ("on_way", Decimal("4.5"), dt.date(2024, 11, 1))


def test_no_value_and_only_preliminary_ones_differ():
    assert standing(FALL, [], MIDWAY).reason == "no_value"
    assert at(FALL, "3", preliminary=True).reason == "preliminary_only"


def test_a_share_of_few_answers_is_not_judged():
    assert at(RISE, "0.9", positive=26, answered=29).reason == "few"
    assert at(RISE, "0.9", positive=27, answered=30).kind == "reached"


def test_doubts_about_a_reached_target():
    assert at(RISE, "0.9", positive=27, answered=30).cautions == ("target_within_chance",)
    assert at(RISE, "0.95", positive=190, answered=200).cautions == ()
    assert at(Aim(Decimal(4), DUE, False, Decimal(3), START), "3.5").cautions == ("reached_from_start",)


def test_the_pace_is_counted_and_not_tested():
    found = at(FALL, "4.8")
    assert found.cautions == ("pace_not_tested",)
    assert round(found.expected, 3) == Decimal("0.499")


@pytest.mark.parametrize(
    ("values", "higher_is_better", "kept", "broken", "unknown", "reason"),
    [
        ({2022: 6, 2023: 5, 2024: 4}, False, (2023, 2024), (), (), "years_kept"),
        ({2022: 6, 2023: 5, 2024: 5}, False, (2023,), (2024,), (), "years_broken"),
        ({2022: 6, 2023: 5, 2024: 4}, True, (), (2023, 2024), (), "years_broken"),
        ({2022: 6, 2024: 4}, False, (), (), (2023, 2024), "years_unknown"),
        ({2022: 6, 2023: None, 2024: 4, 2025: 3}, False, (2025,), (), (2023, 2024), "years_unknown"),
        ({2021: None, 2022: 6, 2023: 5}, False, (2023,), (), (), "years_kept"),
        ({2022: 6, 2023: None}, False, (), (), (2023,), "years_unknown"),
        ({2022: 6}, False, (), (), (), "one_value"),
        ({2022: None}, False, (), (), (), "one_value"),
        ({}, False, (), (), (), "one_value"),
    ],
)
def test_falls_every_year(values, higher_is_better, kept, broken, unknown, reason):
    values = {year: None if value is None else Decimal(value) for year, value in values.items()}
    found = every_year(values, higher_is_better=higher_is_better)
    assert (found.kept, found.broken, found.unknown, found.reason) == (kept, broken, unknown, reason)


def test_every_year_tells_the_changes():
    found = every_year({2022: Decimal("6.1"), 2023: Decimal("5.8")}, higher_is_better=False)
    assert [(step.year, step.change) for step in found.steps] == [(2023, Decimal("-0.3"))]
