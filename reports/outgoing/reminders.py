"""Reminders by e-mail: whose rows a digest is made of, the letter it becomes, and that it goes out once a week."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from organisation.access import Kind, Place
from organisation.models import Forum, Membership
from organisation.places import place_of
from program.models import FollowUp, Program
from reports.checklist import judge as checklist
from reports.checklist import queries as checklist_queries
from reports.checklist import wording
from reports.layouts import unwritten
from reports.models import DigestSent, Hearing, Release, Report
from reports.outgoing import digest as d
from reports.outgoing.across import across, activities, everywhere
from reports.outline import LETTER

REPORTING = (Kind.EDITOR, Kind.DEPARTMENT_HEAD)
REMINDED = (*REPORTING, Kind.DIRECTOR, Kind.SECRETARY)
WANTED = {
    "SITE_URL": "the address that links begin with, for example https://ledstang.example.se",
    "EMAIL_URL": "the mail server, for example smtp://mail.example.se:25",
}
SIGNER = Signer(salt="reminders", sep=".")


def digest_of(place: Place, today: dt.date) -> d.Digest:
    """What the member would be reminded of today, over all the organisation's programmes.

    At most five queries; the checklist's besides for a programme whose report is soon to be composed.
    """
    place = everywhere(place)
    acts, follow_ups = _activity_rows(place, today) if place.is_one_of(*REPORTING) else ({}, {})
    reports = _reports(place) if place.is_one_of(*REMINDED) else []
    rows, owed = _report_rows(reports), _owed(place, reports, today)
    programs = [
        d.ProgramRows(
            name=program.short_name,
            list_path=reverse("program:activity-list", args=program.address),
            activities=acts.get(program.pk, ()),
            follow_ups=follow_ups.get(program.pk, ()),
            reports=rows.get(program.pk, ()),
            owed=owed.get(program.pk, ()),
        )
        for program in place.programs
    ]
    owner = place.organisation
    return d.compose(
        programs, today, kind=place.kind, sender=_capital(owner.name), is_example=owner.is_example
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _activity_rows(place: Place, today: dt.date):
    """Activities and follow-ups by programme: all of them for HR, the own departments' for their heads."""
    found: dict[int, list[d.ActivityRow]] = {}
    planned: dict[int, list[d.FollowUpRow]] = {}
    known = activities(place, today, own_alone=True)
    for row in known.values():
        line = d.ActivityRow(str(row), row.get_absolute_url(), row.state, row.state_words, row.state_on)
        found.setdefault(row.program_id, []).append(line)
    for follow_up in across(FollowUp, place).filter(held_on__isnull=True):
        activity = known.get(follow_up.activity_id)
        if activity:
            what = "utvärdering" if follow_up.kind == FollowUp.Kind.EVALUATION else "uppföljning"
            planned.setdefault(activity.program_id, []).append(
                d.FollowUpRow(
                    str(activity),
                    activity.get_absolute_url(),
                    what,
                    follow_up.planned_on,
                    follow_up.planned_words,
                )
            )
    return found, planned


def _reports(place: Place) -> list[Report]:
    """The programmes' reports, with what the letters say of them. Two queries."""
    handled = Hearing.objects.filter(report=OuterRef("pk"), forum__kind=Forum.Kind.COMMITTEE)
    empty = Exists(unwritten().filter(report=OuterRef("pk"), key__in=list(LETTER)))
    rows = (
        across(Report, place)
        .annotate(is_heard=Exists(handled), empty=empty)
        .prefetch_related(Prefetch("releases", Release.objects.defer("content")))
    )
    programs: dict[int, Program] = {program.pk: program for program in place.programs}
    for row in rows:
        row.program = programs[row.program_id]
    return list(rows)


def _report_rows(reports: Iterable[Report]) -> dict[int, list[d.ReportRow]]:
    """Reports as plain values, by programme."""
    found: dict[int, list[d.ReportRow]] = {}
    for row in reports:
        line = d.ReportRow(
            period=row.period,
            path=row.get_absolute_url(),
            cut_off=row.cut_off,
            meets_on=row.meets_on,
            stage=row.stage,
            is_unfinished=row.empty,
            is_heard=row.is_heard,
        )
        found.setdefault(row.program_id, []).append(line)
    return found


def _owed(place: Place, reports: Iterable[Report], today: dt.date) -> dict[int, list[d.Group]]:
    """By programme, what reports that are soon to be composed want of the member.

    Status updates are left out: the digest has a group of its own for them.
    """
    kinds = [kind for kind in checklist.KINDS if kind != checklist.UPDATES]
    found: dict[int, list[d.Group]] = {}
    for row in reports:
        if row.stage == "draft" and d.is_near(row.cut_off, row.meets_on, today):
            whole = checklist_queries.checklist(replace(place, program=row.program), row, today)
            own = whole.of_kinds(kinds).of(place.membership.pk)
            found.setdefault(row.program_id, []).extend(wording.groups(own, row))
    return found


def stop_path(membership: Membership) -> str:
    """The address where a member stops the reminders without signing in; only the letter tells it."""
    return reverse("reminders-stop", args=[SIGNER.sign(membership.pk)])


def member_of(token: str) -> Membership | None:
    """Whose letter carried the token; None for one that we never signed or whose member is gone."""
    try:
        pk = SIGNER.unsign(token)
    except BadSignature:
        return None
    return Membership.objects.select_related("organisation").filter(pk=pk).first()


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def words(digest: d.Digest, membership: Membership, *, site: str) -> dict:
    """What the letter's templates want; `site` is what links begin with, nothing on a page of our own."""
    return {
        "digest": digest,
        "organisation": membership.organisation,
        "site": site,
        "stop": site + stop_path(membership),
        "own_page": site + reverse("reminders", args=[membership.organisation.slug]),
    }


def write(digest: d.Digest, membership: Membership, *, site: str) -> Letter:
    """The digest in words, as text and as HTML with absolute links."""
    context = words(digest, membership, site=site)
    with translation.override(settings.LANGUAGE_CODE):
        return Letter(
            digest.subject,
            render_to_string("reports/mail/digest.txt", context),
            render_to_string("reports/mail/digest.html", context),
        )


def envelope(letter: Letter, membership: Membership, *, site: str) -> EmailMultiAlternatives:
    """The letter addressed; mail programs show their own button for what List-Unsubscribe names."""
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[membership.user.email],
        headers={
            "List-Unsubscribe": f"<{site}{stop_path(membership)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


@dataclass(frozen=True)
class Outcome:
    """What became of one member's reminder, fit to print."""

    was_sent: bool
    words: str


def week_of(day: dt.date) -> str:
    """2026-W47."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def remind(membership: Membership, today: dt.date, *, site: str, dry_run: bool = False) -> Outcome:
    """Send a member the week's digest, or say why not. A failure of the mail server is raised."""
    reason = _why_not(membership, today)
    if reason:
        return Outcome(False, f"skipped: {reason}")
    digest = digest_of(place_of(membership), today)
    if digest.is_empty:
        return Outcome(False, "skipped: nothing to say")
    if dry_run:
        return Outcome(False, f"would send: {digest.subject}")
    if not deliver(digest, membership, today, site=site):
        return Outcome(False, "skipped: already this week")
    return Outcome(True, f"sent: {digest.subject}")


def _why_not(membership: Membership, today: dt.date) -> str:
    if not membership.user.is_active:
        return "the account is closed"
    if not membership.user.email:
        return "no e-mail address"
    if not membership.wants_reminders:
        return "opted out"
    if DigestSent.objects.filter(membership=membership, week=week_of(today)).exists():
        return "already this week"
    return ""


def deliver(digest: d.Digest, membership: Membership, today: dt.date, *, site: str) -> bool:
    """Claim the week and send; False when another run holds the claim, and no claim is left when sending fails."""
    mail = envelope(write(digest, membership, site=site), membership, site=site)
    try:
        with transaction.atomic():
            DigestSent.objects.create(membership=membership, week=week_of(today))
            mail.send()
    except IntegrityError:
        return False
    return True
