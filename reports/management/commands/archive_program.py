"""A programme as a folder for a records archive: frozen files, tables, attachments, an index and a manifest."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from program.models import Program
from reports.openness import archive


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("program", help="ORGANISATION/PROGRAM")
        parser.add_argument("--output", required=True, help="a folder that is not there yet, or is empty")

    def handle(self, *args, **options) -> None:
        organisation, _slash, slug = options["program"].partition("/")
        rows = Program.objects.filter(organisation__slug=organisation, slug=slug)
        program = rows.select_related("organisation").first()
        if program is None:
            raise CommandError(f"There is no programme {options['program']}.")
        try:
            entries = archive.write(program, Path(options["output"]))
        except archive.Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error
        size = sum(entry.size for entry in entries)
        self.stdout.write(f"{len(entries)} files, {size} bytes, and manifest.json and manifest.xml.")
