"""Wording to take in: from the data, and from the last report."""

import pytest

from reports import content as c
from reports.suggestions import computed, earlier, taken_in
from tests.pure.test_content import content


def section(**fields) -> c.Section:
    return c.Section("done", "Gjort", "", **fields)


def test_sentences_points_and_changes_are_words_but_tables_are_not():
    blocks = (
        c.Sentence("En mening."),
        c.Table("Tabell", ("A",), (("cell",),)),
        c.Bullets(("Första.", "Andra.")),
        c.Changes(("Ny sedan sist.",)),
        c.Sentence("En mening."),
    )
    assert [row.text for row in computed(section(blocks=blocks), "")] == [
        "En mening.", "Första.", "Andra.", "Ny sedan sist.",
    ]  # fmt: skip


def test_a_sentence_that_leads_in_to_a_list_comes_with_it_or_not_at_all():
    blocks = (
        c.Sentence("Två krockar:"),
        c.Bullets(("En utbildning ligger fel.", "Få svar (två mått)")),
        c.Sentence("Att ha i minnet:"),
        c.Table("Tabell", ("A",), (("cell",),)),
        c.Bullets(("Sist.",)),
    )
    assert [row.text for row in computed(section(blocks=blocks), "")] == [
        "Två krockar: En utbildning ligger fel. Få svar (två mått).", "Sist.",
    ]  # fmt: skip


def test_what_stands_in_the_text_already_is_told():
    blocks = (c.Sentence("Sju är klara."), c.Sentence("Två är sena."))
    told = computed(section(blocks=blocks), "Före.\n\nSju är\nklara.")
    assert [row.is_taken for row in told] == [True, False]


def test_the_last_reports_own_text_is_offered_paragraph_by_paragraph():
    previous = content()
    assert [row.text for row in earlier(previous, "span", "Det andra.")] == ["Två stycken.", "Det andra."]
    assert [row.is_taken for row in earlier(previous, "span", "Det andra.")] == [False, True]
    assert earlier(previous, "done", "") == []
    assert earlier(None, "span", "") == []


@pytest.mark.parametrize(
    ("text", "after"), [("", "Ny."), ("Gammal.", "Gammal.\n\nNy."), ("Gammal.\n \n", "Gammal.\n\nNy.")]
)
def test_a_passage_is_put_last(text, after):
    assert taken_in(text, "Ny.") == after
