"""Meetings in which managers said how it is: dialogues, workshops, reviews."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.access import Kind
from organisation.models import Department, Role
from program.models import InTrail, Program
from ui.fields import LineField, ProseField


def paired(name: str) -> Q:
    """Both `<name>_at` and `<name>_by`, or neither."""
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return both | Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})


def meetings_of(department_ids) -> models.QuerySet:
    """Keys of the meetings in which departments took part, as a subquery: a join would give a meeting once for each
    department."""
    links = Dialogue.departments.through.objects.filter(department__in=department_ids)
    return links.values("dialogue")


class DialogueQuerySet(models.QuerySet):
    def visible_to(self, place):
        """HR: all. Department heads: their own departments' in every state. The rest of those who work here:
        confirmed and published. Unit managers: published, and confirmed ones of their own departments.
        Readers: published."""
        rows = self.filter(program=place.program)
        published = Q(published_at__isnull=False)
        own = Q(pk__in=meetings_of(place.department_ids))
        confirmed = Q(confirmed_at__isnull=False)
        if place.kind == Kind.EDITOR:
            return rows
        if place.kind == Kind.DEPARTMENT_HEAD:
            return rows.filter(published | own)
        if place.kind == Kind.MANAGER:
            return rows.filter(published | (own & confirmed))
        if place.kind == Kind.DIRECTOR:
            return rows.filter(confirmed)
        return rows.filter(published)


class Dialogue(InTrail, models.Model):
    """Dialog: an occasion when managers said how it is and what could be better.

    A dialogue in one leadership group or several, a workshop across departments or of none, or a review of what
    was asked in writing. Draft until it is confirmed; published when HR has agreed, and the head of every department
    that took part and has one. `head_agreed_at` is when the last of those said yes.
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
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    heads_agreed = models.ManyToManyField(
        Department, blank=True, related_name="+", verbose_name=_("departments that have agreed to publish")
    )
    head_agreed_at = models.DateTimeField(_("the departments' side agreed"), null=True, blank=True)
    head_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    hr_agreed_at = models.DateTimeField(_("HR agreed"), null=True, blank=True)
    hr_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
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
                | Q(confirmed_at__isnull=False, hr_agreed_at__isnull=False),
                name="dialogue_published_when_agreed",
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
        """What lists call it: its own name, else `plain_name`. Reads prefetched departments."""
        return self.title or self.plain_name

    @property
    def plain_name(self) -> str:
        """The departments that took part: what it is called where its own words are not to be read."""
        return ", ".join(row.name for row in self.departments.all()) or self.get_kind_display()

    def sides(self) -> list[tuple[Department, str]]:
        """Each department that took part and whether it has "agreed" to publish, is "asked", or has "nobody" to ask
        since no head of it has an account. Three queries, less what is prefetched."""
        agreed = {row.pk for row in self.heads_agreed.all()}
        rows = list(self.departments.all())
        headed = set(
            Department.objects.filter(
                pk__in=[row.pk for row in rows],
                memberships__kind=Kind.DEPARTMENT_HEAD,
                memberships__user__is_active=True,
            ).values_list("pk", flat=True)
        )
        return [
            (row, "agreed" if row.pk in agreed else "asked" if row.pk in headed else "nobody") for row in rows
        ]

    @property
    def stage(self) -> str:
        """draft, confirmed or published."""
        if self.published_at:
            return "published"
        return "confirmed" if self.confirmed_at else "draft"
