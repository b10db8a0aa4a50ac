"""Who changed what when, in words, from the audit trail."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Q
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from ui import formats
from ui.language import language

RELATIONS: dict[str, Any] = {}  # what a relation is called that has no name of its own; an app adds its words


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saving of one row. `about` is what the row said of its owners (`get_additional_data`)."""

    at: dt.datetime
    by: str
    what: str
    is_new: bool
    is_removed: bool
    row: str
    fields: tuple[FieldChange, ...]
    about: dict


def _value(field, raw) -> str:
    if raw in (None, "None", ""):
        return "–"
    if raw in ("True", "False"):
        return _("yes") if raw == "True" else _("no")
    if isinstance(field, DateTimeField) and (moment := parse_datetime(raw)):
        moment = timezone.localtime(moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        return f"{formats.day(moment.date(), language())} {moment:%H:%M}"
    if isinstance(field, DateField) and (day := parse_date(raw)):
        return formats.day(day, language())
    choices = dict(getattr(field, "flatchoices", None) or [])
    return Truncator(str(choices.get(raw, raw))).chars(160)


def _fields(entry, model) -> Iterable[FieldChange]:
    for name, change in (entry.changes_dict or {}).items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        label = str(getattr(field, "verbose_name", RELATIONS.get(name, name)))
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
    return changes(which, limit)


def changes(which: Q, limit: int) -> list[Change]:
    """The latest log entries that fit, newest first, in words. One query besides cached content types."""
    entries = LogEntry.objects.filter(which).select_related("actor").order_by("-timestamp", "-pk")[:limit]
    found = []
    for entry in entries:
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        is_new = entry.action == LogEntry.Action.CREATE
        is_removed = entry.action == LogEntry.Action.DELETE
        fields = () if is_new or is_removed else tuple(_fields(entry, model))
        if is_new or is_removed or fields:
            found.append(
                Change(
                    entry.timestamp, str(entry.actor or _("the system")), str(model._meta.verbose_name), is_new,
                    is_removed, entry.object_repr, fields, entry.additional_data or {},
                )
            )  # fmt: skip
    return found


@dataclass
class Past:
    """What rows of one owner held at a moment: old values by (model, pk) and field, as the trail has them."""

    values: dict[tuple[type, int], dict[str, str]]
    made_since: set[tuple[type, int]]
    gone_since: dict[tuple[type, int], dict[str, str]]


def rewind(which: Q, since: dt.datetime) -> Past:
    """Undo on paper all that the trail tells after a moment, newest first. One query besides content types."""
    past = Past({}, set(), {})
    for entry in LogEntry.objects.filter(which, timestamp__gt=since).order_by("-timestamp", "-pk"):
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        key = (model, entry.object_id)
        before = {
            name: "" if change[0] in (None, "None") else str(change[0])
            for name, change in (entry.changes_dict or {}).items()
            if not isinstance(change, dict)
        }
        if entry.action == LogEntry.Action.CREATE:
            past.made_since.add(key)
        elif entry.action == LogEntry.Action.DELETE:
            past.gone_since[key] = before
        else:
            past.values.setdefault(key, {}).update(before)
    return past


def log_new(rows: Iterable, by) -> None:
    """Tell the trail of rows that were made in bulk, which it does not see by itself. One query."""
    LogEntry.objects.bulk_create(
        LogEntry(
            content_type=ContentType.objects.get_for_model(row), object_pk=str(row.pk), object_id=row.pk,
            object_repr=str(row), action=LogEntry.Action.CREATE, actor=by, changes={},
            additional_data=row.get_additional_data(),
        )
        for row in rows
    )  # fmt: skip


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
