"""A report, and what is written in it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from program.models import InTrail, PartInTrail, Program
from reports.periods import series
from ui.fields import ProseField


def may_see_unfrozen(place) -> bool:
    """Those who make the report; everybody else sees what is frozen."""
    return place.is_one_of(Kind.EDITOR, Kind.DIRECTOR, Kind.SECRETARY, Kind.DEPARTMENT_HEAD)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, place):
        """All of the programme's for those who make them; the frozen ones for everybody else."""
        rows = self.filter(program=place.program)
        return rows if may_see_unfrozen(place) else rows.filter(releases__isnull=False).distinct()


class Report(InTrail, models.Model):
    """Rapport: what the committee is told about one period, as it stood at the cut-off."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        HALF_YEAR = "half_year", _("half-year report")
        FINAL = "final", _("final report")
        MONTHLY = "monthly", _("monthly measures")
        FEEDBACK = "feedback", _("feedback to managers")

    program = models.ForeignKey(Program, models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.HALF_YEAR)
    period = models.CharField(_("period"), max_length=20)
    cut_off = models.DateField(_("cut-off"))
    texts_due_on = models.DateField(_("texts ready by"), null=True, blank=True)
    meets_on = models.DateField(_("committee meets"))
    case_numbers = models.JSONField(_("case numbers"), default=list)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_checksum = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-cut_off"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "period"],
                name="report_once_per_period",
                violation_error_message=_("There is already a report for this period."),
            ),
            models.UniqueConstraint(
                fields=["program", "cut_off"],
                condition=Q(kind__in=("plan", "half_year", "final")),
                name="report_once_per_cut_off",
                violation_error_message=_("There is already a report with this cut-off."),
            ),
            models.CheckConstraint(
                condition=Q(meets_on__gte=models.F("cut_off")),
                name="report_cut_off_before_meeting",
                violation_error_message=_("The cut-off lies after the committee's meeting."),
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="report_approved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[*self.program.address, self.period])

    @property
    def series(self) -> tuple[str, ...]:
        """The kinds of report that follow upon one another with this one."""
        return series(self.kind)

    @property
    def is_for_meeting(self) -> bool:
        """Whether its last day is the committee's meeting; months and feedback are merely handed over."""
        return self.kind in series(self.Kind.PLAN)

    @property
    def stage(self) -> str:
        """draft, approved or frozen. Reads the releases, prefetched or by a query."""
        if self.approved_at is None:
            return "draft"
        latest = self.latest
        return "frozen" if latest and latest.at >= self.approved_at else "approved"

    @property
    def latest(self):
        """The latest release, or None. Reads the releases, prefetched or by a query."""
        return max(self.releases.all(), key=lambda release: release.version, default=None)


class SectionQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(report__in=Report.objects.visible_to(place).values("pk"))


class Section(PartInTrail, models.Model):
    """Avsnitt: what somebody wrote under one heading of the report."""

    found_under = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30)
    text = ProseField(_("text"), max_length=20000, blank=True)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="sections",
        verbose_name=_("written by"),
    )  # fmt: skip
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="section_once_per_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"
