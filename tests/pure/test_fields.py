import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from ui.fields import LineField, ProseField, validate_no_control_characters


def refusal(text: str) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        validate_no_control_characters(text)
    return refused.value


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("\x00", 1, "U+0000"),
        ("Rad ett\x07", 1, "U+0007"),
        ("Rad ett\nRad\x08 två\nRad tre\x07", 2, "U+0008"),
        ("Rad ett\r\n\r\nRad tre\x1b[31m", 3, "U+001B"),
        ("Sidbrytning\x0c", 1, "U+000C"),
        ("Mjuk radbrytning\x0b", 1, "U+000B"),
        ("\x0e", 1, "U+000E"),
        ("\x1f", 1, "U+001F"),
        ("\x7f", 1, "U+007F"),
        ("\x85", 1, "U+0085"),
        ("\x9f", 1, "U+009F"),
        ("\ufffe", 1, "U+FFFE"),
        ("\n\uffff", 2, "U+FFFF"),
    ],
)
def test_control_character_refused_with_line_and_code(text, line, code):
    error = refusal(text)
    assert error.code == "control_character"
    assert error.messages == [
        f"Rad {line} innehåller ett osynligt styrtecken (kod {code}). Ta bort det och spara igen."
    ]


def test_control_character_refused_in_english():
    with translation.override("en"):
        assert refusal("a\nb\x07").messages == [
            "Line 2 holds an invisible control character (code U+0007). Remove it and save again."
        ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Å ä ö",
        "Kolumn\tkolumn",
        "Rad\nrad",
        "Rad\r\nrad",
        "No-break\u00a0space",
        "~ \u00a0 ÿ",
        "🙂",
        "مرحبا",
    ],
)
def test_text_without_control_characters_passes(text):
    assert validate_no_control_characters(text) is None


@pytest.mark.parametrize("field", [LineField(max_length=100), ProseField(max_length=100)])
def test_field_refuses_control_character(field):
    with pytest.raises(ValidationError) as refused:
        field.clean("Hej\x07", None)
    assert [error.code for error in refused.value.error_list] == ["control_character"]
    assert field.clean("Hej", None) == "Hej"
