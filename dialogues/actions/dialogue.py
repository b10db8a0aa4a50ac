"""A dialogue's way from draft to published."""

import datetime as dt
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from django.db import transaction
from django.utils import timezone

from dialogues.models import Dialogue, Statement
from organisation.access import Kind
from organisation.models import User
from program.models import Area
from ui.revision import claim

Words = Mapping[tuple[Area, str], Sequence[str]]
ALIKE, MOST_NEAR = 0.7, 40  # a changed line is looked for among so many, so that a rewritten list stays quick


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
    rows = list(dialogue.statements.all())
    wanted = [(area.pk, kind, text) for (area, kind), texts in words.items() for text in texts]
    found = _same(rows, wanted)
    new, moved = [], []
    for order, ((area, kind, text), row) in enumerate(zip(wanted, found, strict=True), start=1):
        if row is None:
            new.append(Statement(dialogue=dialogue, area_id=area, kind=kind, text=text, order=order))
        elif (row.text, row.order) != (text, order):
            row.text, row.order = text, order
            moved.append(row)
    gone = {row.pk for row in rows} - {row.pk for row in found if row}
    if gone:
        dialogue.statements.filter(pk__in=gone).delete()
    Statement.objects.bulk_update(moved, ["text", "order"])
    Statement.objects.bulk_create(new)


def _same(rows: list[Statement], wanted: Sequence[tuple[int, str, str]]) -> list[Statement | None]:
    """For each wanted (area, kind, text) the statement it was: word for word, else one of the same list that is
    nearly so, since a mended slip of the pen is not to lose the label and owners of its line."""
    left: dict[tuple, list[Statement]] = {}
    for row in rows:
        left.setdefault((row.area_id, row.kind, row.text), []).append(row)
    found = [left[line].pop(0) if left.get(line) else None for line in wanted]
    rest = [row for same in left.values() for row in same]
    for at, (area, kind, text) in enumerate(wanted):
        if found[at] is None:
            near = [row for row in rest if (row.area_id, row.kind) == (area, kind)][:MOST_NEAR]
            for alike in get_close_matches(text, [row.text for row in near], 1, ALIKE):
                found[at] = next(row for row in near if row.text == alike)
                rest.remove(found[at])
    return found


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
def remove_draft(*, dialogue: Dialogue, revision: int) -> None:
    """A dialogue that was never confirmed goes, with what was typed in it. Raises Stale."""
    claim(dialogue, revision)
    dialogue.delete()


@transaction.atomic
def agree_to_publish(
    *, dialogue: Dialogue, place, by: User, revision: int, at: dt.datetime | None = None
) -> Dialogue:
    """HR's yes, or the own departments', to what everybody sees now; the last yes that is asked for publishes.

    `at` dates an import back.
    """
    claim(dialogue, revision)
    now = at or timezone.now()
    if place.kind == Kind.EDITOR:
        dialogue.hr_agreed_at, dialogue.hr_agreed_by = now, by
    else:
        dialogue.heads_agreed.add(*dialogue.departments.filter(pk__in=place.department_ids))
    sides = {side for _department, side in dialogue.sides()}
    if place.kind != Kind.EDITOR and "asked" not in sides:
        dialogue.head_agreed_at, dialogue.head_agreed_by = now, by
    if dialogue.hr_agreed_at and "asked" not in sides:
        dialogue.published_at = now
    dialogue.save()
    return dialogue


@transaction.atomic
def withdraw(*, dialogue: Dialogue, revision: int) -> Dialogue:
    """Take both sides' yes back; readers no longer see it."""
    claim(dialogue, revision)
    ask_again(dialogue)
    return dialogue


def ask_again(dialogue: Dialogue) -> bool:
    """What some side has agreed to is no longer what it was: nobody has agreed, and it is not published.

    Whether anybody had.
    """
    if not (dialogue.hr_agreed_at or dialogue.head_agreed_at or dialogue.heads_agreed.exists()):
        return False
    dialogue.heads_agreed.clear()
    dialogue.hr_agreed_at = dialogue.hr_agreed_by = None
    dialogue.head_agreed_at = dialogue.head_agreed_by = None
    dialogue.published_at = None
    dialogue.save()
    return True


@transaction.atomic
def withhold(*, dialogue: Dialogue, statements, withheld: bool, revision: int) -> bool:
    """Choose what is not published. Whether those who had agreed are asked again."""
    claim(dialogue, revision)
    other = dialogue.statements.filter(pk__in=[row.pk for row in statements]).exclude(is_withheld=withheld)
    return bool(other.update(is_withheld=withheld)) and ask_again(dialogue)
