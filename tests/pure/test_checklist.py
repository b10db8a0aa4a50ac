"""The checklist's judgement: what is owed, by whom, and how far it has come."""

import datetime as dt

import pytest

from reports.checklist import judge as k
from reports.outline import ours

DAY = dt.date(2026, 5, 20)


def item(kind=k.TEXTS, *, done=False, owners=(), flag="", label="Något") -> k.Item:
    return k.Item(kind, label, "/dit/", done, owners=frozenset(owners), flag=flag)


def test_counts_are_made_of_the_items():
    found = k.Checklist((item(), item(done=True), item(k.ANSWERS, done=True), item(done=True, flag="samma")))
    assert (found.done, found.all, len(found.owed), len(found.flagged)) == (3, 4, 1, 1)
    assert [(group.kind, group.done, len(group.items)) for group in found.groups] == [
        (k.TEXTS, 2, 3),
        (k.ANSWERS, 1, 1),
    ]


def test_each_has_the_own_part():
    found = k.Checklist((item(owners=[1]), item(k.UPDATES, owners=[1, 2]), item(done=True, owners=[2])))
    assert {member: len(rows) for member, rows in found.debtors.items()} == {1: 2, 2: 1}
    assert (found.of(2).done, found.of(2).all) == (1, 2)
    assert found.of(3).items == ()
    assert [row.kind for row in found.of_kinds([k.UPDATES]).items] == [k.UPDATES]


@pytest.mark.parametrize(
    ("status", "reported", "owed"),
    [
        ("planned", DAY, True),
        ("under_way", DAY - dt.timedelta(days=1), True),
        ("under_way", DAY + dt.timedelta(days=1), False),
        ("completed", DAY, False),
        ("stopped", DAY, False),
    ],
)
def test_an_open_activity_wants_an_update_after_the_previous_cut_off(status, reported, owed):
    assert k.wants_update(status, reported, DAY) is owed


@pytest.mark.parametrize(
    ("status", "days", "told"), [("completed", 1, True), ("completed", 0, False), ("planned", -90, True)]
)
def test_a_report_tells_of_what_is_open_or_was_reported_on(status, days, told):
    assert k.tells_of(status, DAY + dt.timedelta(days=days), DAY) is told


def test_what_is_dated_after_the_cut_off_is_not_looked_at():
    assert k.judged_on(DAY, DAY + dt.timedelta(days=30)) == DAY
    assert k.judged_on(DAY, DAY - dt.timedelta(days=30)) == DAY - dt.timedelta(days=30)


@pytest.mark.parametrize(
    ("state", "sides"),
    [
        ((False, False, False, True, False), {k.HEAD}),
        ((False, False, False, True, True), {k.HR}),
        ((False, False, False, False, False), {k.HR}),
        ((True, False, False, True, False), {k.HEAD, k.HR}),
        ((True, True, False, True, False), {k.HR}),
        ((True, False, True, True, False), {k.HEAD}),
        ((True, False, True, False, False), {k.HR}),
        ((True, True, True, True, False), set()),
    ],
)
def test_a_dialogue_waits_for_the_sides_that_have_not_acted(state, sides):
    names = ("is_confirmed", "head_agreed", "hr_agreed", "has_head", "logged_by_hr")
    assert k.waits_for(**dict(zip(names, state, strict=True))) == sides


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("half_year", set(k.KINDS)),
        ("monthly", {k.TEXTS, k.VALUES, k.APPROVALS}),
        ("feedback", set(k.KINDS)),
    ],
)
def test_a_report_wants_what_its_sections_tell(kind, wanted):
    assert set(k.kinds_for(place.key for place in ours(kind))) == wanted
