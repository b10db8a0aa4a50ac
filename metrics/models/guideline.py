"""The guideline for spans of control, and what each unit's own circumstances justify."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation, OwnedQuerySet, Unit
from ui.fields import LineField, ProseField


class GuidelineQuerySet(OwnedQuerySet):
    def in_force(self, *, on):
        """Those that have begun to hold on a day, the one that holds first."""
        return self.filter(valid_from__lte=on).order_by("-valid_from")

    def with_uses(self):
        """`uses`: how many assessments each version has been used in (int). A subquery, so that rows can be locked."""
        own = Assessment.objects.filter(guideline=OuterRef("pk")).order_by().values("guideline")
        counted = own.annotate(count=Count("pk")).values("count")
        return self.annotate(uses=Coalesce(Subquery(counted), Value(0)))


class Guideline(models.Model):
    """Riktlinje: how many people one manager may lead, as a base number and how far factors may move it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="guidelines")
    title = LineField(_("title"), max_length=160)
    valid_from = models.DateField(_("valid from"))
    usual_adjustment = models.PositiveSmallIntegerField(_("usual adjustment at most"), default=5)
    largest_adjustment = models.PositiveSmallIntegerField(_("largest adjustment"), default=10)

    objects = GuidelineQuerySet.as_manager()

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


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's organisation."""
        return self.filter(unit__department__organisation=place.organisation)


class Assessment(models.Model):
    """Bedömning: how far from the base number a unit's own circumstances justify going, and why. Append-only."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessments")
    guideline = models.ForeignKey(
        Guideline, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
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


class FactorMark(models.Model):
    """Faktorbedömning: what one factor of the guideline says of one unit, as assessed."""

    class Mark(models.TextChoices):
        LARGER = "larger", _("allows a larger group")
        NEUTRAL = "neutral", _("neither")
        SMALLER = "smaller", _("requires a smaller group")

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="marks")
    factor = models.ForeignKey(GuidelineFactor, models.PROTECT, related_name="marks")
    mark = models.CharField(_("mark"), max_length=10, choices=Mark)

    class Meta:
        ordering = ["factor__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "factor"], name="factor_mark_once_per_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.factor_id}: {self.mark}"
