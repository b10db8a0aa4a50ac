"""Two people, one thing: the second is told what the first changed, and chooses."""

import re
from dataclasses import dataclass

from django import forms
from django.db.models import F
from django.utils.safestring import mark_safe

from ui.forms import FormLook


class Stale(Exception):
    """Somebody else saved in between; nothing was written."""


def claim(instance, revision: int | None) -> None:
    """Take the next revision of a row, or raise Stale; call inside the transaction that writes."""
    model = type(instance)
    taken = model._base_manager.filter(pk=instance.pk, revision=revision).update(revision=F("revision") + 1)
    if not taken:
        raise Stale
    instance.revision = revision + 1


def posted_revision(request) -> int:
    """The revision a button was shown with; 0, which no row has, for anything else."""
    text = request.POST.get("revision", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


@dataclass(frozen=True)
class Clash:
    """One field that both have changed: what is saved, and what this person typed."""

    name: str
    label: str
    saved: str
    mine: str


def _raw(form, name: str) -> list[str]:
    """A field's initial value as a browser would send it back."""
    value = form[name].value()
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return ["" if value is None else str(value)]


def _readable(form, name: str, values: list[str]) -> str:
    choices = getattr(form.fields[name], "choices", None)
    if choices is None:
        return ", ".join(values)
    labels = {str(key): str(label) for key, label in choices}
    return ", ".join(labels.get(value, value) for value in values)


class RevisionForm(FormLook, forms.ModelForm):
    """A model form that remembers which revision it shows, and what every field held then."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self._with_choices(data), *args, **kwargs)
        self.clashes: list[Clash] = []
        self.taken_in: list[Clash] = []
        self.is_stale = False
        self.fields["revision"].initial = self.instance.revision
        for name, field in self.fields.items():
            field.show_hidden_initial = name != "revision" and self.instance.pk is not None

    def hidden_initials(self) -> str:
        """Hidden inputs with what every field held when the form was made; empty for a new row."""
        if self.instance.pk is None:
            return ""
        names = (name for name in self.fields if name != "revision")
        return mark_safe("".join(self[name].as_hidden(only_initial=True) for name in names))

    @staticmethod
    def _with_choices(data):
        """Where somebody chose the saved value in a clash, it replaces what was typed."""
        if data is None or not any(key.startswith("choose-") for key in data):
            return data
        data = data.copy()
        for key in [key for key in data if key.startswith("choose-") and data[key] == "saved"]:
            name = key.removeprefix("choose-")
            data.setlist(name, data.getlist(f"initial-{name}"))
        return data

    def show_what_changed(self, saved, **kwargs) -> None:
        """After Stale: keep what was typed, take in what only the other changed, and list the clashes."""
        theirs = type(self)(instance=saved, **kwargs)
        touched = set(self.changed_data)
        self.is_stale = True
        self.data = self.data.copy()
        for name in self.fields:
            if name == "revision":
                continue
            base, now, mine = (
                sorted(value.replace("\r\n", "\n") for value in values)
                for values in (
                    self.data.getlist(f"initial-{name}"), _raw(theirs, name), self.data.getlist(name)
                )
            )  # fmt: skip
            self.data.setlist(f"initial-{name}", _raw(theirs, name))
            if base in (now, []) or now == mine:
                continue
            clash = Clash(
                name,
                str(self.fields[name].label),
                _readable(theirs, name, _raw(theirs, name)),
                _readable(self, name, self.data.getlist(name)),
            )
            if name in touched:
                self.clashes.append(clash)
            else:
                self.taken_in.append(clash)
                self.data.setlist(name, _raw(theirs, name))
        self.data["revision"] = str(saved.revision)
