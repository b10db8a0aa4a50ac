"""How things stood: an activity on any day, and what changed in the whole programme between two days.

Two clocks meet here and are kept apart: how activities stood comes from their dated status updates, what their
texts said from the audit trail.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from program.models import Activity, FollowUp, StatusUpdate, Step
from program.wording import day_or_words
from ui import formats
from ui.audit import Change, Past, changes, rewind
from ui.language import language

MOST_CHANGES = 1000
TEXTS = ("current_state", "measure", "desired_result")
RELATIONS = ("responsible", "departments", "needs")


@dataclass(frozen=True)
class PastPart:
    """A step or follow-up as it stood, its values as text."""

    values: dict[str, str]
    is_gone: bool


@dataclass(frozen=True)
class AsItWas:
    """An activity at the end of a day. `texts` are label and text of what was written."""

    title: str
    area: str
    status: str
    status_label: str
    deadline: str
    texts: list[tuple[str, str]]
    relations: list[tuple[str, str]]
    steps: list[PastPart]
    follow_ups: list[PastPart]


def end_of(day: dt.date) -> dt.datetime:
    """The moment when a day is over, where the readers are."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def as_it_was(activity: Activity, day: dt.date) -> AsItWas | None:
    """The activity, annotated `with_state(day)`, as it stood; None when the programme did not have it yet."""
    if activity.state_status is None:
        return None
    past = rewind(Q(additional_data__activity=activity.pk), end_of(day))
    before = past.values.get((Activity, activity.pk), {})
    number, title = before.get("number", activity.number), before.get("title", activity.title)
    return AsItWas(
        title=f"{number}. {title}" if number else title,
        area=before.get("area", activity.area.name),
        status=activity.state_status,
        status_label=activity.state_label,
        deadline=day_or_words(activity.state_deadline, activity.state_words),
        texts=[(_label(name), before.get(name, getattr(activity, name))) for name in TEXTS],
        relations=[(_label(name), before.get(name, _joined(activity, name))) for name in RELATIONS],
        steps=[
            *_parts(past, Step, activity.steps.all(), ("number", "text", "deadline", "completed_on"), day)
        ],
        follow_ups=[*_parts(past, FollowUp, activity.follow_ups.all(), ("planned_on", "held_on"), day)],
    )


def _label(name: str) -> str:
    text = str(Activity._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def _joined(activity: Activity, name: str) -> str:
    return ", ".join(map(str, getattr(activity, name).all()))


def _then(text: str, name: str, day: dt.date) -> str:
    """A value as text; what was completed or held only later had not happened yet."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return text
    return "" if name in ("completed_on", "held_on") and found > day else formats.day(found, language())


def _parts(past: Past, model: type, rows, names: tuple[str, ...], day: dt.date) -> Iterator[PastPart]:
    """Those that were there, with what they said; those removed since last."""
    for row in rows:
        if (model, row.pk) in past.made_since:
            continue
        old = past.values.get((model, row.pk), {})
        yield PastPart(
            {name: _then(old.get(name, _text(getattr(row, name))), name, day) for name in names}, False
        )
    for (kind, pk), old in past.gone_since.items():
        if kind is model and (model, pk) not in past.made_since:
            old = old | past.values.get((model, pk), {})
            yield PastPart({name: _then(old.get(name, ""), name, day) for name in names}, True)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


@dataclass
class Told:
    """What happened to one activity between two days."""

    pk: int
    title: str
    is_new: bool = False
    stood: list[tuple[str, str, str]] = field(default_factory=list)
    updates: list[StatusUpdate] = field(default_factory=list)
    edits: list[Change] = field(default_factory=list)


def between(place, first: dt.date, last: dt.date) -> tuple[list[Told], list[Change]]:
    """What changed from the end of `first` to the end of `last`: activity by activity, and in the frame around.

    Four queries, however much it is; at most 1 000 entries of the trail.
    """
    rows = Activity.objects.visible_to(place).select_related("area")
    before = {row.pk: row for row in rows.with_state(first)}
    told = {}
    for row in rows.with_state(last).order_by("pk"):
        if row.state_status is not None:
            told[row.pk] = _told(before[row.pk], row)
    updates = StatusUpdate.objects.visible_to(place).filter(on__gt=first, on__lte=last)
    for update in updates.select_related("by").order_by("on", "pk"):
        told[update.activity_id].updates.append(update)
    frame = []
    # Of this app's rows alone: what is kept of dialogues was never agreed to be shown here.
    found = Q(
        additional_data__program=place.program.pk, content_type__app_label="program",
        timestamp__gt=end_of(first), timestamp__lte=end_of(last),
    )  # fmt: skip
    for change in changes(found, MOST_CHANGES):
        owner = told.get(change.about.get("activity"))
        (frame if owner is None else owner.edits).append(change)
    return [row for row in told.values() if row.is_new or row.stood or row.updates or row.edits], frame


def _told(before: Activity, after: Activity) -> Told:
    told = Told(after.pk, str(after), is_new=before.state_status is None)
    if told.is_new:
        return told
    pairs = (
        (_("Status"), before.state_label, after.state_label),
        (_("Deadline"), _deadline(before), _deadline(after)),
    )
    told.stood = [(label, old or "–", new or "–") for label, old, new in pairs if old != new]
    return told


def _deadline(activity: Activity) -> str:
    return day_or_words(activity.state_deadline, activity.state_words)
