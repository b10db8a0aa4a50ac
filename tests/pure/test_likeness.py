"""Words in common, and nothing else: what is suggested, and how good that is on the demo."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from dialogues.likeness import ALIKE_LIMIT, Meant, Said, forms, stem, suggestions, weighed

DATA = Path(__file__).parents[2] / "demo" / "data"
NEEDS = [Meant(1, "Enklare system"), Meant(2, "Handledning i grupp"), Meant(3, "Rimliga områden")]


def test_a_text_is_its_words_cut_to_stems_without_the_commonest():
    assert forms("Vi har KRÅNGLIGA system, och 3 st systemen!") == [
        (stem("krångliga"), "KRÅNGLIGA"),
        ("system", "system"),
        (stem("st"), "st"),
        ("system", "systemen"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "och det är så", "12 34 %", "\x00"])
def test_a_text_without_words_is_like_nothing(text):
    assert suggestions([Said(1, text), Said(2, "Enklare system")], NEEDS).get(1) is None


def test_a_statement_resembles_the_need_whose_words_it_shares():
    found = suggestions([Said(7, "Systemen måste bli enklare"), Said(8, "Vi fikar")], NEEDS)
    assert list(found) == [7]
    assert found[7].need.key == 1
    assert found[7].need.words == ("enklare", "systemen")
    assert 0.9 < found[7].need.likeness <= 1.0001


def test_what_stands_in_a_need_teaches_its_words():
    alone = [Said(1, "Inloggningen krånglar")]
    assert suggestions(alone, NEEDS) == {}
    taught = suggestions([*alone, Said(2, "Krånglar med inloggning", frozenset([1]))], NEEDS)
    assert taught[1].need.key == 1
    assert set(taught[1].need.words) == {"inloggningen", "krånglar"}


def test_a_statement_with_a_need_is_not_suggested_for():
    assert suggestions([Said(1, "Enklare system", frozenset([2]))], NEEDS) == {}


def test_a_need_that_is_gone_teaches_nothing():
    assert suggestions([Said(1, "Kaffe"), Said(2, "Kaffe", frozenset([99]))], NEEDS) == {}


def test_like_statements_without_need_are_found_and_limited():
    said = [Said(number, "Vi vill ha handledare i Visby") for number in range(14)]
    said += [Said(20, "Bemanningen tar tid"), Said(21, "Handledare i Visby vill vi ha", frozenset([3]))]
    found = suggestions(said, [])
    assert len(found[0].alike) == 10
    assert 0 not in found[0].alike
    assert found[0].need is None
    assert 20 not in found
    assert 21 not in found[0].alike


def test_the_same_every_time():
    said = [Said(number, text) for number, text in enumerate(["system enklare", "enklare system", "system"])]
    assert suggestions(said, NEEDS) == suggestions(said, NEEDS)


def test_nothing_gives_nothing():
    assert suggestions([], []) == {}
    assert weighed([]) == []


@pytest.fixture(scope="module")
def gotland():
    needs = json.loads((DATA / "gotland.json").read_text())["needs"]
    keys = {row[0]: number for number, row in enumerate(needs)}
    rows = json.loads((DATA / "gotland_dialogues.json").read_text())["dialogues"]
    statements = [row for dialogue in rows if dialogue.get("department") for row in dialogue["statements"]]
    said = [
        Said(number, row["text"], frozenset(keys[key] for key in row["needs"]))
        for number, row in enumerate(statements)
    ]
    return said, [Meant(keys[row[0]], f"{row[1]} {row[4]}") for row in needs]


def test_the_figures_in_the_docstring_are_true(gotland):
    """Each statement of the demo is taken out of its needs and guessed."""
    said, meant = gotland
    shown = right = free = 0
    for row in said:
        rest = [Said(row.key, row.text) if other is row else other for other in said]
        found = suggestions(rest, meant).get(row.key)
        if found and found.need:
            shown += bool(row.needs)
            free += not row.needs
            right += found.need.key in row.needs
    linked = [row for row in said if row.needs]
    vectors = weighed([row.text for row in [*said, *meant]])
    alike = [
        bool(one.needs & other.needs)
        for one, other in combinations(linked, 2)
        if sum(w * vectors[other.key].get(word, 0) for word, w in vectors[one.key].items()) >= ALIKE_LIMIT
    ]
    assert (len(said), len(linked)) == (147, 127)
    assert (shown, right, free) == (56, 44, 3)
    assert (len(alike), sum(alike)) == (27, 16)
