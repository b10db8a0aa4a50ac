"""What the buttons of the grouping page say, and needs that become one."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogues.grouping import spoken
from dialogues.models import Statement
from program.models import Need
from ui.forms import FormLook

ACT = re.compile(r"(link|unlink)(?::([0-9]{1,15})(?::([0-9]{1,15}))?)?|theme|new|undo")
BARE = "none"


class KeysField(forms.Field):
    """Ticked boxes as whole numbers; what is no number is nobody's key."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        return [int(key) for key in value or () if re.fullmatch("[0-9]{1,15}", key)]


class MoveForm(forms.Form):
    """One move. `do` is link, unlink (of which need and which statement, when the button itself says so), theme,
    new or undo; afterwards `act`, `keys`, `need` and `theme` say what is to be done."""

    do = forms.RegexField(rf"^(?:{ACT.pattern})$", error_messages={"required": _("Choose what to do.")})
    statements = KeysField(required=False)
    need = forms.ModelChoiceField(queryset=None, required=False)
    theme = forms.ChoiceField(choices=[(BARE, _("without theme")), *Statement.Theme.choices], required=False)

    def __init__(self, data, *, place):
        do = ACT.fullmatch(data.get("do", ""))
        need, one = (do[2], do[3]) if do else (None, None)
        data = data.copy()
        if need:
            data["need"] = need
        if one:
            data.setlist("statements", [one])
        super().__init__(data)
        self.act = (do[1] or do[0]) if do else ""
        self.place = place
        self.fields["need"].queryset = Need.objects.visible_to(place)
        self.fields["need"].error_messages["invalid_choice"] = _("The need is no longer there.")

    def clean_statements(self):
        """Those that are there, or none at all."""
        keys = self.cleaned_data["statements"]
        if self.act == "undo":
            return []
        if not keys:
            raise ValidationError(_("Tick the statements that you mean first."))
        lost = len(set(keys)) - spoken(self.place).filter(pk__in=keys).count()
        if lost:
            raise ValidationError(
                ngettext(
                    "%(count)d of the statements is no longer here. Nothing is changed; load the page anew.",
                    "%(count)d of the statements are no longer here. Nothing is changed; load the page anew.",
                    lost,
                )
                % {"count": lost}
            )
        return keys

    def clean(self):
        data = super().clean()
        if self.act in ("link", "unlink") and not data.get("need") and "need" not in self.errors:
            self.add_error("need", _("Choose a need."))
        if self.act == "theme" and not data.get("theme"):
            self.add_error("theme", _("Choose a theme."))
        return data

    @property
    def problem(self) -> str:
        """The first thing that is wrong; empty when nothing is."""
        return next((str(errors[0]) for errors in self.errors.values()), "")


class NewNeedForm(FormLook, forms.ModelForm):
    """A need made of what is ticked; the rest of it is written later."""

    class Meta:
        model = Need
        fields = ["title", "level"]

    def clean_title(self):
        """Two who write nearly the same at once are told at the field itself."""
        title = self.cleaned_data["title"]
        if Need.objects.filter(program=self.instance.program, title__iexact=title).exists():
            raise ValidationError(_("There is already a need with this title."))
        return title


class MergeForm(FormLook, forms.Form):
    """Which need another one goes up in."""

    into = forms.ModelChoiceField(queryset=None, label=_("Merge with"))

    def __init__(self, *args, place, gone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Need.objects.visible_to(place).exclude(pk=gone.pk)
