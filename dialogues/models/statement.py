"""What was said, word for word, and what may happen to the words: correction, erasure, "not what we meant"."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.models.dialogue import Dialogue, meetings_of, paired
from organisation.access import Kind
from organisation.models import Department, Role
from program.models import Area, InProgramQuerySet, Need, Program
from ui.fields import LineField, ProseField


class StatementQuerySet(models.QuerySet):
    def visible_to(self, place):
        """Those of the dialogues that the place may see; withheld ones only for HR and the own department."""
        rows = self.filter(dialogue__in=Dialogue.objects.visible_to(place).values("pk"))
        if place.kind == Kind.EDITOR:
            return rows
        return rows.filter(Q(is_withheld=False) | Q(dialogue__in=meetings_of(place.department_ids)))

    def spoken(self):
        """Those that count: of confirmed dialogues, and not withheld."""
        return self.filter(dialogue__confirmed_at__isnull=False, is_withheld=False)


class Statement(models.Model):
    """Inspel: one thing that was said, word for word."""

    class Kind(models.TextChoices):
        CURRENT = "current", _("how it is now")
        OPPORTUNITY = "opportunity", _("development opportunity")
        NEED = "need", _("need")

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
    owners = models.ManyToManyField(Role, blank=True, related_name="+", verbose_name=_("owners"))
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


class Correction(models.Model):
    """Rättelse: a confirmed statement's words changed, with what stood before, why and by whom. Append-only."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="corrections")
    before = LineField(_("before"), max_length=1000)
    after = LineField(_("after"), max_length=1000)
    reason = LineField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.at:%Y-%m-%d}"


class Erasure(models.Model):
    """Radering: that something was erased for good, by whom, when and on what ground; never what it said."""

    class Ground(models.TextChoices):
        NAMED = "named", _("somebody is named or can be recognised")
        NUMBER = "number", _("a personal identity number")
        SENSITIVE = "sensitive", _("health or other sensitive personal data")
        SECRET = "secret", _("secrecy applies")

    program = models.ForeignKey(Program, models.PROTECT, related_name="erasures")
    dialogue = models.ForeignKey(Dialogue, models.SET_NULL, null=True, related_name="erasures")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    places = models.PositiveSmallIntegerField(_("places"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = InProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_ground_display()}"


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, place):
        """HR and the director: all. Department heads and unit managers: their own departments'. The rest: none."""
        rows = self.filter(need__program=place.program)
        if place.is_one_of(Kind.EDITOR, Kind.DIRECTOR):
            return rows
        if place.is_one_of(Kind.DEPARTMENT_HEAD, Kind.MANAGER):
            return rows.filter(department__in=place.department_ids)
        return rows.none()


class Objection(models.Model):
    """Så menade vi inte: what a group answers when its words were taken for something else, and HR's reply."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="objections")
    department = models.ForeignKey(Department, models.PROTECT, related_name="objections")
    statement = models.ForeignKey(
        Statement, models.CASCADE, null=True, blank=True, related_name="objections",
        verbose_name=_("statement"),
    )  # fmt: skip
    text = ProseField(_("what we meant"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reply = ProseField(_("reply"), max_length=2000, blank=True)
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=paired("replied"), name="objection_replied_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.at:%Y-%m-%d}"
