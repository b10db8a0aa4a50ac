"""A programme as a folder for a records archive: frozen files, tables, attachments, an index and a manifest.

The folder holds words that are not published. It is for the archive, not to be handed out; docs/operations.md says more.
"""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from program.models import Program
from reports.openness import archive, mets
from ui.characters import CONTROL

# What a delivery says of itself, by option; all of it is agreed with the archive.
AGREED = {
    "agreement": "the submission agreement's number and day",
    "specification": "the delivery specification agreed upon",
    "delivery-type": "the kind of delivery",
    "reference-code": "the archive's reference code",
    "archivist": "whose records they are, when it is not the committee",
    "archivist-code": "its identity code, for example ORG:2120000803",
    "creator-code": "the identity code of the organisation that delivers",
    "content-type": "the kind of content, Unstructured if nothing else is agreed",
    "record-status": "for example NEW or REPLACEMENT",
    "profile": "the address of the METS profile that the archive checks the manifest against",
    "created": "the delivery's day or time, for example 2026-11-22",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("program", help="ORGANISATION/PROGRAM")
        parser.add_argument("--output", required=True, help="a folder that is not there yet, or is empty")
        for name, words in AGREED.items():
            parser.add_argument(f"--{name}", default="", help=words)

    def handle(self, *args, **options) -> None:
        organisation, _slash, slug = options["program"].partition("/")
        rows = Program.objects.filter(organisation__slug=organisation, slug=slug)
        program = rows.select_related("organisation").first()
        if program is None:
            raise CommandError(f"There is no programme {options['program']}.")
        delivery = _delivery(options)
        try:
            entries = archive.write(program, Path(options["output"]), delivery)
        except archive.Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error
        size = sum(entry.size for entry in entries)
        self.stdout.write(f"{len(entries)} files, {size} bytes, and manifest.json and manifest.xml.")
        self.stdout.write("For the records archive alone: it holds words that are not published.")
        if delivery.lacking:
            self.stdout.write(f"Not said of the delivery: {', '.join(delivery.lacking)}.")


def _delivery(options) -> mets.Delivery:
    """What was said of the delivery, each on one line of text."""
    said = {name: options[name.replace("-", "_")].strip() for name in AGREED}
    for name, text in said.items():
        if CONTROL.search(text) or "\n" in text or "\t" in text:
            raise CommandError(f"--{name} holds a character that cannot stand there.")
    if said["created"]:
        said["created"] = _time(said["created"])
    return mets.Delivery(**{name.replace("-", "_"): text for name, text in said.items() if text})


def _time(text: str) -> str:
    """A day or a time as ISO 8601 with the time zone; a day is its first second."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Not a day: {text}. Write it as 2026-11-22.") from error
    aware = timezone.make_aware(found) if timezone.is_naive(found) else found
    return aware.isoformat(timespec="seconds")
