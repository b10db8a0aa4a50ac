"""A line that is made a heading: which lines come beneath it."""

import pytest

from dialogues.notes.headings import made_heading
from dialogues.notes.reader import read
from dialogues.notes.review import first_rows

AREAS = ["Chefsrollens organisatoriska förutsättningar", "Ledarens utveckling av sitt ledarskap"]
KEYS = [1, 2]


def beneath(*rows: str, made: str) -> list[str]:
    """The statements of the second area when one line is made its heading."""
    notes = read("\n".join(rows), AREAS)
    number = rows.index(made) + 1
    done = made_heading(first_rows(notes, KEYS), notes.lines, number, (0, 2, "current"))
    return [row.text for row in done if row.area == 2]


MINUTES = [
    f"§ 3 {AREAS[0]}", "Bra stöd.", "§ 4 Så leder vi", "Våga mer.", "Tid saknas.", "§ 5 Övriga frågor",
    "Julbord den 12 december.", "§ 6 Nästa möte", "Vid protokollet", "Eva Berg",
]  # fmt: skip


def test_a_heading_of_minutes_reaches_to_the_next_paragraph():
    assert beneath(*MINUTES, made="§ 4 Så leder vi") == ["Våga mer.", "Tid saknas."]


@pytest.mark.parametrize(
    ("made", "after"),
    [
        ("4 § Så leder vi", "5 § Övriga frågor"), ("§ 104 Så leder vi", "§ 105 Övriga frågor"),
        ("4. Så leder vi", "5. Övriga frågor"), ("4.2 Så leder vi", "4.3 Övriga frågor"),
        ("4.2 Så leder vi", "5 Övriga frågor"), ("**4. Så leder vi**", "**5. Övriga frågor**"),
        ("## Så leder vi", "## Övriga frågor"), ("Så leder vi", "§ 5 Övriga frågor"), ("Så leder vi", "## Övrigt"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("above", [[], [f"§ 3 {AREAS[0]}", "Bra stöd.", "§ 4 Budget"]])
def test_the_next_heading_in_the_same_dress_ends_it_whatever_it_became(made, after, above):
    assert beneath(*above, made, "Våga mer.", after, "Julbord.", made=made) == ["Våga mer."]


def test_points_of_a_list_beneath_are_no_headings():
    rows = ["2. Så leder vi", "1. Mer tid", "2. Mod", "3. Stöd", "3. Övriga frågor", "Julbord."]
    assert beneath(*rows, made=rows[0]) == ["Mer tid", "Mod", "Stöd"]
    assert beneath("Så leder vi", "1. Mer tid", "2. Mod", made="Så leder vi") == ["Mer tid", "Mod"]


def test_a_numbered_kind_is_no_end():
    rows = ["§ 4 Så leder vi", "Våga.", "§ 5 Utvecklingsmöjligheter", "Mer tid."]
    assert beneath(*rows, made=rows[0]) == ["Våga.", "Mer tid."]
