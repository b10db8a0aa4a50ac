"""Words that stand are corrected with what stood before, or erased for good."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Set

from django.db import transaction
from django.db.models import Field, Model, QuerySet, UniqueConstraint
from django.utils import timezone

from dialogues.actions.dialogue import ask_again
from dialogues.models import Correction, Dialogue, Erasure, Statement
from dialogues.privacy.erasing import MARK, holds, without, without_deep
from dialogues.privacy.traces import TRAIL, TYPED, drafts_of, rows_of, text_fields, trail_of
from organisation.models import User
from ui.revision import claim

SHOWN = ("text", "label", "heading")  # the words of a statement that a reader sees
WRITTEN = (*SHOWN, "theme")
MOST_PLACES = 32_767  # what the column holds


@transaction.atomic
def correct_statement(
    *, dialogue: Dialogue, form, by: User, revision: int | None, at: dt.datetime | None = None
) -> Statement:
    """Change a statement; a change of its text keeps what stood before. Raises Stale.

    Both sides agreed to what they saw: when that is changed they are asked again. `at` dates an import back.
    """
    claim(dialogue, revision)
    statement = form.instance
    stood = Statement.objects.get(pk=statement.pk)
    changed = [
        name
        for name in WRITTEN
        if name in form.changed_data and getattr(stood, name) != getattr(statement, name)
    ]
    if changed:
        statement.save(update_fields=changed)
    if "owners" in form.changed_data:
        statement.owners.set(form.cleaned_data["owners"])
    if "text" in changed:
        Correction.objects.create(
            statement=statement, before=stood.text, after=statement.text, by=by, at=at or timezone.now(),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
    if set(changed).intersection(SHOWN):
        ask_again(dialogue)
    return statement


@transaction.atomic
def erase_words(
    *, dialogue: Dialogue, pattern: re.Pattern[str], ground: str, by: User, revision: int | None,
    statement: Statement | None = None, at: dt.datetime | None = None,
) -> Erasure:  # fmt: skip
    """Take words out of a dialogue, its history and its drafts for good; what is kept is that it was done.

    With `statement` its label and owner line go too. Rows are updated past the audit trail, which would keep what
    they held. Raises Stale.
    """
    claim(dialogue, revision)
    places = _erase_trail(dialogue, pattern) + _erase_drafts(dialogue, pattern)
    places += sum(_erase_rows(rows, pattern) for rows in rows_of(dialogue))
    if statement is not None:
        places += _erase_beside(statement)
    return Erasure.objects.create(
        program=dialogue.program,
        dialogue=dialogue,
        ground=ground,
        places=min(places, MOST_PLACES),
        by=by,
        at=at or timezone.now(),
    )


def _erase_rows(rows: QuerySet, pattern: re.Pattern[str]) -> int:
    """In the free text of rows; how many fields held the words. `rows` are all that must differ from each other."""
    fields, held, places = text_fields(rows.model), list(rows), 0
    taken = {key for row in held for key in _keys(row)}
    for row in held:
        found = [field for field in fields if holds(getattr(row, field.name), pattern)]
        if found:
            left = _left(row, found, pattern, taken)
            taken |= set(_keys(row, left))
            places += len(left)
            rows.model.objects.filter(pk=row.pk).update(**left)
    return places


def _left(row: Model, found: list[Field], pattern: re.Pattern[str], taken: Set[tuple]) -> dict[str, str]:
    """What is left of a row's texts, with numbers on the marks where it would be what another is or was."""
    once = {name for rule in _rules(row) for name in rule.fields}
    number = 1
    while True:
        left = {
            field.name: without(
                getattr(row, field.name), pattern, field.max_length, number if field.name in once else 1
            )
            for field in found
        }
        if taken.isdisjoint(_keys(row, left)):
            return left
        number += 1


def _rules(row: Model) -> list[UniqueConstraint]:
    return [rule for rule in row._meta.constraints if isinstance(rule, UniqueConstraint)]


def _keys(row: Model, left: Mapping[str, str] | None = None) -> Iterator[tuple]:
    """What may stand only once among such rows: all of it, or what is touched by the texts that are `left` in the row.
    Without regard to case, as forms tell titles apart."""
    for rule in _rules(row):
        if left is None or left.keys() & set(rule.fields):
            values = ((left or {}).get(name, row.serializable_value(name)) for name in rule.fields)
            yield (rule.name, *(value.casefold() if isinstance(value, str) else value for value in values))


def _erase_beside(statement: Statement) -> int:
    """The label and the owner line of a statement that is erased as a whole."""
    held = {name: MARK for name in ("label", "owner_words") if getattr(statement, name)}
    if held:
        Statement.objects.filter(pk=statement.pk).update(**held)
    return len(held)


def _erase_drafts(dialogue: Dialogue, pattern: re.Pattern[str]) -> int:
    """In what somebody has typed but not saved; how many drafts held the words."""
    return _erase_deep(drafts_of(dialogue), TYPED, pattern)


def _erase_trail(dialogue: Dialogue, pattern: re.Pattern[str]) -> int:
    """In the entries of the audit trail; how many entries held the words."""
    return _erase_deep(trail_of(dialogue), TRAIL, pattern)


def _erase_deep(rows: QuerySet, names: tuple[str, ...], pattern: re.Pattern[str]) -> int:
    """In columns that hold lists and mappings; how many rows held the words."""
    longest = [rows.model._meta.get_field(name).max_length for name in names]
    places = 0
    for pk, *held in rows.values_list("pk", *names):
        left = [without_deep(value, pattern, most) for value, most in zip(held, longest, strict=True)]
        if left != held:
            places += rows.model.objects.filter(pk=pk).update(**dict(zip(names, left, strict=True)))
    return places
