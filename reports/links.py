"""Where in the product the rows that a report rests on are shown, to those who may open them."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.urls import reverse

from dialogues.models import Dialogue
from metrics.models import HeadcountReport, Indicator
from organisation.access import Place
from program.models import Activity, Clause, Consultation, Need, Risk
from reports.content import Source
from reports.models import Hearing, Instruction

Addresses = Iterator[tuple[int, str]]


def _pages(model, name: str) -> Callable[[Place, list[int]], Addresses]:
    """Rows that have a page each."""

    def found(place: Place, keys: list[int]) -> Addresses:
        visible = model.objects.visible_to(place).filter(pk__in=keys)
        return ((pk, _address(name, place, pk)) for pk in set(visible.values_list("pk", flat=True)))

    return found


def _assignment(model) -> Callable[[Place, list[int]], Addresses]:
    """Rows that stand on the assignment's page."""

    def found(place: Place, keys: list[int]) -> Addresses:
        visible = model.objects.visible_to(place).filter(pk__in=keys)
        address = _address("program:assignment", place)
        return ((pk, address) for pk in visible.values_list("pk", flat=True))

    return found


def _clauses(place: Place, keys: list[int]) -> Addresses:
    address = _address("program:assignment", place)
    visible = Clause.objects.filter(assignment__program=place.program, pk__in=keys)
    return ((pk, address) for pk in visible.values_list("pk", flat=True))


def _headcounts(place: Place, keys: list[int]) -> Addresses:
    """The managers' areas as of the report's day."""
    visible = HeadcountReport.objects.visible_to(place).filter(pk__in=keys)
    page = _address("metrics:span", place)
    return ((pk, f"{page}?per={day.isoformat()}") for pk, day in visible.values_list("pk", "as_of"))


def _hearings(place: Place, keys: list[int]) -> Addresses:
    visible = Hearing.objects.visible_to(place).filter(pk__in=keys)
    return ((pk, _handling(place, period)) for pk, period in visible.values_list("pk", "report__period"))


def _instructions(place: Place, keys: list[int]) -> Addresses:
    visible = Instruction.objects.visible_to(place).filter(pk__in=keys).order_by()
    rows = visible.values_list("pk", "hearing__report__period")
    return ((pk, _handling(place, period)) for pk, period in rows)


def _handling(place: Place, period: str) -> str:
    return f"{_address('reports:report-detail', place, period)}#behandling"


def _address(name: str, place: Place, *rest: object) -> str:
    return reverse(name, args=[place.organisation.slug, place.program.slug, *rest])


FINDERS: Mapping[str, Callable[[Place, list[int]], Addresses]] = {
    "clause": _clauses,
    "activity": _pages(Activity, "program:activity-detail"),
    "need": _pages(Need, "reports:need-thread"),
    "dialogue": _pages(Dialogue, "dialogues:dialogue-detail"),
    "indicator": _pages(Indicator, "metrics:indicator-detail"),
    "headcount": _headcounts,
    "consultation": _assignment(Consultation),
    "risk": _assignment(Risk),
    "hearing": _hearings,
    "instruction": _instructions,
}


def addresses(place: Place, sources: Iterable[Source]) -> dict[str, str]:
    """Each source's page by its code; none for rows that are gone or hidden from this reader. One query a kind."""
    codes: dict[str, dict[int, str]] = {}
    for source in sources:
        codes.setdefault(source.kind, {})[source.pk] = source.code
    return {
        wanted[pk]: address
        for kind, wanted in codes.items()
        if kind in FINDERS
        for pk, address in FINDERS[kind](place, list(wanted))
    }
