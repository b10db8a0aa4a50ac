"""What was said where: cells, totals that are no sums, likeness and difference, short names."""

import pytest

from dialogues.matrix.counts import Head, alike_first, build, findings, short_names, spelled_out

ROWS = [Head(1, "Stöd"), Head(2, "System"), Head(3, "Möten")]
COLUMNS = [Head(10, "Hemtjänsten"), Head(20, "Myndigheten"), Head(30, "Individ- och familjeomsorgen", "IFO")]
NOWHERE = Head(None, "utan avdelning")


def figures(matrix):
    return {row.head.name: (row.cells, row.total, row.shared_by) for row in matrix.rows}


def test_counts_stand_in_their_cells_and_totals():
    matrix = build(ROWS, COLUMNS, [(1, 10, 100), (1, 10, 101), (1, 20, 102), (2, 30, 103)])
    assert figures(matrix) == {
        "Stöd": ((2, 1, 0), 3, 2),
        "System": ((0, 0, 1), 1, 1),
        "Möten": ((0, 0, 0), 0, 0),
    }
    assert (matrix.column_totals, matrix.total, matrix.unplaced) == ((2, 1, 1), 4, 0)


def test_a_statement_of_several_departments_counts_in_each_and_once_in_the_total():
    matrix = build(ROWS, COLUMNS, [(1, 10, 100), (1, 20, 100)])
    assert figures(matrix)["Stöd"] == ((1, 1, 0), 1, 2)
    assert (matrix.column_totals, matrix.total, matrix.is_shared) == ((1, 1, 0), 1, True)


def test_a_statement_for_several_needs_counts_for_each_and_once_in_the_column():
    matrix = build(ROWS, COLUMNS, [(1, 10, 100), (2, 10, 100)])
    assert [row.total for row in matrix.rows] == [1, 1, 0]
    assert (matrix.column_totals, matrix.total, matrix.is_shared) == ((1, 0, 0), 1, False)


def test_the_same_mark_twice_counts_once():
    assert build(ROWS, COLUMNS, [(1, 10, 100), (1, 10, 100)]).total == 1


def test_meetings_without_departments_are_a_column_that_is_no_department():
    matrix = build(ROWS, [*COLUMNS, NOWHERE], [(1, None, 100), (1, 10, 101), (2, None, 102)])
    assert figures(matrix)["Stöd"] == ((1, 0, 0, 1), 2, 1)
    assert figures(matrix)["System"] == ((0, 0, 0, 1), 1, 0)
    assert matrix.departments == 3
    found = findings(matrix)
    assert [row.head.name for row in found.silent] == ["Möten"]
    assert [(row.head.name, [head.name for head in heads]) for row, heads in found.apart] == [
        ("Stöd", ["Hemtjänsten"])
    ]


def test_what_belongs_to_no_row_is_counted_apart_and_what_is_not_asked_for_is_not():
    matrix = build(ROWS[:1], COLUMNS, [(None, 10, 100), (None, 20, 100), (2, 10, 101), (1, 10, 102)])
    assert (matrix.unplaced, matrix.total, matrix.column_totals) == (1, 1, (1, 0, 0))


def test_an_empty_matrix_says_nothing():
    matrix = build([], [], [])
    assert (matrix.total, matrix.largest, matrix.departments) == (0, 0, 0)
    found = findings(matrix)
    assert (found.everywhere, found.mostly, found.apart, found.silent, found.largest) == (
        (),
        (),
        (),
        (),
        None,
    )


@pytest.mark.parametrize(
    ("columns", "raised_in", "place"),
    [
        (2, 2, "everywhere"), (2, 1, "apart"), (3, 3, "everywhere"), (3, 2, "mostly"), (3, 1, "apart"),
        (4, 3, "mostly"), (4, 2, "apart"), (6, 4, "mostly"), (6, 3, "apart"), (3, 0, "silent"),
    ],
)  # fmt: skip
def test_likeness_is_more_than_half_of_the_departments(columns, raised_in, place):
    heads = [Head(number, f"A{number}") for number in range(columns)]
    matrix = build([Head(1, "Stöd")], heads, [(1, number, number) for number in range(raised_in)])
    found = findings(matrix)
    counts = {name: len(getattr(found, name)) for name in ("everywhere", "mostly", "apart", "silent")}
    assert counts == {name: int(name == place) for name in counts}


def test_with_one_department_nothing_is_alike_or_apart():
    found = findings(build(ROWS, COLUMNS[:1], [(1, 10, 100)]))
    assert (found.everywhere, found.mostly, found.apart) == ((), (), ())
    assert found.largest.head.name == "Stöd"


def test_the_most_shared_stands_first_and_among_equals_the_most_spoken_of():
    marks = [(3, 10, 1), (3, 20, 2), (2, 10, 3), (2, 10, 4), (1, 10, 5)]
    assert [row.head.key for row in alike_first(build(ROWS, COLUMNS, marks)).rows] == [3, 2, 1]


def test_short_names():
    rows = [
        ("1", "Myndighetsavdelningen", ["Myndighetsavdelning"]), ("2", "HR-avdelningen", []),
        ("3", "Avdelningen", []), ("4", "Särskilda boenden", ["SÄBO", "Boenden"]), ("5", "Säbo öst", ["SÄBO"]),
    ]  # fmt: skip
    assert short_names(rows) == ["Myndighet", "HR", "Avdelningen", "SÄBO 4", "SÄBO 5"]


def test_only_short_names_that_do_not_explain_themselves_are_spelled_out():
    heads = [COLUMNS[2], Head(1, "Hemtjänsten", "Hemtjänst"), Head(2, "Enheten")]
    assert spelled_out(heads) == [("IFO", "Individ- och familjeomsorgen")]
