"""What an activity is expected to move, what was changed afterwards, and what came of it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from metrics.effects import judge as effects
from metrics.models.indicator import Indicator
from metrics.readings.judgement import SHARES
from organisation.models import Department
from program.models import Activity
from ui import formats
from ui.fields import LineField, ProseField
from ui.language import language


class ExpectationQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(activity__program=place.program)

    def holding(self):
        """Those that nobody has said no longer hold: the latest amendment is not of that kind."""
        said = Amendment.objects.filter(expectation=OuterRef("pk")).order_by("-on", "-pk")
        last = said.values(kind=KeyTextTransform("field", KeyTransform("0", "changes")))[:1]
        return self.annotate(last_said=Subquery(last, output_field=models.TextField())).exclude(
            last_said__isnull=False, last_said=effects.WITHDRAWN
        )

    def awaiting(self, on: dt.date):
        """Those that can be seen by a day, hold, and have no outcome since; `metrics.effects.judge.awaits` in SQL."""
        said = Outcome.objects.filter(expectation=OuterRef("pk"), on__gte=OuterRef("visible_on"))
        return self.holding().filter(~Exists(said), visible_on__lte=on)


class Expectation(models.Model):
    """Förväntad effekt: what an activity should move, which way, and when it can be seen at the earliest."""

    class Way(models.TextChoices):
        UP = "up", _("upwards")
        DOWN = "down", _("downwards")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="expectations")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="expectations", verbose_name=_("indicator")
    )
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="expectations",
        verbose_name=_("department"),
        help_text=_("None chosen means everybody that the indicator is about."),
    )
    direction = models.CharField(_("should move"), max_length=10, choices=Way)
    size = LineField(_("how much"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("at least"),
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("In the indicator's own unit; a share in percentage points."),
    )
    visible_on = models.DateField(_("visible at the earliest"), null=True, blank=True)
    visible_words = LineField(_("as written"), max_length=60, blank=True)
    wrong_if = ProseField(_("what would show that we were wrong"), max_length=1000, blank=True)

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected effect")
        ordering = ["activity_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                "activity",
                "indicator",
                Coalesce("department", 0),
                name="expectation_once_per_activity_indicator_and_department",
                violation_error_message=_("The activity already has an expected effect on this indicator."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="expectation_amount_is_some",
                violation_error_message=_(
                    "Say how much as a figure above nothing; the direction is told beside."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.indicator}"

    @property
    def visible_text(self) -> str:
        """When it can be seen, in the words it came with."""
        return self.visible_words or (self.visible_on.isoformat() if self.visible_on else "")

    @property
    def amount_text(self) -> str:
        """The figure as it was typed: a share in percentage points."""
        if self.amount is None:
            return ""
        shown = self.amount * 100 if self.indicator.kind in SHARES else self.amount
        return f"{shown.normalize():f}".replace(".", ",")

    @property
    def amount_words(self) -> str:
        """5 percentage points for a share's 0.05, else the figure in the indicator's own unit; nothing without one."""
        if self.amount is None:
            return ""
        if self.indicator.kind in SHARES:
            points = formats.number(self.amount * 100, None, language())
            return _("%(number)s percentage points") % {"number": points}
        return f"{formats.number(self.amount, None, language())} {self.indicator.unit}".strip()

    @property
    def how_much(self) -> str:
        """As written, with the figure beside it where the words do not say it."""
        return self.size_and_amount(self.size, self.amount_words)

    @staticmethod
    def size_and_amount(size: str, amount: str) -> str:
        """Words and an amount in words (either may be empty) as one text that says the amount once."""
        if not amount or (size and effects.says(size, amount)):
            return size
        least = _("at least %(amount)s") % {"amount": amount}
        return f"{size} ({least})" if size else str(least)


class PartOfExpectationQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(expectation__activity__program=place.program)


class Amendment(models.Model):
    """Ändring efter start: what was changed in an expected effect after its activity had begun, and why.

    `changes` is a list of {"field", "before", "after"}, in words. Never changed, never deleted.
    """

    expectation = models.ForeignKey(Expectation, models.PROTECT, related_name="amendments")
    on = models.DateField(_("on"))
    reason = ProseField(_("why"), max_length=1000)
    changes = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PartOfExpectationQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_reason")]

    def __str__(self) -> str:
        return f"{self.expectation_id} {self.on}"


class Outcome(models.Model):
    """Utfall: the verdict laid beside what was expected, and how the activity may have contributed.

    `verdict` and `words` are the verdict's kind and sentences as they stood that day. Never changed; a new one follows.
    """

    expectation = models.ForeignKey(Expectation, models.PROTECT, related_name="outcomes")
    on = models.DateField(_("as of"))
    verdict = models.CharField(max_length=20)
    words = ProseField(max_length=2000)
    contribution = ProseField(_("how the activity may have contributed"), max_length=2000)
    others = ProseField(_("what else may explain it"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PartOfExpectationQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.expectation_id} {self.on}: {self.verdict}"
