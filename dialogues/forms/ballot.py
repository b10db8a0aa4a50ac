"""Setting up a prioritisation, recording one from elsewhere, and what a participant types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialogues.models import Ballot, BallotOption, Dialogue, Reason
from dialogues.privacy.persons import likely_names
from dialogues.voting import tally
from dialogues.voting.tally import FEWEST_OPTIONS, MOST_OPTIONS
from program.models import Need
from ui import formats
from ui.fields import FREE_TEXT, ProseFormField
from ui.forms import DayInput, FormLook
from ui.language import language
from ui.personal import validate_no_personal_number
from ui.revision import RevisionForm

LONGEST = BallotOption._meta.get_field("text").max_length
LONGEST_REASON = Reason._meta.get_field("text").max_length


class DialogueChoiceField(forms.ModelChoiceField):
    """Reads prefetched departments."""

    def label_from_instance(self, dialogue):
        return f"{dialogue.name}, {dialogue.held_words or formats.day(dialogue.held_on, language())}"


class OptionsForm(RevisionForm):
    """What both kinds of prioritisation share: a question, a meeting, and options as lines."""

    dialogue = DialogueChoiceField(
        queryset=None, required=False, label=gettext_lazy("Meeting"),
        help_text=gettext_lazy("The prioritisation is shown on its page."),
    )  # fmt: skip
    lines = ProseFormField(
        label=gettext_lazy("Options, one a line"), required=False, max_length=6000,
        widget=forms.Textarea(attrs={"rows": 7}), validators=FREE_TEXT,
    )  # fmt: skip

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs = {need.title.casefold(): need for need in Need.objects.visible_to(place)}
        dialogues = Dialogue.objects.visible_to(place).prefetch_related("departments")
        self.fields["dialogue"].queryset = dialogues
        self.kept = list(self.instance.options.all()) if self.instance.pk else []
        self.options: list[BallotOption] = []

    def clean_lines(self):
        """The options in their order; one that is called what a need is called belongs to that need."""
        text = self.cleaned_data["lines"]
        faults = []
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                self.options += filter(None, [self._option(number, line)])
            except ValidationError as fault:
                faults.append(fault)
        if faults:
            raise ValidationError(faults)
        return text

    def _option(self, number: int, line: str) -> BallotOption | None:
        try:
            text, percent = self.read(line)
        except tally.Unclear as number_last:
            words = _(
                "Line %(line)d ends in %(number)s. Write %(number)s %% if that is its percent, and : ? after it if "
                "the number belongs to the name."
            )
            raise ValidationError(words % {"line": number, "number": number_last}) from None
        if not text:
            return None
        if len(text) > LONGEST:
            words = _(
                "Line %(line)d is %(length)d characters long; an option holds at most %(most)d. Shorten it."
            )
            raise ValidationError(words % {"line": number, "length": len(text), "most": LONGEST})
        if percent is not None and (percent > 100 or percent != round(percent, 1)):
            words = _("Line %(line)d: a percent is at most 100 and has at most one decimal.")
            raise ValidationError(words % {"line": number})
        return BallotOption(text=text, need=self.needs.get(text.casefold()), reported_percent=percent)

    def read(self, line):
        return line.strip(), None

    def check_options(self, options) -> None:
        """Two to twenty, none of them twice; said at the lines."""
        texts = [row.text.casefold() for row in options]
        twice = next((row.text for row in options if texts.count(row.text.casefold()) > 1), None)
        if twice:
            self.add_error("lines", _("“%(option)s” is there twice. Take one away.") % {"option": twice})
        if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
            words = ngettext(
                "There is %(count)d option; there must be between %(fewest)d and %(most)d.",
                "There are %(count)d options; there must be between %(fewest)d and %(most)d.",
                len(options),
            )
            self.add_error(
                "lines", words % {"count": len(options), "fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}
            )

    def clean(self):
        data = super().clean()
        if "lines" not in self.errors:
            self.check_options(self.options)
        return data


class BallotForm(OptionsForm):
    """A prioritisation that is to be voted in here. Options: the needs that are ticked, then the lines."""

    needs_chosen = forms.ModelMultipleChoiceField(
        queryset=None, required=False, label=gettext_lazy("Options from needs"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Ballot
        fields = ["question", "dialogue", "points", "picks", "expected"]

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, place=place, **kwargs)
        self.fields["needs_chosen"].queryset = Need.objects.visible_to(place)
        self.fields["lines"].label = _("Other options, one a line")
        self.fields["lines"].help_text = _(
            "An option that is called what a need is called belongs to that need."
        )
        self.fields["picks"].help_text = _("Everybody shares the points out among exactly this many.")
        self.initial["needs_chosen"] = [row.need_id for row in self.kept if row.need_id]
        self.initial["lines"] = "\n".join(row.text for row in self.kept if not row.need_id)

    def check_options(self, options) -> None:
        chosen = self.cleaned_data.get("needs_chosen", [])
        self.options = [*(BallotOption(need=need, text=need.title) for need in chosen), *options]
        super().check_options(self.options)

    def clean(self):
        data = super().clean()
        picks, points = data.get("picks") or 1, data.get("points")
        if "lines" not in self.errors and picks > len(self.options):
            self.add_error("picks", _("One cannot pick more options than there are."))
        if points and points < picks:
            self.add_error("points", _("There must be at least one point for each pick."))
        return data


class ReportedForm(OptionsForm):
    """A result that somebody else has told. What is not known is left empty."""

    class Meta:
        model = Ballot
        fields = ["question", "source", "voted_on", "voters", "dialogue"]
        widgets = {"voted_on": DayInput()}

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, place=place, **kwargs)
        self.fields["source"].required = True
        self.fields["lines"].label = _("Options and percents, one option a line")
        self.fields["lines"].help_text = _(
            "As in: Digitalisation 42 %. Without a percent where it is not known. An option that is called what a "
            "need is called belongs to that need."
        )
        for name in ("voted_on", "voters"):
            self.fields[name].help_text = _("Empty if it is not known.")
        self.initial["lines"] = "\n".join(self._line(row) for row in self.kept)

    @staticmethod
    def _line(row: BallotOption) -> str:
        percent = row.reported_percent
        return tally.as_reported(
            row.text, "" if percent is None else formats.number(percent, language=language())
        )

    def read(self, line):
        return tally.read_reported(line)

    def clean_voters(self):
        voters = self.cleaned_data["voters"]
        if voters == 0:
            raise forms.ValidationError(_("Leave it empty if the number of voters is not known."))
        return voters


FAULTS = {
    tally.NEGATIVE: lambda points: _("Points cannot be negative."),
    tally.NOT_WHOLE: lambda points: _("Write a whole number, for example 20."),
    tally.TOO_MUCH: lambda points: _("There are %(points)d points in all.") % {"points": points},
}


class VoteForm(forms.Form):
    """Points beside each option. Plain text fields with a digit keyboard: a number field loses what it does not
    understand. What is wrong is told at its place, and what is wrong with the whole on top."""

    def __init__(self, data=None, *, ballot, options):
        super().__init__(data)
        self.ballot, self.options = ballot, {f"o{row.pk}": row for row in options}
        for name, option in self.options.items():
            look = {"inputmode": "numeric", "autocomplete": "off", "size": 4}
            self.fields[name] = forms.CharField(
                required=False, label=option.text, widget=forms.TextInput(attrs=look)
            )

    @property
    def vote(self) -> tally.Vote:
        """What is typed, as it stands."""
        typed = {option.pk: self[name].value() or "" for name, option in self.options.items()}
        return tally.read_vote(typed, points=self.ballot.points, picks=self.ballot.picks)

    def clean(self):
        vote = self.vote
        for name, option in self.options.items():
            if option.pk in vote.faults and name not in self.errors:
                self.add_error(name, FAULTS[vote.faults[option.pk]](self.ballot.points))
        if not self.errors:
            for words in self._whole(vote):
                self.add_error(None, words)
        return self.cleaned_data

    def _whole(self, vote: tally.Vote):
        if vote.picked != vote.picks:
            words = ngettext(
                "You have given points to %(count)d option; it must be exactly %(picks)d.",
                "You have given points to %(count)d options; it must be exactly %(picks)d.",
                vote.picked,
            )
            yield words % {"count": vote.picked, "picks": vote.picks}
        if vote.left > 0:
            words = _("You have %(left)d points left to share out.")
            yield words % {"left": vote.left}
        if vote.left < 0:
            words = _("You have shared out %(over)d points too many.")
            yield words % {"over": -vote.left}

    def step(self, pressed: str) -> None:
        """Move one option's points as its button says: `o12+` or `o12-`."""
        name, sign = pressed[:-1], pressed[-1:]
        if name in self.options and sign in ("+", "-"):
            by = tally.stride(self.ballot.points) * (1 if sign == "+" else -1)
            self.data = self.data.copy()
            self.data[name] = tally.stepped(self.data.get(name, ""), by, most=self.ballot.points)
        self._errors = {}


class ReasonForm(FormLook, forms.ModelForm):
    """Why an option got points, without names."""

    class Meta:
        model = Reason
        fields = ["option", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"text": ProseFormField}

    def __init__(self, data=None, *, ballot):
        super().__init__(data)
        self.known = {option.text for option in ballot.options.all()}
        self.fields["option"].queryset = ballot.options.all()
        self.fields["option"].label = _("Which option is it about?")
        self.fields["option"].empty_label = _("Choose an option")
        self.fields["text"].label = _("Why is it important?")
        self.fields["text"].help_text = _("At most %(most)d characters. Name nobody.") % {
            "most": LONGEST_REASON
        }

    def clean_text(self):
        """One line of text: line breaks of a phone's keyboard become blanks."""
        text = " ".join(self.cleaned_data["text"].split())
        validate_no_personal_number(text)
        if named := likely_names(text, self.known):
            words = _("This seems to name somebody: %(names)s. Everybody reads it; write it without names.")
            raise ValidationError(words % {"names": ", ".join(named)})
        return text
