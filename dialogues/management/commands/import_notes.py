"""Read notes of a dialogue (text or Word) as they were written: say what they hold, or keep it as a draft."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from dialogues.actions.notes import import_notes, occasions_of
from dialogues.models import Statement
from dialogues.notes import Noted, Notes, owner_names, read
from dialogues.reading import NotNotes, text_of
from organisation.models import Department
from program.management.commands.import_plan import find_place
from program.models import Area

LIMITS = {name: Statement._meta.get_field(name).max_length for name in ("text", "label", "heading")}
LIMITS["owners"] = Statement._meta.get_field("owner_words").max_length


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--program", required=True, metavar="ORGANISATION/PROGRAM")
        parser.add_argument("--department", nargs="*", default=[], metavar="CODE")
        parser.add_argument("--date", required=True, type=dt.date.fromisoformat)
        parser.add_argument("--dry-run", action="store_true", help="only say what the notes hold")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *args, **options) -> None:
        place = find_place(options["program"])
        areas = list(Area.objects.visible_to(place).filter(is_starting_point=True))
        departments = list(Department.objects.visible_to(place).filter(code__in=options["department"]))
        if unknown := set(options["department"]) - {row.code for row in departments}:
            raise CommandError(f"There is no department with the code {', '.join(sorted(unknown))}.")
        try:
            notes = read(
                text_of(options["file"].name, options["file"].read_bytes()), [area.name for area in areas]
            )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except NotNotes as error:
            raise CommandError(f"{options['file']}: {error}") from error
        errors = [*_errors(notes)]
        self._say(notes, areas, errors, options["json"])
        if options["dry_run"]:
            return
        if errors or not notes.statements:
            raise CommandError(
                "Nothing is kept: " + (errors[0] if errors else "the notes hold no statement.")
            )
        occasions = occasions_of(notes, areas, departments=departments, held_on=options["date"])
        import_notes(program=place.program, occasions=occasions, by=None)

    def _say(self, notes: Notes, areas: list[Area], errors: list[str], as_json: bool) -> None:
        said = {
            "statements": [_statement(note, areas) for note in notes.statements],
            "counts": _counts(notes, areas),
            "summary": notes.summary,
            "unplaced": notes.unplaced,
            "left": [
                {"line": line.number, "text": line.text.strip(), "became": line.became}
                for line in notes.lines
                if line.became in ("heading", "noise")
            ],
            "errors": errors,
        }
        if as_json:
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
        else:
            self._say_in_words(said)

    def _say_in_words(self, said: dict) -> None:
        for row in said["statements"]:
            first, last = row["lines"]
            self.stdout.write(f"{first}–{last} {row['area'] or '?'}, {row['kind']}: {row['text']}")
        for row in said["left"]:
            self.stdout.write(f"{row['line']} {row['became']}: {row['text']}")
        for title in ("summary", "unplaced", "errors"):
            for row in said[title]:
                self.stdout.write(f"{title}: {row}")


def _statement(note: Noted, areas: list[Area]) -> dict:
    return {
        "area": _area(note, areas),
        "kind": note.kind,
        "heading": note.heading,
        "label": note.label,
        "owners": owner_names(note.owners),
        "text": note.text,
        "occasion": note.occasion,
        "lines": [note.first, note.last],
    }


def _area(note: Noted, areas: list[Area]) -> str | None:
    return areas[note.area].name if note.area is not None else None


def _counts(notes: Notes, areas: list[Area]) -> dict[str, dict[str, int]]:
    """How many statements of each kind there are in each area."""
    counts: dict[str, Counter] = {}
    for note in notes.statements:
        counts.setdefault(_area(note, areas) or "", Counter())[note.kind] += 1
    return counts


def _errors(notes: Notes):
    """What keeps the notes from being kept: no heading above, or a text that is too long."""
    for note in notes.statements:
        if note.area is None:
            yield f"Line {note.first}: no starting point stands as a heading above this."
        for name, limit in LIMITS.items():
            if len(getattr(note, name)) > limit:
                yield f"Line {note.first}: {name} is longer than {limit} characters."
