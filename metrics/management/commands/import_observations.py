"""Read values of indicators (Excel or CSV) into a programme: say what they would do, and write them as drafts."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from metrics.models import Indicator
from metrics.observation_import import apply, reading, told, wording
from metrics.observation_import.compare import STATES
from program.exchange.tables import NotATable
from program.management.commands.import_plan import find_place


def find_indicator(place, name: str | None) -> int | None:
    """The key of the indicator that is named; None when none is."""
    if name is None:
        return None
    found = Indicator.objects.visible_to(place).filter(name=name).first()
    if found is None:
        raise CommandError(f"The programme has no indicator named {name}.")
    return found.pk


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--program", required=True, metavar="ORGANISATION/PROGRAM")
        parser.add_argument("--indicator", metavar="NAME", help="for rows that name none")
        parser.add_argument("--last-preliminary", action="store_true", help="the last month is preliminary")
        parser.add_argument("--reason", default="", help="why approved values are revised")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args, **options) -> None:
        place, today = find_place(options["program"]), timezone.localdate()
        chosen = {
            "chosen": find_indicator(place, options["indicator"]),
            "is_last_preliminary": options["last_preliminary"],
        }
        read = self._read(options["file"])
        found = reading.beside(read, place, today, **chosen)
        self._say(found, options["json"])
        if options["dry_run"]:
            return
        if found.wrong:
            raise CommandError("Nothing is written: mend what is listed above first.")
        if found.needs_reason and not options["reason"]:
            raise CommandError("Nothing is written: say with --reason why approved values are revised.")
        apply.apply_values(
            reading=read, place=place, by=None, today=today, reason=options["reason"], **chosen
        )

    def _read(self, path: Path):
        try:
            return reading.read_file(path.name, path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except NotATable as error:
            raise CommandError(f"{path}: {wording.UNREADABLE[error.reason]}") from error

    def _say(self, found, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told.as_json(found), ensure_ascii=False, indent=1))
            return
        counts = {state: found.count(state) for state in STATES} | {"error": len(found.wrong)}
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in counts.items()))
        for row in told.errors(found.wrong):
            self.stdout.write(f"{row['sheet']} row {row['row']}, {row['column']}: {row['message']}".strip())
