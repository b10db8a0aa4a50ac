"""Indicators: what is asked again and again, of whom, and which way is better."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.models import InProgramQuerySet, InTrail, Program
from ui.fields import LineField, ProseField


class Indicator(InTrail, models.Model):
    """Mått: one question that is asked again, of whom, and which way is better."""

    class Kind(models.TextChoices):
        SHARE = "share", _("share")
        RATE = "rate", _("rate")
        COUNT = "count", _("count")
        MEAN = "mean", _("mean")
        MEDIAN = "median", _("median")
        INDEX = "index", _("index")

    class Subject(models.TextChoices):
        SURVEY = "survey", _("survey")
        HEALTH = "health", _("health")
        STAFFING = "staffing", _("staffing")
        AGE = "age", _("age")
        SEX = "sex", _("sex")
        BACKGROUND = "background", _("background")

    class Item(models.TextChoices):
        """The nine statements of HME (SKR and RKA 2011), by what they are about."""

        MEANINGFUL = "meaningful", _("motivation: the work is meaningful")
        LEARNING = "learning", _("motivation: learning and developing")
        LOOKING_FORWARD = "looking_forward", _("motivation: looking forward to work")
        APPRECIATION = "appreciation", _("leadership: appreciation")
        TRUST = "trust", _("leadership: trust")
        RESPONSIBILITY = "responsibility", _("leadership: room for responsibility")
        GOALS_KNOWN = "goals_known", _("governance: goals are known")
        GOALS_FOLLOWED_UP = "goals_followed_up", _("governance: goals are followed up")
        EXPECTATIONS_KNOWN = "expectations_known", _("governance: expectations are known")

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    class Computed(models.TextChoices):
        """What the system works out from the headcounts; nobody enters its values."""

        OVER_BASE = "over_base", _("share of managers above the base number")
        OVER_LARGEST = "over_largest", _("share of managers above the largest justified")
        MEDIAN_SPAN = "median_span", _("median of people per manager")

    class Period(models.TextChoices):
        POINT = "point", _("at one time")
        MONTHLY = "monthly", _("every month")
        CUMULATIVE = "cumulative", _("accumulated from January")
        ROLLING = "rolling", _("rolling 12 months")

    program = models.ForeignKey(Program, models.PROTECT, related_name="indicators")
    order = models.PositiveSmallIntegerField(default=0)
    name = LineField(_("name"), max_length=120)
    group = LineField(
        _("read together with"),
        max_length=120,
        blank=True,
        help_text=_("Questions with the same word here are read together."),
    )
    question = LineField(_("question"), max_length=300, blank=True)
    population = LineField(_("population"), max_length=200)
    positive = LineField(_("what counts as positive"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    unit = LineField(
        _("unit"), max_length=40, blank=True, help_text=_("For example days, people per manager.")
    )
    definition = ProseField(_("how it is worked out, and its limits"), max_length=2000, blank=True)
    source = LineField(_("where the figures come from"), max_length=200, blank=True)
    index = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("statement of"),
        help_text=_("The index that this statement is part of."),
    )
    item = models.CharField(_("statement"), max_length=20, choices=Item, blank=True)
    computed = models.CharField(
        _("worked out from the headcounts"), max_length=20, choices=Computed, blank=True
    )
    promised = LineField(
        _("promised to the committee"), max_length=120, blank=True, help_text=_("For example every month.")
    )
    period_kind = models.CharField(_("period"), max_length=20, choices=Period, default=Period.POINT)
    baseline = models.DecimalField(_("baseline"), max_digits=9, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(
        _("the baseline ends"),
        null=True,
        blank=True,
        help_text=_("What is measured until this day is before, the rest after."),
    )
    smallest = models.DecimalField(
        _("smallest change that matters"),
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Agreed before the figures come. Without it nothing is called unchanged."),
    )
    better_every_year = models.BooleanField(_("better every year"), default=False)
    target = models.DecimalField(_("target"), max_digits=9, decimal_places=4, null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(index__isnull=True, item="") | Q(index__isnull=False) & ~Q(item=""),
                name="indicator_index_and_its_statement",
                violation_error_message=_("A statement of an index says which index and which statement."),
            ),
            models.CheckConstraint(
                condition=Q(smallest__isnull=True) | Q(smallest__gt=0),
                name="indicator_smallest_change_is_some",
                violation_error_message=_("The smallest change that matters is more than nothing."),
            ),
            models.UniqueConstraint(
                fields=["index", "item"],
                name="indicator_statement_once_per_index",
                violation_error_message=_("The index already has this statement."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
