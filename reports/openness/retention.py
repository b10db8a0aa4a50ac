"""How long records are kept, how many are past their time, and the thinning of what may be thinned.

What is frozen, reported or on the chain stands whatever its rule says: it leaves with the archive, never here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import DateTimeField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Organisation, User
from reports.models import RetentionRule
from reports.openness import register
from reports.openness.actions import NotReady
from reports.openness.kinds import Kind
from reports.openness.of_trail import entries_in


@dataclass(frozen=True)
class Line:
    """A kind with its rule, and how many of its records are past their time, and of those may be removed here."""

    kind: Kind
    rule: RetentionRule | None
    past: int | None
    removable: int | None

    @property
    def is_for_good(self) -> bool:
        return self.rule is None or self.rule.years is None


def rules_of(organisation: Organisation) -> Mapping[str, RetentionRule]:
    """By kind. One query."""
    return {rule.record: rule for rule in RetentionRule.objects.filter(organisation=organisation)}


def lines(organisation: Organisation, today: dt.date) -> list[Line]:
    """Every kind. One query, and at most two for each kind that has a number of years."""
    rules = rules_of(organisation)
    return [_line(kind, rules.get(kind.key), organisation, today) for kind in register.KINDS]


def _line(kind: Kind, rule: RetentionRule | None, organisation: Organisation, today: dt.date) -> Line:
    if rule is None or rule.years is None:
        return Line(kind, rule, None, None)
    past = past_rows(kind, organisation, rule.years, today).count()
    removable = removable_rows(kind, organisation, rule.years, today)
    return Line(kind, rule, past, None if removable is None else removable.count())


def years_before(today: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 28 February for a leap day."""
    try:
        return today.replace(year=max(today.year - years, 1))
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def past_rows(kind: Kind, organisation: Organisation, years: int, today: dt.date) -> QuerySet:
    """The organisation's rows of a kind whose time is out on a day."""
    if not kind.route:
        rows = entries_in(organisation, register.HANDED_OUT)
    else:
        rows = kind.models[0]._base_manager.filter(**{kind.home: organisation})
    return _past(kind, rows, years, today)


def removable_rows(kind: Kind, organisation: Organisation, years: int, today: dt.date) -> QuerySet | None:
    """Those of them that may be removed; None for a kind that stands."""
    if kind.thinnable is None:
        return None
    return _past(kind, kind.thinnable(organisation), years, today)


def _past(kind: Kind, rows: QuerySet, years: int, today: dt.date) -> QuerySet:
    if kind.dated:
        return rows.filter(**{f"{kind.dated}__lte": _limit(kind, years_before(today, years))})
    last_year = "last_year" if kind.route == "pk" else f"{kind.route}__last_year"
    return rows.filter(**{f"{last_year}__lt": today.year - years})


def _limit(kind: Kind, day: dt.date) -> dt.date | dt.datetime:
    """The day, or where the kind has times its end."""
    first = kind.dated.split("__")[0]
    if isinstance(kind.models[0]._meta.get_field(first), DateTimeField):
        return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
    return day


@transaction.atomic
def remove(*, organisation: Organisation, kind: Kind, by: User, number: int, today: dt.date) -> int:
    """Remove what may be removed of a kind, exactly as many as was said; told in the trail under its rule."""
    rule = (
        RetentionRule.objects.select_for_update().filter(organisation=organisation, record=kind.key).first()
    )
    if rule is None or rule.years is None or kind.thin is None:
        raise NotReady(_("Say first how long these are kept, and by which decision."))
    rows = removable_rows(kind, organisation, rule.years, today)
    if rows.count() != number:
        raise NotReady(_("Their number has changed since you looked. Look again, and then remove them."))
    gone = kind.thin(rows)
    LogEntry.objects.log_create(
        rule, force_log=True, action=LogEntry.Action.UPDATE, actor=by, changes={},
        additional_data={"removed": gone, "basis": rule.basis, "years": rule.years},
    )  # fmt: skip
    return gone


def removals(organisation: Organisation, limit: int = 50) -> list[tuple[LogEntry, Kind | None, int]]:
    """What has been removed, the latest first. Two queries."""
    rules = dict(RetentionRule.objects.filter(organisation=organisation).values_list("pk", "record"))
    found = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(RetentionRule), object_id__in=rules,
        additional_data__removed__isnull=False,
    ).select_related("actor").order_by("-timestamp", "-pk")[:limit]  # fmt: skip
    return [(row, register.BY_KEY.get(rules[row.object_id]), row.additional_data["removed"]) for row in found]
