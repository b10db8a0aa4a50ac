"""Frozen versions: content and files, insert-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.report import Report
from ui.fields import ProseField


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
