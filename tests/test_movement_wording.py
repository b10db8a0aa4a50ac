"""Every key of movement has a sentence, and every sentence its figures."""

import ast
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

from metrics import movement
from metrics.movement import Interval, Linked, Verdict, Wave
from metrics.readings import movement_wording, target_wording, wording

ROOT = Path(__file__).parent.parent / "metrics"
FILES = [
    *sorted((ROOT / "movement").glob("[!_]*.py")),
    *(ROOT / "readings" / name for name in ("judgement.py", "queries.py", "seasons.py", "targets.py")),
]
KEY = re.compile(r"[a-z]+(_[a-z]+)*")
# Words in these files that are no reason, caution or standing: kinds, units, figures, rules, fields and measures.
NOT_KEYS = {
    "moved", "unchanged", "worsened", "unknown",
    "share", "scale", "superiority", "index", "value", "count", "questions",
    "rate", "mean", "median", "up", "point", "monthly",
    "gained", "lost", "answered", "started", "rest", "mean_started", "mean_rest", "by_chance", "points", "needed",
    "median_before", "median_after", "longest", "longest_allowed", "crossings_needed", "later",
    "outside", "trend", "pk", "indicator", "department", "unit", "predecessor", "breakdown", "last_day",
    "motivation", "leadership", "governance", "meaningful", "learning", "looking_forward", "appreciation", "trust",
    "responsibility", "goals_known", "goals_followed_up", "expectations_known",
}  # fmt: skip
FIGURES = (
    ("gained", 9), ("lost", 3), ("answered", 40), ("missing", 2), ("moved", 2), ("worsened", 1), ("unchanged", 0),
    ("questions", 4), ("by_chance", Decimal("0.20")), ("points", 7), ("needed", 10), ("later", 1), ("longest", 9),
    ("longest_allowed", 7), ("crossings", 2), ("crossings_needed", 5), ("median_before", Decimal("0.061")),
    ("median_after", Decimal("0.0525")), ("started", 4), ("rest", 6), ("mean_started", Decimal("0.06")),
    ("mean_rest", Decimal("0.01")),
)  # fmt: skip


def _words() -> set[str]:
    """Every literal of these files that looks like a key."""
    found = set()
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
                found.add(node.value)
    return found


def _worded() -> set[str]:
    tables = (
        movement_wording.REASONS, movement_wording.CAUTIONS, target_wording.STANDINGS, target_wording.REASONS,
        target_wording.CAUTIONS, target_wording.YEARS,
    )  # fmt: skip
    return {key for table in tables for key in table}


def _measure(**fields):
    given = {
        "kind": "share",
        "unit": "",
        "smallest": None,
        "target": Decimal("0.75"),
        "target_on": dt.date(2027, 10, 31),
    }
    return SimpleNamespace(**given | fields)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def test_every_key_of_movement_has_words_and_no_words_are_stale():
    assert _words() - NOT_KEYS - _worded() == set()
    assert NOT_KEYS - _words() == set()
    assert _worded() - _words() == set()


@pytest.mark.parametrize("unit", ["share", "scale", "superiority", "index", "value", "count", "questions"])
@pytest.mark.parametrize("key", movement_wording.REASONS)
def test_every_reason_is_one_whole_sentence_in_swedish(key, unit):
    verdict = Verdict("unknown", key, Decimal("0.14"), Interval(-0.02, 0.29), unit, 0.04, FIGURES)
    told = wording.verdict_reason(verdict, _measure(smallest=Decimal("0.05")))
    assert "%(" not in told
    assert told.endswith(".")
    with translation.override("en"):
        assert wording.verdict_reason(verdict, _measure()) != told


def test_every_caution_is_a_sentence():
    verdict = Verdict("moved", "counted", figures=FIGURES, cautions=tuple(movement_wording.CAUTIONS))
    told = wording.verdict_cautions(verdict, left_out=["Hemtjänsten"])
    assert all(text.endswith(".") and "%(" not in text for text in told)
    assert "Avdelningar utan båda värdena är inte med: Hemtjänsten." in told


def test_the_figures_of_the_issue():
    first, last = Wave(None or Decimal(40) / 60, 40, 60, 69), Wave(Decimal(47) / 58, 47, 58, 68)
    verdict = movement.judge(first, last, higher_is_better=True)
    assert wording.verdict_word(verdict) == "kan inte avgöras ännu"
    assert wording.verdict_reason(verdict) == (
        "Skillnaden är +14 procentenheter och kan ligga var som helst mellan −2 och +29."
    )


@pytest.mark.parametrize(
    ("change", "unit", "kind", "told"),
    [
        ("0.01", "share", "share", "+1 procentenhet"),
        ("-0.01", "share", "share", "−1 procentenhet"),
        ("0.02", "share", "share", "+2 procentenheter"),
        ("0.0145", "value", "rate", "+1,45 procentenheter"),
        ("0.4", "scale", "mean", "+0,4 steg på skalan 1–5"),
        ("1", "index", "index", "+1 indexenhet"),
        ("-3", "count", "count", "−3"),
        ("0", "share", "share", "0 procentenheter"),
    ],
)
def test_a_change_is_in_its_unit(change, unit, kind, told):
    assert movement_wording.amount(Decimal(change), unit, _measure(kind=kind)) == told


def test_an_interval_that_ends_near_nought_is_not_rounded_to_it():
    verdict = Verdict("moved", "beyond_chance", Decimal("0.05"), Interval(0.002, 0.098))
    assert "(mellan +0,2 och +9,8)" in wording.verdict_reason(verdict)


def test_linked_answers_are_counted():
    verdict = movement.judge_linked(Linked(20, 12, 1, 7), higher_is_better=True)
    assert wording.verdict_reason(verdict) == (
        "Av 40 som har svarat båda gångerna har 12 blivit positiva och 1 slutat vara det, mer än slumpen brukar ge "
        "(p = 0,003)."
    )


def test_months_agree_with_their_number():
    one = Verdict("unknown", "too_early", figures=(("later", 1), ("longest_allowed", 7)))
    two = Verdict("unknown", "too_early", figures=(("later", 2), ("longest_allowed", 7)))
    assert "1 månad;" in wording.verdict_reason(one)
    assert "2 månader;" in wording.verdict_reason(two)


@pytest.mark.parametrize("key", target_wording.REASONS)
def test_every_standing_is_a_sentence(key):
    found = movement.Standing(
        "slow", key, dt.date(2026, 1, 1), Decimal("0.7"), Decimal("0.25"), Decimal("0.5")
    )
    told = target_wording.standing_reason(found, _measure())
    assert told.endswith(".")
    assert "%(" not in told


def test_way_and_time_are_told_apart():
    found = movement.Standing("slow", "pace_not_kept", None, Decimal("0.7"), Decimal("0.25"), Decimal("0.5"))
    assert target_wording.standing_reason(found, _measure()) == (
        "70\u00a0% mot målvärdet 75\u00a0% till 31 oktober 2027: 25\u00a0% av vägen är gången men 50\u00a0% av tiden."
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({2024: 5, 2025: 4}, "Varje år har varit bättre än året före, som bestämt: 2025."),
        ({2024: 5, 2025: 5}, "Bättre varje år är bestämt; 2025 var inte bättre än året före."),
        (
            {2023: 6, 2024: None, 2025: 4},
            "Bättre varje år är bestämt; för 2024, 2025 saknas värden att jämföra.",
        ),
        ({2025: 4}, "Bättre varje år är bestämt; än finns bara ett år att gå efter."),
    ],
)
def test_better_every_year(values, told):
    plain = {year: None if value is None else Decimal(value) for year, value in values.items()}
    assert target_wording.years_reason(movement.every_year(plain, higher_is_better=False)) == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2025-10-01", "2025-10-31", "oktober 2025"),
        ("2025-01-01", "2025-03-31", "januari–mars 2025"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-04-01", "2025-03-31", "april 2024–mars 2025"),
        ("2025-03-31", "2025-03-31", "31 mars 2025"),
        ("2025-10-06", "2025-10-24", "6 okt – 24 oktober 2025"),
    ],
)
def test_a_period_in_words(first, last, told):
    assert wording.period(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == told
