"""The one door: every address below an organisation is resolved here, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from organisation.access import Kind, Place
from organisation.models import Membership


@dataclass(frozen=True)
class NoPlace:
    """Stands in for a place on pages outside every organisation."""

    program = None
    programs = ()
    memberships = ()
    organisation = None


def resolve_organisation(request: HttpRequest, slug: str) -> Place:
    """The user's place in the organisation with this address; 404 for everybody who is not a member."""
    memberships = tuple(
        request.user.memberships.select_related("organisation").order_by("organisation__name", "pk")
    )
    membership = next((m for m in memberships if m.organisation.slug == slug), None)
    if membership is None:
        raise Http404
    return place_of(membership, memberships)


def place_of(membership: Membership, memberships: tuple[Membership, ...] = ()) -> Place:
    """Where a member stands, also when nobody has signed in: for calendars and e-mail."""
    departments: frozenset[int] = frozenset()
    if membership.kind in (Kind.DEPARTMENT_HEAD, Kind.MANAGER):
        departments = frozenset(membership.departments.values_list("pk", flat=True))
    return Place(membership.organisation, membership, memberships or (membership,), departments)


def in_organisation(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `place` instead of the organisation's address."""

    @wraps(view)
    def inside(request: HttpRequest, organisation: str, **kwargs) -> HttpResponse:
        request.place = resolve_organisation(request, organisation)
        return view(request, request.place, **kwargs)

    inside.has_door = True
    return inside
