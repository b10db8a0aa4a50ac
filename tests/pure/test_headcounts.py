"""Headcount files as HR systems print them, among them table 3 of the Gotland plan in three shapes."""

from decimal import Decimal

import pytest

from demo.loader.read import read
from metrics.headcounts import from_table, from_text

HEADING = ["Kod", "Enhet", "Antal", "Årsarbetare", "Medelålder", "Chefer"]


def table_3() -> list[tuple]:
    """(code, name, managers, employees, fte, mean age) of every unit, and the stated totals, by code."""
    counts = read("gotland.json")["headcounts"]
    units = [tuple(row) for row in counts["units"]]
    names = {row[0]: row[1] for row in read("gotland.json")["departments"]}
    totals = [
        (code or "52", names.get(code, "Socialnämnd"), 0, employees, fte, "47,2")
        for code, employees, fte in counts["stated"]
    ]
    return sorted(units + totals)


def swedish(figure, *, thousands=" ") -> str:
    whole, _dot, rest = str(figure).partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{grouped},{rest}" if rest else grouped


def as_text() -> str:
    lines = []
    for code, name, managers, employees, fte, age in table_3():
        marked = f" (*{managers} chefer)" if managers > 1 else ""
        star = "*" if managers > 1 else ""
        age = str(age).replace(".", ",")
        lines.append(f"{code} {name}{marked} {swedish(employees)}{star} {swedish(fte)} {age}")
    return "\n\n".join(lines)


def as_rows() -> list[tuple[int, list[str]]]:
    rows = [
        [code, name, swedish(people, thousands="\u00a0"), swedish(fte), str(age).replace(".", ","), str(managers or "")]
        for code, name, managers, people, fte, age in table_3()
    ]  # fmt: skip
    return list(enumerate([["Tabell 3, mars 2024"], HEADING, *rows], start=1))


@pytest.mark.parametrize("counts", [from_text(as_text()), from_table(as_rows())], ids=["text", "table"])
def test_table_3_gives_the_same_units_managers_and_people(counts):
    units = counts.units
    assert (len(units), sum(row.managers or 1 for row in units)) == (59, 69)
    assert sum(row.employees for row in units) == 1555
    assert counts.problems == []
    assert (counts.totals[0].code, counts.totals[0].employees) == ("52", 1555)
    shared = {row.name: (row.employees, row.managers) for row in units if (row.managers or 1) > 1}
    assert shared["Pjäsen"] == (115, 4)


@pytest.mark.parametrize(
    ("line", "name", "employees", "fte"),
    [
        ("5200409 Htj Södra Visby 1 29 27,87 45,2", "Htj Södra Visby 1", 29, "27.87"),
        ("52 Socialnämnd 1 555 1 498,42 47,2", "Socialnämnd", 1555, "1498.42"),
        ("52 Socialnämnd 1\u00a0555 1\u00a0498,42 47,2", "Socialnämnd", 1555, "1498.42"),
        ("5200999 Område 1 120 118,00 44,0", "Område 1", 120, "118.00"),
        ("5200303 Fältgatan 75 / DV 33 30,85 46,8", "Fältgatan 75 / DV", 33, "30.85"),
        ("5200602 Team 2 23 23,00 47,4", "Team 2", 23, "23.00"),
    ],
)
def test_names_that_end_in_a_digit_keep_it(line, name, employees, fte):
    (row,) = from_text(line).rows
    assert (row.name, row.employees, row.fte, row.managers) == (name, employees, Decimal(fte), None)


def test_a_name_over_two_lines_and_what_has_no_figures():
    counts = from_text(
        "5201002 Rekryterings- och\nbemanningsenheten 12 12,00 47,5\n5201003 Utan siffror\n5201004 Enhet 5 5,00 40,0\n"
        "5201004 Enhet 5 5,00 40,0\n5201009 Sist"
    )
    assert [(row.name, row.employees) for row in counts.rows] == [
        ("Rekryterings- och bemanningsenheten", 12),
        ("Enhet", 5),
    ]
    assert [(row.line, row.kind) for row in counts.problems] == [
        (3, "no_figures"),
        (6, "no_figures"),
        (5, "twice"),
    ]


def test_a_table_says_which_rows_it_cannot_read():
    rows = [(1, HEADING), (2, ["abc", "X", "5"]), (3, ["5201", "Y", "fem"]), (4, ["5202", "Z", "5", "4,5"])]
    counts = from_table(rows)
    assert [row.code for row in counts.rows] == ["5202"]
    assert [(row.line, row.kind) for row in counts.problems] == [(2, "no_figures"), (3, "no_figures")]


def test_a_table_without_its_headings_is_none():
    assert from_table([(1, ["52", "X", "5"])]).rows == []
