"""A value as people write it: whom it is about, when, and what was counted."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from metrics.forms.fields import SHARES, CountField, MeasureField
from metrics.forms.groups import group_choices, group_key, named_group
from metrics.models import Indicator, Observation
from metrics.values import periods
from metrics.values.entry import STEPS, Fault, Typed, completed, faults
from ui import formats
from ui.fields import validate_no_control_characters
from ui.forms import DayInput, FormLook
from ui.language import language

Kind, PeriodKind = Indicator.Kind, Indicator.Period
COUNTED = (Kind.SHARE, Kind.MEAN, Kind.MEDIAN)

PERIOD_HELP = {
    PeriodKind.POINT: _("A day, a month or from–to: 2026-03-31, 2026-10 or 2026-10-01–2026-10-15."),
    PeriodKind.MONTHLY: _("The month: 2026-03."),
    PeriodKind.CUMULATIVE: _(
        "The month that it ends with: 2026-03 is January–March 2026. A whole year: 2025."
    ),
    PeriodKind.ROLLING: _("The month that it ends with: 2026-03 is April 2025–March 2026."),
}
PERIOD_FAULTS = {
    "no_period": _("There is no such period: %(text)s. Write for example 2026-03 or 2026-01-01–2026-03-31."),
    "backwards": _("The period ends before it starts."),
    "cumulative_start": _("An accumulated figure starts on 1 January and stays within the year."),
    "rolling_length": _("A rolling figure covers 12 months. Write the month that it ends with."),
    "monthly_month": _("The indicator is monthly: write one month, for example 2026-03."),
}
FAULTS = {
    "all_five": _("Give how many answered each of 1–5, also where it is nobody."),
    "positive_disagrees": _("By the distribution %(number)s answered 4 or 5."),
    "answered_disagrees": _("By the distribution %(number)s answered."),
    "value_disagrees": _("The distribution gives %(number)s."),
    "counts_and_value": _("Give either counts or a value, not both."),
    "answered_wanted": _("Say how many answered in all."),
    "positive_above_answered": _("More positive answers than the %(number)s who answered."),
    "invited_below_answered": _("%(number)s answered or had no opinion, which is more than were asked."),
    "words_without_value": _("Say as well which figure the words mean, roughly: for two thirds, 67."),
    "index_outside": _("An index lies between 0 and 100."),
    "mean_outside": _("On a scale of 1–5 the value lies between 1 and 5."),
    "count_below_nought": _("A number is never below nought."),
    "missing_and_there": _("There is a figure as well. Keep one of them."),
    "nothing": _("Give a value, counts, or why it is missing."),
}


def _count(name: str, **kwargs) -> CountField:
    return CountField(label=capfirst(Observation._meta.get_field(name).verbose_name), **kwargs)


class ValueForm(FormLook, forms.ModelForm):
    """What was counted or told, whoever it is about; the indicator decides what is asked first."""

    value = MeasureField(label=_("Value"))
    positive, answered, no_opinion = _count("positive"), _count("answered"), _count("no_opinion")
    invited = _count("invited", help_text=_("All who were asked, if it is known."))
    ones, twos, threes, fours, fives = (_count(name) for name in STEPS)

    class Meta:
        model = Observation
        fields = [
            "breakdown", "category", "positive", "answered", "invited", *STEPS, "no_opinion", "value", "words",
            "is_approximate", "missing_reason", "is_preliminary", "known_on", "revision_reason",
        ]  # fmt: skip
        widgets = {"known_on": DayInput}
        help_texts = {
            "words": _("As the source puts it, for example: about two thirds."),
            "is_preliminary": _("When the final figure comes, revise the value: both are kept."),
        }

    OMITTED: tuple[str, ...] = ()

    def __init__(self, *args, indicator: Indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["value"].is_share = indicator.kind in SHARES
        if self.fields["value"].is_share:
            self.fields["value"].help_text = _("In per cent, for example 2,26.")
        for name in (*self.OMITTED, *self._not_asked()):
            del self.fields[name]
        if not self._is_asked():
            del self.fields["invited"]
            self.fields["answered"].label = _("People behind the figure")
        if self.instance.distribution:
            # They follow from the distribution; shown, they would contradict it as soon as it is mended.
            for name in self._derived() & self.fields.keys():
                self.initial[name] = None
        if self.instance.pk:
            # `revision` numbers what is published here; it does not count edits, so the form looks for itself.
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["seen"] = self._fingerprint()

    def _not_asked(self) -> tuple[str, ...]:
        if self.indicator.kind == Kind.SHARE:
            return ()
        return ("positive",) if self.indicator.kind in COUNTED else ("positive", *STEPS, "no_opinion")

    def _is_asked(self) -> bool:
        """Whether people were asked, and not counted in a register."""
        return self.indicator.subject == Indicator.Subject.SURVEY or self.instance.invited is not None

    def _derived(self) -> set[str]:
        return {"positive", "answered", *({"value"} if self.indicator.kind != Kind.SHARE else ())}

    def groups(self):
        """The unfolding groups: title, fields, and whether they stand open."""
        for title, names in self._groups():
            kept = [name for name in names if name in self.fields]
            if kept:
                yield title, kept, any(name in self.errors or self._holds(name) for name in kept)

    def _told_first(self) -> list[str]:
        """Of a share the counts are asked for, in their own group; else the value and how many it rests on."""
        names = [] if self.indicator.kind == Kind.SHARE else ["value", "answered", "invited"]
        return [name for name in names if name in self.fields]

    def _holds(self, name: str) -> bool:
        return self[name].value() not in (None, "", False)

    def _groups(self):
        counts = (_("How many answered"), ["positive", "answered", "invited"])
        steps = (_("How many answered each of 1–5"), [*STEPS, "no_opinion"])
        told = ["words", "is_approximate"]
        if self.indicator.kind == Kind.SHARE:
            yield counts
            yield steps
            yield _("A share without counts, or in words"), ["value", *told]
        else:
            yield steps
            yield _("In words, or approximate"), told
        yield _("The value is missing"), ["missing_reason"]
        yield _("A part of the group"), ["breakdown", "category"]
        yield _("When the figure came"), ["is_preliminary", "known_on"]

    def validate_unique(self) -> None:
        """That a group has one value a period is said at its place, or guarded by the action that revises."""

    def clean_known_on(self):
        day = self.cleaned_data["known_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("The day lies in the future. Write the day that the figure came, today at the latest.")
            )
        return day

    def clean(self):
        data = super().clean()
        if self.errors.keys() & {"value", "positive", "answered", "invited", "no_opinion", *STEPS}:
            return data
        typed = self._typed(data)
        for fault in faults(typed):
            if fault.field:  # of nothing at all the database's own rule tells
                self._tell(fault)
        told = completed(typed)
        if typed.counts:
            for name in self._derived():
                self._keep(name, getattr(told, name))
        if typed.words and typed.value is not None:
            data["is_approximate"] = True
        return data

    def _typed(self, data) -> Typed:
        names = ("value", "positive", "answered", "invited", "no_opinion")
        return Typed(
            self.indicator.kind,
            **{name: data.get(name) for name in names},
            steps=tuple(data.get(name) for name in STEPS),
            words=data.get("words", ""),
            missing_reason=data.get("missing_reason", ""),
            on_scale=self._is_on_scale(data),
        )

    def _is_on_scale(self, data) -> bool:
        """Whether the indicator's means lie on 1–5. Asks the database for means that nothing else tells of."""
        if self.indicator.kind not in (Kind.MEAN, Kind.MEDIAN) or data.get("value") is None:
            return False
        return bool(self.indicator.item) or self.indicator.observations.filter(ones__isnull=False).exists()

    def _tell(self, fault: Fault) -> None:
        number = fault.number
        words = FAULTS[fault.key] % {
            "number": "" if number is None else formats.number(round(number, 2), None, language())
        }
        self.add_error(fault.field if fault.field in self.fields else None, words)

    def _keep(self, name: str, value) -> None:
        """What follows from what was typed, whether or not the form has a field for it."""
        if name in self.fields:
            self.cleaned_data[name] = value
        else:
            setattr(self.instance, name, value)


class ObservationForm(ValueForm):
    """A new value, or a draft of one."""

    taken: Observation | None = None  # the value that the group has of the period already
    whom = forms.ChoiceField(label=_("Whom it is about"), required=False)
    period = forms.CharField(
        label=_("Period"), max_length=60, validators=[validate_no_control_characters]
    )  # fmt: skip

    def __init__(self, *args, place, instance, **kwargs):
        initial = {"whom": group_key(instance)}
        if instance.last_day:
            initial["period"] = periods.written(instance.first_day, instance.last_day)
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        if instance.revision > 1:
            del self.fields["whom"], self.fields["period"], self.fields["breakdown"], self.fields["category"]
            self.fields["revision_reason"].required = True
            return
        del self.fields["revision_reason"]
        self.fields["whom"].choices = group_choices(place, self.indicator)
        self.fields["period"].help_text = PERIOD_HELP[self.indicator.period_kind]

    def main(self) -> list[str]:
        return [
            *(["whom", "period"] if "period" in self.fields else ["revision_reason"]),
            *self._told_first(),
        ]

    def groups(self):
        """A share is asked for by its counts, a statement of an index by its distribution: they stand open."""
        first = "ones" if self.indicator.item else "positive"
        for title, names, is_open in super().groups():
            yield title, names, is_open or names[0] == first

    def clean_period(self):
        text = self.cleaned_data["period"]
        try:
            period = periods.read(text, self.indicator.period_kind)
        except periods.NotAPeriod as error:
            raise forms.ValidationError(PERIOD_FAULTS[error.reason], params={"text": text}) from error
        if period.last > timezone.localdate():
            raise forms.ValidationError(_("The period has not ended yet."))
        self.instance.first_day, self.instance.last_day = period.first, period.last
        return text

    def clean(self):
        data = super().clean()
        if "whom" in data:
            for name, pk in named_group(data["whom"]).items():
                setattr(self.instance, name, pk)
        if "breakdown" in self.fields and bool(data.get("breakdown")) != bool(data.get("category")):
            missing = "category" if data.get("breakdown") else "breakdown"
            self.add_error(missing, _("Say both what it is broken down by and which part this is."))
        if not self.errors and "period" in self.fields:
            self._check_that_it_is_the_first()
        return data

    def _check_that_it_is_the_first(self) -> None:
        mine = self.instance
        alike = self.indicator.observations.filter(
            first_day=mine.first_day, last_day=mine.last_day, department=mine.department_id, unit=mine.unit_id,
            predecessor=mine.predecessor_id, breakdown=self.cleaned_data["breakdown"],
            category=self.cleaned_data["category"],
        )  # fmt: skip
        self.taken = alike.exclude(pk=mine.pk).order_by("-revision").first()
        if self.taken:
            self.add_error(
                "period",
                _(
                    "This group already has a value for the period. Look among the values, and revise it there."
                ),
            )


class RevisionOfValueForm(ValueForm):
    """A new figure for the group and period of one that is approved; both are kept."""

    OMITTED = ("breakdown", "category")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["revision_reason"].required = True
        self.fields["known_on"].required = True
        self.fields["revision_reason"].help_text = _("For example: the final figure, or mistyped.")

    def main(self) -> list[str]:
        return ["revision_reason", "known_on", *self._told_first()]

    def groups(self):
        for title, names, is_open in super().groups():
            kept = [name for name in names if name != "known_on"]
            yield title, kept, is_open or kept[0] == "positive"
