"""Statements to needs, themes on statements, and needs that become one. Each linking leaves a line in the trail:
how many statements the need had and has, and which ones by their numbers, never by their words."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from dialogues.access import can_remove_need
from dialogues.models import BallotOption, Objection, Statement
from organisation.models import User
from program.models import Activity, Need, Response
from ui.audit import relink

LINKS = Statement.needs.through


@dataclass(frozen=True)
class Moved:
    """What one move did, as plain values that can be kept in a session and taken back.

    `added` and `removed` are (need, statement); `themes` are (statement, its theme before) of those that were given
    `theme`; `made` is a new need.
    """

    added: tuple[tuple[int, int], ...] = ()
    removed: tuple[tuple[int, int], ...] = ()
    themes: tuple[tuple[int, str], ...] = ()
    theme: str = ""
    made: int | None = None

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict) -> "Moved":
        rows = {name: tuple(tuple(row) for row in kept[name]) for name in ("added", "removed", "themes")}
        return cls(**rows, theme=kept["theme"], made=kept["made"])

    @property
    def statements(self) -> list[int]:
        """Every statement that something happened to."""
        links = [statement for _need, statement in (*self.added, *self.removed)]
        return list(dict.fromkeys(links + [row[0] for row in self.themes]))

    @property
    def needs(self) -> set[int]:
        return {need for need, _statement in (*self.added, *self.removed)}


def _log(need: Need, before: int, after: int, **which: list[int]) -> LogEntry:
    return LogEntry(
        content_type=ContentType.objects.get_for_model(need), object_pk=str(need.pk), object_id=need.pk,
        object_repr=str(need), action=LogEntry.Action.UPDATE, changes={"statements": [str(before), str(after)]},
        additional_data=need.get_additional_data() | which,
    )  # fmt: skip


def _write(entries: Iterable[LogEntry], by: User | None) -> None:
    rows = list(entries)
    for row in rows:
        row.actor = by
    LogEntry.objects.bulk_create(rows)


def _hold(*needs: Need) -> None:
    """Lock needs, always in the same order: who links to one that is being merged waits, and is told it is gone.

    Raises Need.DoesNotExist.
    """
    keys = {need.pk for need in needs}
    held = list(
        Need.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)
    )
    if len(held) < len(keys):
        raise Need.DoesNotExist


def _linked(need: Need) -> set[int]:
    return set(LINKS.objects.filter(need=need).values_list("statement_id", flat=True))


@transaction.atomic
def link_statements(*, need: Need, keys: Collection[int], by: User | None) -> Moved:
    """Let statements speak for a need; those that do already are left as they are. Three queries."""
    _hold(need)
    there = _linked(need)
    new = [key for key in dict.fromkeys(keys) if key not in there]
    if new:
        links = [LINKS(need=need, statement_id=key) for key in new]
        LINKS.objects.bulk_create(links, ignore_conflicts=True)
        _write([_log(need, len(there), len(there) + len(new), added=new)], by)
    return Moved(added=tuple((need.pk, key) for key in new))


@transaction.atomic
def unlink_statements(*, need: Need, keys: Collection[int], by: User | None) -> Moved:
    """Statements no longer speak for a need; those that did not are left as they are. Three queries."""
    there = _linked(need)
    gone = [key for key in dict.fromkeys(keys) if key in there]
    if gone:
        LINKS.objects.filter(need=need, statement__in=gone).delete()
        _write([_log(need, len(there), len(there) - len(gone), removed=gone)], by)
    return Moved(removed=tuple((need.pk, key) for key in gone))


@transaction.atomic
def set_theme(*, keys: Collection[int], theme: str) -> Moved:
    """Lay a theme beside statements, or with "" take it away. Two queries."""
    other = Statement.objects.filter(pk__in=list(keys)).exclude(theme=theme)
    before = list(other.values_list("pk", "theme"))
    Statement.objects.filter(pk__in=[key for key, _theme in before]).update(theme=theme)
    return Moved(themes=tuple(before), theme=theme)


@transaction.atomic
def make_need(*, need: Need, keys: Collection[int], by: User) -> Moved:
    """A new need of the statements given."""
    need.save()
    return replace(link_statements(need=need, keys=keys, by=by), made=need.pk)


@transaction.atomic
def undo(*, place, moved: Moved, by: User) -> Moved:
    """Take a move back as far as nobody else has been there since: needs and statements that are gone stay gone,
    a theme that was set anew stays, and a new need goes only when nothing hangs on it."""
    seen = Statement.objects.visible_to(place).filter(pk__in=moved.statements)
    there = set(seen.values_list("pk", flat=True))
    back = Moved()
    for pk, need in Need.objects.visible_to(place).in_bulk(moved.needs | {moved.made}).items():
        added = [key for other, key in moved.added if other == pk]
        removed = [key for other, key in moved.removed if other == pk and key in there]
        gone = unlink_statements(need=need, keys=added, by=by)
        put = link_statements(need=need, keys=removed, by=by)
        back = replace(back, added=back.added + put.added, removed=back.removed + gone.removed)
        if pk == moved.made and can_remove_need(place, need):
            need.delete()
            back = replace(back, made=pk)
    return replace(back, themes=_give_back(moved, there))


def _give_back(moved: Moved, there: set[int]) -> tuple[tuple[int, str], ...]:
    """Statements get back the theme they had, where it is still the one that was set then."""
    rows = [row for row in moved.themes if row[0] in there]
    for theme in {before for _key, before in rows}:
        keys = [key for key, before in rows if before == theme]
        Statement.objects.filter(pk__in=keys, theme=moved.theme).update(theme=theme)
    return tuple((key, moved.theme) for key, _before in rows)


@transaction.atomic
def merge_needs(*, keep: Need, gone: Need, by: User) -> Need:
    """Two needs become one: everything that hangs on `gone` goes over to `keep`, whose words and level stand.

    Statements, activities, answers, objections, options of ballots, and owners.
    """
    _hold(keep, gone)
    link_statements(need=keep, keys=_linked(gone), by=by)
    activities = list(Activity.objects.filter(needs=gone).prefetch_related("needs"))
    for activity in activities:
        before = set(activity.needs.all())
        relink(activity, {"needs": (before | {keep}) - {gone}}, before={"needs": before})
    Activity.objects.filter(pk__in=[row.pk for row in activities]).update(revision=F("revision") + 1)
    for model in (Response, Objection, BallotOption):
        model.objects.filter(need=gone).update(need=keep)
    keep.owners.add(*gone.owners.all())
    gone.delete()
    return keep
