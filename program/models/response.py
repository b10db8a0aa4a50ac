"""What a department is answered about the needs it raised."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import Department
from program.models.activity import Activity
from program.models.need import Need
from program.models.program import Resource
from ui.fields import LineField, ProseField


class ResponseQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Department heads and unit managers: those to their own departments, and to all. Those who only read: none."""
        rows = self.filter(need__program=place.program)
        if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER):
            return rows.filter(Q(department__in=place.department_ids) | Q(department__isnull=True))
        return rows.none() if place.kind == Kind.READER else rows

    def latest_first(self, on):
        """Those that held on a day or before, the latest first: the first of a need and department is its state."""
        return self.filter(on__lte=on).order_by("-on", "-pk")


class Response(models.Model):
    """Återkoppling: what a department is answered about a need it raised. Append-only; the latest holds.

    Without a department it goes to everybody, for needs that no department raised of its own.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("open")
        ACTIVITY = "activity", _("met by an activity")
        COVERED = "covered", _("already covered by a support")
        REFERRED = "referred", _("referred to somebody else")
        DECLINED = "declined", _("declined")

    need = models.ForeignKey(Need, models.CASCADE, related_name="responses")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        verbose_name=_("department"),
    )
    on = models.DateField(_("date"))
    outcome = models.CharField(_("response"), max_length=20, choices=Outcome)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name=_("activity")
    )
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name=_("support")
    )
    referred_to = LineField(_("referred to"), max_length=200, blank=True)
    text = ProseField(_("in words to the group"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="activity", activity__isnull=False)
                | (~Q(outcome="activity") & Q(activity__isnull=True)),
                name="response_activity_when_met_by_one",
                violation_error_message=_("Choose the activity that meets the need."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="covered", resource__isnull=False)
                | (~Q(outcome="covered") & Q(resource__isnull=True)),
                name="response_support_when_covered",
                violation_error_message=_("Choose the support that covers the need."),
            ),
            models.CheckConstraint(
                condition=(Q(outcome="referred") & ~Q(referred_to=""))
                | (~Q(outcome="referred") & Q(referred_to="")),
                name="response_whom_when_referred",
                violation_error_message=_("Say to whom it is referred."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined") | ~Q(text=""),
                name="response_reason_when_declined",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
