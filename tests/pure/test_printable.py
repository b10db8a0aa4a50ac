import pytest

from ui.typeface import printable

BREAK = "\u200b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Bra 🙂!", "Bra [U+1F642]!"),
        ("👍🏽", "[U+1F44D][U+1F3FD]"),
        ("日本", "[U+65E5][U+672C]"),
        ("سلام", "[U+0633][U+0644][U+0627][U+0645]"),
        ("a\u202eb", "a[U+202E]b"),
    ],
)
def test_printable_marks_what_the_typeface_lacks(text, expected):
    assert printable(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Å ä ö, å Ä Ö, é ü ø",
        "«citat» ”citat” – och — … §",
        "Rad\nrad",
        "1\u00a0555",
        "chefs\u00adområde",
        f"chefs{BREAK}område",
    ],
)
def test_printable_leaves_what_can_be_set(text):
    assert printable(text) == text


def test_printable_composes_letters_and_turns_tab_into_blank():
    assert printable("a\u030a o\u0308\te\u0301") == "å ö é"


@pytest.mark.parametrize(
    ("length", "pieces"), [(37, [37]), (38, [38]), (39, [38, 1]), (76, [38, 38]), (100, [38, 38, 24])]
)
def test_printable_long_word_gets_break_places(length, pieces):
    assert printable("å" * length) == BREAK.join("å" * piece for piece in pieces)


def test_printable_words_are_broken_one_by_one():
    assert printable(f"{'a' * 30} {'b' * 40}\n{'c' * 38}") == f"{'a' * 30} {'b' * 38}{BREAK}bb\n{'c' * 38}"


def test_printable_break_place_never_cuts_a_mark():
    assert printable("🙂" * 5).replace(f"]{BREAK}[", "][") == "[U+1F642]" * 5


def test_printable_keeps_line_break_from_a_browser():
    assert printable("Rad ett\r\nRad två") == "Rad ett\nRad två"
