"""Attacks on what the gate lets through: differencing, linear algebra, and bounds in whole people.

The attacker is written from the promise in `metrics/disclosure/__init__.py`, with none of the gate's own parts.
Everything published at once is attacked: crossed breakdowns, complements, several periods, a frozen report.
LEDSTANG_TABLES sets how many tables the test takes; with a report of what is kept and lost, on both cores:

    .venv/bin/python -m tests.pure.test_disclosure_attacks 10000
"""

import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array

from metrics.disclosure import FLOOR, Cell, Decision, Sum, Thresholds, crossed, suppress

THRESHOLDS = Thresholds()
TABLES = int(os.environ.get("LEDSTANG_TABLES", "60"))
CHUNK = 10
WHOLE = 5  # every fifth table is attacked knowing that people are whole, which takes longer
NEAR = 1e-6
CALM = settings(max_examples=25, suppress_health_check=list(HealthCheck))


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────


def nest_groups(rng, large):
    """Departments and their units, as (whole, parts)."""
    departments = [f"D{number}" for number in range(rng.randint(1, 3 if large else 2))]
    units = {
        name: [f"{name}U{number}" for number in range(rng.randint(1, 5 if large else 3))]
        for name in departments
    }
    return [("all", departments), *units.items()]


def nest_periods(rng, large):
    """One wave, separate waves, accumulated months, or overlapping rolling windows; and what nobody shows."""
    months = [f"m{number}" for number in range(5 if large else 4)]
    rolling = [(f"r{at}", months[at : at + 3]) for at in range(len(months) - 2)]
    return rng.choice(
        [
            ([("m0", [])], set()),
            ([("m0", [])], set()),
            ([("m0", []), ("w1", [])], set()),
            ([("a1", ["m0", "m1"]), ("a2", ["a1", "m2"])], {"m1", "m2"}),
            (rolling, set(months)),
        ]
    )


def leaves(nest):
    """For each label of a dimension, the labels at the bottom that make it up."""
    parts = {whole: list(below) for whole, below in nest}

    def below(label):
        return [label] if not parts.get(label) else [leaf for part in parts[label] for leaf in below(part)]

    labels = dict.fromkeys(label for whole, inner in nest for label in (whole, *inner))
    return {label: below(label) for label in labels}


def answers(rng, people, width, lean):
    """Counts of so many people's answers: in one category, two or five; `lean` is the share in the first."""
    if width == 1:
        return [people]
    if width == 2:
        first = min(people, max(0, round(people * lean + rng.randint(-3, 3) / 2)))
        return [first, people - first]
    cuts = sorted(rng.randint(0, people) for _ in range(3))
    return [0, *(high - low for low, high in zip([0, *cuts], [*cuts, people], strict=True))]


def build(rng, large=False):
    """A table such as the product shows: nested groups, perhaps crossed with sex or background, and periods."""
    groups, (periods, silent) = nest_groups(rng, large), nest_periods(rng, large)
    kinds = rng.choice(
        [
            [("both", [])],
            [("both", ["f", "m"])],
            [("both", ["se", "eu", "rest"] if large else ["se", "rest"])],
        ]
    )
    dimensions = [groups, kinds, periods]
    width, lean = rng.choice((1, 2, 2, 2, 5)), rng.choice((0.05, 0.5, 0.7, 0.97))
    mean, asked = rng.choice((8, 15, 30)), rng.randint(0, 2) == 0 and len(periods) == 1
    under = [leaves(nest) for nest in dimensions]
    base, people = {}, {}
    for key in product(*(dict.fromkeys(leaf for found in one.values() for leaf in found) for one in under)):
        size = rng.randint(0, 2 * mean)
        base[key] = answers(rng, size - rng.randint(0, size // 2), width, lean)
        people[key] = size
    cells = []
    for key in product(*under):
        inner = [spot for spot in product(*(one[label] for one, label in zip(under, key, strict=True)))]
        counts = tuple(sum(base[spot][place] for spot in inner) for place in range(width))
        standing = "silent" if key[2] in silent else "offered"
        level = 8 if key[0] == "all" else 1 if "U" in key[0] else 4
        invited = sum(people[spot] for spot in inner) if asked else None
        subject = "health" if lean == 0.05 else "survey"
        cells.append(Cell(key, counts, subject, level, invited, standing=standing))
    sums = crossed(dimensions, [cell.key for cell in cells])
    return (released(cells, sums, ("m0", "m1", "m2", "a1", "r0")) if rng.randint(0, 1) else cells), sums


def released(cells, sums, periods):
    """The cells when a report on the first periods is already out: what it showed is known."""
    first = [cell for cell in cells if cell.key[2] in periods]
    keys = {cell.key for cell in first}
    decision = suppress(first, [row for row in sums if keys.issuperset((row.total, *row.parts))], THRESHOLDS)
    return [replace(cell, standing="known") if cell.key in decision.shown else cell for cell in cells]


def build_index(rng):
    """Questions on a scale 1–5, by unit and in all, and the index that is the sum of their points."""
    units = [f"U{number}" for number in range(rng.randint(2, 5))]
    questions = [f"q{number}" for number in range(rng.randint(2, 3))]
    base = {
        unit: [answers(rng, people, 5, 0) if rng.randint(0, 4) else [0, 0, 0, 0, people] for _ in questions]
        for unit in units
        for people in [rng.randint(4, 24)]
    }
    base["all"] = [[sum(base[unit][q][k] for unit in units) for k in range(5)] for q in range(len(questions))]
    cells, sums = [], []
    for group, found in base.items():
        weight = 4 if group == "all" else 1
        cells += [Cell((group, q), tuple(c), weight=weight) for q, c in zip(questions, found, strict=True)]
        points = sum(count * (k + 1) for counts in found for k, count in enumerate(counts))
        cells.append(Cell((group, "index"), (points,), weight=weight, behind=sum(found[0])))
        sums.append(Sum((group, "index"), tuple((group, q) for q in questions), by=((1, 2, 3, 4, 5),)))
    sums += [Sum(("all", what), tuple((unit, what) for unit in units)) for what in (*questions, "index")]
    return cells, sums


# ── the reader ──────────────────────────────────────────────────────────────────────────────────────────────


class Reader:
    """Somebody who has everything that is shown, and unknowns for every count that is not."""

    def __init__(self, cells, sums, shown):
        self.cells = {cell.key: cell for cell in cells}
        self.unknown = [(c.key, place) for c in cells if c.key not in shown for place in range(len(c.counts))]
        self.at = {spot: number for number, spot in enumerate(self.unknown)}
        self.rows, self.sides = [], []
        for row in sums:
            self._learn(row)
        self._solved = self._eliminate()

    def _learn(self, row):
        total = self.cells[row.total]
        for place in range(len(total.counts)):
            weights = {(row.total, place): -1}
            for part in row.parts:
                width = len(self.cells[part].counts)
                inner = row.by[place] if row.by else [int(place == other) for other in range(width)]
                weights |= {(part, other): inner[other] for other in range(width)}
            self.rows.append({self.at[spot]: by for spot, by in weights.items() if by and spot in self.at})
            self.sides.append(sum(by * self._true(spot) for spot, by in weights.items() if spot in self.at))

    def _true(self, spot):
        return self.cells[spot[0]].counts[spot[1]]

    def _eliminate(self):
        """The sums in reduced form, in fractions: unknown → the others it depends on."""
        solved = {}
        for row in self.rows:
            left = {number: Fraction(by) for number, by in row.items()}
            for number in [number for number in left if number in solved]:
                add_row(left, solved[number], -left[number])
            if left:
                pivot = min(left)
                left = {number: by / left[pivot] for number, by in left.items()}
                for other in solved.values():
                    if pivot in other:
                        add_row(other, left, -other[pivot])
                solved[pivot] = left
        return solved

    def is_determined(self, key):
        """Whether the sums alone, by linear algebra, give every count of the cell."""
        spots = [self.at[key, place] for place in range(len(self.cells[key].counts))]
        return all(len(self._solved.get(spot, {0: 1, 1: 1})) == 1 for spot in spots)

    def weights(self, key, of):
        """The sum of some of a cell's counts, over all unknowns."""
        wanted = np.zeros(len(self.unknown))
        for place, one in enumerate(of):
            wanted[self.at[key, place]] = one
        return wanted

    def table(self, wanted, whole):
        """The counts that fit everything known and make the wanted sum least, or None when there is no least."""
        found = linprog(wanted, **self._known, bounds=(0, None), method="highs", integrality=int(whole))
        if found.status == 0:
            return found.x
        assert "unbounded" in found.message, found.message  # the true table fits, so never infeasible
        return None

    def leave(self, cell, of, low, high, values):
        """As much of a demand as this reader leaves."""
        ends = []
        for sign in (1, -1):
            table = self.table(sign * self.weights(cell.key, of), whole=False)
            ends.append(-sign * np.inf if table is None else self.weights(cell.key, of) @ table)
        now = part(cell, of)
        return (
            of,
            min(now, max(low, ends[0])),
            max(now, min(high, ends[1])),
            min(values, ends[1] - ends[0] + 1),
        )

    @cached_property
    def _known(self):
        """The sums as equations, and the numbers of people asked as ceilings."""
        capped = [c for c in self.cells.values() if c.invited is not None and (c.key, 0) in self.at]
        ceilings = [{self.at[c.key, place]: 1 for place in range(len(c.counts))} for c in capped]
        known = {"A_eq": self._matrix(self.rows), "b_eq": self.sides} if self.rows else {}
        asked = [c.invited for c in capped]
        return known | ({"A_ub": self._matrix(ceilings), "b_ub": asked} if ceilings else {})

    def _matrix(self, rows):
        spots = [(number, column, by) for number, row in enumerate(rows) for column, by in row.items()]
        numbers, columns, values = zip(*spots, strict=True) if spots else ((), (), ())
        return csr_array((values, (numbers, columns)), shape=(len(rows), len(self.unknown)))


def add_row(row, other, times):
    for number, by in other.items():
        value = row.get(number, 0) + times * by
        if value:
            row[number] = value
        else:
            row.pop(number, None)


# ── the promise ─────────────────────────────────────────────────────────────────────────────────────────────


def why(cell):
    """Why a cell may not be shown on its own account."""
    people = sum(cell.counts) if cell.behind is None else cell.behind
    if people < THRESHOLDS.least(cell.subject):
        return "few"
    return "all_alike" if len(cell.counts) > 1 and sum(count > 0 for count in cell.counts) <= 1 else None


def demands(cell, reason, tops):
    """(of, low, high, values): the sum of those counts must reach from low to high, over so many values."""
    width, least = len(cell.counts), THRESHOLDS.least(cell.subject)
    wanted = []
    if reason == "few" and cell.behind is None:
        most = min(least, least if cell.invited is None else cell.invited)
        wanted.append(((1,) * width, max(0, most - FLOOR), most, 1))
    if width > 1 or cell.behind is not None:
        for place, count in enumerate(cell.counts):
            of = tuple(int(place == other) for other in range(width))
            wanted += [(of, count, count, FLOOR)] if count or cell.behind is not None else []
            alone = count and width > 1 and count == sum(cell.counts)
            wanted += [(tuple(1 - one for one in of), 0, 0, FLOOR)] if alone else []
    return [narrowed(cell, tops, *one) for one in wanted]


def narrowed(cell, tops, of, low, high, values):
    """No more is asked than the topmost totals, and the number of people in the group, leave."""
    now, least, most = part(cell, of), 0, np.inf if cell.invited is None else cell.invited
    for top in tops:
        most = min(most, part(top, of))
        if cell.invited is not None:
            least = max(least, part(top, of) - (top.invited - cell.invited))
    least, most = min(least, now), max(most, now)
    return of, min(now, max(low, least)), max(now, min(high, most)), min(values, most - least + 1)


def is_told_anyway(cell, tops):
    """Whether the headcounts and the topmost totals leave one value for each of the cell's counts."""
    places = range(len(cell.counts))
    alone = [tuple(int(place == other) for other in places) for place in places]
    return all(narrowed(cell, tops, of, 0, np.inf, np.inf)[3] == 1 for of in alone)


def part(cell, of):
    return sum(count for count, one in zip(cell.counts, of, strict=True) if one)


def tops_of(cells, sums):
    """For each key, the showable totals above it that are part of nothing."""
    above = {}
    for row in sums:
        for key in row.parts if row.by is None else ():
            above.setdefault(key, []).append(row.total)
    by_key = {cell.key: cell for cell in cells}

    def up(key):
        return {found for total in above[key] for found in up(total)} if key in above else {key}

    return {key: [by_key[top] for top in up(key) - {key} if is_showable(by_key[top])] for key in by_key}


def is_showable(cell):
    return cell.standing == "known" or (cell.standing == "offered" and not why(cell))


def leaks(cells, sums, decision, whole):
    """What a reader can find out that was promised hidden, as sentences; `whole`: knowing people to be whole.

    What the headcounts and the topmost totals tell on their own is no finding: that nobody answered in a group of
    nobody, or how many answered when everybody did.
    """
    reader, tops = Reader(cells, sums, decision.shown), tops_of(cells, sums)
    hidden = [cell for cell in cells if cell.key not in decision.shown]
    found = [
        f"{cell} is shown"
        for cell in cells
        if cell.key in decision.shown and why(cell) and cell.standing != "known"
    ]
    free = decision.coarse | decision.exposed
    found += [
        f"{cell} follows from the sums"
        for cell in hidden
        if cell.standing == "offered" and cell.key not in free and reader.is_determined(cell.key)
        if not is_told_anyway(cell, tops[cell.key])
    ]
    before = Reader(cells, sums, {cell.key for cell in cells if cell.standing == "known"})
    promised = [
        (cell, *(before.leave(cell, *demand) if cell.key in decision.exposed else demand))
        for cell in hidden
        if why(cell)
        for demand in demands(cell, why(cell), tops[cell.key])
    ]
    return found + broken(reader, promised, whole)


def broken(reader, promised, whole):
    """Promises that no tables show to be kept. Each table found serves all promises."""
    if not promised:
        return []
    weights = np.array([reader.weights(cell.key, of) for cell, of, *_ in promised])
    least = largest = np.array([part(cell, of) for cell, of, *_ in promised], dtype=float)
    found = []
    for number, (cell, of, low, high, values) in enumerate(promised):
        for sign in (-1, 1):
            if is_kept(least[number], largest[number], low, high, values):
                break
            table = reader.table(sign * weights[number], whole)
            if table is None:
                largest[number] = np.inf
            else:
                least, largest = np.minimum(least, weights @ table), np.maximum(largest, weights @ table)
        if not is_kept(least[number], largest[number], low, high, values):
            found.append(f"{cell} {of}: {least[number]}–{largest[number]}, promised {low}–{high}, {values}")
    return found


def is_kept(least, largest, low, high, values):
    return least <= low + NEAR and largest >= high - NEAR and largest - least >= values - 1 - NEAR


# ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────


def table(seed):
    """The table of a number: every sixth is questions with their index, every tenth a large table."""
    rng = random.Random(seed)
    return build_index(rng) if seed % 6 == 5 else build(rng, large=seed % 10 == 9)


@pytest.mark.parametrize("first", range(0, TABLES, CHUNK))
def test_tables_keep_what_they_hide(first):
    for seed in range(first, min(first + CHUNK, TABLES)):
        cells, sums = table(seed)
        assert leaks(cells, sums, suppress(cells, sums, THRESHOLDS), seed % WHOLE == 0) == [], seed


@pytest.mark.parametrize("seed", [558, 658, 2461, 8098, 8628])
def test_tables_that_once_looked_like_leaks(seed):
    """Groups of nobody, full answers, and a department that is the whole when the work allowed has ended."""
    cells, sums = table(seed)
    assert leaks(cells, sums, suppress(cells, sums, THRESHOLDS), False) == []


@given(st.randoms(use_true_random=False), st.booleans(), st.sampled_from([0, 2, 20]))
@CALM
def test_no_table_gives_away_what_it_hides(rng, with_index, steps):
    """Also when the work allowed ends at once, or soon."""
    cells, sums = (build_index if with_index else build)(rng)
    assert leaks(cells, sums, suppress(cells, sums, THRESHOLDS, steps), False) == []


@given(st.randoms(use_true_random=False))
@CALM
def test_differencing_totals_finds_no_small_group(rng):
    """The plain reader's attack: a total minus those of its parts that are shown."""
    cells, sums = build(rng)
    decision, at = suppress(cells, sums, THRESHOLDS), {cell.key: cell for cell in cells}
    for row in sums:
        rest = [at[key] for key in row.parts if key not in decision.shown]
        if row.total in decision.shown and rest and at[row.total].standing == "offered":
            people = sum(cell.answered for cell in rest)
            few = [cell for cell in rest if why(cell) == "few" and cell.key not in decision.exposed]
            assert not few or people >= THRESHOLDS.least(few[0].subject) or few[0].invited is not None


def test_the_attacker_finds_what_a_careless_gate_lets_through():
    """Primary suppression alone, as it was: otherwise the tests above could be passing for nothing."""
    caught = 0
    for seed in range(12):
        cells, sums = table(seed)
        shown = frozenset(
            c.key for c in cells if c.standing == "known" or (c.standing == "offered" and not why(c))
        )
        hidden = {cell.key: why(cell) for cell in cells if cell.standing == "offered" and why(cell)}
        caught += bool(leaks(cells, sums, Decision(shown, hidden), False))
    assert caught >= 9


# ── the report ──────────────────────────────────────────────────────────────────────────────────────────────


def measure(seed):
    """One table's figures: leaks, cells by what became of them, time taken."""
    cells, sums = table(seed)
    began = time.process_time()
    decision = suppress(cells, sums, THRESHOLDS)
    taken = time.process_time() - began
    offered = [cell for cell in cells if cell.standing == "offered"]
    open_ = [cell for cell in offered if not why(cell)]
    kept = [cell for cell in open_ if cell.key in decision.shown]
    size = {cell.key: cell.weight * max(1, cell.answered.bit_length()) for cell in cells}
    found = leaks(cells, sums, decision, seed % WHOLE == 0)
    return taken, Counter(
        leaks=len(found),
        cells=len(cells),
        offered=len(offered),
        publishable=len(open_),
        kept=len(kept),
        publishable_value=sum(size[cell.key] for cell in open_),
        kept_value=sum(size[cell.key] for cell in kept),
        with_coarse=bool(decision.coarse),
        with_exposed=bool(decision.exposed),
        without_loss=len(kept) == len(open_),
    )


def report(number):
    """Attack so many tables and say what they kept and lost."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(measure, range(number), chunksize=20))
    total = sum((counts for _, counts in found), Counter())
    times = sorted(taken for taken, _ in found)
    leaky = [seed for seed, (_, counts) in enumerate(found) if counts["leaks"]]
    lines = [
        f"{number} tables, {total['cells']} cells, {total['leaks']} leaks in the tables {leaky}",
        f"offered {total['offered']}, publishable on their own account {total['publishable']}",
        f"kept {total['kept'] / total['publishable']:.1%} of these, "
        f"{total['kept_value'] / total['publishable_value']:.1%} by weight; hiding everything keeps 0",
        f"nothing lost in {total['without_loss']} tables; cut coarsely in {total['with_coarse']}; "
        f"exposed by a frozen report in {total['with_exposed']}",
        f"time a table: median {times[number // 2]:.3f} s, "
        f"95 % under {times[number * 95 // 100]:.2f} s, longest {times[-1]:.1f} s",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
