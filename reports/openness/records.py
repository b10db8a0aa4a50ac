"""A record as it is handed out: its fields in words, and whose words each part of a field repeats.

Pure. Documents are Swedish, and so are the labels.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True)
class Part:
    """Some text, and the addresses ("need:12:title") of the fields that it is or repeats."""

    text: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field of a record; its parts stand after one another."""

    name: str
    label: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True)
class File:
    """A file that belongs to a record: `key` is attachment:5 or release-file:9, `size` in bytes, SHA-256 in hex."""

    key: str
    name: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Record:
    """One row of one kind. The title repeats fields of its own, so that what is masked there is masked here."""

    kind: str
    pk: int
    title: tuple[Part, ...]
    fields: tuple[Field, ...]
    files: tuple[File, ...] = ()

    @property
    def name(self) -> str:
        return "".join(part.text for part in self.title)


Plain: TypeAlias = str | bool | int | Decimal | dt.date | None
Value: TypeAlias = Plain | Part | Iterable["Plain | Part"]


def address(kind: str, pk: int, field: str) -> str:
    """How a mask and a part name a field of a record."""
    return f"{kind}:{pk}:{field}"


def repeated(kind: str, pk: int, field: str, text: str) -> Part:
    """Words that another record's field holds and this one repeats."""
    return Part(text, (address(kind, pk, field),))


def worded(value: Plain) -> str:
    """2026-03-01, 37,5, ja or nej; nothing for None. Times to the minute, as they were here."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return str(value)


def parts_of(value: Value, own: str, between: str = ", ") -> tuple[Part, ...]:
    """A field's value as parts, each known by the field's own address too; a list with commas between."""
    if isinstance(value, Part):
        items: list[Plain | Part] = [value]
    elif value is None or isinstance(value, str | bool | int | Decimal | dt.date):
        items = [value]
    else:
        items = list(value)
    found: list[Part] = []
    for item in items:
        part = item if isinstance(item, Part) else Part(worded(item))
        if found:
            found.append(Part(between, (own,)))
        found.append(Part(part.text, (own, *part.of)))
    return tuple(part for part in found if part.text)


def title_of(fields: Iterable[Field], names: Iterable[str]) -> tuple[Part, ...]:
    """A record's title from fields of its own, with blanks between those that hold something."""
    by_name = {field.name: field for field in fields}
    found: list[Part] = []
    for name in names:
        parts = by_name[name].parts
        if parts and found:
            found.append(Part(" "))
        found += parts
    return tuple(found)
