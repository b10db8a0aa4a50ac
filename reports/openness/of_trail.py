"""The audit trail as records: who changed which row when, and which fields; never what stood in them.

Values are left out for good: the trail is read without the gate, and holds words that may since be withheld.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from reports.openness.kinds import Kind, column

ACTIONS = {0: "ny", 1: "ändrad", 2: "borttagen", 3: "läst"}


@cache
def _tracked() -> tuple[type, ...]:
    return tuple(sorted(auditlog.get_models(), key=lambda model: model._meta.label))


def entries(place: Any, kinds: Collection[Kind]) -> QuerySet:
    """The trail's entries about rows of these kinds in the place's programme, and about those that are gone."""
    which = Q(additional_data__program=place.program.pk)
    return _entries(
        kinds, which, {kind: kind.route for kind in kinds if not kind.is_shared}, place.program.pk
    )


def entries_in(organisation: Any, kinds: Collection[Kind]) -> QuerySet:
    """The same for all the organisation's programmes."""
    programs = list(organisation.programs.values_list("pk", flat=True))
    which = Q(additional_data__program__in=programs)
    return _entries(kinds, which, {kind: kind.home for kind in kinds}, organisation.pk)


def _entries(kinds: Collection[Kind], which: Q, routes: Mapping[Kind, str], owner: int) -> QuerySet:
    by_model = {model: route for kind, route in routes.items() for model in kind.models[:1]}
    for model in _tracked():
        if model in by_model:
            rows = model._base_manager.filter(**{by_model[model]: owner}).values("pk")
            which |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows)
    types = ContentType.objects.get_for_models(*(model for kind in kinds for model in kind.models))
    found = LogEntry.objects.filter(which, content_type__in=types.values())  # masks, say, are of no kind
    return found.select_related("actor", "content_type").order_by("timestamp", "pk")


def _what(row: Any) -> str:
    model = row.content_type.model_class()
    return capfirst(str(model._meta.verbose_name)) if model else row.content_type.model


def _fields(row: Any) -> list[str]:
    return sorted(name for name in (row.changes_dict or {}) if name != "id")


def trail(kinds: tuple[Kind, ...]) -> Kind:
    """The trail of these kinds: who did what is about staff by name, so it is never there by default."""
    return Kind(
        "trail", "Ändringar: vem som gjorde vad", "Spårbarhet", (LogEntry,), route="", is_default=False, is_hr_only=True,
        is_table=True, dated="timestamp", rows=lambda place: entries(place, kinds), title=("at", "what"),
        columns=(
            column("at", "Tid", lambda row: row.timestamp), column("by", "Vem", lambda row: str(row.actor or "systemet")),
            column("what", "Vad", _what), column("row", "Post", lambda row: row.object_pk),
            column("action", "Händelse", lambda row: ACTIONS[row.action]), column("fields", "Fält", _fields),
        ),
    )  # fmt: skip
