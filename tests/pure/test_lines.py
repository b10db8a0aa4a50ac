import pytest

from reports.content import Section, Table
from reports.render.lines import CELL, leaves, lines, sheet_name
from tests.samples import rich


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Risker", "Risker"),
        ("Behov per avdelning: antal inspel", "Behov per avdelning antal"),
        ("Genomförda aktiviteter under perioden", "Genomförda aktiviteter"),
        ("Socialnämnden 8 februari 2024 (SON § 17)", "Socialnämnden 8 februari 2024"),
        ("a/b\\c[d]e*f?g:h", "a b c d e f g h"),
        ("'citat'", "citat"),
        ("", "Tabell"),
        ("[]", "Tabell"),
        ("ord" * 20, ("ord" * 20)[:31]),
        ("tab\x00\x1ftecken", "tabtecken"),
        ("Historia 😀", "Historia 😀"),
    ],
)
def test_a_sheet_is_named_after_its_table(caption, expected):
    assert sheet_name(caption, set()) == expected


def test_sheet_names_are_unique_whatever_their_case_and_never_too_long():
    taken = {"risker", "history"}
    names = [sheet_name(text, taken) for text in ("Risker", "RISKER", "risker", "History", *["x" * 60] * 12)]
    assert names[:4] == ["Risker (2)", "RISKER (3)", "risker (4)", "History (2)"]
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) == 31


def test_a_table_is_named_by_its_key_once_and_by_its_number_without():
    table = Table("Samma", ("A",), (("1",),), key="be-hov")
    content = rich(sections=(Section("a", "A", "", (table, table, Table("Annan", ("A",), ()))),))
    assert [(leaf.sheet, leaf.name) for leaf in leaves(content)] == [
        ("Samma", "tabell_be_hov"),
        ("Samma (2)", "tabell_2"),
        ("Annan", "tabell_3"),
    ]


def test_every_text_stands_in_the_reports_order_with_its_sources():
    content = rich()
    found = lines(content, leaves(content))
    assert [(line.section, line.kind) for line in found if line.part == "Tjänsteskrivelse"] == [
        ("Förslag till beslut", "text"),
        ("Förslag till beslut", "beslutspunkt 1"),
        ("Förslag till beslut", "beslutspunkt 2"),
        ("Sammanfattning", "text"),
        ("Sammanfattning", "text"),
        ("Beslutsunderlag", "underlag"),
    ]
    assert [
        (line.kind, line.refs, bool(line.sheet)) for line in found if line.section.startswith("Gjort")
    ] == [
        ("fast text", (), False),
        ("text", (), False),
        ("fynd", ("A1", "B1"), False),
        ("sedan förra rapporten", ("A1",), False),
        ("sedan förra rapporten", (), False),
        ("punkt", ("B1",), False),
        ("punkt", ("A1", "M1"), False),
        ("tabell", (), True),
        ("diagram", ("M1",), False),
        ("diagrammet", (), False),
        ("tabell", (), True),
    ]


def test_a_section_without_a_word_keeps_its_heading_and_a_long_text_is_divided():
    content = rich(sections=(Section("a", "Tomt", ""), Section("b", "Långt", "x" * (CELL + 5))))
    found = [line for line in lines(content, []) if line.part == "Rapport"]
    assert [(line.section, line.kind, len(line.text)) for line in found] == [
        ("Tomt", "utan text", 0),
        ("Långt", "text", CELL),
        ("Långt", "text", 5),
    ]
