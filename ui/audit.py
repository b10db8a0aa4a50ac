"""Who changed what when, in words, from the audit trail."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    at: dt.datetime
    by: str
    what: str
    is_new: bool
    fields: tuple[FieldChange, ...]


def _value(field, raw) -> str:
    if raw in (None, "None", ""):
        return "–"
    if raw in ("True", "False"):
        return _("yes") if raw == "True" else _("no")
    choices = dict(getattr(field, "flatchoices", None) or [])
    return Truncator(str(choices.get(raw, raw))).chars(160)


def _fields(entry, model) -> Iterable[FieldChange]:
    for name, change in (entry.changes_dict or {}).items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        label = str(getattr(field, "verbose_name", name))
        if isinstance(change, dict):
            objects = ", ".join(change["objects"])
            added = change["operation"] == "add"
            yield FieldChange(label, "" if added else objects, objects if added else "")
        elif name not in ("id", model._meta.pk.name):
            yield FieldChange(label, _value(field, change[0]), _value(field, change[1]))


def changes_of(objects: Iterable, limit: int = 50) -> list[Change]:
    """The latest changes of the objects given, newest first. One query besides cached content types."""
    which = Q(pk__in=[])
    for instance in objects:
        kind = ContentType.objects.get_for_model(instance)
        which |= Q(content_type=kind, object_id=instance.pk)
    entries = LogEntry.objects.filter(which).select_related("actor").order_by("-timestamp", "-pk")[:limit]
    found = []
    for entry in entries:
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        is_new = entry.action == LogEntry.Action.CREATE
        fields = () if is_new else tuple(_fields(entry, model))
        if is_new or fields:
            what = str(model._meta.verbose_name)
            found.append(Change(entry.timestamp, str(entry.actor or _("the system")), what, is_new, fields))
    return found


def relink(instance, wanted: dict[str, Iterable], before: dict[str, Iterable] | None = None) -> None:
    """Set several many-to-many fields and log what changed as one entry.

    `before` gives what the fields hold where the caller has read it already; two queries for a field that
    changes, one for the log.
    """
    changes = {}
    for name, rows in wanted.items():
        links = getattr(instance, name)
        old, new = set((before or {}).get(name, links.all())), set(rows)
        if old == new:
            continue
        own, other = links.source_field_name, links.target_field_name
        if gone := old - new:
            links.through.objects.filter(**{own: instance, f"{other}__in": gone}).delete()
        links.through.objects.bulk_create(links.through(**{own: instance, other: row}) for row in new - old)
        changes[name] = [", ".join(sorted(map(str, side))) for side in (old, new)]
    if changes:
        LogEntry.objects.log_create(instance, force_log=True, action=LogEntry.Action.UPDATE, changes=changes)
