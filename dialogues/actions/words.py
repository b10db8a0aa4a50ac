"""Words that stand are corrected with what stood before, or erased for good."""

import datetime as dt
import re

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dialogues.actions.dialogue import ask_again
from dialogues.erasing import MARK, without, without_deep
from dialogues.models import Correction, Dialogue, Erasure, Statement
from dialogues.traces import TRAIL, drafts_of, rows_of, text_fields, trail_of
from organisation.models import User
from ui.revision import claim

SHOWN = ("text", "label")  # what a reader sees of a statement
WRITTEN = (*SHOWN, "heading", "theme")


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
        places=places,
        by=by,
        at=at or timezone.now(),
    )


def _erase_rows(rows: QuerySet, pattern: re.Pattern[str]) -> int:
    """In the free text of rows; how many fields held the words."""
    fields, places = text_fields(rows.model), 0
    for row in rows:
        held = {field: getattr(row, field.name) for field in fields}
        changes = {
            field.name: without(text, pattern, field.max_length)
            for field, text in held.items()
            if pattern.search(text)
        }
        if changes:
            rows.model.objects.filter(pk=row.pk).update(**changes)
        places += len(changes)
    return places


def _erase_beside(statement: Statement) -> int:
    """The label and the owner line of a statement that is erased as a whole."""
    held = {name: MARK for name in ("label", "owner_words") if getattr(statement, name)}
    if held:
        Statement.objects.filter(pk=statement.pk).update(**held)
    return len(held)


def _erase_drafts(dialogue: Dialogue, pattern: re.Pattern[str]) -> int:
    """In what somebody has typed but not saved; how many drafts held the words."""
    places = 0
    for draft in drafts_of(dialogue):
        fields = without_deep(draft.fields, pattern)
        if fields != draft.fields:
            places += type(draft).objects.filter(pk=draft.pk).update(fields=fields)
    return places


def _erase_trail(dialogue: Dialogue, pattern: re.Pattern[str]) -> int:
    """In the entries of the audit trail; how many entries held the words."""
    places = 0
    for entry in trail_of(dialogue):
        held = {name: getattr(entry, name) for name in TRAIL}
        left = {name: without_deep(value, pattern) for name, value in held.items()}
        if left != held:
            places += type(entry).objects.filter(pk=entry.pk).update(**left)
    return places
