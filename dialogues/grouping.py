"""What the page shows on which statements are grouped into needs: plain rows, a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.likeness import Meant, Said, Suggestion, suggestions
from dialogues.models import Dialogue, Statement
from program.models import Level, Need

LINKS = Statement.needs.through
KEYS = "123456789abcdefghijklmnopqrstuvwxy"  # z takes the last move back
MOST_ON_A_PAGE = 500
SPOKEN = Q(statements__dialogue__confirmed_at__isnull=False, statements__is_withheld=False)


@dataclass(frozen=True)
class Hint:
    """What a statement is like, in words for the page; `need` is None when it is like no need, `alike` keys with
    commas between."""

    need: int | None
    words: str
    alike: str
    alike_words: str


@dataclass(frozen=True)
class Marks:
    """What has been laid beside a statement: its theme, and (key, title) of its needs. Keys are text, for pages."""

    key: str
    theme: str
    tags: list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A statement; `about` says where it comes from."""

    key: str
    label: str
    text: str
    about: str
    marks: Marks
    hint: Hint | None = None


@dataclass(frozen=True)
class Card:
    """A need; `key` is what to press on the keyboard, empty when there are more needs than keys."""

    pk: str
    title: str
    level: str
    owners: str
    said: int
    key: str


def spoken(place):
    """The statements that are grouped, in the order in which they were said."""
    rows = Statement.objects.visible_to(place).spoken()
    return rows.order_by("dialogue__held_on", "dialogue_id", "order", "pk")


def needs_of(place) -> list[Need]:
    """The place's needs with `said`, how many statements speak for each. Two queries."""
    counted = Need.objects.visible_to(place).annotate(said=Count("statements", filter=SPOKEN))
    return list(counted.prefetch_related("owners").order_by("pk"))


def cards(needs: Sequence[Need]) -> list[Card]:
    """The needs as they are shown. Keys follow the order in which needs were made: a new one moves no other's."""
    keys = KEYS.ljust(len(needs))
    return [
        Card(
            str(need.pk),
            need.title,
            need.level,
            ", ".join(role.name for role in need.owners.all()),
            need.said,
            key,
        )
        for need, key in zip(needs, (key.strip() for key in keys), strict=False)
    ]


def by_level(needs: Sequence[Need]) -> list[tuple[str, str, list[Card]]]:
    """(level, its label, cards), the organisation's first; a level without needs is there as well."""
    shown = cards(needs)
    return [(level.value, level.label, [card for card in shown if card.level == level]) for level in Level]


def tally(place) -> dict[str, int]:
    """How many statements there are, and how many lack need (`free`) or theme (`bare`). One query."""
    rows = Statement.objects.visible_to(place).spoken()
    return rows.aggregate(
        all=Count("pk", distinct=True),
        free=Count("pk", distinct=True, filter=Q(needs__isnull=True)),
        bare=Count("pk", distinct=True, filter=Q(theme="")),
    )


def rows_of(statements, needs: Sequence[Need], hints: dict[int, Hint] | None = None) -> list[Row]:
    """A queryset's statements as they are shown. Four queries."""
    fields = ("pk", "label", "text", "kind", "theme", "area__name", "dialogue_id")
    found = list(statements.values_list(*fields, named=True))
    places = _places({row.dialogue_id for row in found})
    marks = marks_of({row.pk: row.theme for row in found}, needs)
    kinds = {key: str(label) for key, label in Statement.Kind.choices}
    return [
        Row(
            str(row.pk), row.label, row.text,
            f"{places[row.dialogue_id]} · {kinds[row.kind]} · {row.area__name}",
            marks[row.pk], (hints or {}).get(row.pk),
        )
        for row in found
    ]  # fmt: skip


def marks_of(themes: Mapping[int, str], needs: Sequence[Need]) -> dict[int, Marks]:
    """The marks of statements, given as statement → theme. One query."""
    labels = {key: str(label) for key, label in Statement.Theme.choices}
    titles = {need.pk: need.title for need in needs}
    tags: dict[int, list[tuple[str, str]]] = {}
    links = LINKS.objects.filter(statement__in=list(themes)).order_by("pk")
    for statement, need in links.values_list("statement_id", "need_id"):
        if need in titles:
            tags.setdefault(statement, []).append((str(need), titles[need]))
    return {
        key: Marks(str(key), labels.get(theme, theme), tags.get(key, [])) for key, theme in themes.items()
    }


def _places(keys: Iterable[int]) -> dict[int, str]:
    """dialogue → the departments that took part, or what the meeting is called. Two queries."""
    rows = Dialogue.objects.filter(pk__in=keys).prefetch_related("departments")
    return {row.pk: ", ".join(one.name for one in row.departments.all()) or row.name for row in rows}


def hints(place, needs: Sequence[Need]) -> dict[int, Hint]:
    """statement → what it is like, reckoned from every spoken statement. Two queries, and time."""
    texts = list(Statement.objects.visible_to(place).spoken().values_list("pk", "label", "text"))
    links: dict[int, set[int]] = {}
    for statement, need in LINKS.objects.filter(need__in=needs).values_list("statement_id", "need_id"):
        links.setdefault(statement, set()).add(need)
    said = [Said(pk, f"{label} {text}", frozenset(links.get(pk, ()))) for pk, label, text in texts]
    meant = [Meant(need.pk, f"{need.title} {need.description}") for need in needs]
    titles = {need.pk: need.title for need in needs}
    return {key: _hint(found, titles) for key, found in suggestions(said, meant).items()}


def _hint(found: Suggestion, titles: dict[int, str]) -> Hint:
    words, count = "", len(found.alike)
    if found.need:
        told = {"need": titles[found.need.key], "words": ", ".join(found.need.words)}
        words = (
            ngettext(
                "resembles %(need)s: shares the word %(words)s",
                "resembles %(need)s: shares the words %(words)s",
                len(found.need.words),
            )
            % told
        )
    alike = ngettext("tick %(count)d like statement", "tick %(count)d like statements", count)
    keys = ",".join(map(str, found.alike))
    return Hint(found.need and found.need.key, words, keys, alike % {"count": count} if count else "")


def words() -> dict[str, str]:
    """What every statement's row says, translated once a page."""
    return {"off": _("Take off"), "hint": _("Suggestion"), "put": _("Put it there")}


def said_of(move: Mapping, titles: Mapping[int, str]) -> str:
    """A sentence on a move as the session keeps it; `titles` are the needs that are there."""
    if move["act"] == "undo":
        undone = move.get("undone")
        return told("undo", move["count"], said_of(undone, titles) if undone else "")
    if move["act"] == "theme":
        name = str(Statement.Theme(move["theme"]).label) if move["theme"] else ""
    else:
        name = titles.get(move["need"]) or _("a need that is no longer there")
    return told(move["act"], move["count"], name)


def told(act: str, count: int, name: str) -> str:
    """A sentence on what a move did to how many statements; `name` is the need, the theme or what was undone."""
    if act == "undo":
        return _("Undone: %(name)s") % {"name": name} if name else _("There is nothing to undo.")
    if not count:
        return _("Nothing is changed: it was so already.")
    if act == "unlink":
        said = ngettext(
            "%(count)d statement taken from %(name)s.", "%(count)d statements taken from %(name)s.", count
        )
    elif act == "theme" and name:
        said = ngettext(
            "%(count)d statement has the theme %(name)s.", "%(count)d statements have the theme %(name)s.", count
        )  # fmt: skip
    elif act == "theme":
        said = ngettext(
            "%(count)d statement is without theme.", "%(count)d statements are without theme.", count
        )
    else:
        said = ngettext(
            "%(count)d statement added to %(name)s.", "%(count)d statements added to %(name)s.", count
        )
    return said % {"count": count, "name": name}
