"""The register: every kind of record that export, masking, retention and archive share, and what is in none.

The register reads as HR does; who may look is asked in `reports/access.py`, kind by kind.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils import translation

from organisation.access import Kind as Role
from organisation.models import Organisation
from program.models import Program
from reports.openness import of_dialogues, of_files, of_measures, of_program, of_reports
from reports.openness.kinds import Kind
from reports.openness.of_trail import trail
from reports.openness.records import Record
from reports.openness.selection import Selection

HANDED_OUT = (*of_program.KINDS, *of_dialogues.KINDS, *of_measures.KINDS, *of_reports.KINDS)
KINDS: tuple[Kind, ...] = (*HANDED_OUT, trail(HANDED_OUT), *of_files.KINDS)
BY_KEY: Mapping[str, Kind] = {kind.key: kind for kind in KINDS}
# Models with a way to a programme that are no kind of record, each with its reason. A stale line fails the test.
EXCEPTIONS = {
    "dialogues.Slip": "says only that a device has voted; the sums are with the ballot",
    "program.Attachment": "goes with the activity or the document that it belongs to",
    "reports.Mask": "holds the very words that are not handed out",
}


@dataclass(frozen=True)
class Whole:
    """A programme as the register reads it: everything in it, as HR sees it."""

    organisation: Organisation
    program: Program
    kind: str = Role.EDITOR
    department_ids: frozenset[int] = frozenset()

    def is_one_of(self, *kinds: str) -> bool:
        return self.kind in kinds


def whole(program: Program) -> Whole:
    return Whole(program.organisation, program)


def rows(kind: Kind, place, selection: Selection | None = None) -> QuerySet:
    """The kind's rows in order; only those of the activities or dialogues that were chosen singly, where any were."""
    found = kind.rows(place)
    for owner, lookup in kind.within:
        chosen = selection.rows.get(owner) if selection else None
        if chosen:
            found = found.filter(**{f"{lookup}__in": sorted(chosen)})
    return found


def chosen(selection: Selection) -> list[Kind]:
    """The kinds of a selection that can be handed out, in the register's order."""
    return [kind for kind in HANDED_OUT_KINDS if kind.key in selection.kinds]


HANDED_OUT_KINDS = tuple(kind for kind in KINDS if kind.is_handed_out)


def records(kind: Kind, place, selection: Selection | None = None) -> list[Record]:
    """Every record of a kind, in Swedish whatever language is read in."""
    with translation.override("sv"):
        return kind.read(rows(kind, place, selection), place)


def all_records(place, selection: Selection) -> Iterator[tuple[Kind, list[Record]]]:
    """Kind by kind, in the register's order."""
    for kind in chosen(selection):
        yield kind, records(kind, place, selection)


def page_of(kind: Kind, place, selection: Selection, number: str, size: int) -> tuple[Page, list[Record]]:
    """One page of a kind's records; the queries are as many however many records there are."""
    page = Paginator(rows(kind, place, selection), size).get_page(number)
    with translation.override("sv"):
        return page, kind.read(page.object_list, place)


def one(kind: Kind, place, selection: Selection, pk: int) -> Record | None:
    """One record of those that were chosen."""
    with translation.override("sv"):
        found = kind.read(rows(kind, place, selection).filter(pk=pk), place)
    return found[0] if found else None


def counts(place, selection: Selection) -> list[tuple[Kind, int]]:
    """How many records there are of each kind chosen. One query a kind."""
    return [(kind, rows(kind, place, selection).order_by().count()) for kind in chosen(selection)]


def groups(kinds: Iterable[Kind]) -> list[tuple[str, list[Kind]]]:
    """Kinds under their groups, both in order."""
    found: dict[str, list[Kind]] = {}
    for kind in kinds:
        found.setdefault(kind.group, []).append(kind)
    return list(found.items())


def field_label(kind: Kind, name: str) -> str:
    """A field's label; the name itself for one that is no more."""
    labels: Sequence[str] = [column.label for column in kind.columns if column.name == name]
    return labels[0] if labels else name
