"""The organisation's headings, order and fixed texts for one kind of report, all on one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from reports.layouts import PARTS, STEP, Line
from ui.fields import FREE_TEXT
from ui.forms import FormLook

LONGEST = {"heading": 80, "fixed": 4000}
UP = "up"


@dataclass(frozen=True)
class Row:
    """A section's fields on the page; `number` is its place in its part, from 1."""

    line: Line
    number: int
    heading: forms.BoundField
    fixed: forms.BoundField
    order: forms.BoundField
    out: forms.BoundField

    @property
    def name(self) -> str:
        return self.line.ours or self.line.heading or _("own section")

    @property
    def errors(self) -> list[str]:
        fields = (self.heading, self.fixed, self.order, self.out)
        return [error for field in fields for error in field.errors]


@dataclass(frozen=True)
class Part:
    """The letter or the report: its sections in order, and empty rows for new ones."""

    key: str
    rows: list[Row]
    waiting: list[Row]

    @property
    def has_errors(self) -> bool:
        """Whether an empty row has something to mend, so that it must be in sight."""
        return any(row.errors for row in self.waiting)


class LayoutForm(FormLook, forms.Form):
    """`found` are the sections as they are saved, and after them empty ones for new sections of the own kind;
    `written` the periods in which somebody has written in the own ones, by key."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, found: list[Line], written: dict[str, list[str]], seen: str):
        super().__init__(data, initial={"seen": seen})
        self.found, self.written = found, written
        for line in found:
            self._add(line)

    def _add(self, line: Line) -> None:
        name = line.ours or _("own section")
        self.fields[f"heading-{line.key}"] = forms.CharField(
            label=_("Heading of %(section)s") % {"section": name},
            required=False,
            max_length=LONGEST["heading"],
            initial=line.heading,
            validators=FREE_TEXT,
            widget=forms.TextInput(attrs={"placeholder": line.ours}),
        )
        self.fields[f"fixed-{line.key}"] = forms.CharField(
            label=_("Fixed text of %(section)s") % {"section": name},
            required=False,
            max_length=LONGEST["fixed"],
            initial=line.fixed,
            validators=FREE_TEXT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"order-{line.key}"] = forms.IntegerField(
            label=_("Place of %(section)s") % {"section": name},
            min_value=1,
            max_value=999,
            initial=line.order,
        )
        self.fields[f"out-{line.key}"] = forms.BooleanField(
            label=_("Leave out"),
            required=False,
            initial=line.is_left_out,
            disabled=line.key == "proposal",  # a letter without a proposal asks for nothing
        )

    def parts(self) -> Iterator[Part]:
        """Each part with its rows in the order typed, and those that wait for a heading by themselves."""
        for part in PARTS:
            lines = sorted((line for line in self.found if line.part == part), key=self._order)
            named = [line for line in lines if not self._waits(line)]
            waiting = [line for line in lines if self._waits(line)]
            if lines:
                rows = [self._row(line, number) for number, line in enumerate(named, start=1)]
                yield Part(part, rows, [self._row(line, 0) for line in waiting])

    def _row(self, line: Line, number: int) -> Row:
        return Row(
            line, number, *(self[f"{name}-{line.key}"] for name in ("heading", "fixed", "order", "out"))
        )

    def _order(self, line: Line) -> int:
        """The place typed, or saved where what is typed is no place."""
        typed = str(self[f"order-{line.key}"].value() or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else line.order

    def _waits(self, line: Line) -> bool:
        return line.is_new and not (self[f"heading-{line.key}"].value() or "").strip()

    def move(self, key: str, way: str) -> None:
        """Let a section change places with its neighbour; what was typed stands, and nothing is saved.

        All of the part's places are told anew, since two that were typed alike could not change places.
        """
        data = self.data.copy()
        for part in self.parts():
            keys = [row.line.key for row in part.rows]
            to = keys.index(key) + (-1 if way == UP else 1) if key in keys else -1
            if 0 <= to < len(keys):
                keys.remove(key)
                keys.insert(to, key)
                first = min(self._order(row.line) for row in part.rows)
                for number, moved in enumerate(keys):
                    data[f"order-{moved}"] = str(first + number * STEP)
        self.restore({name: data.getlist(name) for name in data})

    def _say_it_changed(self) -> None:
        """Somebody saved in between: what was typed stands beside what is saved, and the person is asked once."""
        differ = [
            f"{self.fields[name].label}: {self.fields[name].initial or '–'}"
            for name in self.changed_data
            if name != "seen"
        ]
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        words = _(
            "Somebody else changed this while you were writing. Saved now: %(saved)s. Save again to keep yours."
        )
        self.add_error(None, words % {"saved": "; ".join(differ) or "–"})

    def clean(self):
        data = super().clean() or self.cleaned_data
        for line in self.found:
            if line.is_own:
                self._check_own(line, data)
        return data

    def _check_own(self, line: Line, data) -> None:
        """A section with a text keeps its heading; one that waits for a heading has nothing else."""
        if data.get(f"heading-{line.key}", "").strip():
            return
        if line.key in self.written:
            words = _("The section has a text in %(periods)s. Leave it out instead of taking it away.")
            periods = ", ".join(sorted(self.written[line.key]))
            self.add_error(f"heading-{line.key}", words % {"periods": periods})
        elif data.get(f"fixed-{line.key}", "").strip():
            self.add_error(f"heading-{line.key}", _("Write a heading for the section."))

    def typed(self) -> list[Line]:
        """What was typed, as lines to save; own sections without a heading are no sections."""
        data = self.cleaned_data
        made = (
            Line(
                line.part,
                line.key,
                line.ours,
                _otherwise(data[f"heading-{line.key}"], line.ours),
                data[f"fixed-{line.key}"].strip().replace("\r\n", "\n"),
                data[f"order-{line.key}"],
                data[f"out-{line.key}"],
            )
            for line in self.found
        )
        return [line for line in made if line.ours or line.heading]


def _otherwise(heading: str, ours: str) -> str:
    """The heading typed, nothing when it is ours."""
    text = " ".join(heading.split())
    return "" if text == ours else text
