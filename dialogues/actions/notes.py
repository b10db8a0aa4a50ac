"""Notes become dialogues: a draft for each meeting or source that stands in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from dialogues.models import Dialogue, Statement
from dialogues.notes.owners import owner_names
from organisation.models import Department, Role, User
from program.models import Area, Program
from program.when import When


@dataclass(frozen=True)
class Said:
    """A statement to be made; `owners` are the words that tell who answers for it."""

    area: Area
    kind: str
    text: str
    heading: str = ""
    label: str = ""
    owners: str = ""


@dataclass(frozen=True)
class Occasion:
    """A meeting or another source: the fields of its `Dialogue` (held_on at least), who took part, what was said."""

    head: Mapping[str, Any]
    rows: Sequence[Said]
    departments: Iterable[Department] = field(default=())


def dated(when: When) -> dict[str, Any]:
    """The fields of a dialogue that hold when it was."""
    until = when.last if when.last != when.first else None
    return {"held_on": when.first, "held_until": until, "held_words": when.words}


@transaction.atomic
def import_notes(*, program: Program, occasions: Sequence[Occasion], by: User | None) -> list[Dialogue]:
    """A draft for each occasion. Owners that are known by name or alias are linked; the words stay beside."""
    roles = _roles(program)
    return [_draft(program, occasion, roles, by) for occasion in occasions]


def _draft(program: Program, occasion: Occasion, roles: Mapping[str, Role], by: User | None) -> Dialogue:
    dialogue = Dialogue.objects.create(program=program, logged_by=by, **occasion.head)
    dialogue.departments.set(occasion.departments)
    made = Statement.objects.bulk_create(
        Statement(
            dialogue=dialogue, area=row.area, kind=row.kind, text=row.text, heading=row.heading, label=row.label,
            owner_words=row.owners, order=order,
        )
        for order, row in enumerate(occasion.rows, start=1)
    )  # fmt: skip
    link = Statement.owners.through
    link.objects.bulk_create(
        link(statement=statement, role=role)
        for statement in made
        for role in known_owners(statement.owner_words, roles)
    )
    return dialogue


def _roles(program: Program) -> dict[str, Role]:
    """The organisation's roles by every name they go under; a name of its own wins over another's alias."""
    roles = list(Role.objects.filter(organisation_id=program.organisation_id))
    aliases = {alias.casefold(): role for role in roles for alias in role.aliases}
    return aliases | {role.name.casefold(): role for role in roles}


def known_owners(words: str, roles: Mapping[str, Role]) -> list[Role]:
    """The roles that owner words name, each once; words that name none are left as words."""
    names = [words, *owner_names(words)] if words else []
    return list(dict.fromkeys(roles[name.casefold()] for name in names if name.casefold() in roles))
