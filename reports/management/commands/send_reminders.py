"""Reminders by e-mail: at most one a week to each member, and none with nothing to say. Run it as often as you like."""

import datetime as dt

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organisation.models import Membership
from reports.outgoing.reminders import REMINDED, WANTED, Outcome, remind


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a date: {text}. Write it as 2026-11-16.") from error


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tell what would be sent, send nothing")
        parser.add_argument("--on", metavar="DATE", help="as if today were this day")

    def handle(self, *args, **options) -> None:
        today = _day(options["on"]) if options["on"] else timezone.localdate()
        missing = [name for name in WANTED if not getattr(settings, name)]
        if missing and not options["dry_run"]:
            raise CommandError("; ".join(f"{name} is missing: {WANTED[name]}" for name in missing) + ".")
        members = (
            Membership.objects.filter(kind__in=REMINDED)
            .select_related("user", "organisation")
            .order_by("organisation__slug", "user__username")
        )
        failed = 0
        for member in members:
            outcome = self._remind(member, today, dry_run=options["dry_run"])
            failed += outcome is None
            words = outcome.words if outcome else "failed, tried again next time"
            self.stdout.write(f"{member.organisation.slug}/{member.user.username}: {words}")
        if failed:
            raise CommandError(f"{failed} of {len(members)} could not be reminded.")

    def _remind(self, member: Membership, today: dt.date, *, dry_run: bool) -> Outcome | None:
        try:
            return remind(member, today, site=settings.SITE_URL, dry_run=dry_run)
        except Exception as error:  # whatever one person's letter meets, the others get theirs
            self.stderr.write(
                f"{member.organisation.slug}/{member.user.username}: {type(error).__name__}: {error}"
            )
            return None
