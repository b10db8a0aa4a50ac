"""Which cells are hidden for the sake of others: cases small enough to see."""

import random
from dataclasses import replace

import pytest

from metrics.disclosure import Cell, Decision, Sum, Thresholds, crossed, suppress

GIVEN = "would_give_away"


def reasons(cells, sums=(), **options) -> dict:
    return dict(suppress(cells, sums, **options).hidden)


# A total and its units, as (positive, negative); what is hidden and why.
UNITS = {
    "nothing small": ({"A": (8, 6), "B": (9, 9)}, {}),
    "one small hides the smaller of the others": (
        {"A": (2, 1), "B": (9, 9), "C": (40, 30)},
        {"A": "few", "B": GIVEN},
    ),
    "two small protect each other": (
        {"A": (4, 4), "B": (5, 4), "C": (40, 30)},
        {"A": "few", "B": "few"},
    ),
    "two small of less than ten together do not": (
        {"A": (2, 2), "B": (2, 2), "C": (9, 9)},
        {"A": "few", "B": "few", "C": GIVEN},
    ),
    "nobody answered": ({"A": (0, 0), "B": (9, 9)}, {"A": "few", "B": GIVEN}),
    "all alike": ({"A": (20, 0), "B": (9, 9)}, {"A": "all_alike", "B": GIVEN}),
    "two all alike, the same way": (
        {"A": (20, 0), "B": (15, 0), "C": (30, 9)},
        {"A": "all_alike", "B": "all_alike", "C": GIVEN},
    ),
    "two all alike, opposite ways": (
        {"A": (20, 0), "B": (0, 15), "C": (30, 9)},
        {"A": "all_alike", "B": "all_alike"},
    ),
    "the only unit goes with its total": ({"A": (3, 3)}, {"all": "few", "A": "few"}),
    "a distribution": (
        {"A": (1, 1, 1, 0, 0), "B": (3, 9, 9, 9, 3), "C": (0, 0, 12, 0, 0), "D": (9, 9, 9, 9, 9)},
        {"A": "few", "B": GIVEN, "C": "all_alike"},
    ),
    "numbers alone": ({"A": (4,), "B": (15,), "C": (60,)}, {"A": "few", "B": GIVEN}),
}


def units(counts, **options):
    """A total and its units as cells and the sum between them."""
    whole = tuple(map(sum, zip(*counts.values(), strict=True)))
    cells = [
        Cell("all", whole, weight=8, **options),
        *(Cell(key, row, **options) for key, row in counts.items()),
    ]
    return cells, [Sum("all", tuple(counts))]


@pytest.mark.parametrize(("counts", "hidden"), UNITS.values(), ids=UNITS.keys())
def test_units_of_a_total(counts, hidden):
    assert reasons(*units(counts)) == hidden


@pytest.mark.parametrize(
    ("subject", "thresholds", "hidden"),
    [
        ("survey", Thresholds(), {}),
        ("health", Thresholds(), {"A": "few", "B": GIVEN}),
        ("survey", Thresholds(survey=12), {"A": "few", "B": GIVEN}),
        ("survey", Thresholds(survey=3), {}),
        ("staffing", Thresholds(survey=99), {}),
    ],
)
def test_thresholds_of_the_organisation(subject, thresholds, hidden):
    cells, sums = units({"A": (5, 5), "B": (9, 9), "C": (20, 20)}, subject=subject)
    assert reasons(cells, sums, thresholds=thresholds) == hidden


def test_less_important_cells_are_hidden_first():
    cells = [
        Cell("all", (60, 60), weight=8),
        Cell("small", (2, 2)),
        Cell("dear", (8, 8), weight=9),
        Cell("cheap", (50, 50)),
    ]
    assert reasons(cells, [Sum("all", ("small", "dear", "cheap"))]) == {"small": "few", "cheap": GIVEN}


def test_nested_departments_hide_within_the_department():
    counts = {"U1": (2, 2), "U2": (12, 9), "U3": (30, 20), "V1": (9, 8), "V2": (20, 20)}
    cells = [Cell(key, row) for key, row in counts.items()]
    cells += [Cell("U", (44, 31), weight=4), Cell("V", (29, 28), weight=4), Cell("all", (73, 59), weight=8)]
    sums = [Sum("all", ("U", "V")), Sum("U", ("U1", "U2", "U3")), Sum("V", ("V1", "V2"))]
    assert reasons(cells, sums) == {"U1": "few", "U2": GIVEN}


def table(leaves, groups, kinds):
    """Groups crossed with kinds: cells for every label, and their sums."""
    wholes = [dict.fromkeys(row[place] for row in leaves) for place in (0, 1)]
    inner = [{whole: parts for whole, parts in nest} for nest in (groups, kinds)]
    cells = []
    for group in (*inner[0], *wholes[0]):
        for kind in (*inner[1], *wholes[1]):
            spots = [(g, k) for g in inner[0].get(group, [group]) for k in inner[1].get(kind, [kind])]
            counts = tuple(map(sum, zip(*(leaves[spot] for spot in spots), strict=True)))
            weight = 1 + 3 * (group in inner[0]) + 3 * (kind in inner[1])
            cells.append(Cell((group, kind), counts, weight=weight))
    return cells, crossed([groups, kinds], [cell.key for cell in cells])


def test_crossed_with_sex_hides_a_rectangle():
    leaves = {("A", "f"): (2, 3), ("A", "m"): (9, 9), ("B", "f"): (9, 9), ("B", "m"): (12, 12)}
    cells, sums = table(leaves, [("all", ["A", "B"])], [("both", ["f", "m"])])
    assert len(sums) == 6
    assert reasons(cells, sums) == {
        ("A", "f"): "few",
        ("A", "m"): GIVEN,
        ("B", "f"): GIVEN,
        ("B", "m"): GIVEN,
    }


@pytest.mark.parametrize(("april", "may"), [((20, 15), (1, 2)), ((20, 15), (12, 0)), ((20, 15), (0, 0))])
def test_accumulated_months_do_not_give_the_month_away(april, may):
    together = tuple(map(sum, zip(april, may, strict=True)))
    cells = [Cell("Jan–Apr", april), Cell("Jan–May", together, weight=2), Cell("May", may, standing="silent")]
    assert reasons(cells, [Sum("Jan–May", ("Jan–Apr", "May"))]) == {"Jan–Apr": GIVEN}
    enough = replace(cells[2], counts=(6, 6))
    assert reasons([*cells[:2], enough], [Sum("Jan–May", ("Jan–Apr", "May"))]) == {}


def test_rolling_windows_do_not_give_the_month_away():
    months = [Cell(f"m{i}", row, standing="silent") for i, row in enumerate([(9, 9), (8, 8), (9, 7), (1, 1)])]
    windows = [Cell("r1", (26, 24)), Cell("r2", (18, 16))]
    sums = [Sum("r1", ("m0", "m1", "m2")), Sum("r2", ("m1", "m2", "m3"))]
    assert reasons([*months, *windows], sums) == {}  # the windows differ by two unknown months
    known = [replace(months[0], standing="known"), *months[1:]]
    assert reasons([*known, *windows], sums) == {"r2": GIVEN}


def test_a_group_that_nobody_shows_is_protected_from_subtraction():
    cells = [
        Cell("all", (20, 20), weight=8),
        Cell("women", (18, 17)),
        Cell("men", (2, 3), standing="silent"),
    ]
    decision = suppress(cells, [Sum("all", ("women", "men"))])
    assert (decision.shown, dict(decision.hidden)) == ({"all"}, {"women": GIVEN})


def test_number_asked_closes_the_upper_end():
    """Everybody in B answered, which headcounts tell: B cannot have had the answers that A seems to lack."""
    asked = {"A": 9, "B": 21, "C": 55, "all": 85}
    cells, sums = units({"A": (4, 4), "B": (10, 11), "C": (30, 20)})
    assert reasons(cells, sums) == {"A": "few", "B": GIVEN}
    assert reasons([replace(cell, invited=asked[cell.key]) for cell in cells], sums) == {
        "A": "few",
        "C": GIVEN,
    }


def test_figures_already_out_cannot_be_hidden():
    cells, sums = units({"A": (2, 2), "B": (9, 9), "C": (20, 20)})
    out = [replace(cell, standing="known") if cell.key in ("all", "B") else cell for cell in cells]
    assert reasons(out, sums) == {"A": "few", "C": GIVEN}


def test_what_is_already_given_away_is_told():
    cells, sums = units({"A": (2, 2), "B": (9, 9)})
    out = [replace(cell, standing="known") if cell.key != "A" else cell for cell in cells]
    decision = suppress(out, sums)
    assert (dict(decision.hidden), decision.exposed) == ({"A": "few"}, {"A"})


def test_one_unprotectable_cell_does_not_blank_the_rest():
    rows = {"A": (2, 2), "B": (9, 9), "C": (3, 3), "D": (15, 12), "E": (20, 20)}
    cells = [Cell(key, row) for key, row in rows.items()]
    cells += [
        Cell("AB", (11, 11), weight=4),
        Cell("CDE", (38, 35), weight=4),
        Cell("all", (49, 46), weight=8),
    ]
    out = [replace(cell, standing="known") if cell.key in ("AB", "B") else cell for cell in cells]
    decision = suppress(out, [Sum("AB", ("A", "B")), Sum("CDE", ("C", "D", "E")), Sum("all", ("AB", "CDE"))])
    assert (decision.exposed, decision.coarse) == ({"A"}, frozenset())
    assert decision.hidden == {"A": "few", "C": "few", "D": GIVEN}


def test_rare_answers_leave_the_total_shown():
    """Three of 120 in all: no unit can be told from its neighbour, and the total stays."""
    cells, sums = units({"A": (0, 30), "B": (1, 29), "C": (2, 28), "D": (0, 30)})
    decision = suppress(cells, sums)
    assert decision.shown == {"all"}


def test_mean_age_of_a_small_unit_is_not_worked_out_from_its_department():
    """Amounts: the sum of ages is known from mean and headcount, which are public."""
    ages = {"A": (4, 190), "B": (12, 540), "C": (40, 1800)}
    cells = [Cell(key, (years,), "age", behind=n, values=5 * n) for key, (n, years) in ages.items()]
    cells.append(Cell("all", (2530,), "age", weight=8, behind=56))
    assert reasons(cells, [Sum("all", ("A", "B", "C"))]) == {"A": "few", "B": GIVEN}


def test_an_index_does_not_give_a_question_away():
    """Nine questions in the index; all answered alike on one of them, which points alone would show."""
    answers = {"q1": (0, 0, 0, 0, 12), "q2": (1, 2, 3, 4, 2), "q3": (2, 2, 2, 3, 3)}
    points = sum(n * (k + 1) for row in answers.values() for k, n in enumerate(row))
    cells = [Cell(key, row, weight=2) for key, row in answers.items()]
    cells.append(Cell("index", (points,), behind=12))
    sums = [Sum("index", ("q1", "q2", "q3"), by=((1, 2, 3, 4, 5),))]
    assert reasons(cells, sums) == {"q1": "all_alike", "index": GIVEN}


def test_totals_as_stated_that_do_not_add_up_are_judged_as_they_are():
    cells, sums = units({"A": (2, 2), "B": (9, 9), "C": (20, 20)})
    stated = [replace(cells[0], counts=(33, 30)), *cells[1:]]
    assert reasons(stated, sums) == {"A": "few", "B": GIVEN}


def test_cells_that_nothing_ties_together_stand_alone():
    cells = [Cell("a", (2, 2)), Cell("b", (9, 9)), Cell("c", ()), Cell("d", (1,), "staffing")]
    assert suppress(cells) == Decision(frozenset("bcd"), {"a": "few"})
    assert suppress([]) == Decision(frozenset(), {})


@pytest.mark.parametrize("seed", range(5))
def test_order_of_asking_does_not_matter(seed):
    cells, sums = product_table(depts=3, units=12, periods=1)
    expected = suppress(cells, sums)
    random.Random(seed).shuffle(cells)
    random.Random(seed).shuffle(sums)
    assert suppress(cells, [replace(row, parts=row.parts) for row in sums]) == expected


@pytest.mark.parametrize(
    ("cells", "sums"),
    [
        ([Cell("a", (9, 9)), Cell("a", (8, 8))], []),
        ([Cell("a", (9, 9))], [Sum("a", ("b",))]),
        ([Cell("a", (9, 9)), Cell("b", (9, 9))], [Sum("a", ("b", "b"))]),
        ([Cell("a", (9, 9)), Cell("b", (9, 9))], [Sum("a", ("a", "b"))]),
        ([Cell("a", (9, 9)), Cell("b", (9,))], [Sum("a", ("b",))]),
        ([Cell("a", (9, 9)), Cell("b", (1, 2, 3))], [Sum("a", ("b",), by=((1, 1, 1),))]),
        ([Cell("a", (-1, 9))], []),
    ],
    ids=["same key", "missing", "part twice", "part of itself", "widths", "weights", "below nothing"],
)
def test_what_does_not_belong_together_is_refused(cells, sums):
    with pytest.raises(ValueError, match=r"same key|missing|same things|below nothing"):
        suppress(cells, sums)


def product_table(depts=9, units=59, periods=4):
    """Departments, units and sexes for some waves of a survey, about 13 answers of each sex in a unit."""
    rng = random.Random(1)
    names = [f"D{number}" for number in range(depts)]
    inner = {
        name: [f"{name}U{number}" for number in range(units) if number % depts == at]
        for at, name in enumerate(names)
    }
    groups, kinds = [("all", names), *inner.items()], [("both", ["f", "m"])]
    below = {unit: [unit] for row in inner.values() for unit in row} | inner
    below["all"] = [unit for row in inner.values() for unit in row]
    cells = []
    for wave in range(periods):
        leaves = {}
        for unit in below["all"]:
            for kind in ("f", "m"):
                answered = max(0, round(rng.gauss(13, 6)))
                positive = sum(rng.random() < 0.65 for _ in range(answered))
                leaves[unit, kind] = (positive, answered - positive)
        for group, spots in below.items():
            for kind, inside in {"both": ("f", "m"), "f": ("f",), "m": ("m",)}.items():
                found = [leaves[spot, one] for spot in spots for one in inside]
                weight = (8 if group == "all" else 1 if "U" in group else 4) * (2 if kind == "both" else 1)
                cells.append(
                    Cell((group, kind, wave), tuple(map(sum, zip(*found, strict=True))), weight=weight)
                )
    waves = [(wave, []) for wave in range(periods)]
    return cells, crossed([groups, kinds, waves], [cell.key for cell in cells])


def test_product_size_is_quick_and_finely_cut():
    cells, sums = product_table()
    assert len(cells) == (1 + 9 + 59) * 3 * 4
    decision = suppress(cells, sums)
    publishable = [cell for cell in cells if not cell.primary(Thresholds())]
    assert decision.coarse == frozenset()
    assert decision.work < 15_000  # a quarter of a second; a clock would make the test a matter of luck
    assert len(decision.shown) > 0.7 * len(publishable)


@pytest.mark.parametrize("steps", [0, 1])
def test_when_the_work_allowed_ends_more_is_hidden(steps):
    cells, sums = product_table(periods=1)
    decision, fine = suppress(cells, sums, steps=steps), suppress(cells, sums)
    assert decision.coarse
    assert len(decision.shown) < len(fine.shown)
    assert ("all", "both", 0) in decision.shown
