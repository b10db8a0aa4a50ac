"""The overview: what waits first, then the two axes."""

import datetime as dt

import pytest

from dialogues.models import Objection
from program.models import FollowUp
from tests import factories

PAGE = "/ostra/chefer/"


@pytest.mark.parametrize(("kind", "queries"), [("editor", 14), ("director", 14), ("reader", 13)])
@pytest.mark.parametrize("rows", [3, 60])
def test_it_takes_as_many_queries_whatever_there_is(
    sign_in, world, rows, kind, queries, today, django_assert_num_queries
):
    role = factories.role(world.ours)
    for number in range(rows):
        factories.activity(
            world.program, f"Aktivitet {number}", responsible=[role], deadline=str(today - dt.timedelta(days=1)),
            on=today - dt.timedelta(days=30),
        )  # fmt: skip
        factories.need(world.program, f"Behov {number}")
    factories.headcounts(world.ours, [(world.home, f"1{n}", 33, 1) for n in range(rows)])
    client = sign_in(getattr(world.users, kind))
    with django_assert_num_queries(queries):
        client.get(PAGE)


def test_hr_sees_what_dialogues_ask_for(sign_in, world):
    now = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
    dialogue = factories.dialogue(
        world.program, departments=[world.home], statements=["Ett", "Två"], confirmed_at=now,
        confirmed_by=world.users.editor,
    )  # fmt: skip
    need = factories.need(world.program)
    dialogue.statements.first().needs.add(need)
    Objection.objects.create(need=need, department=world.home, text="Inte så", at=now)
    told = [
        "1 grupp säger att den inte menade så",
        "1 dialog väntar på HR:s ja till publicering",
        "1 inspel hör inte till något behov ännu",
    ]
    pages = [sign_in(user).get(PAGE).content.decode() for user in (world.users.editor, world.users.director)]
    assert [[text in page for text in told] for page in pages] == [[True] * 3, [False] * 3]


def test_it_shows_what_is_late_due_and_unlinked(sign_in, world, today):
    start = today - dt.timedelta(days=90)
    need = factories.need(world.program, "Besvarat behov")
    factories.need(world.program, "Obesvarat behov")
    late = factories.activity(
        world.program, "Sen", deadline=str(today - dt.timedelta(days=14)), on=start, needs=[need]
    )
    factories.activity(
        world.program, "Snar", deadline=str(today + dt.timedelta(days=60)), on=start, needs=[need]
    )
    factories.activity(world.program, "Fjärran", deadline=str(today + dt.timedelta(days=61)), on=start)
    factories.report(world.program, cut_off=today, meets_on=today + dt.timedelta(days=12))
    response = sign_in(world.users.editor).get(PAGE)
    found = response.context["found"]
    assert [(row.pk, row.days_late) for row in found.late] == [(late.pk, 14)]
    assert [row.label for row in found.due] == ["Snar"]
    assert [row.label for row in found.without_need] == ["Fjärran"]
    assert [need.title for need in found.needs_without_activity] == ["Obesvarat behov"]
    page = response.content.decode()
    assert "om 12 dagar" in page
    assert "15 texter saknas" in page


def test_the_two_axes_are_told_apart(sign_in, world, today):
    done = factories.activity(world.program, "Klar")
    factories.status(done, "completed", on=today, completed_on=today)
    factories.activity(world.program, "Öppen", deadline="2099-01-01")
    factories.indicator(world.program, "Återhämtning")
    page = sign_in(world.users.editor).get(PAGE).content.decode()
    assert "<strong>1 av 2</strong> aktiviteter är genomförda." in page
    assert "kan inte avgöras ännu" in page
    assert "Det finns inget värde ännu." in page


def test_english_is_complete_on_it(sign_in, world):
    client = sign_in(world.users.editor)
    client.post("/sprak/", {"language": "en", "next": PAGE})
    page = client.get(PAGE).content.decode()
    assert "Waiting for you" in page
    assert "Väntar på dig" not in page


def test_everybody_reads_when_the_committee_meets_and_only_those_who_make_it_open_the_report(
    sign_in, world, today
):
    factories.report(world.program, "2030H1", cut_off=today, meets_on=today + dt.timedelta(days=12))
    for kind, opens in (("reader", False), ("manager", False), ("director", True), ("editor", True)):
        page = sign_in(getattr(world.users, kind)).get(PAGE).content.decode()
        assert "Nästa nämnd" in page, kind
        assert ("/rapporter/2030H1/" in page) is opens, kind


def test_a_programme_without_needs_is_not_scolded_for_activities_without_one(sign_in, world):
    factories.activity(world.program, "Utan behov")
    client = sign_in(world.users.editor)
    assert client.get(PAGE).context["found"].without_need == []
    factories.need(world.program)
    assert len(client.get(PAGE).context["found"].without_need) == 1


def test_a_follow_up_that_was_never_held_waits_on_the_overview(sign_in, world, today):
    activity = factories.activity(world.program, "Att följa upp")
    row = FollowUp.objects.create(activity=activity, planned_on=today - dt.timedelta(days=1))
    client = sign_in(world.users.editor)
    assert [found.pk for found in client.get(PAGE).context["found"].unfollowed] == [activity.pk]
    row.held_on = today
    row.save()
    assert client.get(PAGE).context["found"].unfollowed == []
