"""What to look at in a hearing, whose turn it is, and how an instruction stands."""

import datetime as dt

import pytest

from reports.handling import judge as handling

DAY = dt.date(2024, 6, 13)
TODAY = dt.date(2024, 8, 1)
REPORT = handling.Handled(dt.date(2024, 5, 20), DAY, ("SON 2024/132", "SON 2023/224"), dt.date(2024, 6, 4))
FINE = {
    "held_on": DAY, "is_committee": True, "case_number": "SON 2024/132", "has_outcome": True, "points": 2, "ruled": 2,
    "later_documents": 0, "earlier_than_working_party": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("differs", "expected"),
    [
        ({}, []),
        ({"is_committee": False, "held_on": dt.date(2024, 5, 29)}, []),
        ({"is_committee": False, "held_on": dt.date(2024, 5, 19)}, ["before_cut_off"]),
        ({"held_on": dt.date(2024, 6, 3)}, ["before_frozen", "other_day"]),
        ({"is_committee": False, "held_on": dt.date(2024, 6, 3)}, []),
        ({"held_on": dt.date(2024, 6, 14)}, ["other_day"]),
        ({"earlier_than_working_party": True}, ["before_working_party"]),
        ({"case_number": "SON 2024/133"}, ["other_case"]),
        ({"case_number": ""}, []),
        ({"later_documents": 1}, ["later_document"]),
        ({"has_outcome": False, "ruled": 0}, ["no_outcome"]),
        ({"has_outcome": False}, []),
        ({"ruled": 1}, ["points_left"]),
        ({"held_on": dt.date(2028, 1, 1)}, ["to_come", "other_day"]),
        ({"ruled": 0}, []),
    ],
)
def test_flags(differs, expected):
    assert handling.flags(handling.Heard(**FINE | differs), REPORT, TODAY) == expected


def test_a_meeting_to_come_owes_no_outcome():
    row = handling.Heard(**FINE | {"has_outcome": False, "ruled": 0})
    assert handling.flags(row, REPORT, dt.date(2024, 6, 12)) == []
    assert handling.flags(row, REPORT, DAY) == ["no_outcome"]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("§ 73", "Protokollsutdrag § 73, Socialnämnden 23 maj 2018"),
        ("", "Protokollsutdrag, Socialnämnden 23 maj 2018"),
    ],
)
def test_the_extract_is_named_by_its_meeting(paragraph, expected):
    assert handling.minutes_title(paragraph, "Socialnämnden", dt.date(2018, 5, 23)) == expected


@pytest.mark.parametrize(
    ("answered", "linked", "due", "expected"),
    [
        (DAY, False, None, "answered"),
        (TODAY + dt.timedelta(1), True, None, "under_way"),
        (TODAY + dt.timedelta(1), True, DAY, "late"),
        (None, False, None, "open"),
        (None, False, TODAY, "open"),
        (None, True, TODAY - dt.timedelta(1), "late"),
        (TODAY, True, DAY, "answered"),
    ],
)
def test_how_an_instruction_stood_on_a_day(answered, linked, due, expected):
    assert handling.standing(answered_on=answered, is_linked=linked, due_on=due, on=TODAY) == expected


def test_the_unanswered_come_first_by_their_day():
    rows = [
        ("answered", DAY, dt.date(2024, 1, 1)), ("open", None, DAY), ("late", dt.date(2024, 2, 1), DAY),
        ("answered", None, dt.date(2024, 3, 1)), ("open", TODAY, DAY),
    ]  # fmt: skip
    ordered = sorted(rows, key=lambda row: handling.urgency(*row))
    assert [rows.index(row) for row in ordered] == [2, 4, 1, 3, 0]


@pytest.mark.parametrize(
    ("stage", "kind", "differs", "expected"),
    [
        ("draft", "editor", {"has_texts": False, "has_points": False}, "compose"),
        ("draft", "editor", {"has_points": False}, "points"),
        ("draft", "editor", {}, "compose"),
        ("draft", "director", {"has_points": False}, "approve"),
        ("draft", "secretary", {}, "wait_for_approval"),
        ("approved", "secretary", {}, "freeze"),
        ("approved", "secretary", {"has_changed": True}, "ask_again"),
        ("approved", "director", {"has_changed": True}, "approve_again"),
        ("approved", "director", {}, ""),
        ("frozen", "secretary", {}, "register"),
        ("frozen", "secretary", {"is_heard": True}, ""),
        ("frozen", "editor", {"waits": True}, "answer"),
        ("frozen", "reader", {"waits": True}, ""),
    ],
)
def test_whose_turn_it_is(stage, kind, differs, expected):
    fine = {"has_texts": True, "has_points": True, "has_changed": False, "is_heard": False, "waits": False}
    assert handling.next_step(stage, kind, **fine | differs) == expected
