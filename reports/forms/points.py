"""Points of decision: all of a report's in one form, so that one button saves what is typed whatever it else does."""

import hashlib
import json
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import DecisionPoint
from ui.converters import row_key

MOST_POINTS = 30


def fingerprint(points: Sequence[DecisionPoint]) -> str:
    """What a report's points were, in short; another one means that somebody else saved in between."""
    return hashlib.sha256(json.dumps([(row.pk, row.text) for row in points]).encode()).hexdigest()[:20]


class PointForm(forms.ModelForm):
    class Meta:
        model = DecisionPoint
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": _("Write the point, or take it away with its button.")}}

    saved = ""  # what somebody else saved here while this one was written


class PointsForm:
    """The points in the order they were posted in, with one to add last.

    `press` is the button: "", "<pk>:up", "<pk>:down" or "<pk>:remove".
    """

    def __init__(self, report, points: Sequence[DecisionPoint], data=None):
        self.report, self.points, self.data = report, list(points), data
        self.is_stale = False
        self.lost: list[str] = []
        self.seen = fingerprint(self.points)
        self.removed: DecisionPoint | None = None
        known = {row.pk: row for row in self.points}
        order = list(known) if data is None else self._pressed(known, data)
        self.rows = [self._row(known[key]) for key in order]
        blank = DecisionPoint(report=report)
        self.new = PointForm(data, instance=blank, prefix="new", empty_permitted=True, use_required_attribute=False)

    def _row(self, point: DecisionPoint) -> PointForm:
        typed = self.data if self.data is not None and f"p{point.pk}-text" in self.data else None
        row = PointForm(typed, instance=point, prefix=f"p{point.pk}", use_required_attribute=False)
        row.was = point.text
        row.is_new_here = self.data is not None and typed is None
        return row

    def _pressed(self, known: dict[int, DecisionPoint], data) -> list[int]:
        """The posted order with what the button does to it; what the form did not know of comes last."""
        order = [key for text in data.getlist("order") if (key := row_key(text)) in known]
        order = list(dict.fromkeys(order)) + [key for key in known if str(key) not in data.getlist("order")]
        text, _colon, way = data.get("press", "").partition(":")
        key = row_key(text)
        if key not in order:
            return order
        if way == "remove":
            self.removed = known[key]
            order.remove(key)
        elif way in ("up", "down"):
            at = order.index(key)
            to = at - 1 if way == "up" else at + 1
            if 0 <= to < len(order):
                order[at], order[to] = order[to], order[at]
        return order

    def is_valid(self) -> bool:
        if self.data.get("seen", "") != self.seen:
            self.show_what_changed()
            return False
        answers = [row.is_valid() for row in (*self.rows, self.new)]
        return all(answers)

    def show_what_changed(self) -> None:
        """Somebody saved in between: theirs where this person had changed nothing, else both; saved when asked again."""
        self.is_stale = True
        self.data = self.data.copy()
        known = {row.pk: row for row in self.points}
        for text in self.data.getlist("order"):
            key = row_key(text)
            typed, was = (_plain(self.data.get(f"{kind}{text}{end}", "")) for kind, end in (("p", "-text"), ("was", "")))
            if key not in known and typed != was:
                self.lost.append(typed)
            elif key in known and typed == was:
                self.data[f"p{key}-text"] = known[key].text
        for row in self.rows:
            key = row.instance.pk
            row.was = known[key].text
            was, typed = (_plain(self.data.get(name, "")) for name in (f"was{key}", f"p{key}-text"))
            row.saved = row.was if row.was not in (was, typed) and not row.is_new_here else ""
            if not row.is_new_here:
                row.data = self.data

    def texts(self) -> list[tuple[DecisionPoint, str]]:
        """What is to stand, in order; after `is_valid`."""
        rows = [(row.instance, row.cleaned_data["text"]) for row in self.rows]
        new = self.new.cleaned_data.get("text", "")
        return rows + ([(self.new.instance, new)] if new else [])


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
