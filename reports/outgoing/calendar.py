"""The calendar feed: every dated thing that a member sees, as all-day entries. Swedish, as whoever fetches it
has chosen no language."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.text import Truncator
from icalendar import Calendar, Event
from icalendar.prop import vText

from organisation.access import Place
from organisation.models import Forum
from program.models import Activity, FollowUp, ProcessStep, Step
from program.schedule import OPEN
from reports.models import Hearing, Instruction, Report
from reports.outgoing.across import across, activities, everywhere
from ui import formats

EXAMPLE = "Exempeldata: uppgifterna är påhittade."
REFRESHED = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Entry:
    """One entry of the calendar; `key` never changes as long as the thing it stands for exists."""

    key: str
    first: dt.date
    last: dt.date
    summary: str
    path: str
    program: str
    text: str = ""


def entries(place: Place, today: dt.date) -> list[Entry]:
    """Everything dated in all programmes of the organisation, as the member sees it. Eight queries."""
    place = everywhere(place)
    known = activities(place, today, own_alone=False)
    found = [
        *_deadlines(known),
        *_steps(place, known),
        *_follow_ups(place, known),
        *_process(place),
        *_reports(place),
        *_hearings(place),
        *_instructions(place),
    ]
    if len(place.programs) > 1:
        found = [replace(entry, summary=f"{entry.summary} · {entry.program}") for entry in found]
    return sorted(found, key=lambda entry: (entry.first, entry.key))


def _said(what: str, words: str) -> str:
    """Klart senast, or Klart senast hösten 2026 when the date was never a day."""
    return f"{what} {words}" if words else what


def _about(activity: Activity, key: str, day: dt.date, summary: str, text: str = "") -> Entry:
    path, program = activity.get_absolute_url(), activity.program.short_name
    return Entry(key, day, day, summary, path, program, text)


def _deadlines(known: dict[int, Activity]) -> Iterator[Entry]:
    for row in known.values():
        if row.state_status in OPEN and row.state_deadline:
            summary = f"{_said('Klart senast', row.state_words)}: {row}"
            yield _about(row, f"aktivitet-{row.pk}", row.state_deadline, summary)


def _steps(place: Place, known: dict[int, Activity]) -> Iterator[Entry]:
    rows = across(Step, place).filter(deadline__isnull=False, completed_on__isnull=True)
    for step in rows.order_by("pk"):
        activity = known.get(step.activity_id)
        if activity and activity.state_status in OPEN:
            what = _said("Delåtgärd klart senast", step.deadline_words)
            short = Truncator(" ".join(str(step).split())).chars(120)
            text = f"{step}\n\nAktivitet: {activity}"
            yield _about(activity, f"delatgard-{step.pk}", step.deadline, f"{what}: {short}", text)


def _follow_ups(place: Place, known: dict[int, Activity]) -> Iterator[Entry]:
    for row in across(FollowUp, place).filter(held_on__isnull=True).order_by("pk"):
        if row.activity_id in known:
            activity = known[row.activity_id]
            what = "Utvärdering" if row.kind == FollowUp.Kind.EVALUATION else "Uppföljning"
            summary = f"{_said(what, row.planned_words)}: {activity}"
            yield _about(activity, f"uppfoljning-{row.pk}", row.planned_on, summary)


def _process(place: Place) -> Iterator[Entry]:
    programs = {program.pk: program for program in place.programs}
    for row in across(ProcessStep, place).select_related("forum").order_by("pk"):
        program = programs[row.program_id]
        summary = f"{row.text} ({row.words})" if row.words else row.text
        forum = row.forum.name if row.forum else ""
        text = "\n".join(part for part in (forum, row.audience, row.note) if part)
        path = program.get_absolute_url() + "uppdrag/"
        yield Entry(
            f"arbetsgang-{row.pk}", row.first_day, row.last_day, summary, path, program.short_name, text
        )


def _reports(place: Place) -> Iterator[Entry]:
    programs = {program.pk: program for program in place.programs}
    for row in across(Report, place).order_by("pk"):
        row.program = programs[row.program_id]
        path, program = row.get_absolute_url(), row.program.short_name
        cut_off = f"Stoppdatum för rapport {row.period}"
        meeting = f"{place.organisation.committee}: rapport {row.period}"
        yield Entry(f"stoppdatum-{row.pk}", row.cut_off, row.cut_off, cut_off, path, program)
        yield Entry(f"namnd-{row.pk}", row.meets_on, row.meets_on, meeting, path, program)


def _hearings(place: Place) -> Iterator[Entry]:
    """Meetings that handled a report, but for those that its own entry tells of already."""
    programs = {program.pk: program for program in place.programs}
    for row in across(Hearing, place).select_related("forum", "report").order_by("pk"):
        if row.forum.kind == Forum.Kind.COMMITTEE and row.held_on == row.report.meets_on:
            continue
        row.report.program = programs[row.report.program_id]
        summary = f"{row.forum.name}: rapport {row.report.period}"
        path, program = row.report.get_absolute_url(), row.report.program.short_name
        yield Entry(f"behandling-{row.pk}", row.held_on, row.held_on, summary, path, program, row.paragraph)


def _instructions(place: Place) -> Iterator[Entry]:
    """The last day of what a political body has asked for and nobody has answered."""
    rows = across(Instruction, place).filter(answered_on=None, due_on__isnull=False)
    programs = {program.pk: program for program in place.programs}
    for row in rows.select_related("hearing__forum", "hearing__report").order_by("pk"):
        program = programs[row.hearing.report.program_id]
        short = Truncator(" ".join(row.text.split())).chars(120)
        path = reverse("reports:instruction-list", args=program.address)
        text = f"{row.hearing.forum.name} {formats.day(row.hearing.held_on)}\n\n{row.text}"
        yield Entry(
            f"uppdrag-{row.pk}", row.due_on, row.due_on, f"Svar till nämnden senast: {short}", path,
            program.short_name, text,
        )  # fmt: skip


def feed(found: Iterable[Entry], organisation, *, today: dt.date, absolute: Callable[[str], str]) -> bytes:
    """The calendar as iCalendar text; the same bytes all day long, as it is stamped with the day alone."""
    name = f"Ledstång, {organisation.name}"
    said = f"Datum i {organisation}. Innehållet hämtas ur Ledstång och ändras där."
    if organisation.is_example:
        name, said = f"{name} (exempeldata)", f"{said} {EXAMPLE}"
    calendar = Calendar()
    calendar.add("prodid", "-//Ledstång//Kalender//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", vText(name))
    calendar.add("x-wr-calname", vText(name))
    calendar.add("description", vText(said))
    calendar.add("x-wr-caldesc", vText(said))
    calendar.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    stamp = dt.datetime.combine(today, dt.time(), dt.UTC)
    for entry in found:
        calendar.add_component(_event(entry, f"{organisation.slug}.ledstang", stamp, absolute))
    return calendar.to_ical()


def _event(entry: Entry, domain: str, stamp: dt.datetime, absolute: Callable[[str], str]) -> Event:
    """All day, and free: a deadline must not block anybody's day."""
    event = Event()
    url = absolute(entry.path)
    event.add("uid", f"{entry.key}@{domain}")
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + dt.timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", "\n".join(part for part in (entry.text, entry.program, url) if part))
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
