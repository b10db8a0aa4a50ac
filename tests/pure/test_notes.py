import pytest

from dialogues.notes import statements


@pytest.mark.parametrize("bullet", ["-", "–", "—", "•", "*", "➢", "·", "‣", "▪", "o"])
@pytest.mark.parametrize("gap", [" ", "\t", "\u00a0", "   "])
def test_statements_bullet_is_taken_off(bullet, gap):
    assert statements(f"  {bullet}{gap}Färre system") == ["Färre system"]


@pytest.mark.parametrize("bullet", ["-", "•", "➢", "*"])
def test_statements_bullet_without_blank_is_taken_off(bullet):
    assert statements(f"{bullet}Färre system") == ["Färre system"]


@pytest.mark.parametrize(
    "line",
    ["ordning och reda", "omsorg", "o-tydligt uppdrag", "O andra sidan", "1. Färre system", "A - B", "2*3"],
)
def test_statements_line_that_only_resembles_a_bullet_is_kept(line):
    assert statements(line) == [line]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\r\n", "-", " • \n➢\n*", "o \n"])
def test_statements_blank_lines_and_lone_bullets_are_none(text):
    assert statements(text) == []


def test_statements_lone_o_is_none():
    assert statements("o Färre system\no\no") == ["Färre system"]


def test_statements_inner_blanks_become_one():
    assert statements(" Färre \t  system\u00a0 nu ") == ["Färre system nu"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n \r\n"])
def test_statements_order_kept_over_line_ends(end):
    assert statements(end.join(["- Ö", "o A", "Ä", "➢ A"])) == ["Ö", "A", "Ä", "A"]


def test_statements_only_first_bullet_is_taken_off():
    assert statements("• - 5 procent") == ["- 5 procent"]
