"""Observations: what an indicator was, for whom and when; drafts, approvals and revisions."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from metrics.models.indicator import Indicator
from organisation.models import Department, Predecessor, Unit
from program.models import Program
from program.models.program import InProgramQuerySet
from ui.fields import LineField


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(indicator__program=place.program)

    def approved(self):
        """Those that another person has said yes to; drafts are for HR alone."""
        return self.filter(state="approved")

    def drafts(self):
        """Those that wait for another person's yes."""
        return self.filter(state="draft")

    def whole(self):
        """Those of the whole population, not of a department, unit, predecessor or category."""
        return self.filter(department__isnull=True, unit__isnull=True, predecessor__isnull=True, breakdown="")

    def divided(self):
        """Those of a department, unit, predecessor or category: all but the whole."""
        return self.exclude(
            department__isnull=True, unit__isnull=True, predecessor__isnull=True, breakdown=""
        )


class Approved(models.Model):
    """What one person enters and another approves; only approved rows reach anybody but HR."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.APPROVED)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Observation(Approved):
    """Mätvärde: what the indicator was for a period and a group; shares are fractions of one.

    The group is the whole population, or a department, a unit or a predecessor of the organisation; `breakdown` and
    `category` divide it further ("sex", "women"). An approved value is never changed: a revision with a higher
    number and a reason takes its place, and both are kept. `withheld` is what the gate has decided
    (`metrics/gate.py`); nothing is shown before it has.
    """

    class Breakdown(models.TextChoices):
        SEX = "sex", _("by sex")
        AGE = "age", _("by age")
        BACKGROUND = "background", _("by background")
        LEVEL = "level", _("by level")
        FORM = "form", _("by form of employment")
        OTHER = "other", _("by something else")

    class Withheld(models.TextChoices):
        PENDING = "pending", _("not judged yet")
        FEW = "few", _("too few")
        ALL_ALIKE = "all_alike", _("all alike")
        GIVES_AWAY = "would_give_away", _("would give another away")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("department"),
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="observations", verbose_name=_("unit")
    )
    predecessor = models.ForeignKey(
        Predecessor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("predecessor"),
    )
    breakdown = models.CharField(_("breakdown"), max_length=20, choices=Breakdown, blank=True)
    category = LineField(_("category"), max_length=80, blank=True)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    value = models.DecimalField(_("value"), max_digits=9, decimal_places=4, null=True, blank=True)
    positive = models.PositiveIntegerField(_("positive answers"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("answered"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    ones = models.PositiveIntegerField(_("answered 1"), null=True, blank=True)
    twos = models.PositiveIntegerField(_("answered 2"), null=True, blank=True)
    threes = models.PositiveIntegerField(_("answered 3"), null=True, blank=True)
    fours = models.PositiveIntegerField(_("answered 4"), null=True, blank=True)
    fives = models.PositiveIntegerField(_("answered 5"), null=True, blank=True)
    no_opinion = models.PositiveIntegerField(_("no opinion"), null=True, blank=True)
    words = LineField(_("as written"), max_length=120, blank=True)
    is_approximate = models.BooleanField(_("approximate"), default=False)
    is_preliminary = models.BooleanField(_("preliminary"), default=False)
    missing_reason = LineField(_("why it is missing"), max_length=200, blank=True)
    is_example = models.BooleanField(_("example data"), default=False)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    revision_reason = LineField(_("why it is revised"), max_length=200, blank=True)
    known_on = models.DateField(
        _("known from"), null=True, blank=True, help_text=_("When the figure came; empty: with its period.")
    )
    withheld = models.CharField(
        max_length=20, choices=Withheld, default=Withheld.PENDING, blank=True, editable=False
    )
    published_on = models.DateField(null=True, blank=True, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["last_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                "indicator",
                "first_day",
                "last_day",
                Coalesce("department", 0),
                Coalesce("unit", 0),
                Coalesce("predecessor", 0),
                "breakdown",
                "category",
                "revision",
                name="observation_once_per_group_and_period",
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
            models.CheckConstraint(
                condition=Q(department__isnull=True, unit__isnull=True)
                | Q(department__isnull=True, predecessor__isnull=True)
                | Q(unit__isnull=True, predecessor__isnull=True),
                name="observation_of_one_group",
                violation_error_message=_("A value is of one department, one unit or one predecessor."),
            ),
            models.CheckConstraint(
                condition=Q(breakdown="", category="") | ~Q(breakdown="") & ~Q(category=""),
                name="observation_breakdown_and_category",
                violation_error_message=_("Say both what it is broken down by and which part this is."),
            ),
            models.CheckConstraint(
                condition=Q(
                    ones__isnull=True,
                    twos__isnull=True,
                    threes__isnull=True,
                    fours__isnull=True,
                    fives__isnull=True,
                )
                | Q(
                    ones__isnull=False,
                    twos__isnull=False,
                    threes__isnull=False,
                    fours__isnull=False,
                    fives__isnull=False,
                ),
                name="observation_all_five_answers",
                violation_error_message=_("Give how many answered each of 1–5, also where it is nobody."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
                name="observation_approved_by_another",
                violation_error_message=_("Somebody else than the one who entered the value approves it."),
            ),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(revision_reason=""),
                name="observation_revision_has_reason",
                violation_error_message=_("Say why the value is revised."),
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

    @property
    def is_shown(self) -> bool:
        """Whether the gate lets it through; False before it has been asked."""
        return not self.withheld

    @property
    def group(self) -> tuple:
        """Period and group: what a revision has in common with what it revises."""
        return (
            self.first_day, self.last_day, self.department_id, self.unit_id, self.predecessor_id,
            self.breakdown, self.category,
        )  # fmt: skip

    @property
    def distribution(self) -> tuple[int, int, int, int, int] | None:
        """How many answered 1, 2, 3, 4 and 5, or None where that is not known."""
        counts = (self.ones, self.twos, self.threes, self.fours, self.fives)
        return None if any(count is None for count in counts) else counts


class LinkedAnswers(Approved):
    """Kopplade svar: of those who answered both times, how many kept and how many changed their answer."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="linked_answers")
    earlier = models.DateField(_("the earlier survey"))
    later = models.DateField(_("the later survey"))
    both = models.PositiveIntegerField(_("positive both times"))
    gained = models.PositiveIntegerField(_("became positive"))
    lost = models.PositiveIntegerField(_("ceased to be positive"))
    neither = models.PositiveIntegerField(_("positive neither time"))
    is_example = models.BooleanField(_("example data"), default=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["later", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "earlier", "later"],
                name="linked_answers_once_per_pair",
                violation_error_message=_("The indicator already has linked answers of these two days."),
            ),
            models.CheckConstraint(
                condition=Q(later__gt=F("earlier")),
                name="linked_answers_later_is_later",
                violation_error_message=_("The later survey comes after the earlier."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("entered_by")),
                name="linked_answers_approved_by_another",
                violation_error_message=_("Somebody else than the one who entered the value approves it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.earlier}–{self.later}"

    @property
    def answered(self) -> int:
        """Those who answered both times."""
        return self.both + self.gained + self.lost + self.neither


class ObservationFile(models.Model):
    """Inläst mätfil: uploaded, shown, then written whole or not at all."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="observation_files")
    name = LineField(_("name"), max_length=200)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
