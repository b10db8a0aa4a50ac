import pytest

from reports.render.columns import ACROSS, BODY, CROWDED, UPRIGHT, setting, widths

LETTER = BODY.letter


def test_widths_fill_the_room_when_there_is_much_to_say():
    texts = [["Mått", "x" * 9], ["Så går det", "ord " * 60]]
    found = widths(texts, 160)
    assert sum(found) == pytest.approx(160, abs=0.5)
    assert found[1] > 3 * found[0]


def test_a_small_table_is_not_stretched_over_the_page():
    assert sum(widths([["Svar", "Ja"], ["Antal", "41"]], 160)) == pytest.approx(100)


def test_words_and_dates_stay_whole():
    texts = [["Status", "genomförd"], ["Klart", "30 september 2026"], ["Kommentar", "ord " * 80]]
    status, day, _comment = widths(texts, 160)
    assert status >= 9 * LETTER
    assert day >= 17 * LETTER


def test_a_long_text_gets_the_room_of_columns_with_little_in_them():
    """Words of the short columns may be divided where one long text makes the rows high; its dates stay whole."""
    columns = [
        ["Aktivitet", *["Chefsområdesbedömningar"] * 4],
        ["Det som väntades", *["ord " * 90] * 4],
        ["Så är det nu", *["Medarbetarundersökning"] * 4],
        ["När", *["30 september 2026"] * 4],
    ]
    found = widths(columns, 140)
    assert sum(found) == pytest.approx(140, abs=0.5)
    assert found[1] > 45
    assert found[3] >= 17 * LETTER


def test_words_that_cannot_fit_share_what_there_is():
    found = widths([["x" * 30, "y"]] * 12, 160)
    assert sum(found) == pytest.approx(160)
    assert len(set(found)) == 1


@pytest.mark.parametrize(
    ("columns", "kind", "is_landscape"),
    [
        ([["A", "b"]] * 7, BODY, False),
        ([["A", "b"]] * 8, CROWDED, False),
        ([["jan", "15,5"]] * 14, CROWDED, False),
        ([["medarbetare", "kompetens"]] * 12, CROWDED, True),
    ],
)
def test_many_columns_are_set_smaller_and_lie_down_at_last(columns, kind, is_landscape):
    found = setting(columns)
    assert (found.type, found.is_landscape) == (kind, is_landscape)
    assert sum(found.widths) <= (ACROSS if is_landscape else UPRIGHT) + 0.5


def test_a_row_is_reckoned_as_high_as_its_fullest_cell():
    found = setting([["A", "x", "ord " * 300], ["B", "y", "z"]])
    low, high = found.heights([["x", "y"], ["ord " * 300, "z"]])
    assert low < 15 < 30 < high


def test_empty_texts_have_a_width():
    assert all(width > 0 for width in setting([["", ""], ["", ""]]).widths)
