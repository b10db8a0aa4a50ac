"""Who waits for an answer since when: by need and department, the longest waiting first."""

import datetime as dt

import pytest

from dialogues.answers.judge import (
    Given,
    Pair,
    Raised,
    Tally,
    by_department,
    by_need,
    first_raised,
    last_added,
    pairs,
    standing,
    unanswered,
)

MAY, JUNE, JULY, TODAY = (dt.date(2024, month, 1) for month in (5, 6, 7, 8))
NEED, OTHER, HOME, AWAY = 1, 2, 10, 20


def answer(department, on, key=1, outcome="activity", need=NEED) -> Given:
    return Given(need, department, on, key, outcome)


@pytest.mark.parametrize(
    ("given", "state", "since"),
    [
        ([], "unanswered", MAY),
        ([answer(HOME, JUNE)], "answered", None),
        ([answer(HOME, JUNE, outcome="declined")], "answered", None),
        ([answer(HOME, JUNE, outcome="open")], "open", JUNE),
        ([answer(AWAY, JUNE)], "unanswered", MAY),
        ([answer(HOME, JUNE, need=OTHER)], "unanswered", MAY),
        ([answer(HOME, JUNE), answer(HOME, JULY, 2, "open")], "open", JULY),
        ([answer(HOME, JULY, 1, "open"), answer(HOME, JUNE, 2)], "open", JULY),
        ([answer(HOME, JUNE, 2), answer(HOME, JUNE, 1, "open")], "answered", None),
        ([answer(None, JUNE)], "answered", None),
        ([answer(None, MAY - dt.timedelta(days=1))], "unanswered", MAY),
        ([answer(HOME, JUNE), answer(None, JULY, 2, "open")], "open", JULY),
        ([answer(HOME, MAY - dt.timedelta(days=1))], "answered", None),
    ],
)
def test_the_latest_answer_to_a_department_or_to_everybody_holds(given, state, since):
    (pair,) = pairs([Raised(NEED, HOME, MAY)], given)
    assert (pair.state, pair.waiting_since) == (state, since)


def test_meetings_without_departments_are_answered_once_and_only_where_no_department_raised_it():
    raised = [Raised(NEED, None, MAY), Raised(NEED, HOME, JUNE), Raised(OTHER, None, JULY)]
    assert [(pair.need, pair.department) for pair in pairs(raised, [])] == [(NEED, HOME), (OTHER, None)]
    (everybody,) = pairs(raised[2:], [answer(None, MAY, need=OTHER)])
    assert everybody.state == "answered"


def test_the_unanswered_come_first_then_the_open_and_the_oldest_of_each():
    raised = [Raised(1, HOME, JULY), Raised(2, HOME, JUNE), Raised(3, HOME, MAY), Raised(4, HOME, MAY)]
    found = pairs(raised, [answer(HOME, JULY, need=3, outcome="open"), answer(HOME, JULY, 2, need=4)])
    assert [pair.need for pair in found] == [2, 1, 3, 4]
    assert [pair.need for pair in unanswered(found)] == [2, 1]
    assert [pair.days_waiting(TODAY) for pair in found] == [61, 31, 31, 0]


def test_counts_by_department():
    raised = [Raised(1, HOME, JUNE), Raised(2, HOME, MAY), Raised(3, HOME, MAY), Raised(1, AWAY, JULY)]
    found = by_department(pairs(raised, [answer(HOME, JULY, need=3, outcome="open"), answer(AWAY, JULY, 2)]))
    assert found == {HOME: Tally(3, 2, 1, MAY), AWAY: Tally(1, 0, 0, None)}
    assert (found[HOME].answered, found[AWAY].answered) == (0, 1)


def test_of_several_meetings_the_one_that_was_over_first():
    spring = Raised(NEED, HOME, JULY, "våren", MAY)
    assert first_raised([spring, Raised(NEED, HOME, JUNE), Raised(NEED, AWAY, JULY)]) == [
        Raised(NEED, AWAY, JULY), Raised(NEED, HOME, JUNE),
    ]  # fmt: skip
    (pair,) = pairs([spring], [answer(None, JUNE, outcome="open")])
    assert (pair.state, pair.words) == ("open", "våren")
    assert by_department(pairs([spring], [])) == {HOME: Tally(1, 1, 0, JULY, "våren")}


def test_counts_by_need():
    raised = [Raised(1, HOME, JUNE), Raised(1, AWAY, MAY), Raised(2, None, MAY)]
    found = by_need(pairs(raised, [answer(HOME, JULY), answer(HOME, JULY, 2)]))
    assert {need: (row.answered, row.raised) for need, row in found.items()} == {1: (1, 2), 2: (0, 1)}


def test_the_standing_counts_needs_and_not_pairs():
    raised = [Raised(1, HOME, JUNE), Raised(1, AWAY, MAY), Raised(2, HOME, MAY)]
    found = standing(pairs(raised, [answer(HOME, JULY, need=2)]))
    assert (found.needs, found.waiting, found.longest) == (2, 1, Pair(1, AWAY, MAY))
    assert standing([]).longest is None


def test_what_was_added_last_whatever_day_it_holds_from():
    assert last_added([answer(HOME, JULY, 4), answer(HOME, MAY, 9), answer(None, MAY, 5)]) == {
        HOME: 9,
        None: 5,
    }
