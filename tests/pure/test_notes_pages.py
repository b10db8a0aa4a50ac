"""Notes from a document with pages: what belongs to the pages is nobody's statement."""

import pytest

from dialogues.notes.reader import read

FIRST, SECOND = "Chefsrollens organisatoriska förutsättningar", "Ledarens utveckling av sitt ledarskap"
AREAS = [FIRST, SECOND]


def said(text: str) -> list[tuple]:
    return [(note.area, note.kind, note.text) for note in read(text, AREAS).statements]


def texts(*rows: str) -> list[str]:
    return [note.text for note in read("\n".join([FIRST, *rows]), AREAS).statements]


def test_headings_and_statements_beside_page_numbers_are_kept():
    page = "Handledning\n{} (5)\nUtvecklingsmöjligheter\n"
    text = f"{FIRST}\n{page.format(2)}Mer tid\n{SECOND}\n{page.format(3)}Mentor"
    assert said(text) == [
        (0, "current", "Handledning"), (0, "opportunity", "Mer tid"),
        (1, "current", "Handledning"), (1, "opportunity", "Mentor"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["{} (15)", "Sid {}(15)", "s. {}", "{}", "sida {} av 15"])
def test_running_heads_of_many_lines_are_noise(number):
    head = f"Region Gotland\nPlan för enhetschefer\n2024-2027\n{number}"
    text = "\n".join([FIRST, *(f"- Punkt {at}\n\n{head.format(at)}\n" for at in (2, 3, 4)), "- Sist"])
    assert texts(*text.split("\n")[1:]) == ["Punkt 2", "Punkt 3", "Punkt 4", "Sist"]


def test_a_head_with_its_number_on_the_line_is_noise_and_so_is_one_that_comes_back_without():
    assert texts(
        "Ett", "Plan för enhetschefer 2 (15)", "Två", "Plan för enhetschefer 3 (15)", "Tre",
        "Vår plan för alla", "4", "Fyra", "Vår plan för alla", "5", "Fem", "Vår plan för alla", "Sex",
    ) == ["Ett", "Två", "Tre", "Fyra", "Fem", "Sex"]  # fmt: skip


@pytest.mark.parametrize("first", [1, 2])
def test_a_running_head_with_its_number_on_the_middle_line_is_noise(first):
    head = "Region Gotland\nAnteckningar dialog  Sida {} (4)\nSocialförvaltningen"
    parts = ["- Vi har korta vägar och", "det fungerar", "- Mer tid och", "bra stöd", "- Sist"]
    rows = [parts[0]]
    for at, part in enumerate(parts[1:4]):
        rows += [*head.format(first + at).split("\n"), part]
    assert texts(*rows, parts[4]) == ["Vi har korta vägar och det fungerar", "Mer tid och bra stöd", "Sist"]


def test_other_lines_beside_a_head_with_its_number_are_kept():
    rows = ["Plan sida 2 (3)", "Ett", "Två", "Plan sida 3 (3)", "Tre", "Fyra"]
    assert texts(*rows) == ["Ett", "Två", "Tre", "Fyra"]


def test_the_same_bullet_above_two_page_numbers_is_kept():
    assert texts("- Mer tid för chefer", "2", "- Mer tid för chefer", "3") == ["Mer tid för chefer"] * 2
