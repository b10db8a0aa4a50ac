import datetime as dt
import json
from dataclasses import replace

import pytest

from reports.content import (
    SCHEMA,
    Bullets,
    Chart,
    Content,
    Letter,
    Section,
    Sentence,
    Table,
    cited,
    counted,
    from_json,
    paragraphs,
    to_json,
)
from ui import formats


def content(**fields) -> Content:
    table = Table(
        "Chefsområden", ("Enhet", "Personer"), (("Pjäsen", "115"), ("Åvall", "30")), (1,), (70, 30), "Not"
    )
    section = Section(
        "span",
        "Chefsområden",
        "Två stycken.\n\nDet andra.",
        (
            Sentence("12 av 59."),
            Bullets(("ett", "två")),
            table,
            Chart("Diagram", "Visar.", '{"mark": "bar"}'),
        ),
    )
    defaults = {
        "organisation": "socialförvaltningen",
        "parent": "Region Gotland",
        "committee": "Socialnämnden",
        "program": "Stärka chefer",
        "goal": "Trygga förändringsledare",
        "kind": "report",
        "period": "2025H2",
        "title": "Rapport andra halvåret 2025",
        "case_numbers": ("SON 2024/29", "SON 2024/132"),
        "cut_off": "31 december 2025",
        "previous_cut_off": "",
        "meets_on": "",
        "date": "2025-12-31",
        "is_example": False,
        "letter": Letter((Section("summary", "Sammanfattning", ""),), ("Beslut, 2024-02-08", "Plan")),
        "sections": (section, Section("next", "Det som kommer", "Å ä ö")),
    }
    return Content(**defaults | fields)


def test_json_round_trip_gives_equal_content():
    assert from_json(to_json(content())) == content()


def test_json_round_trip_of_bare_content():
    bare = content(case_numbers=(), letter=Letter((), ()), sections=())
    assert from_json(to_json(bare)) == bare


def test_json_same_content_gives_same_bytes():
    text = to_json(content())
    assert to_json(from_json(text)).encode() == text.encode()


def test_json_keys_are_sorted_at_every_level():
    found = []
    json.loads(to_json(content()), object_pairs_hook=lambda pairs: found.append([key for key, _ in pairs]))
    assert len(found) == 9
    assert found == [sorted(keys) for keys in found]


def test_json_swedish_letters_stay_readable():
    assert to_json(content()).count('"narrative": "Å ä ö"') == 1


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, "1", None])
def test_json_unknown_schema_raises(schema):
    raw = json.loads(to_json(content())) | {"schema": schema}
    with pytest.raises(ValueError, match=f"Schema {schema} is not one"):
        from_json(json.dumps(raw))


def test_content_carries_current_schema_and_its_day():
    assert json.loads(to_json(content()))["schema"] == SCHEMA
    assert replace(content(), date="2024-02-29").day == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\n \r\n\r\n", []),
        ("Ett", ["Ett"]),
        ("Ett\n\nTvå", ["Ett", "Två"]),
        ("Ett\r\n\r\nTvå", ["Ett", "Två"]),
        ("Ett\n\n\n\n\nTvå\n", ["Ett", "Två"]),
        ("Ett\nfortsätter\r\nhär", ["Ett fortsätter här"]),
        ("  Ett   med\tblanka  ", ["Ett med blanka"]),
    ],
)
def test_paragraphs_divided_by_blank_lines(text, expected):
    assert paragraphs(text) == expected


@pytest.mark.parametrize("text", ["Ett\n \nTvå", "Ett\r\n\t\r\nTvå"])
def test_paragraphs_divided_by_line_of_blanks(text):
    assert paragraphs(text) == ["Ett", "Två"]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "inga aktiviteter"),
        (1, "en aktivitet"),
        (2, "två aktiviteter"),
        (11, "elva aktiviteter"),
        (12, "tolv aktiviteter"),
        (13, "13 aktiviteter"),
        (26, "26 aktiviteter"),
    ],
)
def test_counted_words_up_to_twelve(number, expected):
    assert counted(number, "en aktivitet", "aktiviteter") == expected


def test_counted_one_keeps_its_own_article():
    assert counted(1, "ett behov", "behov") == "ett behov"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a och b"),
        (["a", "b", "c"], "a, b och c"),
        (iter(["a", "b"]), "a och b"),
    ],
)
def test_listed_joins_with_och(parts, expected):
    assert formats.listed(parts) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("", ""), ("å", "Å"), ("två av IFO", "Två av IFO"), ("12 av 59", "12 av 59")]
)
def test_a_sentence_changes_first_letter_alone(text, expected):
    assert formats.sentence(text) == expected


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((), ""),
        (("A1",), "A1"),
        (("A1", "A2"), "A1, A2"),
        (("A9", "A10", "A11", "A13", "B1", "B2", "B3"), "A9–A11, A13, B1–B3"),
        (("A3", "A2", "A1"), "A1–A3"),
        (("P3", "A10", "P2", "A2", "P1", "B1"), "A2, A10, B1, P1–P3"),
        (("A4", "A2", "A4", "A1", "A3"), "A1–A4"),
        (("A2", "A1", "A2"), "A1, A2"),
    ],
)
def test_codes_are_written_in_order_and_those_in_a_row_as_a_range(codes, words):
    assert cited(codes) == words
