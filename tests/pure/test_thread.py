"""The red thread: chains both ways, and where it is torn."""

import pytest

from reports.thread.chain import Activity, Effect, Indicator, Need, weave

SUPPORT, SYSTEMS, MEETINGS = Need(1, "Stöd", statements=4), Need(2, "System", 1, 1), Need(3, "Möten")
NEEDS = [SUPPORT, SYSTEMS, MEETINGS]
REST, STRESS = Indicator(7, "Återhämtning"), Indicator(8, "Stress")


def activity(pk, *needs, stopped=False):
    return Activity(pk, f"Aktivitet {pk}", stopped, frozenset(needs))


def woven(*activities, effects=(), needs=NEEDS, indicators=(REST, STRESS)):
    return weave(needs, activities, effects, indicators)


def test_from_a_need_to_its_indicators():
    thread = woven(activity(11, 1), activity(12, 1, 2), effects=[Effect(11, 7, 1), Effect(11, 8, 2)])
    support, systems, meetings = thread.chains
    assert [branch.activity.pk for branch in support.branches] == [11, 12]
    assert [aim.indicator for aim in support.branches[0].aims] == [REST, STRESS]
    assert support.branches[1].aims == ()
    assert [branch.activity.pk for branch in systems.branches] == [12]
    assert meetings.branches == ()


def test_from_an_indicator_back_to_its_needs():
    thread = woven(activity(11, 1, 3), activity(12), effects=[Effect(11, 7, 1), Effect(12, 7, 2)])
    rest, stress = thread.origins
    assert [(root.activity.pk, [need.title for need in root.needs]) for root in rest.roots] == [
        (11, ["Stöd", "Möten"]),
        (12, []),
    ]
    assert stress.roots == ()


def test_each_break_is_found():
    thread = woven(activity(11, 1), activity(12), effects=[Effect(12, 7)])
    breaks = thread.breaks
    assert [need.title for need in breaks.unanswered_needs] == ["Möten"]
    assert [row.pk for row in breaks.loose_activities] == [12]
    assert [row.pk for row in breaks.aimless_activities] == [11]
    assert breaks.unaimed_indicators == (STRESS,)
    assert breaks.count == 4


def test_nothing_is_torn_when_everything_hangs_together():
    thread = woven(
        activity(11, 1, 2, 3),
        effects=[Effect(11, 7), Effect(11, 8)],
        needs=[SUPPORT],
        indicators=[REST, STRESS],
    )
    assert (thread.breaks.count, thread.whole) == (0, 1)


def test_what_is_stopped_carries_no_thread():
    thread = woven(activity(11, 3, stopped=True), effects=[Effect(11, 7)], indicators=[REST])
    assert thread.chains[2].branches == ()
    assert [need.title for need in thread.breaks.unanswered_needs] == ["Stöd", "Möten"]
    assert thread.breaks.unaimed_indicators == (REST,)
    assert thread.breaks.loose_activities == thread.breaks.aimless_activities == ()
    assert [row.pk for row in thread.stopped] == [11]


def test_only_a_need_that_somebody_spoke_of_is_whole():
    thread = woven(activity(11, 1, 2), effects=[Effect(11, 7)])
    assert thread.whole == 1


def test_an_effect_on_an_unknown_indicator_is_no_effect():
    thread = woven(activity(11, 1), effects=[Effect(11, 99)])
    assert [row.pk for row in thread.breaks.aimless_activities] == [11]


def test_other_than_the_most_important_are_told_and_not_counted():
    key = Activity(13, "Viktig", needs=frozenset([1]), is_key=True)
    thread = woven(activity(11, 1), activity(12, 1), key, effects=[Effect(12, 7)])
    assert [row.pk for row in thread.breaks.aimless_activities] == [13]
    assert [row.pk for row in thread.unasked] == [11]
    assert woven(activity(11, 1)).unasked == ()


@pytest.mark.parametrize(
    ("raised", "answered", "is_answered"),
    [(0, 0, False), (0, 1, True), (1, 0, False), (1, 1, True), (5, 4, False), (5, 5, True)],
)
def test_a_need_is_answered_when_all_who_raised_it_are(raised, answered, is_answered):
    assert Need(1, "Stöd", raised, answered).is_answered is is_answered


def test_each_need_is_told_of_once():
    """Whole, aimless, unspoken, settled or torn."""
    needs = [Need(1, "Helt", statements=1), Need(2, "Utan mått", statements=1), Need(3, "Utan inspel"),
             Need(4, "Besvarat", 2, 2, 1), Need(5, "Väntar", 2, 1, 1)]  # fmt: skip
    thread = woven(activity(11, 1, 3), activity(12, 2), needs=needs, effects=[Effect(11, 7)])
    told = (thread.effectless, thread.unspoken, thread.settled, thread.breaks.unanswered_needs)
    assert [[need.pk for need in rows] for rows in told] == [[2], [3], [4], [5]]
    assert thread.whole == 1


def test_an_empty_programme_has_no_thread_and_no_breaks():
    thread = weave([], [], [], [])
    assert (thread.chains, thread.origins, thread.breaks.count, thread.whole) == ((), (), 0, 0)
