"""Writes across models: members and drafts."""

from django.db import transaction
from django.utils import timezone

from organisation.access import Place
from organisation.models import Draft, Membership, User


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
    """Save a member's role; raises NobodyInCharge for the only system owner."""
    _keep_somebody_in_charge(form.instance, form.cleaned_data["kind"])
    return form.save()


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take a role away; raises NobodyInCharge for the only system owner."""
    _keep_somebody_in_charge(membership, None)
    membership.delete()


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
