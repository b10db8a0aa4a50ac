import pytest

from dialogues.erasing import excerpt, first_text, pattern_of, pattern_of_lines, without, without_deep


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
