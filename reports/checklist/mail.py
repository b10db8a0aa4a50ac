"""Reminders of a report: who owes something to it, why somebody is not reminded, and the letter to each."""

import datetime as dt
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from organisation.models import Membership
from reports.checklist import judge as k
from reports.checklist import queries, wording
from reports.models import ChecklistSent, Report
from reports.outgoing import digest as d
from reports.outgoing import reminders


@dataclass(frozen=True)
class Debtor:
    """A member who owes something: how much in words, and why no reminder goes out; "" when one may."""

    membership: Membership
    name: str
    owes: str
    why_not: str
    checklist: k.Checklist


def unset() -> list[str]:
    """The settings without which no letter can be sent."""
    return [name for name in reminders.WANTED if not getattr(settings, name)]


def debtors(place, report: Report, found: k.Checklist, today: dt.date) -> list[Debtor]:
    """Those who owe something to the report, in the order of names. Three queries."""
    people = queries.people_of(place.organisation)
    sent = ChecklistSent.objects.filter(report=report, on=today).values_list("membership", flat=True)
    reached, owing = set(sent), found.debtors
    return [
        _debtor(place, row, found.of(row.pk), row.pk in reached) for row in people.members if row.pk in owing
    ]


def _debtor(place, row: Membership, own: k.Checklist, was_reached: bool) -> Debtor:
    owes = ", ".join(wording.left(group) for group in own.groups if group.owed)
    return Debtor(row, queries.name_of(row.user), owes, _why_not(place, row, was_reached), own)


def _why_not(place, row: Membership, was_reached: bool) -> str:
    if row.pk == place.membership.pk:
        return _("that is you")
    if not row.user.email:
        return _("has no e-mail address here")
    if not row.wants_reminders:
        return _("has chosen not to get reminders")
    return _("has been reminded today") if was_reached else ""


@dataclass(frozen=True)
class Sent:
    """What became of one round of reminders: names of those reached, and of those whom the mail did not reach."""

    reached: tuple[str, ...]
    failed: tuple[str, ...]


def remind_all(*, place, report: Report, today: dt.date) -> Sent:
    """A letter with the own rows to everybody who owes something and may be reminded; one a day and person."""
    with translation.override(settings.LANGUAGE_CODE):
        found = queries.checklist(place, report, today)
        reached, failed = [], []
        for row in debtors(place, report, found, today):
            if not row.why_not:
                (reached if _deliver(place, report, row, today) else failed).append(row.name)
    return Sent(tuple(reached), tuple(failed))


def letter_to(place, report: Report, own: Iterable[d.Group]) -> d.Digest:
    """The letter about one report as a digest of one section."""
    owner = place.organisation
    return d.Digest(
        sender=owner.name,
        is_example=owner.is_example,
        sections=(d.Section(place.program.short_name, tuple(own)),),
        report=report.period,
        reminded_by=queries.name_of(place.membership.user),
    )


def _deliver(place, report: Report, row: Debtor, today: dt.date) -> bool:
    """Claim the day and send; no claim is left when sending fails, so that it can be tried again."""
    digest = letter_to(place, report, wording.groups(row.checklist, report))
    site = settings.SITE_URL
    try:
        with transaction.atomic():
            ChecklistSent.objects.create(report=report, membership=row.membership, on=today)
            reminders.envelope(
                reminders.write(digest, row.membership, site=site), row.membership, site=site
            ).send()
    except (IntegrityError, OSError, smtplib.SMTPException):
        return False
    return True
