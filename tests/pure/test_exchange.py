"""What stands in the cells of other people's plans, and what the rows make of it."""

import datetime as dt
import io
from decimal import Decimal

import docx
import pytest

from program.doubts import Case, Flag, flags
from program.exchange import cells, columns, items
from program.exchange.tables import NotATable, Table, read
from program.many import Planned, Standing, a_year_later, changed, from_json, undoable
from program.when import parse
from tests import plans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Anställ fler", [("", "Anställ fler")]),
        ("Anställ fler\nSätt mål för\nantal", [("", "Anställ fler\nSätt mål för antal")]),
        ("1) Ett\n2) Två", [("1", "Ett"), ("2", "Två")]),
        ("1) Ett 2) Två", [("1", "Ett"), ("2", "Två")]),
        ("1. Ett\n2. Två", [("1", "Ett"), ("2", "Två")]),
        ("1) Dialog med gruppen 3\nhalvdagar per år\n\n", [("1", "Dialog med gruppen 3 halvdagar per år")]),
        ("1) Ett\n3) Tre", [("1", "Ett 3) Tre")]),
        ("Enligt 1) ovan", [("", "Enligt 1) ovan")]),
        ("1) Tydliggör mentors-\nuppdraget", [("1", "Tydliggör mentorsuppdraget")]),
        ("1)", [("", "1)")]),
    ],
)
def test_numbered_measures(text, expected):
    assert [(item.number, item.text) for item in cells.numbered(text)] == expected


def test_several_dates_in_one_cell_broken_over_lines():
    found = cells.dates("1) 2022-12-\n31 \n\n2) hösten 2015\n3) 31/12 2019")
    assert {number: (cell.text, cell.when.last) for number, cell in found.items()} == {
        "1": ("2022-12-31", dt.date(2022, 12, 31)),
        "2": ("hösten 2015", dt.date(2015, 11, 30)),
        "3": ("31/12 2019", dt.date(2019, 12, 31)),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("2020-12-31", [("follow_up", "2020-12-31")]),
        ("Uppföljning:  \n2020-04-01 \nUtvärdering: \n2020-10-31", [("follow_up", "2020-04-01"), ("evaluation", "2020-10-31")]),
        ("2020-01-31; 2020-06-30", [("follow_up", "2020-01-31"), ("follow_up", "2020-06-30")]),
        ("Utvärdering våren 2021", [("evaluation", "våren 2021")]),
    ],
)  # fmt: skip
def test_follow_up_and_evaluation_are_different_dates(text, expected):
    assert [(kind, cell.text) for kind, cell in cells.follow_ups(text)] == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Omsorgsdirektör", [], ["Omsorgsdirektör"]),
        ("Myndighetschef/ \nverksamhetschefer", [], ["Myndighetschef", "verksamhetschefer"]),
        ("Avdelningschef för \ndigitalisering och \nvälfärdsteknik", [], ["Avdelningschef för digitalisering och välfärdsteknik"]),
        ("Chef, HR/lön", ["chef, hr/lön"], ["Chef, HR/lön"]),
        ("A, B; C/D", [], ["A, B", "C/D"]),
        ("HR + ekonomi", [], ["HR", "ekonomi"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_roles_of_a_cell(text, known, expected):
    assert cells.names(text, known) == expected


def test_hr_chef_and_hr_dash_chef_are_one():
    assert cells.key("HR chef") == cells.key("hr-chef") == cells.key(" HR – chef ")


def test_improvement_area_is_taken_apart():
    found = cells.improvement(
        "1. Ledarskap \nStora chefsområden \nNuläge: \nMedian 40 medarbetare/EC \n28 EC > 40 underställda"
    )
    assert found == cells.Improvement(
        "1",
        "Ledarskap – Stora chefsområden",
        "Ledarskap",
        "Median 40 medarbetare/EC\n28 EC > 40 underställda",
    )


def test_a_heading_too_long_for_a_title_is_kept_whole():
    text = "7. " + "Kommunikation, " + "ostrukturerad " * 30
    found = cells.improvement(text)
    assert len(found.title) <= cells.TITLE_LENGTH
    assert found.title.endswith("…")
    assert found.current_state == cells.one_line(text).removeprefix("7. ")
    assert found.area == "Kommunikation"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", []), ("2, 9–11", [2, 9, 10, 11]), ("3", [3]), ("13", None), ("mars", None), ("9-8", None)],
)
def test_months(text, expected):
    assert cells.months(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("3,5", Decimal("3.5")), ("1 000", Decimal(1000)), ("NaN", None), ("tre", None)]
)
def test_decimal(text, expected):
    assert cells.decimal(text) == expected


def test_headings_of_both_languages_and_of_action_plans():
    swedish = columns.recognise([column.sv for column in columns.COLUMNS])
    english = columns.recognise([column.en for column in columns.COLUMNS])
    assert swedish == english == {column.key: index for index, column in enumerate(columns.COLUMNS)}
    assert columns.recognise(plans.HEADINGS) == {
        "improvement": 0, "measure": 1, "desired_result": 2, "responsible": 3, "deadline": 4, "follow_up": 5,
    }  # fmt: skip


def test_completion_date_is_a_deadline_only_where_nothing_else_is():
    assert columns.recognise(["Aktivitet", "Genomfört datum"]) == {"title": 0, "deadline": 1}
    assert columns.recognise(["Aktivitet", "Klart senast", "Genomfört datum"]) == {
        "title": 0, "deadline": 1, "completed": 2,
    }  # fmt: skip


def test_a_row_of_words_is_no_heading():
    assert columns.recognise(["Handlingsplan", "Ansvarig: direktören"]) == {}
    assert columns.recognise(["Ansvarig", "Status"]) == {}


FORMS = [
    ("plan.csv", plans.as_csv()),
    ("plan.csv", plans.as_csv(",", "utf-8-sig")),
    ("plan.csv", plans.as_csv("\t", "utf-16")),
    ("plan.xlsx", plans.as_xlsx()),
    ("plan.docx", plans.as_docx()),
]


@pytest.mark.parametrize(("name", "content"), FORMS, ids=["cp1252", "utf-8", "utf-16", "xlsx", "docx"])
def test_the_action_plan_of_17_rows_gives_29_steps(name, content):
    reading = items.read(read(name, content))
    assert reading.wrong == []
    assert [item.wrong for item in reading.items] == [[]] * 17
    steps = [(item.values["number"], step.values) for item in reading.items for step in item.steps]
    assert len(steps) == 29
    assert sum(bool(step["number"]) for _row, step in steps) == 17
    own = [(row, step["number"], step["deadline"].text) for row, step in steps if step["deadline"].text]
    assert own == [
        ("8", "1", "2022-12-31"), ("8", "2", "2022-12-31"), ("8", "3", "2019-10-31"), ("8", "4", "2019-08-31"),
        ("8", "5", "2019-10-30"), ("9", "1", "2019-12-31"), ("9", "2", "2019-12-06"), ("9", "3", "2019-12-31"),
    ]  # fmt: skip
    follow_ups = [
        (item.values["number"], row.values["kind"], row.values["planned"].text)
        for item in reading.items
        for row in item.follow_ups
    ]
    assert follow_ups == [
        ("3", "follow_up", "2020-12-31"), ("6", "follow_up", "2020-04-01"), ("6", "evaluation", "2020-10-31"),
        ("15", "follow_up", "2020-12-31"),
    ]  # fmt: skip
    deadlines = {item.values["number"]: item.values["deadline"].text for item in reading.items}
    assert deadlines["2"] == "2020-09-30"
    assert deadlines["13"] == "2022-12-31"
    assert deadlines["8"] == "2022-12-31"
    assert reading.items[16].values["joint_responsibility"] is True
    assert reading.items[4].values["responsible"] == ("Myndighetschef", "verksamhetschefer")


def test_a_measure_below_an_empty_heading_belongs_to_the_activity_above():
    rows = [(1, ["Aktivitet", "Åtgärd", "Klart senast"]), (2, ["En", "1) a", ""]), (3, ["", "b", ""])]
    (item,) = items.read([Table("Blad1", rows)]).items
    assert [step.values["text"] for step in item.steps] == ["a", "b"]


def test_a_date_without_its_measure_is_told_where_it_stands():
    rows = [(1, ["Aktivitet", "Åtgärd", "Klart senast"]), (2, ["En", "1) a", "1) 2025-01-31 2) 2025-02-28"])]
    (item,) = items.read([Table("Blad1", rows)]).items
    assert [(wrong.row, wrong.column, wrong.code, wrong.text) for wrong in item.wrong] == [
        (2, "deadline", "no_such_number", "2")
    ]


def test_a_step_before_every_activity_is_told():
    rows = [(1, ["Typ", "Aktivitet"]), (2, ["delåtgärd", "x"]), (3, ["banan", "y"])]
    reading = items.read([Table("", rows)])
    assert [(wrong.row, wrong.code) for _sheet, wrong in reading.wrong] == [
        (2, "no_activity_above"),
        (3, "not_a_type"),
    ]


def test_columns_that_are_not_read_are_named():
    rows = [(1, ["Aktivitet", "Klart senast", "Budgetkod", "Tom"]), (2, ["En", "", "4711", ""])]
    assert items.read([Table("", rows)]).unknown == ["Budgetkod"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("plan.pdf", b"%PDF-", "wrong_kind"),
        ("plan.xlsx", b"inte en bok", "broken"),
        ("plan.docx", b"PK\x03\x04trasig", "broken"),
        ("plan.csv", b"a;b\x00c", "broken"),
        ("plan.xlsx", plans.as_docx(), "broken"),
        ("plan.docx", plans.as_xlsx(), "broken"),
        ("plan.csv", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        ("plan.csv", b"a\n" * 20_001, "too_many_rows"),
    ],
)
def test_files_that_are_no_tables(name, content, reason):
    with pytest.raises(NotATable) as told:
        read(name, content)
    assert told.value.reason == reason


DAY = dt.date


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(DAY(2019, 9, 10), None, DAY(2019, 12, 31), None, ""), []),
        (Case(DAY(2019, 9, 10), None, DAY(2019, 8, 31), None, ""), [Flag("before_plan", DAY(2019, 8, 31), DAY(2019, 9, 10))]),
        (Case(None, None, DAY(2019, 11, 30), None, "Under 2020 prova"), [Flag("before_its_year", DAY(2019, 11, 30), year=2020)]),
        (Case(None, None, DAY(2020, 9, 30), None, "Bedöm inför budget 2021"), []),
        (Case(None, None, DAY(2019, 12, 31), None, "", (("4", "x", DAY(2020, 1, 1)),)),
         [Flag("step_after_activity", DAY(2020, 1, 1), DAY(2019, 12, 31), step="4")]),
        (Case(None, DAY(2020, 1, 1), DAY(2019, 12, 31), None, ""), [Flag("deadline_before_start", DAY(2019, 12, 31), DAY(2020, 1, 1))]),
        (Case(None, DAY(2020, 1, 1), None, DAY(2019, 12, 31), ""), [Flag("completed_before_start", DAY(2019, 12, 31), DAY(2020, 1, 1))]),
        (Case(None, None, None, None, "Under 2020 prova"), []),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_flagged(case, expected):
    assert flags(case) == expected


STANDING = Standing("planned", DAY(2026, 12, 31), "", None, "", 1, (3,))


def test_one_change_leaves_the_rest():
    assert changed(STANDING) == STANDING
    moved = changed(STANDING, deadline=parse("hösten 2027"))
    assert (moved.deadline, moved.deadline_words, moved.status) == (
        DAY(2027, 11, 30),
        "hösten 2027",
        "planned",
    )
    done = changed(STANDING, status="completed", completed_on=DAY(2026, 1, 2))
    assert done.completed_on == DAY(2026, 1, 2)
    assert changed(done, status="under_way").completed_on is None
    assert changed(done, status="completed", completed_on=DAY(2026, 5, 5)) == done
    assert from_json(done.as_json()) == done


def test_undo_leaves_what_was_touched_since():
    rows = [
        Planned(1, 4, STANDING, STANDING),
        Planned(2, 7, STANDING, STANDING),
        Planned(3, 1, STANDING, STANDING),
    ]
    assert [row.pk for row in undoable(rows, {1: 5, 2: 9})] == [1]


@pytest.mark.parametrize(
    ("day", "words", "expected"),
    [
        (DAY(2026, 6, 30), "", (DAY(2027, 6, 30), "")),
        (DAY(2024, 2, 29), "", (DAY(2025, 2, 28), "")),
        (DAY(2026, 11, 30), "hösten 2026", (DAY(2027, 11, 30), "hösten 2027")),
        (DAY(2026, 2, 28), "vintern 2025", (DAY(2027, 2, 28), "vintern 2026")),
    ],
)
def test_a_year_later(day, words, expected):
    assert a_year_later(day, words) == expected


def test_numbers_that_word_sets_itself_are_read():
    """Rows numbered in the first column, a list in each cell of measures: none of the numbers is text."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for text, cell in zip(
        ("Förbättringsområde", "Planerad åtgärd", "Ansvarig"), table.add_row().cells, strict=True
    ):
        cell.text = text
    for title in ("Ledarskap", "Samarbete"):
        first, second, third = table.add_row().cells
        first.paragraphs[0].text, first.paragraphs[0].style = title, "List Number 2"
        third.text = "HR-chef"
        for order, step in enumerate(("Ett", "Två", "Tre")):
            paragraph = second.paragraphs[0] if order == 0 else second.add_paragraph()
            paragraph.text, paragraph.style = step, "List Number"
    out = io.BytesIO()
    document.save(out)
    reading = items.read(read("plan.docx", out.getvalue()))
    assert [(item.values["number"], item.values["title"]) for item in reading.items] == [
        ("1", "Ledarskap"), ("2", "Samarbete"),
    ]  # fmt: skip
    assert [
        [(step.values["number"], step.values["text"]) for step in item.steps] for item in reading.items
    ] == [[("1", "Ett"), ("2", "Två"), ("3", "Tre")]] * 2
