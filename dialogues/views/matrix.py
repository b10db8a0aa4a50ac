"""Likeness and difference: needs by department and themes by department, as sentences, picture, table and words."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dialogues.matrix import file as matrix_file
from dialogues.matrix import queries, wording
from dialogues.matrix.chart import SCREEN, matrix_chart
from dialogues.matrix.counts import Matrix
from dialogues.models import Statement
from program.models import Level
from program.places import in_program
from ui import media
from ui.charts import svg

WITHOUT = "utan"
SHOWN = 200


@dataclass(frozen=True)
class Cell:
    """A count that leads to its words."""

    count: int
    href: str
    is_chosen: bool
    label: str = ""


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: which statements count, and of which row and column the words are wanted."""

    kind: str
    level: str
    row: str
    column: str

    @property
    def filter(self) -> dict[str, str]:
        return {key: value for key, value in (("slag", self.kind), ("niva", self.level)) if value}


def _chosen(request, row_name: str) -> Chosen:
    kind, level = request.GET.get("slag", ""), request.GET.get("niva", "")
    return Chosen(
        kind if kind in Statement.Kind else "",
        level if level in Level and row_name == "behov" else "",
        request.GET.get(row_name, ""),
        request.GET.get("avdelning", ""),
    )


def _as_text(key) -> str:
    return WITHOUT if key is None else str(key)


def _cells(matrix: Matrix, chosen: Chosen, row_name: str):
    """[(head, [cell …], total cell, shared by)] and the totals' cells: every count with its address."""

    def cell(count, row, column, label="") -> Cell:
        wanted = {row_name: row, "avdelning": column}
        query = urlencode(chosen.filter | {key: value for key, value in wanted.items() if value})
        return Cell(count, f"?{query}#ord", (row, column) == (chosen.row, chosen.column), label)

    columns = [(_as_text(column.key), column.name) for column in matrix.columns]
    rows = [
        {
            "head": row.head,
            "cells": [
                cell(count, str(row.head.key), key, name)
                for (key, name), count in zip(columns, row.cells, strict=True)
            ],
            "total": cell(row.total, str(row.head.key), ""),
            "shared_by": row.shared_by,
        }
        for row in matrix.rows
    ]
    totals = [
        cell(count, "", key, name) for (key, name), count in zip(columns, matrix.column_totals, strict=True)
    ]
    return rows, totals


def _words(said, matrix: Matrix, chosen: Chosen, field: str):
    """The statements of the chosen row, column or both, and what is chosen; None when nothing is."""
    row = next((row.head for row in matrix.rows if str(row.head.key) == chosen.row), None)
    column = next((head for head in matrix.columns if _as_text(head.key) == chosen.column), None)
    if row is None and column is None:
        return None
    rows = said.statements.filter(kind=chosen.kind) if chosen.kind else said.statements
    rows = rows.filter(**{field: row.key}) if row else rows.filter(**{f"{field}__in": _keys(matrix)})
    if column:
        rows = rows.filter(dialogue__departments=column.key)
    found = list(
        rows.distinct()
        .select_related("dialogue")
        .prefetch_related("dialogue__departments")
        .order_by("dialogue__held_on", "dialogue_id", "order", "pk")[: SHOWN + 1]
    )
    title = " · ".join(head.name for head in (row, column) if head)
    return {"title": title, "rows": found[:SHOWN], "has_more": len(found) > SHOWN}


def _keys(matrix: Matrix) -> list:
    return [row.head.key for row in matrix.rows]


def _page(request, place, subject: str):
    """Either matrix with all that stands around it."""
    of_needs = subject == "need"
    row_name, field = ("behov", queries.NEEDS) if of_needs else ("tema", queries.THEMES)
    chosen = _chosen(request, row_name)
    said = queries.said_to(place)
    columns = queries.departments(place, said)
    if of_needs:
        matrix = queries.need_matrix(place, said, columns.heard, kind=chosen.kind, level=chosen.level)
    else:
        matrix = queries.theme_matrix(said, columns.heard, kind=chosen.kind)
    rows, totals = _cells(matrix, chosen, row_name)
    sentences = wording.need_sentences(matrix) if of_needs else wording.theme_sentences(matrix)
    context = {
        "subject": subject,
        "title": _("Needs by department") if of_needs else _("Themes by department"),
        "matrix": matrix,
        "rows": rows,
        "totals": totals,
        "chosen": chosen,
        "kinds": Statement.Kind.choices,
        "levels": Level.choices if of_needs else [],
        "sentences": sentences,
        "notes": wording.notes(matrix, of_needs=of_needs),
        "unheard": wording.unheard(columns),
        # Our own specification, drawn by our own process: nothing in it comes from a browser.
        "picture": mark_safe(svg(matrix_chart(matrix, SCREEN))) if matrix.total else "",
        "words": _words(said, matrix, chosen, field),
        "query": urlencode(chosen.filter),
    }
    return render(request, "dialogues/matrix.html", context)


@require_GET
@in_program
def need_matrix(request, place):
    """What is alike and what differs between departments: needs."""
    return _page(request, place, "need")


@require_GET
@in_program
def theme_matrix(request, place):
    """The committee's own question: strengths, and needs of support, change, training, network, clarification."""
    return _page(request, place, "theme")


@require_GET
@in_program
def matrix_download(request, place):
    """Both matrices and the words that the place may see, as a workbook."""
    chosen, today = _chosen(request, "behov"), timezone.localdate()
    content = matrix_file.to_xlsx(place, today, kind=chosen.kind, level=chosen.level)
    response = HttpResponse(content, content_type=media.TYPES["xlsx"])
    name = f"{place.program.slug}-behov-{today}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
