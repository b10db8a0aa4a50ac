"""A kind of record: which rows, what of them is told, how long they are kept, and what of them may be thinned."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from reports.openness.records import Field, File, Part, Record, Value, address, parts_of, repeated, title_of


@dataclass(frozen=True)
class Column:
    """One field of every record of a kind; `get` reads it from a row whose relations are loaded."""

    name: str
    label: str
    get: Callable[[Any], Value]
    between: str = ", "


def column(name: str, label: str, get: Callable[[Any], Value] | None = None, between: str = ", ") -> Column:
    """A column; without `get` the row's own attribute, in words where it is a choice."""
    return Column(name, label, get or _own(name), between)


def _own(name: str) -> Callable[[Any], Value]:
    def get(row: Any) -> Value:
        words = getattr(row, f"get_{name}_display", None)
        return words() if words else getattr(row, name)

    return get


@dataclass(frozen=True)
class Kind:
    """One kind of record, in the order in which it is handed out.

    `route` leads from its row to the programme (or the organisation, where `is_shared`). `within` says by which
    lookup its rows belong to an activity or a dialogue that is handed out alone. `prepare` tells loaded rows what
    hangs on other rows. `dated` is the day that retention
    counts from, empty for the programme's end. `thinnable` gives the organisation's rows that may be removed, `thin`
    removes them; where there is none the rows stand. Without columns it is never handed out.
    """

    key: str
    label: str
    group: str
    models: tuple[type[Model], ...]
    route: str = "program"
    rows: Callable[[Any], QuerySet] | None = None
    columns: tuple[Column, ...] = ()
    title: tuple[str, ...] = ()
    files: Callable[[Any], Iterable[File]] | None = None
    prepare: Callable[[list[Any], Any], list[Any]] | None = None
    within: tuple[tuple[str, str], ...] = ()
    is_default: bool = True
    is_hr_only: bool = False
    is_shared: bool = False
    is_table: bool = False
    dated: str = ""
    thinnable: Callable[[Any], QuerySet] | None = None
    thin: Callable[[QuerySet], int] | None = None

    @property
    def home(self) -> str:
        """The lookup from its row to the organisation; empty for the trail, which belongs to many rows."""
        if self.is_shared or not self.route:
            return self.route
        return "organisation" if self.route == "pk" else f"{self.route}__organisation"

    @property
    def is_handed_out(self) -> bool:
        return bool(self.columns)

    @property
    def is_removable(self) -> bool:
        """Whether rows of the kind may be thinned at all; templates would call `thin` itself."""
        return self.thin is not None

    def read(self, rows: Iterable[Any], place: Any) -> list[Record]:
        """The rows as records. Asks the database for nothing more than `rows` and `prepare` do."""
        loaded = list(rows)
        return [self._record(row) for row in (self.prepare(loaded, place) if self.prepare else loaded)]

    def _record(self, row: Any) -> Record:
        fields = tuple(
            Field(
                one.name,
                one.label,
                parts_of(_here(one.get(row)), address(self.key, row.pk, one.name), one.between),
            )
            for one in self.columns
        )
        files = tuple(self.files(row)) if self.files else ()
        return Record(self.key, row.pk, title_of(fields, self.title), fields, files)


def _here(value: Any) -> Any:
    """A time as clocks showed it here."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) else value


def need_title(need: Any) -> Part | None:
    return repeated("need", need.pk, "title", need.title) if need else None


def activity_title(activity: Any) -> Part | None:
    return repeated("activity", activity.pk, "title", activity.title) if activity else None


def area_name(area: Any) -> Part | None:
    return repeated("area", area.pk, "name", area.name) if area else None


def indicator_name(indicator: Any) -> Part | None:
    return repeated("indicator", indicator.pk, "name", indicator.name) if indicator else None


def statement_text(statement: Any) -> Part | None:
    return repeated("statement", statement.pk, "text", statement.text) if statement else None


def document_title(document: Any) -> Part | None:
    return repeated("document", document.pk, "title", document.title) if document else None


def names(rows: Iterable[Any]) -> list[str]:
    """Names of departments and roles, which are no records of the programme."""
    return [str(row) for row in rows]
