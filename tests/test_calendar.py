"""The calendar feed: what stands in it, who may read it, and that the address can be taken back."""

import datetime as dt
import re

import pytest
from icalendar import Calendar

from organisation.actions import calendar_digest, make_calendar_key
from organisation.models import CalendarKey, Forum
from program.models import FollowUp, ProcessStep, Step
from reports.models import Hearing, Instruction, Release
from tests import factories

PAGE = "/ostra/-/kalender/"
START = dt.date(2026, 1, 1)


@pytest.fixture
def feed(client, world):
    """The entries of a member's feed by summary: feed("editor")["Klart senast: Snar"]."""

    def _feed(kind: str = "editor") -> dict:
        secret = make_calendar_key(membership=getattr(world.users, kind).memberships.get())
        response = client.get(f"/kalender/{secret}.ics")
        assert response.status_code == 200
        calendar = Calendar.from_ical(response.content)
        return {str(event["summary"]): event for event in calendar.walk("VEVENT")}

    return _feed


def test_it_holds_every_dated_thing(world, feed):
    activity = factories.activity(world.program, "Snar", deadline="2026-11-02", number="3", on=START)
    factories.activity(world.program, "Vag", deadline="hösten 2026", on=START)
    Step.objects.create(activity=activity, text="Första\nraden", number="a", deadline=dt.date(2026, 10, 1))
    Step.objects.create(activity=activity, text="Ärver")
    Step.objects.create(activity=activity, text="Klar", deadline=START, completed_on=START)
    FollowUp.objects.create(activity=activity, planned_on=dt.date(2027, 1, 31), planned_words="januari 2027")
    FollowUp.objects.create(activity=activity, kind="evaluation", planned_on=dt.date(2027, 6, 1))
    FollowUp.objects.create(activity=activity, planned_on=START, held_on=START)
    ProcessStep.objects.create(
        program=world.program, text="Dialoger", first_day=START, last_day=dt.date(2026, 3, 31),
        words="januari–mars 2026", forum=Forum.objects.get(organisation=world.ours), audience="enhetschefer",
    )  # fmt: skip
    factories.report(world.program)
    found = feed()
    assert {summary: (event["dtstart"].dt, event["dtend"].dt) for summary, event in found.items()} == {
        "Klart senast: 3. Snar": (dt.date(2026, 11, 2), dt.date(2026, 11, 3)),
        "Klart senast hösten 2026: Vag": (dt.date(2026, 11, 30), dt.date(2026, 12, 1)),
        "Delåtgärd klart senast: a. Första raden": (dt.date(2026, 10, 1), dt.date(2026, 10, 2)),
        "Uppföljning januari 2027: 3. Snar": (dt.date(2027, 1, 31), dt.date(2027, 2, 1)),
        "Utvärdering: 3. Snar": (dt.date(2027, 6, 1), dt.date(2027, 6, 2)),
        "Dialoger (januari–mars 2026)": (START, dt.date(2026, 4, 1)),
        "Stoppdatum för rapport 2026H1": (dt.date(2026, 5, 20), dt.date(2026, 5, 21)),
        "Socialnämnden: rapport 2026H1": (dt.date(2026, 6, 11), dt.date(2026, 6, 12)),
    }
    assert str(found["Klart senast: 3. Snar"]["url"]) == (
        f"http://testserver/ostra/chefer/aktiviteter/{activity.pk}/"
    )
    assert str(found["Klart senast: 3. Snar"]["uid"]) == f"aktivitet-{activity.pk}@ostra.ledstang"
    assert "Nämnden ostra\nenhetschefer" in str(found["Dialoger (januari–mars 2026)"]["description"])


def test_completed_and_stopped_activities_leave_it(world, feed):
    done = factories.activity(world.program, "Klar", on=START)
    factories.status(done, "completed", completed_on=factories.DAY)
    Step.objects.create(activity=done, text="Kvar", deadline=START)
    FollowUp.objects.create(activity=done, planned_on=dt.date(2027, 1, 1))
    stopped = factories.activity(world.program, "Stoppad", on=START)
    factories.status(stopped, "stopped", comment="Pengarna tog slut")
    FollowUp.objects.create(activity=stopped, planned_on=dt.date(2027, 1, 1))
    assert list(feed()) == ["Uppföljning: Klar"]


def test_a_department_head_gets_the_own_departments_and_what_is_for_all(world, feed):
    factories.activity(world.program, "Egen", departments=[world.home, world.other], on=START)
    factories.activity(world.program, "Allas", on=START)
    other = factories.activity(world.program, "Andras", departments=[world.other], on=START)
    Step.objects.create(activity=other, text="Andras steg", deadline=START)
    FollowUp.objects.create(activity=other, planned_on=START)
    assert set(feed("department_head")) == {"Klart senast: Egen", "Klart senast: Allas"}
    assert len(feed("reader")) == 5


@pytest.mark.parametrize(("kind", "expected"), [("secretary", 2), ("department_head", 2), ("reader", 0)])
def test_reports_that_are_not_frozen_are_for_those_who_make_them(world, feed, kind, expected):
    factories.report(world.program)
    assert len(feed(kind)) == expected


def test_a_frozen_report_is_for_everybody(world, feed):
    report = factories.report(world.program)
    for version in (1, 2):
        Release.objects.create(
            report=report, version=version, schema=1, content="{}", checksum="x", by=world.users.secretary,
            at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), corrects="Ett tal" if version > 1 else "",
        )  # fmt: skip
    assert len(feed("reader")) == 2


def test_two_programmes_are_told_apart_and_another_organisation_is_in_neither(world, feed):
    second = factories.program(world.ours, "andra", short_name="Andra")
    factories.activity(world.program, "Ett", on=START)
    factories.activity(second, "Två", on=START)
    factories.activity(world.hidden, "Hemlig aktivitet", on=START)
    factories.report(world.hidden)
    assert set(feed()) == {"Klart senast: Ett · Chefer", "Klart senast: Två · Andra"}


def test_it_is_text_that_calendars_read(client, world):
    title = 'Chefsstöd; råd, hjälp\\ochsånt "' + "å" * 90
    factories.activity(world.program, title, on=START)
    secret = make_calendar_key(membership=world.users.editor.memberships.get())
    response = client.get(f"/kalender/{secret}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-cache" in response["Cache-Control"]
    lines = response.content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"X-WR-CALNAME:Ledst\xc3\xa5ng\\, socialf\xc3\xb6rvaltningen ostra" in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert str(event["summary"]) == f"Klart senast: {title}"
    assert event["dtstamp"].dt.time() == dt.time()
    assert client.get(f"/kalender/{secret}.ics").content == response.content


def test_example_data_says_so(client, world):
    world.ours.is_example = True
    world.ours.save()
    secret = make_calendar_key(membership=world.users.editor.memberships.get())
    calendar = Calendar.from_ical(client.get(f"/kalender/{secret}.ics").content)
    assert str(calendar["x-wr-calname"]).endswith("(exempeldata)")
    assert "Exempeldata" in str(calendar["x-wr-caldesc"])


def test_a_wrong_secret_and_a_closed_account_are_not_found(client, world):
    user = world.users.editor
    secret = make_calendar_key(membership=user.memberships.get())
    assert client.get(f"/kalender/{calendar_digest(secret)}.ics").status_code == 404
    assert client.get("/kalender/x.ics").status_code == 404
    assert client.post(f"/kalender/{secret}.ics").status_code == 405
    user.is_active = False
    user.save()
    assert client.get(f"/kalender/{secret}.ics").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_it_takes_eight_queries_whatever_there_is(client, world, rows, django_assert_num_queries):
    """The address, then programmes, activities, steps, follow-ups, the process, reports, hearings and instructions."""
    for program in (world.program, factories.program(world.ours, "andra")):
        for number in range(rows):
            activity = factories.activity(program, f"Aktivitet {number}", on=START)
            Step.objects.create(activity=activity, text="Steg", deadline=START)
            FollowUp.objects.create(activity=activity, planned_on=START)
            ProcessStep.objects.create(program=program, text="Möte", first_day=START, last_day=START)
        report = factories.report(program)
        hearing = Hearing.objects.create(report=report, forum=world.ours.forums.get(), held_on=START)
        Instruction.objects.create(hearing=hearing, text="Redovisa", due_on=START)
    secret = make_calendar_key(membership=world.users.editor.memberships.get())
    with django_assert_num_queries(9):
        client.get(f"/kalender/{secret}.ics")


def _address(page: str) -> str:
    return re.search(r'value="http://testserver(/kalender/[^"]+\.ics)"', page)[1]


def test_the_address_is_shown_once_replaced_and_revoked(sign_in, world):
    client = sign_in(world.users.reader)
    assert "Skapa en hemlig adress" in client.get(PAGE).content.decode()
    made = client.post(PAGE, {"do": "make"})
    assert "no-store" in made["Cache-Control"]
    first = _address(made.content.decode())
    assert client.get(first).status_code == 200
    assert "/kalender/" not in client.get(PAGE).content.decode().replace(PAGE, "")
    second = _address(client.post(PAGE, {"do": "make"}).content.decode())
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert CalendarKey.objects.count() == 1
    assert CalendarKey.objects.get().digest not in second
    client.post(PAGE, {"do": "revoke"})
    assert client.get(second).status_code == 404
    assert not CalendarKey.objects.exists()


def test_the_page_shows_what_comes_next(sign_in, world, today):
    for days in range(7):
        factories.activity(
            world.program, f"Om {days}", deadline=str(today + dt.timedelta(days=days - 1)), on=START
        )
    response = sign_in(world.users.department_head).get(PAGE)
    assert [entry.summary for entry in response.context["coming"]] == [
        f"Klart senast: Om {days}" for days in range(1, 6)
    ]
    page = response.content.decode()
    assert "Kalendern rymmer 7 datum i allt." in page
    assert "dina egna avdelningar" in page
