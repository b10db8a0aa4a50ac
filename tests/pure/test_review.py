"""Notes under correction: divided, joined, taken up, and what became of every line, word for word."""

import pytest

from dialogues.notes.reader import read
from dialogues.notes.review import (
    Row,
    divided,
    first_rows,
    joined,
    marks,
    numbers,
    ranges,
    settled,
    sources,
    taken_up,
)

AREAS = ["Förutsättningar", "Ledarskapet"]
NOTES = """Förutsättningar
Vi har korta vägar till stöd och
det fungerar i vardagen
- Planering: Avsätt tid varje vecka
o Ägare till detta är HR
Utvecklingsmöjligheter
Färre system"""


def read_in(text: str = NOTES):
    notes = read(text, AREAS)
    return notes, first_rows(notes, [7, 8])


def became(notes, rows, summary: str = "") -> list[str]:
    return [mark.became for mark in marks(notes.lines, rows, summary)]


def test_every_row_knows_its_lines_and_every_line_its_rows():
    notes, rows = read_in()
    assert [(row.area, row.kind, row.where) for row in rows] == [
        (7, "current", "2–3"),
        (7, "current", "4–5"),
        (7, "opportunity", "7"),
    ]
    found = marks(notes.lines, rows)
    assert [mark.became for mark in found] == [
        "heading", "statement", "statement", "statement", "owner", "heading", "statement",
    ]  # fmt: skip
    assert [mark.rows for mark in found] == [(), (0,), (0,), (1,), (1,), (), (2,)]


@pytest.mark.parametrize(
    ("found", "words"), [((), ""), ((4,), "4"), ((5, 4), "4–5"), ((1, 2, 3, 7, 9, 10), "1–3, 7, 9–10")]
)
def test_ranges_and_back(found, words):
    assert ranges(found) == words
    assert numbers(words, 20) == tuple(sorted(found))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("4-5", (4, 5)),
        ("0, 3, 99", (3,)),
        ("abc", ()),
        ("9–3", ()),
        ("1–999999", tuple(range(1, 11))),
        ("²", ()),
    ],
)
def test_numbers_outside_the_notes_are_none(words, found):
    assert numbers(words, 10) == found


def test_a_line_break_divides_and_each_part_stands_where_its_words_stand():
    notes, rows = read_in()
    rows[0] = Row("Vi har korta vägar till stöd\r\n\n och det fungerar i vardagen ", area=7, lines=(2, 3))
    parts = divided(rows, notes.lines)[:2]
    assert [(row.text, row.where) for row in parts] == [
        ("Vi har korta vägar till stöd", "2"),
        ("och det fungerar i vardagen", "2–3"),
    ]


def test_taking_a_part_away_leaves_its_words_missing():
    """What is cut off inside a line is told as well, although the line has another statement."""
    notes, rows = read_in()
    rows[0] = Row("Vi har korta vägar till stöd\noch det fungerar i vardagen", area=7, lines=(2, 3))
    left = divided(rows, notes.lines)
    found = marks(notes.lines, [left[0], *left[2:]])
    assert [(mark.became, mark.missing) for mark in found[1:3]] == [("partly", "och"), ("unplaced", "")]


def test_words_cut_by_a_line_break_are_found_in_the_whole_word():
    notes = read("Förutsättningar\n- Bra arbetsför-\ndelning här", AREAS)
    assert became(notes, [Row("Bra arbetsfördelning här", area=7, lines=(2, 3))]) == [
        "heading", "statement", "statement",
    ]  # fmt: skip


def test_a_word_that_was_changed_is_told():
    notes, rows = read_in()
    rows[2] = Row("Fler system", area=7, lines=(7,))
    assert marks(notes.lines, rows)[6].missing == "Färre"


def test_joining_keeps_every_word_and_line():
    notes, rows = read_in()
    whole = joined(rows, 1)
    assert len(whole) == 2
    assert whole[0].text.endswith("i vardagen Avsätt tid varje vecka")
    assert (whole[0].label, whole[0].owners, whole[0].where) == ("Planering", "HR", "2–5")
    assert became(notes, whole) == became(notes, rows)
    labelled = joined([Row("a", label="X"), Row("b", label="Y")], 1)
    assert (labelled[0].label, labelled[0].text) == ("X", "a Y: b")


def test_what_became_nothing_is_told_and_becomes_a_statement_where_it_stood():
    notes, rows = read_in()
    without = rows[:1] + rows[2:]
    found = marks(notes.lines, without)
    assert [mark.number for mark in found if mark.is_lost] == [4, 5]
    back, at = taken_up(without, found[3])
    assert at == 1
    assert (back[1].text, back[1].place, back[1].lines) == (
        "Planering: Avsätt tid varje vecka", (0, 7, "current"), (4,),
    )  # fmt: skip
    assert [mark.number for mark in marks(notes.lines, back) if mark.is_lost] == [5]


def test_of_a_line_that_is_partly_used_only_the_missing_words_are_taken_up():
    notes, rows = read_in()
    rows[1] = Row("Avsätt tid", area=7, label="Planering", owners="HR", lines=(4, 5))
    back, at = taken_up(rows, marks(notes.lines, rows)[3])
    assert back[at].text == "varje vecka"
    assert not any(mark.is_lost for mark in marks(notes.lines, back))


def test_an_owner_that_was_cleared_is_told():
    notes, rows = read_in()
    rows[1] = Row("Avsätt tid varje vecka", area=7, label="Planering", lines=(4, 5))
    assert marks(notes.lines, rows)[4].is_lost


def test_a_heading_can_be_taken_up_when_nothing_stands_yet():
    notes, _rows = read_in("Förutsättningar")
    back, at = taken_up([], marks(notes.lines, [])[0])
    assert (at, back[0].text, back[0].area) == (0, "Förutsättningar", None)


def test_the_groups_own_summary_is_told_by_its_words():
    notes, rows = read_in("Förutsättningar\n- Ett\n- Två\n- Tre\nRöda tråden\n- Tydlighet i allt")
    assert notes.summary == ["Tydlighet i allt"]
    assert became(notes, rows, "Tydlighet i allt")[-1] == "summary"
    assert became(notes, rows, "Tydlighet")[-1] == "partly"
    assert became(notes, rows, "")[-1] == "unplaced"


def test_neighbours_that_stand_on_one_line_share_it():
    notes, _rows = read_in()
    rows = [Row("Färre", lines=(7,)), Row("system", lines=(7,))]
    assert settled(rows, notes.lines) == rows


def test_sources_have_the_date_that_the_notes_give():
    notes = read("Dialog med omsorgens ledningsgrupp\n2024-05-02\nFörutsättningar\nBra stöd", AREAS)
    assert [(row.words, row.date, row.kind) for row in sources(notes)] == [("", "2024-05-02", "dialogue")]
    notes = read(
        "Behov Förutsättningar\n- Ett\n- Två\n- Tre\nFörutsättningar - från genomgången våren 2018\n- Fyra",
        AREAS,
    )
    assert [(row.words, row.date, row.kind, row.title) for row in sources(notes)] == [
        ("", "", "dialogue", ""),
        ("våren 2018", "våren 2018", "review", ""),
    ]


def test_notes_without_anything_are_one_meeting():
    assert [source.words for source in sources(read("", AREAS))] == [""]


def test_an_owners_line_becomes_a_statement_and_its_words_leave_the_one_above():
    notes, rows = read_in()
    back, at = taken_up(rows, marks(notes.lines, rows)[4])
    assert at == 2
    assert (back[1].owners, back[1].lines) == ("", (4,))
    assert (back[2].text, back[2].lines) == ("Ägare till detta är HR", (5,))
    assert not any(mark.is_lost for mark in marks(notes.lines, back))


def test_one_of_two_owners_lines_becomes_a_statement():
    notes, rows = read_in("Förutsättningar\n- Mer tid\nÄgare: HR\nÄgare: Chefen")
    assert rows[0].owners == "HR, Chefen"
    assert taken_up(rows, marks(notes.lines, rows)[2])[0][0].owners == "Chefen"


def test_words_of_an_owners_line_that_stand_nowhere_are_told():
    notes, rows = read_in()
    rows[1] = Row("Avsätt tid varje vecka", area=7, label="Planering", owners="Nämnden", lines=(4, 5))
    found = marks(notes.lines, rows)[4]
    assert (found.became, found.missing, found.rows) == ("partly", "HR", (1,))


def test_a_point_of_the_summary_beside_its_heading_is_told_by_its_words():
    notes, rows = read_in("Förutsättningar\nEtt\nRöd tråd: tydlighet i allt")
    assert notes.summary == ["tydlighet i allt"]
    assert [became(notes, rows, told)[-1] for told in ("tydlighet i allt", "tydlighet", "")] == [
        "summary", "partly", "unplaced",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("above", "date"),
    [
        (
            "Kommunen förändrades den 1 januari 2019.\nLedningsgruppen, 20190129, röstade om detta",
            "2019-01-29",
        ),
        ("Anteckningar 2026-03-02\nNästa gång: 2026-05-05", "2026-03-02"),
        ("Workshop 12 februari 2026", "12 februari 2026"),
    ],
)
def test_the_date_is_that_of_the_line_that_speaks_of_the_meeting(above, date):
    (source,) = sources(read(f"{above}\nFörutsättningar\nEtt", AREAS))
    assert source.date == date


def test_sources_are_of_the_kind_that_their_titles_say():
    text = "Workshop 12 februari 2026\nFörutsättningar\nEtt\nGenomgång av enkäten våren 2026\nFörutsättningar\nTvå"
    assert [(row.kind, row.title, row.date) for row in sources(read(text, AREAS))] == [
        ("workshop", "Workshop 12 februari 2026", "12 februari 2026"),
        ("review", "Genomgång av enkäten våren 2026", "våren 2026"),
    ]
