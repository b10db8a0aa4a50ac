"""The door to a programme: the organisation's door, and then the programme by its address."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from organisation.places import resolve_organisation
from program.models import Program


def in_program(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a `place` with a programme instead of the two addresses."""

    @wraps(view)
    def inside(request: HttpRequest, organisation: str, program: str, **kwargs) -> HttpResponse:
        place = resolve_organisation(request, organisation)
        programs = tuple(Program.objects.visible_to(place))
        found = next((candidate for candidate in programs if candidate.slug == program), None)
        if found is None:
            raise Http404
        found.organisation = place.organisation
        request.place = replace(place, program=found, programs=programs)
        return view(request, request.place, **kwargs)

    inside.has_door = True
    return inside
