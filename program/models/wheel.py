"""The annual wheel: what comes back every year, and what it takes of managers' time."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Department
from program.models.program import InProgramQuerySet, Program
from ui.fields import LineField


class AnnualEvent(models.Model):
    """Årshjul: a process that comes back every year, such as budget or salary talks."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="annual_events")
    name = LineField(_("name"), max_length=120)
    months = models.JSONField(_("months"), default=list)
    weeks = LineField(_("weeks"), max_length=60, blank=True, help_text=_("For example 10–12, 40."))
    hours_per_manager = models.DecimalField(
        _("hours per manager"), max_digits=5, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
        help_text=_("In a year, when that matters."),
    )  # fmt: skip
    departments = models.ManyToManyField(
        Department, blank=True, related_name="annual_events", verbose_name=_("departments"),
        help_text=_("None chosen means all departments."),
    )  # fmt: skip
    audiences = models.JSONField(_("for whom"), default=list, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring process")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="annual_event_name_once_per_program",
                violation_error_message=_("There is already a process with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name
