"""What was said: dialogues and their statements, kept verbatim."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import Department, Role
from program.models import Area, Need, Program
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
    """Dialog: a meeting in which managers said how it is and what could be better.

    Draft until it is confirmed; published when both the department head and HR have agreed.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="dialogues")
    departments = models.ManyToManyField(Department, related_name="dialogues", verbose_name=_("departments"))
    held_on = models.DateField(_("date"))
    number_present = models.PositiveSmallIntegerField(_("number present"), null=True, blank=True)
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
        return f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("dialogues:dialogue-detail", args=[*self.program.address, self.pk])

    @property
    def stage(self) -> str:
        """draft, confirmed or published."""
        if self.published_at:
            return "published"
        return "confirmed" if self.confirmed_at else "draft"


class StatementQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the dialogues that the place may see; withheld ones only for HR and the own department."""
        rows = self.filter(dialogue__in=Dialogue.objects.visible_to(place).values("pk"))
        if place.kind == Kind.EDITOR:
            return rows
        return rows.filter(
            Q(is_withheld=False) | Q(dialogue__departments__in=place.department_ids)
        ).distinct()

    def spoken(self):
        """Those that count: of confirmed dialogues, and not withheld."""
        return self.filter(dialogue__confirmed_at__isnull=False, is_withheld=False)


class Statement(models.Model):
    """Inspel: one thing that was said, word for word."""

    class Kind(models.TextChoices):
        CURRENT = "current", _("how it is now")
        OPPORTUNITY = "opportunity", _("development opportunity")

    class Theme(models.TextChoices):
        STRENGTH = "strength", _("strength")
        SUPPORT = "support", _("support")
        CHANGE = "change", _("change")
        TRAINING = "training", _("training")
        NETWORK = "network", _("network")
        CLARIFICATION = "clarification", _("clarification")

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="statements")
    area = models.ForeignKey(Area, models.PROTECT, related_name="statements", verbose_name=_("area"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, blank=True)
    label = LineField(_("label"), max_length=120, blank=True)
    heading = LineField(_("heading in the notes"), max_length=160, blank=True)
    owner_words = LineField(_("owner as written"), max_length=200, blank=True)
    text = LineField(_("text"), max_length=1000)
    order = models.PositiveIntegerField(default=0)
    is_withheld = models.BooleanField(_("not to be published"), default=False)
    needs = models.ManyToManyField(Need, blank=True, related_name="statements", verbose_name=_("needs"))

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
