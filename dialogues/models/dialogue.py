"""Meetings in which managers said how it is: dialogues, workshops, reviews."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import Department, Role
from program.models import Program
from ui.fields import LineField, ProseField


def paired(name: str) -> Q:
    """Both `<name>_at` and `<name>_by`, or neither."""
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return both | Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, place):
        """HR: all. Department heads: their own departments' in every state. The rest of those who work here:
        confirmed and published. Unit managers: published, and confirmed ones of their own departments.
        Readers: published."""
        rows = self.filter(program=place.program)
        published = Q(published_at__isnull=False)
        own = Q(departments__in=place.department_ids)
        confirmed = Q(confirmed_at__isnull=False)
        if place.kind == Kind.EDITOR:
            return rows
        if place.kind == Kind.DEPARTMENT_HEAD:
            return rows.filter(published | own).distinct()
        if place.kind == Kind.MANAGER:
            return rows.filter(published | (own & confirmed)).distinct()
        if place.kind == Kind.DIRECTOR:
            return rows.filter(confirmed)
        return rows.filter(published)


class Dialogue(models.Model):
    """Dialog: an occasion when managers said how it is and what could be better.

    A dialogue in one leadership group or several, a workshop across departments or of none, or a review of what
    was asked in writing. Draft until it is confirmed; published when both the department head and HR have agreed.
    """

    class Kind(models.TextChoices):
        DIALOGUE = "dialogue", _("dialogue")
        WORKSHOP = "workshop", _("workshop")
        REVIEW = "review", _("survey or review")

    program = models.ForeignKey(Program, models.PROTECT, related_name="dialogues")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.DIALOGUE)
    title = LineField(
        _("name"), max_length=160, blank=True, help_text=_("For example: Workshop with the management group.")
    )
    departments = models.ManyToManyField(
        Department,
        blank=True,
        related_name="dialogues",
        verbose_name=_("departments"),
        help_text=_("A workshop or a review may be without any."),
    )
    held_on = models.DateField(_("date"))
    held_until = models.DateField(_("to"), null=True, blank=True)
    held_words = LineField(_("date as written"), max_length=60, blank=True)
    number_present = models.PositiveSmallIntegerField(_("number present"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("answered"), null=True, blank=True)
    held_by = models.ManyToManyField(Role, blank=True, related_name="+", verbose_name=_("held by"))
    summary = ProseField(_("the group's own summary"), max_length=4000, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    head_agreed_at = models.DateTimeField(null=True, blank=True)
    head_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    hr_agreed_at = models.DateTimeField(null=True, blank=True)
    hr_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = DialogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("dialogue")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__isnull=True) | Q(held_until__gte=F("held_on")),
                name="dialogue_ends_after_it_starts",
                violation_error_message=_("It ends before it starts."),
            ),
            models.CheckConstraint(condition=paired("confirmed"), name="dialogue_confirmed_at_and_by"),
            models.CheckConstraint(condition=paired("head_agreed"), name="dialogue_head_agreed_at_and_by"),
            models.CheckConstraint(condition=paired("hr_agreed"), name="dialogue_hr_agreed_at_and_by"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(confirmed_at__isnull=False, head_agreed_at__isnull=False, hr_agreed_at__isnull=False),
                name="dialogue_published_when_both_agree",
                violation_error_message=_(
                    "A dialogue is published when both the department and HR have agreed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("dialogues:dialogue-detail", args=[*self.program.address, self.pk])

    @property
    def name(self) -> str:
        """What lists call it: its own name, else the departments that took part. Reads prefetched departments."""
        return self.title or ", ".join(row.name for row in self.departments.all()) or self.get_kind_display()

    @property
    def stage(self) -> str:
        """draft, confirmed or published."""
        if self.published_at:
            return "published"
        return "confirmed" if self.confirmed_at else "draft"
