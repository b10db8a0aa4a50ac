"""The organisation's own shape of its reports: which sections, in which order, under which headings."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from organisation.models import Organisation
from reports.actions import add_sections
from reports.models import DecisionPoint, Report, Section, SectionLayout
from reports.outline import OWN, Wanted, ours
from ui.revision import Stale

MOST_OWN = 5  # sections of the organisation's own in each part
NEW = "new-"
STEP = 10  # between two places in the order, so that something fits in between
PARTS = ("letter", "report")


@dataclass(frozen=True)
class Line:
    """One section as the page shows it: `ours` is our heading, "" for the organisation's own section."""

    part: str
    key: str
    ours: str
    heading: str
    fixed: str
    order: int
    is_left_out: bool

    @property
    def is_own(self) -> bool:
        return not self.ours

    @property
    def is_new(self) -> bool:
        """Not saved yet; it gets a key of its own when it is."""
        return self.key.startswith(NEW)


def unwritten() -> QuerySet[Section]:
    """Sections that somebody is to write in and nobody has: not left out, no fixed text, no points instead."""
    settled = SectionLayout.objects.filter(
        organisation=OuterRef("report__program__organisation"),
        kind=OuterRef("report__kind"),
        key=OuterRef("key"),
    ).filter(Q(is_left_out=True) | ~Q(fixed_text=""))
    points = DecisionPoint.objects.filter(report=OuterRef("report"))
    rows = Section.objects.filter(text="").exclude(Exists(settled))
    return rows.exclude(Q(key="proposal") & Exists(points)).order_by()


def lines(kind: str, wanted: Iterable[Wanted]) -> list[Line]:
    """Every section of a kind of report in the order that holds, the left out ones in their places too."""
    said = {row.key: row for row in wanted}
    found = []
    for at, place in enumerate(ours(kind), start=1):
        row = said.pop(place.key, Wanted(place.part, place.key, "", "", 0, False))
        order = row.order or at * STEP
        found.append(
            Line(place.part, place.key, place.heading, row.heading, row.fixed, order, row.is_left_out)
        )
    own = (row for row in said.values() if row.key.startswith(OWN))
    found += [Line(row.part, row.key, "", row.heading, row.fixed, row.order, row.is_left_out) for row in own]
    return sorted(found, key=lambda line: (PARTS.index(line.part), line.order))


def wanted_of(organisation: Organisation, kind: str) -> list[Wanted]:
    """What the organisation wants otherwise for one kind of report. One query."""
    rows = SectionLayout.objects.filter(organisation=organisation, kind=kind)
    return [
        Wanted(row.part, row.key, row.heading, row.fixed_text, row.order, row.is_left_out) for row in rows
    ]


def fingerprint(wanted: Iterable[Wanted]) -> str:
    """What is saved, in short; two editors are told apart by it."""
    held = sorted(astuple(row) for row in wanted)
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:20]


def free_keys(organisation: Organisation, kind: str, count: int) -> list[str]:
    """Keys for new sections of the organisation's own. One that has been used is never given again: an old report's
    text would come up under a new heading. Two queries."""
    used = set(
        SectionLayout.objects.filter(organisation=organisation, kind=kind).values_list("key", flat=True)
    )
    used |= set(
        Section.objects.filter(report__program__organisation=organisation, key__startswith=OWN).values_list(
            "key", flat=True
        )
    )
    free = (key for number in range(1, len(used) + count + 1) if (key := f"{OWN}{number}") not in used)
    return list(islice(free, count))


def written_in(organisation: Organisation, kind: str) -> dict[str, list[str]]:
    """The periods of the reports in which somebody has written in a section of the organisation's own, by key."""
    rows = (
        Section.objects.filter(
            report__program__organisation=organisation, report__kind=kind, key__startswith=OWN
        )
        .exclude(text="")
        .values_list("key", "report__period")
    )
    found: dict[str, list[str]] = {}
    for key, period in rows:
        found.setdefault(key, []).append(period)
    return found


def with_empty(found: list[Line]) -> list[Line]:
    """The sections, and in each part as many empty ones of the own kind as it has room for."""
    made = list(found)
    for part in PARTS:
        rows = [line for line in found if line.part == part]
        if rows:
            last, own = max(line.order for line in rows), sum(line.is_own for line in rows)
            places = range(1, MOST_OWN - own + 1)
            made += [
                Line(part, f"{NEW}{part}-{n}", "", "", "", min(last + n * STEP, 999), False) for n in places
            ]
    return made


def _with_keys(organisation: Organisation, kind: str, found: list[Line]) -> list[Line]:
    keys = iter(free_keys(organisation, kind, len(found)))
    return [replace(line, key=next(keys)) if line.is_new else line for line in found]


@transaction.atomic
def save_layout(*, organisation: Organisation, kind: str, found: Iterable[Line], seen: str) -> None:
    """Save a kind's whole layout at once, and give reports that are not approved the sections that are new.

    Raises Stale when somebody else saved since `seen`. What is as ours is not stored, so that it follows us.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if fingerprint(wanted_of(organisation, kind)) != seen:
        raise Stale
    usual = {line.key: line for line in lines(kind, ())}
    kept = _with_keys(organisation, kind, [line for line in found if line != usual.get(line.key)])
    rows = SectionLayout.objects.filter(organisation=organisation, kind=kind)
    for row in rows.exclude(key__in=[line.key for line in kept]):
        row.delete()
    known = {row.key: row for row in rows}
    for line in kept:
        row = known.get(line.key) or SectionLayout(organisation=organisation, kind=kind, key=line.key)
        row.part, row.heading, row.fixed_text = line.part, line.heading, line.fixed
        row.order, row.is_left_out = line.order, line.is_left_out
        row.save()
    reports = Report.objects.filter(program__organisation=organisation, kind=kind, approved_at=None)
    for report in reports.select_related("program__organisation"):
        add_sections(report, {})
