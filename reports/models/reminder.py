"""What has been sent, so that nobody gets it twice."""

from django.db import models

from organisation.models import Membership
from reports.models.report import Report
from ui.fields import LineField


class DigestSent(models.Model):
    """Skickad påminnelse: a member got the week's digest; the row is what keeps it at one a week."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="digests")
    week = LineField(max_length=8)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "week"], name="digest_once_a_week")]

    def __str__(self) -> str:
        return self.week


class ChecklistSent(models.Model):
    """Skickad påminnelse om en rapport: what a member owes to a report was sent; at most once a day."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="checklists")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="checklists")
    on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "membership", "on"], name="checklist_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.on}"
