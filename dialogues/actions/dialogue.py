"""A dialogue's way from draft to published."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from dialogues.models import Dialogue, Statement
from dialogues.notes import Notes
from organisation.access import Kind
from organisation.models import User
from program.models import Area
from ui.revision import claim

Words = Mapping[tuple[Area, str], Sequence[str]]


@transaction.atomic
def save_dialogue(*, form, words: Words, by: User) -> Dialogue:
    """Save a dialogue's head and its statements; a line that stays word for word stays the same statement.

    Raises Stale when somebody else saved, or confirmed, in between.
    """
    dialogue = form.instance
    if dialogue.pk:
        claim(dialogue, form.cleaned_data["revision"])
    else:
        dialogue.logged_by = by
    form.save()
    sync_statements(dialogue, words)
    return dialogue


def sync_statements(dialogue: Dialogue, words: Words) -> None:
    """Make the dialogue's statements those of `words`, in their order."""
    left: dict[tuple, list[Statement]] = {}
    for statement in dialogue.statements.all():
        left.setdefault((statement.area_id, statement.kind, statement.text), []).append(statement)
    new, moved, order = [], [], 0
    for (area, kind), texts in words.items():
        for text in texts:
            order += 1
            same = left.get((area.pk, kind, text))
            if not same:
                new.append(Statement(dialogue=dialogue, area=area, kind=kind, text=text, order=order))
            else:
                kept = same.pop(0)
                if kept.order != order:
                    kept.order = order
                    moved.append(kept)
    gone = [statement.pk for rest in left.values() for statement in rest]
    if gone:
        dialogue.statements.filter(pk__in=gone).delete()
    Statement.objects.bulk_update(moved, ["order"])
    Statement.objects.bulk_create(new)


@transaction.atomic
def confirm_dialogue(
    *, dialogue: Dialogue, by: User, revision: int, at: dt.datetime | None = None
) -> Dialogue:
    """The words stand from here on; HR works with them. `at` dates an import back."""
    claim(dialogue, revision)
    dialogue.confirmed_at, dialogue.confirmed_by = at or timezone.now(), by
    dialogue.save()
    return dialogue


@transaction.atomic
def agree_to_publish(
    *, dialogue: Dialogue, place, by: User, revision: int, at: dt.datetime | None = None
) -> Dialogue:
    """One side's yes to what the other side sees now; the second yes publishes. `at` dates an import back."""
    claim(dialogue, revision)
    now = at or timezone.now()
    if place.kind == Kind.EDITOR:
        dialogue.hr_agreed_at, dialogue.hr_agreed_by = now, by
    else:
        dialogue.head_agreed_at, dialogue.head_agreed_by = now, by
    if dialogue.hr_agreed_at and dialogue.head_agreed_at:
        dialogue.published_at = now
    dialogue.save()
    return dialogue


@transaction.atomic
def withdraw(*, dialogue: Dialogue, revision: int) -> Dialogue:
    """Take both sides' yes back; readers no longer see it."""
    claim(dialogue, revision)
    _forget_agreements(dialogue)
    return dialogue


def _forget_agreements(dialogue: Dialogue) -> None:
    dialogue.hr_agreed_at = dialogue.hr_agreed_by = None
    dialogue.head_agreed_at = dialogue.head_agreed_by = None
    dialogue.published_at = None
    dialogue.save()


@transaction.atomic
def withhold(*, dialogue: Dialogue, statements, withheld: bool, revision: int) -> int:
    """Choose what is not published. What either side has agreed to is no longer what it was: ask again."""
    claim(dialogue, revision)
    changed = dialogue.statements.filter(pk__in=[row.pk for row in statements]).update(is_withheld=withheld)
    if changed and (dialogue.hr_agreed_at or dialogue.head_agreed_at):
        _forget_agreements(dialogue)
    return changed


@transaction.atomic
def sort_statements(*, statements, need=None, add: bool = True, theme: str | None = None) -> None:
    """Lay judgement beside the words: link to or unlink from a need, or set a theme."""
    for statement in statements:
        if need is not None:
            (statement.needs.add if add else statement.needs.remove)(need)
    if theme is not None:
        Statement.objects.filter(pk__in=[row.pk for row in statements]).update(theme=theme)


@transaction.atomic
def import_notes(
    *, program, areas: Sequence[Area], departments, held_on: dt.date, notes: Notes, by: User | None
) -> Dialogue:
    """A draft dialogue of what notes hold; the notes' areas are indexes of `areas`, and none may be missing."""
    dialogue = Dialogue.objects.create(program=program, held_on=held_on, logged_by=by)
    dialogue.departments.set(departments)
    Statement.objects.bulk_create(
        Statement(
            dialogue=dialogue, area=areas[note.area], kind=note.kind, text=note.text, label=note.label,
            heading=note.heading, owner_words=note.owners, order=order,
        )
        for order, note in enumerate(notes.statements, start=1)
    )  # fmt: skip
    return dialogue
