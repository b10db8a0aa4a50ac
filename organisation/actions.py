"""Writes across models: members, drafts and calendar addresses."""

import hashlib
import secrets

from auditlog.models import LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from organisation.access import Place
from organisation.models import CalendarKey, Draft, Membership, User


@transaction.atomic
def add_member(*, organisation, username: str, kind: str, departments=(), email: str = "") -> Membership:
    """Give a person a role. A new user gets no password: the system owner hands over a link to choose one."""
    user, created = User.objects.get_or_create(username=username, defaults={"email": email})
    if created:
        user.set_unusable_password()
        user.save()
    membership = Membership.objects.create(user=user, organisation=organisation, kind=kind)
    membership.departments.set(departments)
    return membership


class NobodyInCharge(Exception):
    """The change would leave the organisation without a system owner."""


def _keep_somebody_in_charge(membership: Membership, kind: str | None) -> None:
    """Lock the system owners, so that two who demote each other at once do not both succeed."""
    owners = Membership.objects.filter(organisation=membership.organisation_id, kind=Membership.Kind.ADMIN)
    held = list(owners.select_for_update().values_list("pk", flat=True))
    if kind != Membership.Kind.ADMIN and held == [membership.pk]:
        raise NobodyInCharge


@transaction.atomic
def change_member(*, form) -> Membership:
    """Save a member's role and e-mail address; raises NobodyInCharge for the only system owner."""
    _keep_somebody_in_charge(form.instance, form.cleaned_data["kind"])
    user = form.instance.user
    if user.email != form.cleaned_data["email"]:
        user.email = form.cleaned_data["email"]
        user.save(update_fields=["email"])
    return form.save()


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take a role away; raises NobodyInCharge for the only system owner."""
    _keep_somebody_in_charge(membership, None)
    membership.delete()


@transaction.atomic
def take_password(*, membership: Membership, by: User) -> None:
    """Take a person's password away, so that a new one is chosen with a link; the trail keeps by whom. Signs out."""
    user = membership.user
    user.set_unusable_password()
    user.save(update_fields=["password"])
    LogEntry.objects.log_create(
        user, force_log=True, action=LogEntry.Action.UPDATE, actor=by, changes={},
        additional_data={"organisation": membership.organisation_id, "password": "taken"},
    )  # fmt: skip


def passwords_taken(user: User) -> QuerySet:
    """When and by whom a person's password was taken away, the latest first."""
    entries = LogEntry.objects.get_for_object(user).filter(additional_data__password="taken")
    return entries.select_related("actor").order_by("-timestamp")


def save_draft(*, place: Place, key: str, title: str, url: str, fields: dict) -> Draft:
    """Keep what somebody is typing; the newest wins."""
    draft, _created = Draft.objects.update_or_create(
        user_id=place.membership.user_id,
        organisation=place.organisation,
        key=key,
        defaults={"title": title, "url": url, "fields": fields, "saved_at": timezone.now()},
    )
    return draft


def find_draft(place: Place, key: str) -> Draft | None:
    return Draft.objects.visible_to(place).filter(key=key).first()


def discard_draft(place: Place, key: str) -> None:
    Draft.objects.visible_to(place).filter(key=key).delete()


def calendar_digest(secret: str) -> str:
    """What is kept of a calendar address; long random secrets need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_calendar_key(*, membership: Membership) -> str:
    """A new secret for the member's calendar address, told this once; an older one stops working."""
    secret = secrets.token_urlsafe(32)
    revoke_calendar_key(membership=membership)
    CalendarKey.objects.create(membership=membership, digest=calendar_digest(secret))
    return secret


def revoke_calendar_key(*, membership: Membership) -> None:
    CalendarKey.objects.filter(membership=membership).delete()
