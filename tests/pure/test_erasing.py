import pytest

from dialogues.privacy.erasing import excerpt, first_text, pattern_of, pattern_of_lines, without, without_deep


@pytest.mark.parametrize(
    ("words", "text", "left"),
    [
        ("Bo", "Bo bor i Bostad. bo: Bos, Bo:s", "[raderat] bor i Bostad. [raderat]: [raderat], [raderat]"),
        ("Anna Berg", "Annan sak: anna\nberg", "Annan sak: [raderat]"),
        ("850709-9805", "198507099805 och 850709 9805, ej 1850709-98051", "[raderat] och [raderat], ej 1850709-98051"),
        ("19850709-9805", "850709-9805", "[raderat]"),
        ("070-123 45 67", "Ring 0701234567", "Ring [raderat]"),
        ("a+b (c)", "a+b (c)?", "[raderat]?"),
        ("Åsa", "åsa och ÅSA", "[raderat] och [raderat]"),
        ("Åsa Ek", "A\u030asa\u00a0Ek bad", "[raderat] bad"),
        ("Åsa Ek", "Å\u00adsa E\u200bk, Åsa\u2060 Eks", "[raderat], [raderat]"),
        ("Anna-Karin", "Anna\u2011Karin, Anna–Karin och Anna-Karin", "[raderat], [raderat] och [raderat]"),
        ("O'Neill", "O’Neill och O´Neill", "[raderat] och [raderat]"),
        ("O’Neill", "O'Neill", "[raderat]"),
        ("850709-9805", "８５０７０９－９８０５, 850709:9805 (850709) 9805", "[raderat], [raderat] ([raderat]"),
        ("Åsa Ek", "… – Åsa\nEk – …", "… – [raderat] – …"),
    ],
)  # fmt: skip
def test_words_are_taken_out_whole(words, text, left):
    assert without(text, pattern_of([words])) == left


def test_several_words_the_longest_first():
    assert without("Anna Berg, Anna", pattern_of(["Anna", "Anna Berg"])) == "[raderat], [raderat]"


def test_no_words_are_nowhere():
    assert without("Anna", pattern_of([])) == "Anna"
    assert without("Anna\n", pattern_of_lines([])) == "Anna\n"


def test_a_whole_statement_leaves_what_only_holds_its_words():
    pattern = pattern_of_lines(["Bra stöd"])
    assert without("- Bra  stöd\r\nBra stöd av HR", pattern) == "[raderat]\nBra stöd av HR"


@pytest.mark.parametrize(
    "line",
    [
        "1. Bra stöd", "1) Bra stöd", "3.2 Bra stöd", "a) Bra stöd", "Planering: Bra stöd", "• 1. Planering:  Bra\n  stöd",
        "-Bra stöd", "o Bra stöd", "Bra\u00a0stöd", "Bra sto\u0308d",
    ],
)  # fmt: skip
def test_a_whole_statement_is_found_as_notes_write_it(line):
    assert (
        without(f"Före\n{line}\nEfter", pattern_of_lines(["Bra stöd"], ["Planering"]))
        == "Före\n[raderat]\nEfter"
    )


@pytest.mark.parametrize("line", ["Anna sade: Bra stöd", "Inte Bra stöd", "Bra stöd 1.", "b Bra stöd"])
def test_a_line_that_says_more_is_left(line):
    assert without(line, pattern_of_lines(["Bra stöd"], ["Planering", ""])) == line


def test_marks_are_numbered_where_texts_must_differ():
    pattern = pattern_of(["Bo"])
    assert without("Stöd till Bo", pattern, 160, 2) == "Stöd till [raderat 2]"
    assert without("Stöd till Bo", pattern, 13, 2) == "Stöd till …2"
    assert {without("Stöd till Bo", pattern, 12, number) for number in (11, 12)} == {
        "Stöd till 11",
        "Stöd till 12",
    }


def test_what_a_draft_of_notes_can_undo_is_looked_through_too():
    pattern, held = pattern_of(["Åsa Örnbäck"]), "row=1&text-1=Bra+av+%C3%85sa+%C3%96rnb%C3%A4ck&lines-1="
    assert first_text({"before": [held]}, pattern) == "Bra av Åsa Örnbäck"
    assert without_deep([held], pattern) == ["row=1&text-1=Bra+av+%5Braderat%5D&lines-1="]
    assert without_deep("row=1&text-1=Bo%20B", pattern) == "row=1&text-1=Bo%20B"


def test_a_text_without_room_gets_a_shorter_mark():
    assert without("Bo och Bo", pattern_of(["Bo"]), 10) == "… och …"


def test_mappings_and_lists():
    pattern = pattern_of(["Bo"])
    held = {"summary": ["Bo sade", 3, None], "Bo": {"x": "Bo"}}
    assert without_deep(held, pattern) == {"summary": ["[raderat] sade", 3, None], "Bo": {"x": "[raderat]"}}
    assert first_text(held, pattern) == "Bo sade"
    assert first_text([None, 3, {}], pattern) is None


def test_an_excerpt_shows_what_is_near():
    text = f"{'före ' * 20}Bo{' efter' * 20}"
    assert excerpt(text, pattern_of(["Bo"])) == ("…" + "före " * 7, "Bo", " efter" * 6 + "…")
    assert excerpt("om Bo.", pattern_of(["Bo"])) == ("om ", "Bo", ".")
    assert excerpt("Anna", pattern_of(["Bo"])) == ("", "", "")


def test_words_in_the_name_of_a_field_go_too():
    fields = {"to:0:1:current:Samtal med Örjan Åkerblad": ["0:1:current"], "text-1": ["Örjan Åkerblad kom"]}
    pattern = pattern_of(["Örjan Åkerblad"])
    assert first_text(fields, pattern) is not None
    left = without_deep(fields, pattern)
    assert list(left) == ["to:0:1:current:Samtal med [raderat]", "text-1"]
    assert first_text(left, pattern) is None
    assert first_text({"text": ["annat"]}, pattern_of(["text"])) is None
