"""Movement against statsmodels and scipy over many values; nothing else here imports them."""

from decimal import Decimal
from itertools import product
from math import comb
from random import Random

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar as oracle_mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.movement import (
    Answers,
    Department,
    Item,
    compare_departments,
    judge_index,
    mcnemar,
    newcombe,
    newcombe_linked,
    read_index,
    superiority,
    wilson,
)
from metrics.movement.answers import STEPS
from metrics.movement.hme import HME
from metrics.movement.interval import Z, student, superiority_interval, welch
from metrics.movement.runs import crossings_needed

SIZES = (1, 2, 5, 10, 29, 30, 31, 58, 60, 69, 263, 1555)


def some(answered: int) -> list[int]:
    """The ends and a few counts between."""
    return sorted({0, 1, answered // 3, answered // 2, answered - 1, answered})


def draw(seed: int) -> Answers:
    random = Random(seed)
    return Answers(tuple(random.randint(0, 30) + 4 for _ in STEPS))


def spelled(answers: Answers) -> list[int]:
    return [step for step, count in zip(STEPS, answers.counts, strict=True) for _ in range(count)]


@pytest.mark.parametrize("answered", SIZES)
def test_wilson_as_statsmodels(answered):
    for positive in range(0, answered + 1, max(answered // 60, 1)):
        found = wilson(positive, answered)
        expected = proportion_confint(positive, answered, alpha=0.05, method="wilson")
        assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("before", "after"), [*product((5, 30, 58, 60, 263), repeat=2)])
def test_newcombe_as_statsmodels(before, after):
    for first, second in product(some(before), some(after)):
        found = newcombe((first, before), (second, after))
        expected = confint_proportions_2indep(
            second, after, first, before, method="newcomb", compare="diff", alpha=0.05
        )
        assert (found.low, found.high) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("changed", [*range(0, 41, 4), 7, 13, 100, 1555])
def test_mcnemar_as_statsmodels_and_the_binomial_test(changed):
    for gained in some(changed) if changed > 1 else range(changed + 1):
        p = float(mcnemar(gained, changed - gained))
        assert p == pytest.approx(oracle_mcnemar([[9, changed - gained], [gained, 9]], exact=True).pvalue)
        if changed:
            assert p == pytest.approx(stats.binomtest(gained, changed).pvalue)


def chance(table: tuple[int, ...], shares: tuple[float, ...]) -> float:
    ways, left, product_ = 1, sum(table), 1.0
    for count, share in zip(table, shares, strict=True):
        ways, left, product_ = ways * comb(left, count), left - count, product_ * share**count
    return ways * product_


def tables(answered: int):
    for gained, lost in product(range(answered + 1), repeat=2):
        for both in range(answered + 1 - gained - lost):
            yield both, gained, lost, answered - both - gained - lost


@pytest.mark.parametrize(
    ("gained", "lost", "agreeing"),
    [(0.05, 0.05, 0.5), (0.2, 0.1, 0.8), (0.3, 0.3, 0.5), (0.15, 0.02, 0.85), (0.01, 0.01, 0.5), (0.3, 0.1, 0.2)],
)  # fmt: skip
def test_the_linked_interval_covers_in_19_cases_of_20(gained, lost, agreeing):
    """No library at hand has it, so its coverage is summed over every table of 30 people."""
    rest = 1 - gained - lost
    shares = (rest * agreeing, gained, lost, rest * (1 - agreeing))
    covered = sum(
        chance(table, shares)
        for table in tables(30)
        if newcombe_linked(*table).low <= gained - lost <= newcombe_linked(*table).high
    )
    assert 0.94 <= covered <= 1.0000001


@pytest.mark.parametrize("freedom", [9, 10, 11.5, 15, 21.3, 29, 30, 57.7, 118, 1000, 10**6])
def test_student_as_scipy(freedom):
    assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=2e-4 if freedom < 20 else 2e-6)


@pytest.mark.parametrize("seed", range(20))
def test_welch_as_scipy(seed):
    first, last = draw(seed), draw(seed + 100)
    found = welch(first.spread, last.spread)
    oracle = stats.ttest_ind(spelled(last), spelled(first), equal_var=False).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high), abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_mean_variance_and_median_as_numpy(seed):
    answers = draw(seed)
    values = np.array(spelled(answers))
    assert (float(answers.mean), float(answers.spread.variance)) == pytest.approx(
        (values.mean(), values.var(ddof=1))
    )
    assert float(answers.median) == np.median(values)


@pytest.mark.parametrize("seed", range(20))
def test_superiority_is_mann_and_whitneys_u(seed):
    first, last = draw(seed), draw(seed + 100)
    oracle = stats.mannwhitneyu(spelled(last), spelled(first), method="asymptotic").statistic
    assert float(superiority(first, last)) == pytest.approx(oracle / (first.answered * last.answered))


@pytest.mark.parametrize(("before", "after"), [(30, 30), (30, 58), (60, 31)])
def test_the_superiority_interval_agrees_with_mann_and_whitney_without_ties(before, after):
    """Beyond chance by the interval exactly when the untied test says so; with ties it is never bolder."""
    spread = np.sqrt((before + after + 1) / (12 * before * after))
    for theta in np.linspace(0.5 - 2.3 * spread, 0.5 + 2.3 * spread, 93):
        found = superiority_interval(float(theta), before, after)
        assert found.holds(0.5) == (abs(theta - 0.5) <= Z * spread)


@pytest.mark.parametrize("seed", range(20))
def test_the_superiority_interval_is_never_bolder_than_mann_and_whitney_with_ties(seed):
    first, last = draw(seed), draw(seed + 100)
    found = superiority_interval(float(superiority(first, last)), first.answered, last.answered)
    p = stats.mannwhitneyu(spelled(last), spelled(first), method="asymptotic", use_continuity=False).pvalue
    assert found.holds(0.5) or p < 0.05


@pytest.mark.parametrize("useful", range(1, 130))
def test_crossings_as_scipy(useful):
    assert crossings_needed(useful) == stats.binom.ppf(0.05, useful - 1, 0.5)


def some_departments(seed: int, size: int, started: int, places: int = 2) -> list[Department]:
    random = Random(seed)
    return [
        Department(
            str(at),
            Decimal(random.randint(40, 60)) / 100,
            Decimal(random.randint(40 * 10**places, 70 * 10**places)) / (100 * 10**places),
            at < started,
        )
        for at in range(size)
    ]


def oracle_p(departments: list[Department], shift: float = 0.0, alternative: str = "two-sided") -> float:
    change = {is_in: [float(row.after - row.before) for row in departments if row.started is is_in] for is_in in (True, False)}  # fmt: skip
    return stats.permutation_test(
        (np.array(change[True]) - shift, np.array(change[False])),
        lambda started, rest, axis: started.mean(axis=axis) - rest.mean(axis=axis),
        n_resamples=np.inf,
        vectorized=True,
        alternative=alternative,
    ).pvalue


@pytest.mark.parametrize(("size", "started"), [(6, 3), (7, 2), (8, 4), (9, 3), (10, 5), (11, 4), (12, 6)])
def test_departments_as_scipy(size, started):
    for seed in range(5):
        rows = some_departments(seed, size, started)
        assert compare_departments(rows, higher_is_better=True).verdict.p == pytest.approx(oracle_p(rows))


@pytest.mark.parametrize("seed", range(6))
def test_the_departments_interval_is_what_the_test_does_not_reject(seed):
    rows = some_departments(seed, 9, 4, places=4)
    found = compare_departments(rows, higher_is_better=True).verdict.interval
    for limit, outwards, side in ((found.low, -1e-7, "greater"), (found.high, 1e-7, "less")):
        assert oracle_p(rows, limit + outwards, side) <= 0.025 < oracle_p(rows, limit - outwards, side)


def test_drawn_sets_come_near_all_sets(monkeypatch):
    rows = some_departments(1, 12, 6)
    every = compare_departments(rows, higher_is_better=True).verdict
    monkeypatch.setattr("metrics.movement.departments.EXACT_UP_TO", 0)
    drawn = compare_departments(rows, higher_is_better=True).verdict
    assert drawn.p == pytest.approx(every.p, abs=0.02)
    assert (drawn.interval.low, drawn.interval.high) == pytest.approx(
        (every.interval.low, every.interval.high), abs=0.01
    )


@pytest.mark.parametrize("seed", range(10))
def test_the_index_interval_is_never_narrower_than_persons_would_give(seed):
    """From the persons' own indices, which nine distributions do not show, scipy's interval lies inside."""
    random = np.random.default_rng(seed)
    keys = [key for part in HME.values() for key in part]
    waves = []
    for size in (45, 60):
        common = random.normal(0, 0.8, (size, 1))
        waves.append(np.clip(np.rint(3.4 + common + random.normal(0, 0.7, (size, 9))), 1, 5).astype(int))
    oracle = stats.ttest_ind(*[(wave.mean(axis=1) - 1) * 25 for wave in reversed(waves)], equal_var=False)
    indices = [
        read_index(
            Item(key, "a", Answers(tuple(int((wave[:, at] == step).sum()) for step in STEPS)))
            for at, key in enumerate(keys)
        )
        for wave in waves
    ]
    found, inner = judge_index(*indices).interval, oracle.confidence_interval(0.95)
    assert float(indices[0].total) == pytest.approx(float((waves[0].mean() - 1) * 25))
    assert found.low <= inner.low < inner.high <= found.high
