"""A version of the guideline: its head, and rows that may be added, moved and taken away."""

import hashlib
import json
import re

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from metrics.forms.fields import WholeField
from metrics.models import Guideline, GuidelineBase, GuidelineFactor
from ui.forms import DayInput, FormLook

LARGEST = 20  # what an assessment holds
MOST = 40  # rows of each kind
TOO_MANY = {
    "base": _("A guideline has at most 40 base numbers. Take some away."),
    "factor": _("A guideline has at most 40 factors. Take some away."),
}
CELL = re.compile(r"(base|factor)-([0-9]{1,3})-([a-z_]{1,30})")
DO = re.compile(r"(base|factor)-(?:(add)|([0-9]{1,3})-(up|down|remove))")


class GuidelineForm(FormLook, forms.ModelForm):
    """The head of a version. What it was made from counts its rows too."""

    holds_already = forms.BooleanField(
        required=False, label=_("The version holds already, and is not changed after this")
    )

    class Meta:
        model = Guideline
        fields = ["title", "valid_from", "usual_adjustment", "largest_adjustment"]
        field_classes = {"usual_adjustment": WholeField, "largest_adjustment": WholeField}
        widgets = {"valid_from": DayInput()}
        help_texts = {
            "usual_adjustment": _(
                "People more or fewer than the base number. More than this is told, not refused."
            ),
            "largest_adjustment": _("No assessment goes further than this."),
        }

    def __init__(self, *args, today, held_rows=None, **kwargs):
        self.today, self.held_rows = today, held_rows or {}
        super().__init__(*args, **kwargs)
        for name in ("usual_adjustment", "largest_adjustment"):
            self.fields[name].validators.append(MaxValueValidator(LARGEST))
        self.asks_whether_it_holds = False

    def _fingerprint(self) -> str:
        head = {name: str(self.initial.get(name)) for name in self._meta.fields}
        held = json.dumps([head, self.held_rows], sort_keys=True)
        return hashlib.sha256(held.encode()).hexdigest()[:20]

    def is_outdated(self, held: Guideline) -> bool:
        """Whether a version is no longer what this form was made from; two queries for its rows."""
        now = type(self)(instance=held, today=self.today, held_rows=rows_of(held))
        return now.initial["seen"] != self.initial["seen"]

    def _say_it_changed(self) -> None:
        """Somebody saved in between: show what is saved now, rows and all, keep what was typed, ask once."""
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]
        head = [str(self.initial[name]) for name in self._meta.fields]
        rows = [" ".join(row.values()) for rows in self.held_rows.values() for row in rows]
        words = _(
            "Somebody else changed this while you were writing. Saved now: %(saved)s. Save again to keep yours."
        )
        self.add_error(None, words % {"saved": "; ".join(head + rows)})

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        same = Guideline.objects.filter(organisation=self.instance.organisation_id, valid_from=day)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is already a version from this day."))
        return day

    def clean(self):
        data = super().clean()
        usual, largest = data.get("usual_adjustment"), data.get("largest_adjustment")
        if usual is not None and largest is not None and usual > largest:
            self.add_error(
                "largest_adjustment", _("The largest adjustment is at least as large as the usual.")
            )
        day = data.get("valid_from")
        self.asks_whether_it_holds = day is not None and day < self.today
        if self.asks_whether_it_holds and not data.get("holds_already"):
            self.add_error(
                "holds_already",
                _(
                    "The day is past: the version holds as soon as it is saved, also for what is shown of earlier days, "
                    "and stays as it is. Look through it, and tick the box."
                ),
            )
        return data


class BaseRow(forms.ModelForm):
    class Meta:
        model = GuidelineBase
        fields = ["category", "base"]
        field_classes = {"base": WholeField}
        labels = {"base": _("Base number")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.fields["base"].validators += [MinValueValidator(1), MaxValueValidator(500)]


class FactorRow(forms.ModelForm):
    class Meta:
        model = GuidelineFactor
        fields = ["name", "allows_larger", "requires_smaller"]
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in fields}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)

    def clean(self):
        """The fields show several lines; what is kept is one."""
        return {name: " ".join(value.split()) for name, value in super().clean().items()}


ROW_FORMS = {"base": BaseRow, "factor": FactorRow}


def rows_of(guideline: Guideline | None) -> dict[str, list[dict]]:
    """A version's rows as they are typed: {"base": [{"category": …, "base": …}, …], "factor": […]}."""
    if guideline is None:
        return {"base": [], "factor": []}
    return {
        "base": [{"category": row.category, "base": str(row.base)} for row in guideline.bases.all()],
        "factor": [
            {"name": row.name, "allows_larger": row.allows_larger, "requires_smaller": row.requires_smaller}
            for row in guideline.factors.all()
        ],
    }


def rows_sent(data) -> dict[str, list[dict]]:
    """The rows that a browser sent, as `rows_of` gives them; empty ones too, since buttons count them."""
    found: dict[str, dict[int, dict]] = {"base": {}, "factor": {}}
    for key in data:
        if cell := CELL.fullmatch(key):
            found[cell[1]].setdefault(int(cell[2]), {})[cell[3]] = data[key]
    return {kind: [row for _number, row in sorted(rows.items())] for kind, rows in found.items()}


def rearranged(rows: dict[str, list[dict]], do: str) -> dict[str, list[dict]]:
    """Rows after a button: base-add, factor-3-up, base-0-remove. Anything else changes nothing."""
    asked = DO.fullmatch(do)
    if asked is None:
        return rows
    kind, adds, at, step = asked[1], asked[2], int(asked[3] or 0), asked[4]
    changed = list(rows[kind])
    to = at + {"up": -1, "down": 1}.get(step, 0)
    if adds:
        changed.append({})
    elif step == "remove":
        del changed[at : at + 1]
    elif 0 <= to < len(changed) and at < len(changed):
        changed[at], changed[to] = changed[to], changed[at]
    return rows | {kind: changed}


def row_forms(rows: dict[str, list[dict]], *, is_bound: bool) -> dict[str, list[forms.ModelForm]]:
    """A form for each row; unbound ones complain of nothing yet."""
    return {
        kind: [_row_form(kind, number, row, is_bound) for number, row in enumerate(rows[kind])]
        for kind in ROW_FORMS
    }


def _row_form(kind: str, number: int, row: dict, is_bound: bool) -> forms.ModelForm:
    prefix = f"{kind}-{number}"
    data = {f"{prefix}-{name}": value for name, value in row.items()}
    return ROW_FORMS[kind](data if is_bound else None, prefix=prefix, initial={} if is_bound else row)


def filled_rows(
    forms_of: dict[str, list[forms.ModelForm]], head: GuidelineForm
) -> dict[str, list[dict]] | None:
    """What the rows hold when each of them is right, else None; what is wrong is said at its place."""
    rows = {kind: [form for form in of if form.has_changed()] for kind, of in forms_of.items()}
    are_right = [form.is_valid() for of in rows.values() for form in of]
    _refuse_twice(rows["base"])
    if not rows["base"]:
        head.add_error(None, _("A guideline has at least one category with a base number."))
    too_many = [kind for kind, of in rows.items() if len(of) > MOST]
    for kind in too_many:
        head.add_error(None, TOO_MANY[kind])
    if too_many or not all(are_right) or any(form.errors for form in rows["base"]) or not rows["base"]:
        return None
    return {kind: [form.cleaned_data for form in of] for kind, of in rows.items()}


def _refuse_twice(bases: list[forms.ModelForm]) -> None:
    seen = set()
    for form in bases:
        category = form.cleaned_data.get("category", "").casefold()
        if category and category in seen:
            form.add_error("category", _("The category is there twice. Take one away."))
        seen.add(category)
