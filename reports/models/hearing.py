"""The committee's handling: what is asked of it, what it did, and what it asks for in turn."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Forum, Role
from program.models import Activity, Document, PartInTrail, ProcessStep
from reports.models.report import Report, may_see_unfrozen
from ui.fields import LineField, ProseField


class OfReportQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(report__in=Report.objects.visible_to(place).values("pk"))


class DecisionPoint(PartInTrail, models.Model):
    """Beslutssats: one of the things that the committee is asked to decide, in order."""

    found_under = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="points")
    order = models.PositiveSmallIntegerField(default=0)
    text = ProseField(_("the committee is asked to decide"), max_length=1000)

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of decision")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Hearing(PartInTrail, models.Model):
    """Ärendets behandling: what a political body did with the report."""

    found_under = "report"

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
    minutes = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="minutes_of",
        verbose_name=_("extract of the minutes"),
    )  # fmt: skip
    documents = models.ManyToManyField(
        Document, blank=True, related_name="hearings", verbose_name=_("basis documents")
    )

    objects = OfReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("handling")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.forum} {self.held_on}"


def unseen_minutes(place) -> models.QuerySet | None:
    """Extracts of minutes that the place does not see yet, as it sees none of the hearings that they belong to; None
    for those who make the reports, who see them all, and for commands and composers, which have no role."""
    if not hasattr(place, "is_one_of") or may_see_unfrozen(place):
        return None
    seen = Hearing.objects.visible_to(place).values("pk")
    return Document.objects.filter(program=place.program, minutes_of__isnull=False).exclude(
        Q(minutes_of__in=seen) | Q(hearings__in=seen)
    )


class OfHearingQuerySet(models.QuerySet):
    def visible_to(self, place):
        return self.filter(hearing__in=Hearing.objects.visible_to(place).values("pk"))


class Ruling(PartInTrail, models.Model):
    """Utfall för en beslutssats: what a political body decided on one point ("adopts the first part")."""

    found_under = "hearing"

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        CHANGED = "changed", _("adopted with changes")
        REJECTED = "rejected", _("rejected")
        REFERRED = "referred", _("referred back")
        POSTPONED = "postponed", _("postponed")
        NOTED = "noted", _("noted")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="rulings")
    point = models.ForeignKey(DecisionPoint, models.PROTECT, related_name="rulings")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    words = ProseField(_("in the body's own words"), max_length=1000, blank=True)

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruling")
        ordering = ["point__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["hearing", "point"], name="ruling_once_per_point")]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.point_id}"


class Instruction(PartInTrail, models.Model):
    """Nämndens uppdrag: something that a political body asked for when it handled a report.

    It becomes an activity or a process step, and the next report answers it.
    """

    found_under = "hearing"

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="instructions")
    order = models.PositiveSmallIntegerField(default=0)
    text = ProseField(_("what the body asks for"), max_length=1000)
    due_on = models.DateField(_("due"), null=True, blank=True)
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instructions",
        verbose_name=_("activity"),
    )
    step = models.ForeignKey(
        ProcessStep, models.PROTECT, null=True, blank=True, related_name="instructions",
        verbose_name=_("process step"),
    )  # fmt: skip
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = ProseField(_("answer"), max_length=2000, blank=True)

    objects = OfHearingQuerySet.as_manager()

    class Meta:
        verbose_name = _("the committee's instruction")
        ordering = ["hearing__held_on", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="instruction_answer_has_a_day",
                violation_error_message=_("An answer has a text and a day."),
            )
        ]

    def __str__(self) -> str:
        return self.text
