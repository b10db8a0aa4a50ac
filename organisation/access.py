"""Where somebody stands, and what the role there allows. Views ask here; so do lists, exports and forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from organisation.models import Membership, Organisation

Kind = Membership.Kind


@dataclass(frozen=True)
class Place:
    """One member in one organisation, and in one of its programmes when the address names one."""

    organisation: Organisation
    membership: Membership
    memberships: tuple[Membership, ...]
    department_ids: frozenset[int] = frozenset()
    program: Any = None
    programs: tuple[Any, ...] = ()

    @property
    def kind(self) -> str:
        return self.membership.kind

    def is_one_of(self, *kinds: str) -> bool:
        return self.membership.kind in kinds


@dataclass(frozen=True)
class Allowed:
    """The answer yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The answer no, with a reason that is fit to print."""

    reason: str

    def __bool__(self) -> bool:
        return False


Answer = Allowed | Denied


def require(answer: Answer) -> None:
    """Stop with 403 and the reason, unless allowed."""
    if isinstance(answer, Denied):
        raise PermissionDenied(answer.reason)


def only(place: Place, *kinds: str) -> Answer:
    """Allowed for the kinds of membership named."""
    if place.is_one_of(*kinds):
        return Allowed()
    labels = ", ".join(str(Kind(kind).label) for kind in kinds)
    return Denied(_("Your role cannot do this. These roles can: %(roles)s.") % {"roles": labels})


def can_manage_organisation(place: Place) -> Answer:
    """Structure, settings and users: the system owner."""
    return only(place, Kind.ADMIN)


def can_see_people(place: Place) -> Answer:
    """Who changed what when: everyone who works in the programme, not those who only read."""
    if place.is_one_of(Kind.READER, Kind.MANAGER):
        return Denied(_("Changes are shown to those who work in the programme."))
    return Allowed()
