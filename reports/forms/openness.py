"""A handout's case, its masks, its handing out; and how long records are kept."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue
from organisation.access import Kind as Role
from program.models import Activity, Attachment
from reports.models import Handout, ReleaseFile, RetentionRule
from reports.openness import masking, register, selection
from ui.fields import FREE_TEXT, validate_no_control_characters
from ui.forms import DayInput, FormLook
from ui.revision import RevisionForm

GROUNDS = (
    "OSL 21 kap. 1 §", "OSL 21 kap. 3 §", "OSL 21 kap. 7 §", "OSL 25 kap. 1 §", "OSL 26 kap. 1 §", "OSL 39 kap. 1 §",
    "OSL 39 kap. 2 §", "OSL 39 kap. 3 §",
)  # fmt: skip
PARTS = {"all": _("letter and report"), "letter": _("covering letter"), "report": _("report")}
WHOLE, HERE, THROUGHOUT = "whole", "here", "throughout"


class Ticks(forms.MultipleChoiceField):
    """Several choices, each with its box."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


class HandoutForm(RevisionForm):
    """What was asked for, and what the case takes in: kinds, single activities or dialogues, and files."""

    class Meta:
        model = Handout
        fields = ["requested_on", "case_number", "request"]
        widgets = {"requested_on": DayInput, "request": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place, self.held = place, selection.read(self.instance.records)
        self.is_new = self.instance.pk is None
        self.kinds = [kind for kind in register.HANDED_OUT_KINDS if self._is_ours(kind)]
        for at, (group, kinds) in enumerate(register.groups(self.kinds)):
            self._ticks(f"kinds_{at}", group, [(kind.key, kind.label) for kind in kinds], self._chosen(kinds))
        self._single("activity", _("Single activities"), Activity.objects.visible_to(place).order_by("pk"))
        if place.kind == Role.EDITOR:
            rows = (
                Dialogue.objects.visible_to(place).prefetch_related("departments").order_by("held_on", "pk")
            )
            self._single("dialogue", _("Single dialogues"), rows, lambda row: f"{row.held_on} {row.name}")
        self._ticks("files", _("Files that go along, whole"), self._files(), sorted(self.held.files))
        self.order_fields([name for name in self.fields if name != "revision"])

    @property
    def folded(self) -> list[tuple]:
        """What most cases do without, a heading and its fields; open where something is chosen."""
        named = [(name, self[name]) for name in self.fields if name == "files" or name.startswith("single_")]
        return [(self.fields[name].label, field, bool(field.value())) for name, field in named]

    @property
    def shown(self) -> list:
        """The fields that every case has."""
        hidden = ("files", "revision")
        return [self[name] for name in self.fields if name not in hidden and not name.startswith("single_")]

    def _is_ours(self, kind) -> bool:
        return self.place.kind == Role.EDITOR or not kind.is_hr_only

    def _ticks(self, name: str, label, choices, chosen) -> None:
        self.fields[name] = Ticks(label=label, choices=choices)
        self.fields[name].show_hidden_initial = not self.is_new
        self.initial[name] = list(chosen)

    def _chosen(self, kinds) -> list[str]:
        return [
            kind.key for kind in kinds if (kind.is_default if self.is_new else kind.key in self.held.kinds)
        ]

    def _single(self, owner: str, label, rows, say=str) -> None:
        chosen = [str(pk) for pk in sorted(self.held.rows.get(owner, ()))]
        self._ticks(f"single_{owner}", label, [(str(row.pk), say(row)) for row in rows], chosen)
        self.fields[f"single_{owner}"].help_text = _("None ticked means all of them.")

    def _files(self) -> list[tuple[str, str]]:
        attached = Attachment.objects.visible_to(self.place).values_list("pk", "name")
        frozen = ReleaseFile.objects.filter(release__report__program=self.place.program).order_by(
            "release__report__cut_off", "release__version", "form", "part"
        )
        told = frozen.values_list("pk", "release__report__period", "release__version", "part", "form")
        return [(f"attachment:{pk}", name) for pk, name in attached] + [
            (f"release-file:{pk}", f"{period}, version {version}: {PARTS[part]}, {form}")
            for pk, period, version, part, form in told
        ]

    def clean_requested_on(self):
        day = self.cleaned_data["requested_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Nothing can have been asked for on a day to come."))
        return day

    def clean(self):
        data = super().clean()
        kinds = {key for name in data if name.startswith("kinds_") for key in data[name]}
        kinds |= {key for key in self.held.kinds if not self._is_ours_by(key)}
        files = frozenset(data.get("files", []))
        if not kinds and not files and not self.errors:
            raise forms.ValidationError(_("Choose at least one kind of record, or a file."))
        self.instance.records = selection.write(
            selection.Selection(frozenset(kinds), self._rows(data), files)
        )
        return data

    def _is_ours_by(self, key: str) -> bool:
        return any(kind.key == key for kind in self.kinds)

    def _rows(self, data) -> dict[str, frozenset[int]]:
        found = {"dialogue": self.held.rows.get("dialogue", frozenset())}
        for owner in selection.SINGLE:
            if f"single_{owner}" in self.fields:
                found[owner] = frozenset(map(int, data.get(f"single_{owner}", [])))
        return {owner: pks for owner, pks in found.items() if pks}


class GroundInput(forms.TextInput):
    """Free text with the usual grounds suggested; the page has the list."""

    def __init__(self):
        super().__init__(attrs={"list": "grounds", "autocomplete": "off"})


class MaskForm(FormLook, forms.Form):
    """What of one field is not handed out, or which words nowhere; and on what ground."""

    scope = forms.ChoiceField(
        label=_("What is masked"), widget=forms.RadioSelect, initial=WHOLE,
        choices=[
            (WHOLE, _("The whole field, and where other records repeat it")),
            (HERE, _("These words in this field")),
            (THROUGHOUT, _("These words in the whole handout")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("The words"), required=False, max_length=4000, strip=True,
        validators=[validate_no_control_characters], widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Capitals and line breaks make no difference; a genitive s goes along."),
    )  # fmt: skip
    ground = forms.CharField(
        label=_("Ground"), max_length=200, widget=GroundInput, validators=FREE_TEXT,
        help_text=_("The provision, in your own words. It is told in the handout."),
    )  # fmt: skip

    def __init__(self, *args, text: str | None = None, **kwargs):
        """`text` is the field's; without it the words are masked throughout."""
        super().__init__(*args, **kwargs)
        self.text = text
        if text is None:
            del self.fields["scope"]

    def clean(self):
        data = super().clean()
        scope, words = data.get("scope", THROUGHOUT), data.get("words", "")
        if scope == WHOLE:
            data["words"] = ""
        elif "words" in data and sum(map(str.isalnum, words)) < 2:
            self.add_error("words", _("Write the words that are to be masked, at least two characters."))
        elif scope == HERE and words and not self._is_there(words):
            self.add_error("words", _("These words do not stand in the field, not as whole words."))
        return data

    def _is_there(self, words: str) -> bool:
        return masking.pattern_of(words).search(masking.plain(self.text)) is not None


class HandOutForm(FormLook, forms.Form):
    sure = forms.BooleanField(
        label=_("I have looked through what is handed out, and what is masked in it."),
    )


class RuleForm(FormLook, forms.ModelForm):
    """How long one kind of record is kept; no number means for good."""

    class Meta:
        model = RetentionRule
        fields = ["years", "basis"]
        help_texts = {
            "years": _("Empty: kept for good."),
            "basis": _("For example the committee's plan of 2025, § 14."),
        }

    def clean(self):
        data = super().clean()
        if data.get("years") is not None and not data.get("basis"):
            self.add_error("basis", _("Say by which decision the records may be removed."))
        if data.get("years") == 0:
            self.add_error("years", _("At least 1 year; leave it empty for records that are kept for good."))
        if (data.get("years") or 0) > 200:
            self.add_error(
                "years", _("At most 200 years; leave it empty for records that are kept for good.")
            )
        return data


class ThinForm(FormLook, forms.Form):
    sure = forms.BooleanField(label=_("I want to remove these for good."))
