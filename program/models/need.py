"""Needs: what the statements mean, in the programme's own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Role
from program.models.program import Area, InProgramQuerySet, InTrail, Level, Program
from ui.fields import LineField, ProseField


class NeedQuerySet(InProgramQuerySet):
    def without_activity(self):
        """Those that no activity answers."""
        return self.filter(activities__isnull=True)


class Need(InTrail, models.Model):
    """Behov: what managers need, drawn from what they said."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="needs")
    order = models.PositiveSmallIntegerField(default=0)
    title = LineField(_("title"), max_length=160)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="needs", verbose_name=_("area"), null=True, blank=True
    )
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.ORGANISATION)
    owners = models.ManyToManyField(Role, blank=True, related_name="needs", verbose_name=_("owners"))
    description = ProseField(_("description"), max_length=4000, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "title"],
                name="need_title_once_per_program",
                violation_error_message=_("There is already a need with this title."),
            )
        ]

    def __str__(self) -> str:
        return self.title
