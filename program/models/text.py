"""What stands in the programme's running text: passages that are measures or stances, and what does not add up."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from program.models.activity import Activity
from program.models.program import Area, InProgramQuerySet, InTrail, Program
from ui.fields import LineField, ProseField


class Passage(models.Model):
    """Textställe: words of a text, quoted, that are a measure (an activity) or a stance (none).

    The text itself carries no marks. A quote that the text no longer holds is kept and shown as lost.
    """

    class Source(models.TextChoices):
        AREA = "area", _("area")
        BACKGROUND = "background", _("background")
        SUMMARY = "summary", _("summary")

    program = models.ForeignKey(Program, models.PROTECT, related_name="passages")
    source = models.CharField(_("where"), max_length=20, choices=Source, default=Source.AREA)
    area = models.ForeignKey(Area, models.PROTECT, related_name="passages", null=True, blank=True)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="passages", null=True, blank=True)
    quote = ProseField(_("words"), max_length=2000)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source="area", area__isnull=False) | (~Q(source="area") & Q(area__isnull=True)),
                name="passage_area_where_the_text_is_one",
            ),
            models.UniqueConstraint(
                fields=["area", "quote"],
                name="passage_once_per_area",
                violation_error_message=_("These words are marked already."),
            ),
            models.UniqueConstraint(
                fields=["program", "source", "quote"],
                condition=~Q(source="area"),
                name="passage_once_per_text",
                violation_error_message=_("These words are marked already."),
            ),
        ]

    def __str__(self) -> str:
        return self.quote


class Doubt(InTrail, models.Model):
    """Oklarhet: what the sources leave open or say against each other, kept until somebody has settled it."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="doubts")
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="doubts", verbose_name=_("activity"), null=True, blank=True
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="doubts", verbose_name=_("area"), null=True, blank=True
    )
    text = ProseField(_("what does not add up"), max_length=2000)
    places = LineField(_("where it stands"), max_length=300, blank=True)
    pinned_on = models.DateField(_("noted on"))
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settlement = ProseField(_("how it was settled"), max_length=2000, blank=True)

    objects = InProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("doubt")
        ordering = [F("settled_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settlement="")
                | (Q(settled_on__isnull=False) & ~Q(settlement="")),
                name="doubt_settled_with_words",
                violation_error_message=_("Say both when and how it was settled, or neither."),
            )
        ]

    def __str__(self) -> str:
        return self.text
