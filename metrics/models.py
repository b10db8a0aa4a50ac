"""What we measure: the guideline for spans of control, headcounts, assessments, indicators."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Organisation, OwnedQuerySet, Unit
from program.models import Activity, Program
from program.models.program import InProgramQuerySet
from ui.fields import LineField, ProseField


class Guideline(models.Model):
    """Riktlinje: how many people one manager may lead, as a base number and how far factors may move it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="guidelines")
    title = LineField(_("title"), max_length=160)
    valid_from = models.DateField(_("valid from"))
    usual_adjustment = models.PositiveSmallIntegerField(_("usual adjustment at most"), default=5)
    largest_adjustment = models.PositiveSmallIntegerField(_("largest adjustment"), default=10)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="guideline_once_per_day"),
            models.CheckConstraint(
                condition=Q(largest_adjustment__gte=F("usual_adjustment")),
                name="guideline_largest_is_largest",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class GuidelineBase(models.Model):
    """Grundtal: people per manager for a category of departments."""

    guideline = models.ForeignKey(Guideline, models.CASCADE, related_name="bases")
    category = LineField(_("category"), max_length=120)
    base = models.PositiveSmallIntegerField(_("base number"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "category"], name="guideline_category_once")
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.base}"


class GuidelineFactor(models.Model):
    """Påverkande faktor: what allows a larger group, and what requires a smaller one. Names may repeat."""

    guideline = models.ForeignKey(Guideline, models.CASCADE, related_name="factors")
    order = models.PositiveSmallIntegerField(default=0)
    name = LineField(_("factor"), max_length=200)
    allows_larger = LineField(_("allows a larger group"), max_length=200)
    requires_smaller = LineField(_("requires a smaller group"), max_length=200)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class HeadcountReport(models.Model):
    """Personalrapport: headcounts of a day, with the totals as the source states them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="headcount_reports")
    as_of = models.DateField(_("as of"))
    basis = LineField(_("basis"), max_length=300)
    is_example = models.BooleanField(_("example data"), default=False)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "as_of"], name="headcount_report_once_per_day")
        ]

    def __str__(self) -> str:
        return f"{self.as_of}"


class StatedTotal(models.Model):
    """Angiven summa: what the source says a department, or the whole (no department), adds up to."""

    report = models.ForeignKey(HeadcountReport, models.CASCADE, related_name="stated_totals")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    employees = models.PositiveIntegerField()
    fte = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "department"], name="stated_total_once_per_department"),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(department__isnull=True),
                name="stated_total_once_for_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department or '∑'}: {self.employees}"


class Headcount(models.Model):
    """Personalsiffra: people and managers in a unit on the report's day."""

    report = models.ForeignKey(HeadcountReport, models.CASCADE, related_name="headcounts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="headcounts")
    employees = models.PositiveIntegerField(_("employees"))
    managers = models.PositiveSmallIntegerField(_("managers"), default=1, validators=[MinValueValidator(1)])
    fte = models.DecimalField(_("full-time equivalents"), max_digits=9, decimal_places=2)
    mean_age = models.DecimalField(_("mean age"), max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "unit"], name="headcount_once_per_unit"),
            models.CheckConstraint(condition=Q(managers__gte=1), name="headcount_has_a_manager"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.employees}"


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's organisation."""
        return self.filter(unit__department__organisation=place.organisation)


class Assessment(models.Model):
    """Bedömning: how far from the base number a unit's own circumstances justify going, and why. Append-only."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessments")
    assessed_on = models.DateField(_("assessed on"))
    adjustment = models.SmallIntegerField(
        _("adjustment"),
        validators=[MinValueValidator(-20), MaxValueValidator(20)],
        help_text=_("People more (5) or fewer (−5) than the base number."),
    )
    motivation = ProseField(_("motivation"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(motivation=""),
                name="assessment_has_motivation",
                violation_error_message=_("Say what supports the adjustment."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.adjustment:+d}"


class Indicator(models.Model):
    """Mått: one question that is asked again, of whom, and which way is better."""

    class Kind(models.TextChoices):
        SHARE = "share", _("share")
        RATE = "rate", _("rate")
        COUNT = "count", _("count")
        MEAN = "mean", _("mean")

    class Subject(models.TextChoices):
        SURVEY = "survey", _("survey")
        HEALTH = "health", _("health")
        STAFFING = "staffing", _("staffing")

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    class Period(models.TextChoices):
        POINT = "point", _("at one time")
        CUMULATIVE = "cumulative", _("accumulated from January")
        ROLLING = "rolling", _("rolling 12 months")

    program = models.ForeignKey(Program, models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField(default=0)
    name = LineField(_("name"), max_length=120)
    question = LineField(_("question"), max_length=300, blank=True)
    population = LineField(_("population"), max_length=200)
    positive = LineField(_("what counts as positive"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    promised = LineField(
        _("promised to the committee"), max_length=120, blank=True, help_text=_("For example every month.")
    )
    period_kind = models.CharField(_("period"), max_length=20, choices=Period, default=Period.POINT)
    target = models.DecimalField(_("target"), max_digits=7, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("target date"), null=True, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="indicator_name_once_per_program",
                violation_error_message=_("There is already an indicator with this name."),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, target_on__isnull=True)
                | Q(target__isnull=False, target_on__isnull=False),
                name="indicator_target_and_its_day",
                violation_error_message=_("A target has both a value and a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExpectationQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(activity__program=place.program)


class Expectation(models.Model):
    """Förväntad effekt: what an activity should move, which way, and when it can be seen at the earliest."""

    class Way(models.TextChoices):
        UP = "up", _("upwards")
        DOWN = "down", _("downwards")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="expectations")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="expectations", verbose_name=_("indicator")
    )
    direction = models.CharField(_("should move"), max_length=10, choices=Way)
    size = LineField(_("how much"), max_length=200, blank=True)
    visible_on = models.DateField(_("visible at the earliest"), null=True, blank=True)
    visible_words = LineField(_("as written"), max_length=60, blank=True)
    wrong_if = ProseField(_("what would show that we were wrong"), max_length=1000, blank=True)

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected effect")
        ordering = ["activity_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "indicator"],
                name="expectation_once_per_activity_and_indicator",
                violation_error_message=_("The activity already has an expected effect on this indicator."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.indicator}"

    @property
    def visible_text(self) -> str:
        """When it can be seen, in the words it came with."""
        return self.visible_words or (self.visible_on.isoformat() if self.visible_on else "")


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(indicator__program=place.program)


class Observation(models.Model):
    """Mätvärde: what the indicator was for a period; shares are fractions of one."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=4, null=True, blank=True)
    positive = models.PositiveIntegerField(_("positive answers"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("answered"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    words = LineField(_("as written"), max_length=120, blank=True)
    is_approximate = models.BooleanField(_("approximate"), default=False)
    is_preliminary = models.BooleanField(_("preliminary"), default=False)
    missing_reason = LineField(_("why it is missing"), max_length=200, blank=True)
    is_example = models.BooleanField(_("example data"), default=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "first_day", "last_day"],
                name="observation_once_per_period",
                violation_error_message=_("This indicator already has a value for the period."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="observation_ends_after_it_starts",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(answered__isnull=False) | ~Q(missing_reason=""),
                name="observation_value_or_reason",
                violation_error_message=_("Give a value, counts, or why it is missing."),
            ),
            models.CheckConstraint(
                condition=(Q(positive__isnull=True) | Q(positive__lte=F("answered")))
                & (Q(invited__isnull=True) | Q(answered__isnull=True) | Q(answered__lte=F("invited"))),
                name="observation_counts_nest",
                violation_error_message=_("Positive answers ≤ answered ≤ invited."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.last_day}"

    @property
    def share(self) -> Decimal | None:
        """The value, or the share that the counts give."""
        if self.value is not None or not self.answered or self.positive is None:
            return self.value
        return Decimal(self.positive) / Decimal(self.answered)
