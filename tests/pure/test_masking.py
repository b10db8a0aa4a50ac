"""What is masked is gone: any case, any break, wherever it is repeated, and nothing tells how much it was."""

import sys
import unicodedata

import pytest

from reports.openness import masking
from reports.openness.masking import MARK, Mask, masked, masked_text, segments
from reports.openness.records import Field, Part, Record, parts_of, repeated, title_of, worded
from reports.openness.selection import Selection, read, write
from ui.seeking import UNSEEN

ANNA = Mask("", "Anna Ek", "OSL 21 kap. 1 §", 1)


def record(kind: str = "need", pk: int = 1, **texts) -> Record:
    fields = tuple(
        Field(name, name.title(), parts_of(value, f"{kind}:{pk}:{name}")) for name, value in texts.items()
    )
    return Record(kind, pk, title_of(fields, list(texts)[:1]), fields)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Ek", "ANNA EK", "anna  ek", "Anna\nEk", "Anna\r\n\tEk", "Anna\u00a0Ek", "An\u00adna Ek",
        "Anna\u200b Ek", "An-\nna Ek", "Anna Eks", "A\u0301nna Ek".replace("A\u0301", "A"),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_broken(text):
    assert masked_text(f"Sagt av {text} i dag.", [ANNA]) == f"Sagt av {MARK} i dag."


def test_composed_and_decomposed_letters_are_the_same():
    assert masked_text("Mo\u0308te med A\u030asa", [Mask("", "Åsa", "x")]) == f"Möte med {MARK}"


@pytest.mark.parametrize("text", ["Annas eko", "Hanna Ek", "Anna Ekman", "Ek Anna"])
def test_other_words_stand(text):
    assert masked_text(text, [ANNA]) == text


@pytest.mark.parametrize("text", ["070-123 45 67", "0701234567", "070 123 45 67", "070–1234567"])
def test_numbers_are_found_in_whichever_way_they_are_written(text):
    assert masked_text(f"Ring {text}.", [Mask("", "070-1234567", "x")]) == f"Ring {MARK}."


def test_a_whole_field_is_one_mark_of_constant_length():
    one = record(title="Kort", text="En mycket lång text om någon")
    for name in ("title", "text"):
        shown, used = masked(one, [Mask(f"need:1:{name}", "", "x")])
        assert {field.name: field.text for field in shown.fields}[name] == MARK
        assert len(used) == 1


def test_an_empty_field_is_not_marked():
    shown, used = masked(record(title="Kort", text=""), [Mask("need:1:text", "", "x")])
    assert (shown.fields[1].text, used) == ("", [])


def test_a_title_is_masked_where_other_records_repeat_it():
    activity = record(
        "activity", 7, title="Gör något", needs=[repeated("need", 1, "title", "Annas stöd"), Part("Tid")]
    )
    shown, _used = masked(activity, [Mask("need:1:title", "", "x")])
    assert shown.fields[1].text == f"{MARK}, Tid"


def test_words_of_one_field_stand_elsewhere_but_not_where_it_is_repeated():
    mask = Mask("need:1:title", "Anna", "x")
    other = record("activity", 7, title="Anna leder", needs=[repeated("need", 1, "title", "Stöd till Anna")])
    shown, _used = masked(other, [mask])
    assert [field.text for field in shown.fields] == ["Anna leder", f"Stöd till {MARK}"]


def test_a_record_s_own_title_is_masked_with_its_field():
    shown, used = masked(record(title="Annas stöd"), [Mask("need:1:title", "", "x")])
    assert (shown.name, len(used)) == (MARK, 1)


def test_masks_that_overlap_or_touch_leave_nothing_between():
    masks = [Mask("", "Anna Ek", "a", 1), Mask("", "Ek Berg", "b", 2)]
    assert masked_text("Anna Ek Berg", masks) == MARK
    whole = [Mask("need:1:a", "", "x"), Mask("need:1:b", "", "x")]
    parts = [Part("ett", ("need:1:a",)), Part("två", ("need:1:b",))]
    assert [piece.text for piece in segments(parts, whole)] == ["etttvå"]


def test_the_mark_itself_is_no_word_of_the_text():
    assert masked_text("Anna Ek", [ANNA, Mask("", "maskerat", "x")]) == MARK


def test_what_is_left_is_told_also_inside_longer_words():
    one = record(title="Annabella Eklund")
    found = masking.left([one], [masked(one, [Mask("", "Anna", "x", 3)])[0]], [Mask("", "Anna", "x", 3)])
    assert [(row.kind, row.field, row.words) for row in found] == [("need", "title", "Annabella Eklund")]


def test_a_whole_field_is_looked_for_elsewhere_when_it_is_long_enough():
    first, second = record(title="Stöd i vardagen"), record(pk=2, title="Mer stöd i vardagen")
    mask = Mask("need:1:title", "", "x")
    shown = [masked(row, [mask])[0] for row in (first, second)]
    assert [row.pk for row in masking.left([first, second], shown, [mask])] == [2]
    short, other = record(title="Tid"), record(pk=2, title="Tid")
    assert masking.left([short, other], [masked(short, [mask])[0], other], [mask]) == []


def test_grounds_are_counted_by_place():
    text = record(title="Anna Ek och Anna Ek", text="Bo")
    _shown, used = masked(text, [ANNA, Mask("need:1:text", "", "OSL 39 kap.")])
    assert masking.by_ground(used) == [("OSL 21 kap. 1 §", 2), ("OSL 39 kap.", 1)]


def test_a_selection_reads_back_as_it_was_written():
    chosen = Selection(
        frozenset({"need", "activity"}), {"activity": frozenset({12, 3})}, frozenset({"attachment:5"})
    )
    assert write(chosen) == ["activity", "need", "activity:3", "activity:12", "attachment:5"]
    assert read(write(chosen)) == chosen


@pytest.mark.parametrize(("value", "text"), [(None, ""), (True, "ja"), (False, "nej"), (3, "3")])
def test_plain_values_in_words(value, text):
    assert worded(value) == text


def test_the_markup_between_words_hides_nothing():
    assert masked_text("Sagt av *Anna* Ek.", [ANNA]) == f"Sagt av *{MARK}."


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Anna-Maria O'Ek", "Anna\u2011Maria O\u2019Ek"), ("Anna-Maria", "Anna\u2212Maria"),
        ("O\u2019Ek", "O\u00b4Ek"), ("Anna Ek", "\uff21nna\u2003Ek"), ("Sofi Ek", "So\ufb01 Ek"),
        ("Anna Ek", "A\u202en\u034fn\u2066a Ek"), ("Anna Ek", "Anna_Ek"),
    ],
)  # fmt: skip
def test_what_looks_alike_is_masked_and_nothing_around_it(words, text):
    assert masked_text(f"\u2026 \u00bd\u00ad ({text}) \u2026", [Mask("", words, "x")]) == (
        f"\u2026 \u00bd\u00ad ({MARK}) \u2026"
    )


def test_an_underscore_parts_words():
    assert masked_text("cv_anna_ek_2024.pdf", [ANNA]) == f"cv_{MARK}_2024.pdf"


def test_places_are_right_in_one_field_too():
    parts = [Part("\ufb01n "), Part("\ufb01n Anna\u00ad Ek \u2026", ("need:1:text",))]
    told = masking.said(segments(parts, [Mask("need:1:text", "Anna Ek", "x")]))
    assert told == f"\ufb01n \ufb01n {MARK} \u2026"


def test_every_character_of_format_is_unseen():
    formats = [chr(at) for at in range(sys.maxunicode) if unicodedata.category(chr(at)) == "Cf"]
    assert [hex(ord(one)) for one in formats if not UNSEEN.fullmatch(one)] == []


@pytest.mark.parametrize("words", ["19800312-1234", "198003121234", "800312-1234"])
@pytest.mark.parametrize(
    "text", ["19800312-1234", "800312-1234", "8003121234", "800312\u20131234", "19800312 1234"]
)
def test_a_personal_number_is_found_with_its_century_and_without(words, text):
    assert masked_text(f"({text})", [Mask("", words, "x")]) == f"({MARK})"


def test_other_numbers_stand():
    mask = Mask("", "19800312-1234", "x")
    assert masked_text("180031212345 800312-1235", [mask]) == "180031212345 800312-1235"


@pytest.mark.parametrize(
    ("text", "is_held"),
    [("An na Ek", True), ("ANNA-EK", True), ("A n n a\nE k", True), ("anna_ek", True), ("Anna, ek", False)],
)
def test_words_in_files_are_found_across_blanks(text, is_held):
    assert masking.holds(text, ["Anna Ek"]) is is_held


def test_short_words_are_not_looked_for_across_blanks():
    assert not masking.holds("inte kan", ["Ek"])


def test_the_texts_beside_the_records_are_looked_through_too():
    mask = Mask("need:1:title", "Anna", "OSL", 4)
    one = record(title="Anna")
    (found,) = masking.left(
        [one], [masked(one, [mask])[0]], [mask], [("Begäran", "Om Anna"), ("Grund", "OSL")]
    )
    assert (found.kind, found.label, found.words) == ("", "Begäran", "Om Anna")
