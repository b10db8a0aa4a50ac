"""What we tell: the half-year report, its sections, its frozen releases and the committee's handling."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import Forum, Membership, Role
from program.models import Document, Program
from ui.fields import LineField, ProseField


def may_see_unfrozen(place) -> bool:
    """Those who make the report; everybody else sees what is frozen."""
    return place.is_one_of(Kind.EDITOR, Kind.DIRECTOR, Kind.SECRETARY, Kind.DEPARTMENT_HEAD)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, place):
        """All of the programme's for those who make them; the frozen ones for everybody else."""
        rows = self.filter(program=place.program)
        return rows if may_see_unfrozen(place) else rows.filter(releases__isnull=False).distinct()


class Report(models.Model):
    """Rapport: what the committee is told about one period, as it stood at the cut-off."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        HALF_YEAR = "half_year", _("half-year report")
        FINAL = "final", _("final report")

    program = models.ForeignKey(Program, models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.HALF_YEAR)
    period = models.CharField(_("period"), max_length=6)
    cut_off = models.DateField(_("cut-off"))
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
    def stage(self) -> str:
        """draft, approved or frozen. Reads the releases, prefetched or by a query."""
        releases = sorted(self.releases.all(), key=lambda release: release.version)
        if self.approved_at is None:
            return "draft"
        return "frozen" if releases and releases[-1].at >= self.approved_at else "approved"


class SectionQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(report__in=Report.objects.visible_to(place).values("pk"))


class Section(models.Model):
    """Avsnitt: what somebody wrote under one heading of the report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=30)
    text = ProseField(_("text"), max_length=20000, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="section_once_per_report")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key}"


class ReleaseQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Frozen reports are for every member."""
        return self.filter(report__program=place.program)


class Release(models.Model):
    """Fastställd version: content and files as they were when the secretary froze them. Insert-only."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="releases")
    version = models.PositiveSmallIntegerField()
    schema = models.PositiveSmallIntegerField()
    content = models.TextField()
    checksum = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = ProseField(_("what this version corrects"), max_length=1000, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="release_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, corrects="") | (Q(version__gt=1) & ~Q(corrects="")),
                name="release_correction_says_what",
                violation_error_message=_("Say what the new version corrects."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.version}"


class ReleaseFile(models.Model):
    """Fil: one rendering of a release, byte for byte. Insert-only."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files")
    form = models.CharField(max_length=8)
    part = models.CharField(max_length=10)
    data = models.BinaryField()
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["form", "part"]
        constraints = [models.UniqueConstraint(fields=["release", "form", "part"], name="release_file_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.form} {self.part}"


class HearingQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(report__in=Report.objects.visible_to(place).values("pk"))


class Hearing(models.Model):
    """Ärendets behandling: what a political body did with the report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="hearings")
    forum = models.ForeignKey(Forum, models.PROTECT, verbose_name=_("forum"))
    held_on = models.DateField(_("date"))
    paragraph = LineField(_("paragraph"), max_length=30, blank=True)
    case_number = LineField(_("case number"), max_length=40, blank=True)
    presenter = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("presented by")
    )
    proposal = ProseField(_("proposal"), max_length=2000, blank=True)
    summary = ProseField(_("summary"), max_length=4000, blank=True)
    assessment = ProseField(_("assessment"), max_length=4000, blank=True)
    handling = ProseField(_("what happened at the meeting"), max_length=4000, blank=True)
    motion = ProseField(_("motion"), max_length=2000, blank=True)
    outcome = ProseField(_("outcome"), max_length=2000, blank=True)
    documents = models.ManyToManyField(
        Document, blank=True, related_name="hearings", verbose_name=_("basis documents")
    )

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.forum} {self.held_on}"


class DigestSent(models.Model):
    """Skickad påminnelse: a member got the week's digest; the row is what keeps it at one a week."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="digests")
    week = LineField(max_length=8)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return self.week
