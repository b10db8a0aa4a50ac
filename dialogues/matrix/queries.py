"""From rows to the marks that `dialogues.matrix.counts` counts; what page, spreadsheet and report share."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dialogues.matrix.counts import Head, Matrix, alike_first, build, short_names
from dialogues.models import Dialogue, Statement
from organisation.models import Department
from program.models import Need

NEEDS, THEMES = "needs", "theme"


@dataclass(frozen=True)
class Said:
    """Meetings that count, and the statements of them that do."""

    dialogues: QuerySet
    statements: QuerySet


@dataclass(frozen=True)
class Departments:
    """The columns: departments that have been heard. The others have a meeting that does not count yet, or none."""

    heard: tuple[Head, ...]
    waiting: tuple[str, ...]
    silent: tuple[str, ...]


def said_to(place) -> Said:
    """Confirmed meetings and their words, as far as the place may see them."""
    return Said(
        Dialogue.objects.visible_to(place).filter(confirmed_at__isnull=False),
        Statement.objects.visible_to(place).spoken(),
    )


def said_by(program, cut_off: dt.date) -> Said:
    """Confirmed meetings of a programme up to a day, whoever reads: what a report counts."""
    dialogues = Dialogue.objects.filter(program=program, confirmed_at__isnull=False, held_on__lte=cut_off)
    return Said(dialogues, Statement.objects.filter(dialogue__in=dialogues).spoken())


def departments(place, said: Said) -> Departments:
    """Two queries. Meetings without departments are a column of their own, when there are any."""
    of_it = Dialogue.objects.filter(departments=OuterRef("pk"), program=place.program)
    counted = of_it.filter(pk__in=said.dialogues.values("pk"))
    rows = list(
        Department.objects.visible_to(place)
        .annotate(is_heard=Exists(counted), has_any=Exists(of_it))
        .order_by("code")
    )
    heard = [row for row in rows if row.is_heard]
    shorts = short_names((row.code, row.name, row.aliases) for row in heard)
    columns = [Head(row.pk, row.name, short) for row, short in zip(heard, shorts, strict=True)]
    if said.dialogues.filter(departments__isnull=True).exists():
        columns.append(Head(None, _("without department"), _("without dept.")))
    return Departments(
        tuple(columns),
        tuple(row.name for row in rows if row.has_any and not row.is_heard),
        tuple(row.name for row in rows if not row.has_any),
    )


def _marks(said: Said, row: str, kind: str):
    """(row, department, statement) of every statement; None where it has no row, or its meeting no department."""
    chosen = said.statements.filter(kind=kind) if kind else said.statements
    return chosen.order_by().values_list(row, "dialogue__departments", "pk")


def need_matrix(place, said: Said, columns, *, kind: str = "", level: str = "") -> Matrix:
    """Need × department, the most shared first. Two queries."""
    needs = Need.objects.visible_to(place).order_by("order", "pk")
    heads = [Head(row.pk, row.title) for row in (needs.filter(level=level) if level else needs)]
    return alike_first(build(heads, columns, _marks(said, NEEDS, kind)))


def theme_matrix(said: Said, columns, *, kind: str = "") -> Matrix:
    """Theme × department, in the order of the committee's clause. One query."""
    heads = [Head(value, capfirst(str(label))) for value, label in Statement.Theme.choices]
    marks = ((theme or None, column, pk) for theme, column, pk in _marks(said, THEMES, kind))
    return build(heads, columns, marks)
