"""Points of decision: all of a report's in one form, so that one button saves what is typed whatever it else does."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.handling.judge import fingerprint
from reports.models import DecisionPoint
from ui.converters import row_key


class PointForm(forms.ModelForm):
    """One point. `was` is what it held when the page was made, `theirs` what somebody else saved since."""

    was = theirs = ""

    class Meta:
        model = DecisionPoint
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": _("Write the point, or take it away with its button.")}}


class PointsForm:
    """The points in the order they were posted in, with one to add last.

    `press` is the button: "", "<pk>:up", "<pk>:down" or "<pk>:remove". When somebody else saved in between, nothing
    is pressed: theirs stands where this person had changed nothing, both where both did, and the person saves again.
    """

    def __init__(self, report, points: Sequence[DecisionPoint], data=None):
        self.known = {row.pk: row for row in points}
        self.seen = fingerprint((row.pk, row.text) for row in points)
        self.is_stale = data is not None and data.get("seen", "") != self.seen
        self.lost: list[str] = []
        self.removed: DecisionPoint | None = None
        self.data = self._merged(data) if self.is_stale else data
        order = list(self.known) if data is None else self._posted_order()
        if data is not None and not self.is_stale:
            self._press(order, data.get("press", ""))
        self.rows = [self._row(self.known[key]) for key in order]
        blank = DecisionPoint(report=report)
        self.new = PointForm(
            self.data, instance=blank, prefix="new", empty_permitted=True, use_required_attribute=False
        )

    def _row(self, point: DecisionPoint) -> PointForm:
        name, data = f"p{point.pk}-text", self.data
        if data is not None and name not in data:
            data = {name: point.text}  # somebody added it while this person wrote
        row = PointForm(data, instance=point, prefix=f"p{point.pk}", use_required_attribute=False)
        row.was = point.text
        if self.is_stale and _plain(data[name]) != point.text:
            row.theirs = point.text if _plain(data.get(f"was{point.pk}", "")) != point.text else ""
        return row

    def _posted_order(self) -> list[int]:
        """The posted order; what the page did not know of comes last."""
        posted = [key for text in self.data.getlist("order") if (key := row_key(text)) in self.known]
        return list(dict.fromkeys([*posted, *self.known]))

    def _press(self, order: list[int], button: str) -> None:
        text, _colon, way = button.partition(":")
        key = row_key(text)
        if key not in order:
            return
        at = order.index(key)
        if way == "remove":
            self.removed = self.known[key]
            del order[at]
        elif way in ("up", "down"):
            to = max(at - 1, 0) if way == "up" else min(at + 1, len(order) - 1)
            order[at], order[to] = order[to], order[at]

    def _merged(self, data):
        """The posted data with what only the other changed; texts of points that the other removed are kept apart."""
        data = data.copy()
        for text in data.getlist("order"):
            key, name = row_key(text), f"p{text}-text"
            typed, was = _plain(data.get(name, "")), _plain(data.get(f"was{text}", ""))
            if key not in self.known and typed != was:
                self.lost.append(typed)
            elif key in self.known and typed == was:
                data[name] = self.known[key].text
        return data

    def is_valid(self) -> bool:
        """Every point has a text that may stand; never when somebody else saved in between."""
        return all([row.is_valid() for row in (*self.rows, self.new)]) and not self.is_stale

    def texts(self) -> list[tuple[DecisionPoint, str]]:
        """What is to stand, in order; after `is_valid`."""
        new = self.new.cleaned_data.get("text", "")
        rows = [(row.instance, row.cleaned_data["text"]) for row in self.rows]
        return rows + ([(self.new.instance, new)] if new else [])


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
