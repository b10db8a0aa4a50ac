"""The programme and what frames it: assignment, parts, process, areas, support that exists, documents."""

from collections.abc import Callable
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Department, Forum, Organisation, OwnedQuerySet, Role
from ui.fields import LineField, ProseField, RichField


class Level(models.TextChoices):
    """On which level a need or an activity works."""

    ORGANISATION = "organisation", _("the organisation")
    LEADER = "leader", _("the leader's own")


class Audience(models.TextChoices):
    """Which managers something is for; nothing chosen means all of them."""

    PROSPECTIVE = "prospective", _("prospective managers")
    NEW = "new", _("new managers")
    EXPERIENCED = "experienced", _("experienced managers")
    TEAM_LEADERS = "team_leaders", _("team leaders and coordinators")


class Stage(models.TextChoices):
    """Karriärtrappa: where in a manager's working life a support is meant to come."""

    BEFORE = "before", _("before the first assignment")
    FIRST_YEAR = "first_year", _("first year as a manager")
    SETTLED = "settled", _("settled in the assignment")
    DEEPENING = "deepening", _("deepening and renewal")


class Program(models.Model):
    """Program: a multi-year effort that a committee has asked for."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="programs")
    slug = models.SlugField(_("address"), max_length=60)
    name = LineField(_("name"), max_length=160)
    short_name = LineField(_("short name"), max_length=60)
    purpose = ProseField(_("purpose"), max_length=4000, blank=True)
    target_group = LineField(_("target group"), max_length=300, blank=True)
    goal = LineField(_("goal in words"), max_length=300, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    dated = models.DateField(_("the plan is dated"), null=True, blank=True)
    scope = LineField(_("covers"), max_length=300, blank=True)
    responsible = models.ForeignKey(
        Role, models.PROTECT, verbose_name=_("responsible"), null=True, blank=True, related_name="programs"
    )
    took_part = ProseField(
        _("took part"), max_length=2000, blank=True, help_text=_("Roles and bodies, never persons.")
    )
    background = RichField(_("background"), max_length=20000, blank=True)
    summary = RichField(_("summary"), max_length=20000, blank=True)
    standing_questions = ProseField(
        _("standing questions"), max_length=2000, blank=True,
        help_text=_("Asked at every follow-up beside the five of the method; one a line."),
    )  # fmt: skip
    hours_ceiling = models.DecimalField(
        _("ceiling of hours"), max_digits=4, decimal_places=1, null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("How much of a manager's time programme and recurring work may take in one month."),
    )  # fmt: skip

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-first_year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug"], name="program_slug_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="program_ends_after_it_starts",
                violation_error_message=_("The last year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(hours_ceiling__isnull=True) | Q(hours_ceiling__gt=0),
                name="program_hours_ceiling_above_nought",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:overview", args=self.address)

    @property
    def address(self) -> tuple[str, str]:
        """Organisation and programme as addresses carry them; needs `organisation` loaded."""
        return self.organisation.slug, self.slug


class InProgramQuerySet(models.QuerySet):
    """Rows that belong to one programme by their `program` field."""

    def visible_to(self, place):
        """Those of the place's programme."""
        return self.filter(program=place.program)


class InTrail:
    """Mixin: the audit trail is to find the row under its programme, and its activity when it has one."""

    def get_additional_data(self) -> dict[str, int | None]:
        return {"program": self.program_id, "activity": getattr(self, "activity_id", None)}


class PartInTrail:
    """Mixin: the audit trail is to find the row where it finds the one that `found_under` leads to, gone or not."""

    found_under: str

    def get_additional_data(self) -> dict[str, int | None]:
        return getattr(self, self.found_under).get_additional_data()


class ProgramPart(models.Model):
    """Del: a part of the programme, with what it covers and when it is reported."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    covers = ProseField(_("covers"), max_length=4000)
    reported = LineField(_("reported"), max_length=200, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="part_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Assignment(models.Model):
    """Uppdrag: the decision that asked for the programme."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="assignments")
    body = LineField(_("decided by"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    paragraph = LineField(_("paragraph"), max_length=30, blank=True)
    case_number = LineField(_("case number"), max_length=40, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["decided_on"]

    def __str__(self) -> str:
        return f"{self.body} {self.paragraph} {self.decided_on}"


class Clause(models.Model):
    """Att-sats: one thing that the assignment asks for, and what in the programme answers it."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField(_("number"))
    text = ProseField(_("text"), max_length=2000)
    answer = ProseField(_("what answers it"), max_length=4000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["assignment", "number"], name="clause_number_once")]

    def __str__(self) -> str:
        return self.text


class ProcessStep(models.Model):
    """Arbetsgång: a step in how managers, unions and politicians are involved; a day or a stretch."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="process_steps")
    text = LineField(_("what"), max_length=300)
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    words = LineField(_("as written"), max_length=60, blank=True)
    forum = models.ForeignKey(Forum, models.PROTECT, verbose_name=_("forum"), null=True, blank=True)
    audience = LineField(_("with whom"), max_length=160, blank=True)
    note = LineField(_("note"), max_length=300, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="process_step_ends_after_it_starts",
                violation_error_message=_("The step ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Area(InTrail, models.Model):
    """Område: a heading of the programme's own taxonomy; starting points are what dialogues talk about."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="areas")
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = LineField(_("name"), max_length=120)
    narrative = RichField(_("text"), max_length=20000, blank=True)
    is_starting_point = models.BooleanField(_("starting point of dialogues"), default=False)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="area_name_once_per_program",
                violation_error_message=_("There is already an area with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


# What an app above keeps from a place for a time: each gives those documents, or None for a place that sees them all.
withheld_documents: list[Callable[[Any], models.QuerySet | None]] = []


def without_withheld(rows: models.QuerySet, place: Any, lookup: str) -> models.QuerySet:
    """The rows whose document (`lookup` leads to its key) is not kept from the place."""
    for withheld in withheld_documents:
        found = withheld(place)
        rows = rows if found is None else rows.exclude(**{f"{lookup}__in": found.values("pk")})
    return rows


class DocumentQuerySet(InProgramQuerySet):
    def visible_to(self, place):
        """Those of the place's programme that nobody above keeps from it."""
        return without_withheld(super().visible_to(place), place, "pk")


class Document(models.Model):
    """Beslutsunderlag: a document that the programme or a decision rests on."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="documents")
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = LineField(_("title"), max_length=200)
    dated = models.DateField(_("dated"), null=True, blank=True)
    dated_words = LineField(max_length=60, blank=True)
    note = LineField(_("note"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("basis document")
        ordering = [F("number").asc(nulls_last=True), "dated", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="document_number_once_per_program",
                violation_error_message=_("There is already a basis document with this number."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title


class Consultation(models.Model):
    """Samverkan/MBL: when the unions were informed or consulted, and what came of it."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="consultations")
    forum = models.ForeignKey(Forum, models.PROTECT, verbose_name=_("forum"))
    held_on = models.DateField(_("held on"))
    parties = LineField(_("parties"), max_length=300, blank=True)
    outcome = ProseField(_("outcome"), max_length=2000, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.forum} {self.held_on}"


class Risk(InTrail, models.Model):
    """Risk: something that could keep the programme from its goal, seen on a day, and what is done about it."""

    class Weight(models.TextChoices):
        SMALL = "small", _("small")
        MEDIUM = "medium", _("medium")
        LARGE = "large", _("large")

    program = models.ForeignKey(Program, models.PROTECT, related_name="risks")
    title = LineField(_("what could happen"), max_length=200)
    weight = models.CharField(_("weight"), max_length=10, choices=Weight, default=Weight.MEDIUM)
    measure = ProseField(_("what we do about it"), max_length=2000, blank=True)
    owner = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, related_name="risks", verbose_name=_("owner")
    )
    seen_on = models.DateField(_("seen on"))
    closed_on = models.DateField(_("no longer a risk from"), null=True, blank=True)
    outcome = ProseField(_("how it went"), max_length=2000, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        ordering = ["seen_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("seen_on")),
                name="risk_closed_after_seen",
                violation_error_message=_("It cannot end before it was seen."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Resource(models.Model):
    """Stöd: what managers can already lean on, so that new activities do not become a burden."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        FORUM = "forum", _("forum for managers")
        INTRODUCTION = "introduction", _("introduction")
        GOVERNING = "governing", _("governing document")
        SYSTEM = "system", _("system")
        FUNCTION = "function", _("support function")
        PROVIDER = "provider", _("other support")

    program = models.ForeignKey(Program, models.PROTECT, related_name="resources")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = LineField(_("name"), max_length=160)
    scope = LineField(_("scope"), max_length=300, blank=True)
    part_of = LineField(_("part of"), max_length=160, blank=True)
    former_name = LineField(_("formerly"), max_length=160, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True
    )
    audiences = models.JSONField(_("for whom"), default=list, blank=True)
    stage = models.CharField(_("stage of the career ladder"), max_length=20, choices=Stage, blank=True)
    is_none = models.BooleanField(_("explicitly none"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name
