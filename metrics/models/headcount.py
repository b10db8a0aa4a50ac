"""Headcounts as the HR system states them, and files of them on their way in."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Organisation, OwnedQuerySet, Unit
from ui.fields import LineField


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
    fte = models.DecimalField(max_digits=9, decimal_places=2, null=True)

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


class HeadcountQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the place's organisation."""
        return self.filter(report__organisation=place.organisation)


class Headcount(models.Model):
    """Personalsiffra: people and managers in a unit on the report's day."""

    reason = ""  # why somebody puts the row right, on its way to the audit trail

    report = models.ForeignKey(HeadcountReport, models.CASCADE, related_name="headcounts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="headcounts")
    employees = models.PositiveIntegerField(_("employees"))
    managers = models.PositiveSmallIntegerField(_("managers"), default=1, validators=[MinValueValidator(1)])
    fte = models.DecimalField(
        _("full-time equivalents"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    mean_age = models.DecimalField(_("mean age"), max_digits=4, decimal_places=1, null=True, blank=True)

    stated_name = LineField(_("name in the source"), max_length=120, blank=True)
    managers_assumed = models.BooleanField(
        _("the source says nothing of managers; one is assumed"), default=False
    )

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "unit"], name="headcount_once_per_unit"),
            models.CheckConstraint(condition=Q(managers__gte=1), name="headcount_has_a_manager"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.employees}"

    def get_additional_data(self) -> dict[str, str | int]:
        """What the audit trail keeps beside a change: which row, and why."""
        return {"headcount": self.pk, "reason": self.reason}


class HeadcountFile(models.Model):
    """Inläst personalfil: uploaded or pasted, shown beside what is known, then written whole or not at all.

    `choices` is what HR has said of units that are new or gone, by code; see `metrics/headcount_import`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="headcount_files")
    name = LineField(_("name"), max_length=200)
    content = models.BinaryField()
    as_of = models.DateField(_("as of"))
    basis = LineField(_("basis"), max_length=300)
    choices = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
