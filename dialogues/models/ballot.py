"""Prioritisation by points: ballots, what they gave, and why."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialogues.models.dialogue import Dialogue, paired
from dialogues.voting.tally import FEWEST_VOTERS
from organisation.access import Kind
from program.models import Need, Program
from ui.fields import LineField


class BallotQuerySet(models.QuerySet):
    def visible_to(self, place):
        """HR: all. The rest of those who work here, and readers: published."""
        rows = self.filter(program=place.program)
        return rows if place.kind == Kind.EDITOR else rows.filter(published_at__isnull=False)


class Ballot(models.Model):
    """Prioritering: each participant shares out a number of points among a few of the options.

    Anonymous by construction: a vote is added to the options' sums and is itself stored nowhere. Or a result that
    was reported from elsewhere, with what is unknown about it left empty.
    """

    program = models.ForeignKey(Program, models.PROTECT, related_name="ballots")
    dialogue = models.ForeignKey(
        Dialogue, models.SET_NULL, null=True, blank=True, related_name="ballots", verbose_name=_("meeting")
    )
    question = LineField(_("question"), max_length=300)
    points = models.PositiveSmallIntegerField(
        _("points to share out"), default=100, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    picks = models.PositiveSmallIntegerField(
        _("number of picks"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    expected = models.PositiveSmallIntegerField(
        _("number present"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("The ballot closes by itself when so many have voted."),
    )
    code = models.CharField(max_length=8, blank=True)
    voters = models.PositiveIntegerField(_("voters"), null=True, blank=True)
    is_reported = models.BooleanField(_("reported from elsewhere"), default=False)
    source = LineField(_("source"), max_length=300, blank=True)
    voted_on = models.DateField(_("date of the vote"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("prioritisation")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="ballot_code_once"),
            models.CheckConstraint(condition=paired("opened"), name="ballot_opened_at_and_by"),
            models.CheckConstraint(condition=paired("published"), name="ballot_published_at_and_by"),
            models.CheckConstraint(
                condition=Q(is_reported=True) | Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="ballot_closed_after_it_opened",
            ),
            models.CheckConstraint(
                condition=Q(is_reported=True) | Q(published_at__isnull=True) | Q(closed_at__isnull=False),
                name="ballot_published_when_closed",
                violation_error_message=_("A ballot is published when it is closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("dialogues:ballot-detail", args=[*self.program.address, self.pk])

    @property
    def stage(self) -> str:
        """draft, open, closed or published."""
        if self.published_at:
            return "published"
        if self.closed_at or self.is_reported:
            return "closed"
        return "open" if self.opened_at else "draft"

    @property
    def gives_away(self) -> bool:
        """Whether so few voted that the sums tell how each of them did."""
        return self.voters is not None and self.voters < FEWEST_VOTERS

    @property
    def shows_result(self) -> bool:
        """Whether anybody at all may see what the options got, HR included."""
        return self.is_reported or (self.closed_at is not None and not self.gives_away)


class BallotOption(models.Model):
    """Alternativ: what one can give points to, with the sum of what it got; unknown sums are empty."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    need = models.ForeignKey(
        Need, models.SET_NULL, null=True, blank=True, related_name="ballot_options", verbose_name=_("need")
    )
    text = LineField(_("option"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    points = models.PositiveIntegerField(_("points"), default=0)
    pickers = models.PositiveIntegerField(_("voters that chose it"), default=0)
    reported_percent = models.DecimalField(
        _("percent as reported"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "text"],
                name="ballot_option_once",
                violation_error_message=_("This option is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Slip(models.Model):
    """Röstsedel: that a device has voted. Says nothing of what it voted for, and holds no time."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "digest"], name="slip_once_per_ballot")]

    def __str__(self) -> str:
        return f"{self.ballot_id}"


class Reason(models.Model):
    """Skäl: why somebody gave an option points, in own words and without a name."""

    option = models.ForeignKey(BallotOption, models.CASCADE, related_name="reasons")
    text = LineField(_("reason"), max_length=500)

    class Meta:
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text
