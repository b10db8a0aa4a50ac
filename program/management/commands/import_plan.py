"""Read a plan (Excel, CSV or a table in Word) into a programme: say what would change, and change it."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from program.exchange import apply, told
from program.exchange.compare import compare
from program.exchange.reading import read_file
from program.exchange.tables import NotATable
from program.models import Program
from program.wording import UNREADABLE


def find_place(address: str) -> SimpleNamespace:
    """What stands for a member's place when a command asks: organisation and programme."""
    organisation, _slash, slug = address.partition("/")
    program = (
        Program.objects.select_related("organisation")
        .filter(organisation__slug=organisation, slug=slug)
        .first()
    )
    if program is None:
        raise CommandError(f"There is no programme {address}. Write ORGANISATION/PROGRAM, as in its address.")
    return SimpleNamespace(organisation=program.organisation, program=program)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--program", required=True, metavar="ORGANISATION/PROGRAM")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args, **options) -> None:
        place, today = find_place(options["program"]), timezone.localdate()
        try:
            reading = read_file(options["file"].name, options["file"].read_bytes(), place)
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except NotATable as error:
            raise CommandError(f"{options['file']}: {UNREADABLE[error.reason]}") from error
        found = compare(reading, place, today)
        self._say(found, options["json"])
        if found.wrong and not options["dry_run"]:
            raise CommandError("Nothing is written: mend what is listed above first.")
        if not options["dry_run"]:
            apply.apply_plan(reading=reading, place=place, by=None, today=today, progress=self._progress)

    def _say(self, found, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told.as_json(found), ensure_ascii=False, indent=1))
            return
        counts = {state: found.count(state) for state in ("new", "changed", "unchanged", "error")}
        self.stdout.write(", ".join(f"{state}: {count}" for state, count in counts.items()))
        for row in told.errors(found):
            self.stdout.write(f"{row['sheet']} row {row['row']}, {row['column']}: {row['message']}")

    def _progress(self, done: int, of: int) -> None:
        if sys.stderr.isatty() and (done % 50 == 0 or done == of):
            self.stderr.write(f"\r{done} / {of}", ending="" if done < of else "\n")
