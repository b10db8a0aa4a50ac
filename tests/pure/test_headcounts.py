"""Headcount files as HR systems print them, among them table 3 of the Gotland plan in three shapes."""

from decimal import Decimal

import pytest

from demo.loader.read import read
from metrics.headcount_import.printed import from_table, from_text

HEADING = ["Kod", "Enhet", "Antal", "Årsarbetare", "Medelålder", "Chefer"]


def table_3() -> list[tuple]:
    """(code, name, managers, employees, fte, mean age) of every unit, and the stated totals, by code."""
    counts = read("gotland_measures.json")["headcounts"]
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
    assert [(row.line, row.kind) for row in counts.problems] == [(2, "no_code"), (3, "no_figures")]


def test_no_figure_of_a_line_that_is_not_read_is_told():
    """A single person's mean age is an age."""
    text = "Intyg Anna Ek 45,2\n5200101 Stab 1 x 61,3\n5200102 Kansli Nord\n2 62,4\n5200103 Kök 4 4,00 40,0"
    counts = from_text(text)
    assert counts.ignored == ["Intyg Anna Ek"]
    assert [row.text for row in counts.problems] == ["5200101 Stab", "5200102 Kansli Nord"]
    table = from_table(
        [(1, ["Lista", "61,3"]), (2, HEADING), (3, ["abc", "X", "5"]), (4, ["5201", "Y", "1,5"])]
    )
    assert table.ignored == ["Lista"]
    assert [row.text for row in table.problems] == ["abc X", "5201 Y"]


def test_a_table_without_its_headings_is_none():
    counts = from_table([(1, ["52", "X", "5"])])
    assert (counts.rows, counts.without_headings) == ([], True)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["5202", "Z", "-5"], "people"),
        (["5202", "Z", "4,5"], "people"),
        (["5202", "Z", "2000000"], "people"),
        (["5202", "Z", "1e9"], "no_figures"),
        (["5202", "Z", "NaN"], "no_figures"),
        (["5202", "Z", ""], "no_figures"),
        (["5202", "Z", "5", "fem"], "fte"),
        (["5202", "Z", "5", "-1,00"], "fte"),
        (["5202", "Z", "5", "5,00", "480"], "mean_age"),
        (["5202", "Z", "5", "5,00", "48", "0"], "managers"),
        (["5202", "Z", "5", "5,00", "48", "1,5"], "managers"),
        (["5202", "Z", "5", "5,00", "48", "två"], "managers"),
        (["5202", "Z" * 121, "5"], "long_name"),
        (["5202", "Z\x00", "5"], "control"),
        (["52A2", "Z", "5"], "no_code"),
        (["", "Z", "5"], "no_code"),
    ],
)
def test_a_row_that_cannot_be_right_is_told_and_not_mended(cells, kind):
    counts = from_table([(1, HEADING), (2, cells)])
    assert (counts.rows, [(row.line, row.kind) for row in counts.problems]) == ([], [(2, kind)])


def test_a_printed_table_has_code_and_name_in_one_cell_and_its_headings_again_on_every_page():
    heading = [
        "",
        "Antal \ntillsvidare-\nanställda",
        "Antal årsarbetare enligt \nanställningsavtal",
        "Medelålder",
    ]
    rows = [heading, ["52001 Ledning", "8", "8,00", ""], ["5200101 Stab", "3", "3,004", "44,26"], heading,
            ["5200102 Nämnd och\nkansli (*2 chefer)", "5*", "-", ""], ["Hemtjänsten"], ["Summa", "8", "8,00", ""]]  # fmt: skip
    counts = from_table(enumerate(rows, start=1))
    assert [(row.code, row.name, row.employees, row.fte, row.managers) for row in counts.units] == [
        ("5200101", "Stab", 3, Decimal("3.00"), None),
        ("5200102", "Nämnd och kansli", 5, None, 2),
    ]
    assert [(row.code, row.name, row.employees) for row in counts.totals] == [
        ("52001", "Ledning", 8),
        ("", "Summa", 8),
    ]
    assert (counts.problems, counts.ignored, counts.rounded) == ([], ["Hemtjänsten"], [3])


def test_a_sum_without_a_code_is_the_whole_and_running_text_is_none():
    counts = from_text("Totalt fick fler svar.\n5200101 Stab 3* 3,00 44,0\nSumma 1 555 1 498,42 47,2")
    assert [(row.code, row.employees) for row in counts.totals] == [("", 1555)]
    assert counts.ignored == ["Totalt fick fler svar."]
    assert counts.units[0].starred


def test_a_unit_that_was_never_finished_does_not_swallow_the_text_below():
    counts = from_text("5200101 Stab\nett\ntvå\ntre\nfyra 3 3,00 44,0\n5200102 Kansli 4 4,00 44,0")
    assert [row.code for row in counts.units] == ["5200102"]
    assert [(row.line, row.kind) for row in counts.problems] == [(1, "no_figures")]


def test_totals_are_found_however_many_rows_there_are():
    lines = [f"{10_000 + number // 50} D 5 5,00 40,0" for number in range(0, 5_000, 50)]
    lines += [f"{10_000 + number // 50}{number % 50:02} E 5 5,00 40,0" for number in range(5_000)]
    counts = from_text("\n".join(lines))
    assert (len(counts.units), len(counts.totals)) == (5_000, 100)
