"""The committee's handling of a report, from the minutes: what was said, what was ruled, and the extract itself."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Forum, Role
from program.forms.plan import SIGNATURES, checked_upload, validate_size
from program.models import Document
from reports.models import Hearing, Ruling
from ui.fields import FREE_TEXT, ProseFormField, validate_file_name
from ui.forms import DayInput, FormLook

BODIES = (Forum.Kind.WORKING_PARTY, Forum.Kind.COMMITTEE)  # in the order that they handle a matter


class HearingForm(FormLook, forms.ModelForm):
    """A hearing; each point of decision adds a choice `ruling<pk>` and the body's own `words<pk>`."""

    document_title = forms.CharField(
        label=_("A document that is not in the list"), required=False, max_length=200, validators=FREE_TEXT,
        help_text=_("It is added to the programme's basis documents, which every member sees at once."),
    )  # fmt: skip
    document_dated = forms.DateField(label=_("Dated"), required=False, widget=DayInput)
    minutes_file = forms.FileField(
        label=_("Extract of the minutes"), required=False, validators=[validate_size, validate_file_name],
        widget=forms.FileInput(attrs={"accept": ".pdf"}), help_text=_("PDF, at most 10 MB."),
    )  # fmt: skip
    minutes_away = forms.BooleanField(label=_("Remove the extract that is attached"), required=False)

    class Meta:
        model = Hearing
        fields = [
            "forum", "held_on", "paragraph", "case_number", "presenter", "proposal", "summary", "assessment",
            "handling", "motion", "outcome", "documents",
        ]  # fmt: skip
        labels = {"outcome": _("Outcome in the body's own words")}
        widgets = {
            "held_on": DayInput,
            "documents": forms.CheckboxSelectMultiple,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("proposal", "summary", "assessment", "handling", "motion", "outcome")
            },
        }

    MAIN = ["forum", "held_on", "paragraph", "case_number", "presenter"]
    MATTER = ["summary", "assessment", "proposal"]
    MEETING = ["handling", "motion"]

    def __init__(self, *args, place, points=(), **kwargs):
        instance = kwargs["instance"]
        self.points = list(points)
        kwargs["initial"] = (
            self._ruled(instance) | {"minutes": instance.minutes_id} | kwargs.get("initial", {})
        )
        super().__init__(*args, **kwargs)
        bodies = Q(kind__in=BODIES) | Q(pk=instance.forum_id)
        in_order = Case(*(When(kind=kind, then=at) for at, kind in enumerate(BODIES)), default=len(BODIES))
        self.fields["forum"].queryset = (
            Forum.objects.visible_to(place).filter(bodies).order_by(in_order, "pk")
        )
        self.fields["presenter"].queryset = Role.objects.visible_to(place)
        self.fields["documents"].queryset = Document.objects.visible_to(place).exclude(
            pk=instance.minutes_id or 0
        )
        if instance.minutes_id is None:
            del self.fields["minutes_away"]
        for point in self.points:
            self._add_ruling(point)

    def _ruled(self, hearing: Hearing) -> dict:
        """What is ruled now, as initial values, so that the form notices when somebody else rules in between."""
        found = {}
        for row in hearing.rulings.all() if hearing.pk else ():
            found |= {f"ruling{row.point_id}": row.outcome, f"words{row.point_id}": row.words}
        return found

    def _add_ruling(self, point) -> None:
        self.fields[f"ruling{point.pk}"] = forms.ChoiceField(
            label=_("Outcome"), required=False, choices=[("", _("not decided here")), *Ruling.Outcome.choices]
        )
        self.fields[f"words{point.pk}"] = ProseFormField(
            label=_("In the body's own words"), required=False, max_length=1000,
            validators=[*FREE_TEXT, MaxLengthValidator(1000)], widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

    def point_fields(self):
        """Each point with the names of its two fields."""
        return [(point, f"ruling{point.pk}", f"words{point.pk}") for point in self.points]

    @property
    def must_choose_file_again(self) -> bool:
        """A browser never fills a file in for somebody, so a file that came with an error is lost."""
        return bool(self.files.get("minutes_file")) and bool(self.errors)

    def clean_minutes_file(self):
        upload = self.cleaned_data["minutes_file"]
        return checked_upload(upload, {"pdf": SIGNATURES["pdf"]}) if upload else None

    def rulings(self):
        """(point, outcome or "", words) of every point; after `is_valid`."""
        data = self.cleaned_data
        return [(point, data[ruling], data[words]) for point, ruling, words in self.point_fields()]

    def clean(self):
        data = super().clean()
        self._check_not_held(data)
        for _point, ruling, words in self.point_fields():
            if data.get(words) and not data.get(ruling):
                self.add_error(ruling, _("Choose what the body decided."))
        if data.get("document_dated") and not data.get("document_title"):
            self.add_error("document_title", _("Write what the document is called."))
        if not self.instance.pk and not self.errors and self._is_there_already(data):
            self.add_error(
                "held_on", _("This forum's handling on that day is registered already. Change that one.")
            )
        return data

    def _say_it_changed(self) -> None:
        """The rulings too, each at its place."""
        super()._say_it_changed()
        said = dict(Ruling.Outcome.choices)
        for _point, ruling, words in self.point_fields():
            if {ruling, words} & set(self.changed_data):
                saved = " ".join(
                    part
                    for part in (str(said.get(self.initial.get(ruling), "–")), self.initial.get(words))
                    if part
                )
                self.add_error(ruling, _("Saved now: %(saved)s") % {"saved": saved})

    def _check_not_held(self, data) -> None:
        day = data.get("held_on")
        if day is None or day <= timezone.localdate():
            return
        if data.get("outcome") or any(data.get(ruling) for _point, ruling, _words in self.point_fields()):
            self.add_error("held_on", _("A meeting that has not been held has no outcome yet."))
        elif data.get("minutes_file"):
            self.add_error("held_on", _("A meeting that has not been held has no minutes yet."))

    def _is_there_already(self, data) -> bool:
        same = {name: data[name] for name in ("forum", "held_on", "paragraph")}
        return Hearing.objects.filter(report=self.instance.report, **same).exists()
