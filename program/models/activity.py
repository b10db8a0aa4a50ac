"""Activities: what is done, by whom, until when; how they stand is told by append-only status updates."""

import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Role
from program.models.need import Need
from program.models.program import Area, InProgramQuerySet, Level, PartInTrail, Program
from program.schedule import DUE_WITHIN, OPEN, State, is_late
from ui.fields import LineField, ProseField


class Status(models.TextChoices):
    """Where an activity is in its life; late is never stored, it is judged."""

    PLANNED = "planned", _("planned")
    UNDER_WAY = "under_way", _("under way")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


class ActivityQuerySet(InProgramQuerySet):
    def with_state(self, on: dt.date):
        """Adds state_status, _deadline, _words, _completed_on, _completed_words, _on and the day, state_as_of."""
        latest = StatusUpdate.objects.filter(activity=OuterRef("pk")).latest_first(on)
        return self.annotate(
            state_status=Subquery(latest.values("status")[:1]),
            state_deadline=Subquery(latest.values("deadline")[:1]),
            state_words=Subquery(latest.values("deadline_words")[:1]),
            state_completed_on=Subquery(latest.values("completed_on")[:1]),
            state_completed_words=Subquery(latest.values("completed_words")[:1]),
            state_on=Subquery(latest.values("on")[:1]),
            state_as_of=Value(on, models.DateField()),
        )

    def known(self):
        """Those that had a status on the day of `with_state`."""
        return self.filter(state_status__isnull=False)

    def late(self, on: dt.date):
        """Open although the last day has passed; after `with_state`."""
        return self.filter(state_status__in=OPEN, state_deadline__lt=on)

    def due(self, on: dt.date):
        """Open and due within 60 days; after `with_state`."""
        return self.filter(state_status__in=OPEN, state_deadline__range=(on, on + DUE_WITHIN))

    def without_need(self):
        """Those that answer no need."""
        return self.filter(needs__isnull=True)


class Activity(models.Model):
    """Aktivitet: a measure of the programme."""

    class Kind(models.TextChoices):
        MEASURE = "measure", _("measure")
        TRAINING = "training", _("training")
        MEETING = "meeting", _("meeting or network")

    program = models.ForeignKey(Program, models.PROTECT, related_name="activities")
    number = LineField(_("number"), max_length=12, blank=True)
    title = LineField(_("title"), max_length=240)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MEASURE)
    area = models.ForeignKey(Area, models.PROTECT, related_name="activities", verbose_name=_("area"))
    current_state = ProseField(_("current state"), max_length=4000, blank=True)
    measure = ProseField(_("measure"), max_length=4000, blank=True)
    desired_result = ProseField(_("desired result"), max_length=4000, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.ORGANISATION)
    is_key = models.BooleanField(
        _("among the most important"),
        default=False,
        help_text=_("Say before it starts what it should move. For the few that matter most."),
    )
    is_existing = models.BooleanField(_("was under way before the programme"), default=False)
    departments = models.ManyToManyField(
        Department, blank=True, related_name="activities", verbose_name=_("departments"),
        help_text=_("None chosen means all departments."),
    )  # fmt: skip
    responsible = models.ManyToManyField(
        Role, blank=True, related_name="activities", verbose_name=_("responsible")
    )
    joint_responsibility = models.BooleanField(_("joint responsibility"), default=False)
    referred_to = LineField(
        _("referred to"), max_length=200, blank=True, help_text=_("When it lies outside the own mandate.")
    )
    referral_outcome = ProseField(_("what came of it"), max_length=2000, blank=True)
    part_of = LineField(_("part of"), max_length=200, blank=True, help_text=_("Another change effort."))
    funding = LineField(_("funding"), max_length=300, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    starts_words = LineField(max_length=60, blank=True)
    hours_per_manager = models.DecimalField(
        _("hours per manager"), max_digits=5, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
        help_text=_("What it costs one manager in all, when that matters."),
    )  # fmt: skip
    months = models.JSONField(
        _("months"), default=list, blank=True, help_text=_("When it takes managers' time. 1 is January.")
    )
    weeks = LineField(_("weeks"), max_length=60, blank=True, help_text=_("For example 10–12, 40."))
    is_recurring = models.BooleanField(_("comes back every year"), default=False)
    audiences = models.JSONField(_("for whom"), default=list, blank=True)
    needs = models.ManyToManyField(Need, blank=True, related_name="activities", verbose_name=_("needs"))
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="carried_to"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_manager__isnull=True) | Q(hours_per_manager__gte=0),
                name="activity_hours_not_negative",
                violation_error_message=_("Hours cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("program:activity-detail", args=[*self.program.address, self.pk])

    def get_additional_data(self) -> dict[str, int]:
        """Which programme and activity the audit trail is to find this row under."""
        return {"program": self.program_id, "activity": self.pk}

    @property
    def state(self) -> State:
        """As annotated by `with_state`."""
        return State(self.state_status, self.state_deadline, self.state_completed_on)

    @property
    def is_late(self) -> bool:
        """On the day of `with_state`."""
        return is_late(self.state, self.state_as_of)

    @property
    def state_label(self) -> str:
        return str(Status(self.state_status).label)


class PartOfActivityQuerySet(models.QuerySet):
    """Status updates, steps and follow-ups: rows that belong to one activity."""

    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(activity__program=place.program)


class StatusUpdateQuerySet(PartOfActivityQuerySet):
    def latest_first(self, on: dt.date):
        """Those on or before a day, the one that held that day first."""
        return self.filter(on__lte=on).order_by("-on", "-pk")


class StatusUpdate(models.Model):
    """Lägesrapport: how an activity stood from a day on. Never changed, never deleted; a new one corrects."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="updates")
    on = models.DateField(_("as of"))
    status = models.CharField(_("status"), max_length=20, choices=Status)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_words = LineField(max_length=60, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    completed_words = LineField(max_length=60, blank=True)
    comment = ProseField(_("comment"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StatusUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["activity", "-on", "-id"], name="status_update_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="completed", completed_on__isnull=False)
                | (~Q(status="completed") & Q(completed_on__isnull=True)),
                name="status_update_completed_has_day",
                violation_error_message=_(
                    "A completed activity has a day when it was completed; others have none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True) | Q(completed_on__lte=F("on")),
                name="status_update_completed_by_its_day",
                violation_error_message=_("Completed on lies after the day of the status update."),
            ),
            models.CheckConstraint(
                condition=~Q(status="stopped") | ~Q(comment=""),
                name="status_update_stopped_has_reason",
                violation_error_message=_("Say why the activity is stopped."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_status_display()}"

    @property
    def state(self) -> State:
        return State(self.status, self.deadline, self.completed_on)


class Step(PartInTrail, models.Model):
    """Delåtgärd: a step of an activity; without a deadline of its own it inherits the activity's."""

    found_under = "activity"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(default=0)
    number = LineField(_("number"), max_length=12, blank=True)
    text = ProseField(_("step"), max_length=2000)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_words = LineField(max_length=60, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)

    objects = PartOfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}" if self.number else self.text


class FollowUp(PartInTrail, models.Model):
    """Uppföljning eller utvärdering: planned for a day, held on a day, with an outcome."""

    found_under = "activity"

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("follow-up")
        EVALUATION = "evaluation", _("evaluation")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.FOLLOW_UP)
    planned_on = models.DateField(_("planned"))
    planned_words = LineField(max_length=60, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    outcome = ProseField(_("outcome"), max_length=4000, blank=True)

    objects = PartOfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        ordering = ["planned_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | Q(held_on__isnull=False),
                name="follow_up_outcome_has_day",
                violation_error_message=_("Say on which day it was held."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.planned_on}"


class FollowUpAnswer(models.Model):
    """Svar: what a follow-up found on one question, which is kept as it was asked."""

    class Verdict(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("cannot be told yet")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="answers")
    order = models.PositiveSmallIntegerField(default=0)
    question = LineField(_("question"), max_length=300)
    verdict = models.CharField(_("answer"), max_length=20, choices=Verdict, blank=True)
    text = ProseField(_("in words"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("answer")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "question"], name="answer_once_per_question")
        ]

    def __str__(self) -> str:
        return self.question


class PlanLink(PartInTrail, models.Model):
    """Koppling: the activity stands in the budget or in a plan of a year."""

    found_under = "activity"

    class Plan(models.TextChoices):
        BUDGET = "budget", _("budget")
        OPERATIONS = "operations", _("operational plan")
        STAFFING = "staffing", _("skills supply plan")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="plan_links")
    plan = models.CharField(_("plan"), max_length=20, choices=Plan)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    note = LineField(_("note"), max_length=200, blank=True)

    objects = PartOfActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a plan")
        ordering = ["year", "plan"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "plan", "year"],
                name="plan_link_once_per_year",
                violation_error_message=_("The activity is linked to this plan and year already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_plan_display()} {self.year}"
