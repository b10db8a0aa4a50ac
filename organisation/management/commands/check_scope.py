"""Walk every relation and tell which rows point into another organisation. There should be none."""

from collections import deque

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import F, ForeignKey

from organisation.models import Organisation, User


def _own_foreign_keys(model) -> list[ForeignKey]:
    ours = {
        config.label
        for config in apps.get_app_configs()
        if not config.name.startswith(("django", "auditlog"))
    }
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model._meta.app_label in ours
        and field.related_model is not User
    ]


def owner_path(model) -> str | None:
    """The shortest chain of foreign keys from a model to its organisation; None when it has none.

    Keys that are always set come first: a value's department may be empty, its indicator never.
    """
    return _path(model, through_empty=False) or _path(model, through_empty=True)


def _path(model, *, through_empty: bool) -> str | None:
    waiting, seen = deque([(model, "")]), {model}
    while waiting:
        current, path = waiting.popleft()
        if current is Organisation:
            return path.removesuffix("__") or "pk"
        for field in _own_foreign_keys(current):
            if field.related_model not in seen and (through_empty or not field.null):
                seen.add(field.related_model)
                waiting.append((field.related_model, f"{path}{field.name}__"))
    return None


def crossings() -> dict[str, int]:
    """Relations with rows that cross from one organisation into another, and how many."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        path = owner_path(model)
        if path is None or model is Organisation:
            continue
        for field in _own_foreign_keys(model):
            target = owner_path(field.related_model)
            if target is None or field.related_model is Organisation:
                continue
            rows = model._base_manager.filter(**{f"{field.name}__isnull": False})
            crossing = rows.exclude(**{path: F(f"{field.name}__{target}")}).count()
            if crossing:
                found[f"{model._meta.label}.{field.name}"] = crossing
    return found


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options) -> None:
        found = crossings()
        if found:
            rows = ", ".join(f"{name} ({count})" for name, count in sorted(found.items()))
            raise CommandError(f"Rows that cross organisations: {rows}")
        self.stdout.write("No relation crosses organisations.")
