"""Files: attachments, and plans on their way in. They live in the database, as all state does."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.models.activity import Activity
from program.models.program import Document, InProgramQuerySet, Program, without_withheld
from ui.fields import LineField


class AttachmentQuerySet(InProgramQuerySet):
    def visible_to(self, place):
        """Those of the place's programme, without files of documents that are kept from it."""
        return without_withheld(super().visible_to(place), place, "document")


class AttachmentManager(models.Manager.from_queryset(AttachmentQuerySet)):
    """Lists of files never carry what is in them."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class Attachment(models.Model):
    """Bilaga: a file that belongs to an activity or is a basis document. Never changed; a new one replaces it."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="attachments")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="attachments", null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="attachments", null=True, blank=True)
    name = LineField(_("name"), max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentManager()

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=True, document__isnull=False)
                | Q(activity__isnull=False, document__isnull=True),
                name="attachment_belongs_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanFile(models.Model):
    """Inläst fil: a plan that somebody has uploaded, shown before anything is written, then written whole."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="plan_files")
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


class ChangeSet(models.Model):
    """Ändring av många: one change made to several activities at once, and what it takes to undo it."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="change_sets")
    what = LineField(max_length=300)
    entries = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.what
