"""What two reports say differently, table by table and text by text."""

from dataclasses import replace

import pytest

from reports.content import Bullets, Changes, Chart, Content, Letter, Section, Sentence, Table
from reports.since import Cell, Difference, compare, differences, untouched

COLUMNS = ("Aktivitet", "Ansvarig", "Status")
ROWS = (("1. Årshjul", "HR-chef", "pågår"), ("2. Resurschef", "IT-chef", "planerad"))


def table(
    *rows: tuple[str, ...], key: str = "activities", caption: str = "Alla aktiviteter", columns=COLUMNS
):
    return Table(caption, columns, rows, key=key)


def content(*blocks, text: str = "", key: str = "activities", documents: tuple[str, ...] = (), **fields):
    section = Section(key, "Läget", text, blocks)
    letter = Letter((Section("summary", "Sammanfattning", fields.pop("summary", "")),), documents)
    defaults = dict.fromkeys(
        ("organisation", "parent", "committee", "program", "goal", "kind", "period", "title", "cut_off",
         "previous_cut_off", "meets_on"), "",
    )  # fmt: skip
    return Content(
        **defaults | {"case_numbers": (), "date": "2026-05-20", "is_example": False} | fields,
        letter=letter, sections=(section,),
    )  # fmt: skip


def test_two_reports_that_say_the_same_differ_in_nothing():
    same = content(table(*ROWS), Sentence("Ett."), Bullets(("a", "b")), text="Text.")
    changed = compare(same, same)
    assert (changed.tables, changed.texts) == ((), ())
    assert differences(same, same) == []


def test_rows_added_and_gone_and_cells_changed():
    then = content(table(*ROWS))
    now = content(table(("1. Årshjul", "HR-chef", "genomförd"), ("3. Stöd", "HR-chef", "planerad")))
    (change,) = compare(then, now).tables
    assert (change.section, change.heading, change.key, change.caption) == (
        "activities", "Läget", "activities", "Alla aktiviteter"
    )  # fmt: skip
    assert change.changed == (Cell("1. Årshjul", "Status", "pågår", "genomförd"),)
    assert change.added == (("3. Stöd", "HR-chef", "planerad"),)
    assert change.gone == (("2. Resurschef", "IT-chef", "planerad"),)
    assert not change.is_new


def test_a_table_is_the_same_by_its_key_whatever_its_caption():
    then = content(table(*ROWS, caption="Alla åtgärder"))
    assert compare(then, content(table(*ROWS))).tables == ()


def test_tables_without_keys_are_the_same_by_caption():
    then = content(table(*ROWS, key=""))
    assert compare(then, content(table(*ROWS))).tables == ()
    (gone, new) = sorted(
        compare(then, content(table(*ROWS, caption="Annan"))).tables, key=lambda row: row.is_new
    )
    assert (gone.gone, new.added, new.is_new) == (ROWS, ROWS, True)


def test_rows_alone_in_another_order_are_no_change():
    assert compare(content(table(*ROWS)), content(table(*reversed(ROWS)))).tables == ()


def test_rows_that_share_their_first_cell_are_kept_apart():
    rows = [("12 maj", "A", "1"), ("12 maj", "B", "2"), ("12 maj", "C", "3")]
    then, now = content(table(*rows)), content(table(rows[2], ("12 maj", "B", "9"), rows[0]))
    (change,) = compare(then, now).tables
    assert change.changed == (Cell("12 maj", "Status", "2", "9"),)
    assert (change.added, change.gone) == ((), ())


def test_a_row_that_stands_twice_counts_twice():
    (change,) = compare(content(table(ROWS[0], ROWS[0])), content(table(ROWS[0]))).tables
    assert change.gone == (ROWS[0],)


def test_a_column_that_only_one_table_has_is_told_by_itself():
    then = content(table(("Chefer", "66"), columns=("Mått", "mars 2024")))
    now = content(table(("Chefer", "66", "69"), columns=("Mått", "mars 2024", "mars 2025")))
    (change,) = compare(then, now).tables
    assert (change.added, change.gone, change.changed) == ((), (), ())
    assert change.columns_added == (("mars 2025", (("Chefer", "69"),)),)
    assert compare(now, then).tables[0].columns_gone == change.columns_added


def test_texts_that_are_alike_are_one_text_that_changed():
    then = content(
        Sentence("8 av 29 aktiviteter är genomförda."), Bullets(("Kvar.", "Borta helt och hållet."))
    )
    now = content(Sentence("11 av 29 aktiviteter är genomförda."), Changes(("Kvar.", "Ny: Årshjul")))
    assert [(row.then, row.now) for row in compare(then, now).texts] == [
        ("8 av 29 aktiviteter är genomförda.", "11 av 29 aktiviteter är genomförda."),
        ("Borta helt och hållet.", ""),
        ("", "Ny: Årshjul"),
    ]


def test_a_pictures_caption_is_a_text_and_its_drawing_is_not():
    then = content(Chart("12 av 59.", "Bild", "{}"))
    assert compare(then, content(Chart("12 av 59.", "Annan", '{"a": 1}'))).texts == ()
    assert len(compare(then, content(Chart("13 av 59.", "Bild", "{}"))).texts) == 1


def test_codes_of_sources_are_never_compared():
    then = content(Sentence("Ett.", ("A1",)), Table("T", COLUMNS, ROWS, refs=(("A1",), ("A2",)), key="t"))
    now = content(Sentence("Ett.", ("A7",)), Table("T", COLUMNS, ROWS, key="t"))
    assert (compare(then, now).tables, compare(then, now).texts) == ((), ())


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("Samma text.", "Samma text.", {"activities"}),
        ("Samma\ntext.", "  Samma  text.\r\n", {"activities"}),
        ("Ett.\n\nTvå.", "Ett. Två.", set()),
        ("Samma text.", "Samma text!", set()),
        ("", "", set()),
        (" \n", "\n", set()),
    ],
)
def test_texts_word_for_word_the_same_are_untouched(then, now, expected):
    assert untouched(content(text=then), content(text=now)) == expected
    assert compare(content(text=then), content(text=now)).untouched == expected


def test_the_letters_texts_are_judged_too():
    assert untouched(content(summary="Kort."), content(summary="Kort.")) == {"summary"}


def test_a_section_that_only_one_report_has_is_left_out():
    then, now = content(table(*ROWS), text="A", key="done"), content(table(*ROWS), text="A")
    assert compare(then, now).tables == ()
    assert untouched(then, now) == set()


def test_differences_are_plain_rows():
    frozen = content(table(*ROWS), Sentence("En aktivitet är ny."), documents=("Beslut, 2024",))
    again = content(
        table(("1. Årshjul", "HR-chef", "stoppad"), ("3. Stöd", "HR-chef", "ny")),
        Sentence("Två aktiviteter är nya."),
        documents=("Beslut, 2024", "Plan, 2024"),
    )
    assert differences(frozen, again) == [
        Difference("Läget", "Alla aktiviteter", "1. Årshjul", "Status", "pågår", "stoppad"),
        Difference(
            "Läget", "Alla aktiviteter", "2. Resurschef", "", "Ansvarig: IT-chef; Status: planerad", ""
        ),
        Difference("Läget", "Alla aktiviteter", "3. Stöd", "", "", "Ansvarig: HR-chef; Status: ny"),
        Difference("Läget", "", "", "", "En aktivitet är ny.", "Två aktiviteter är nya."),
        Difference("Beslutsunderlag", "", "", "", "", "Plan, 2024"),
    ]


def test_differences_tell_a_column_that_has_come():
    frozen = content(table(("Chefer", "66"), columns=("Mått", "2024")))
    again = content(table(("Chefer", "66", "69"), columns=("Mått", "2024", "2025")))
    assert differences(frozen, again) == [
        Difference("Läget", "Alla aktiviteter", "", "2025", "", "Chefer: 69")
    ]


def test_differences_leave_out_what_people_write():
    assert differences(content(text="Då."), content(text="Nu.")) == []


def test_an_earlier_schema_did_not_tell_as_much():
    frozen = replace(content(table(ROWS[0], key="")), schema=1)
    again = content(table(*ROWS), table(*ROWS, key="new", caption="Ny tabell"), Sentence("Ny mening."))
    assert differences(frozen, again) == [
        Difference(
            "Läget", "Alla aktiviteter", "2. Resurschef", "", "", "Ansvarig: IT-chef; Status: planerad"
        )
    ]
