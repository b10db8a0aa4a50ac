"""Read notes of a dialogue (text or Word) as they were written: say what they hold, or keep it as a draft.

What the page refuses is refused here as well: it is the page's own review that judges.
"""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from dialogues.actions.notes import import_notes
from dialogues.forms.notes import HeadForm, Review
from dialogues.notes.files import NotNotes, text_of
from dialogues.notes.owners import owner_names
from dialogues.notes.reader import Noted
from dialogues.notes.review import Source, sources
from organisation.access import Kind
from organisation.models import Department
from program.management.commands.import_plan import find_place
from program.models import Area


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
        place = SimpleNamespace(**vars(find_place(options["program"])), kind=Kind.EDITOR)
        departments = _departments(place, options["department"])
        made = _review(place, options["file"])
        made.is_checked = True
        asked = {"held_on": options["date"].isoformat(), "departments": departments}
        of = zip(made.heads, sources(made.notes), strict=True)
        made.heads = [_head(made, head, source, asked) for head, source in of]
        errors = [*_errors(made)]
        self._say(made, errors, options["json"])
        if options["dry_run"]:
            return
        if errors:
            raise CommandError(f"Nothing is kept: {errors[0]}")
        import_notes(program=place.program, occasions=made.occasions(), by=None)

    def _say(self, made: Review, errors: list[str], as_json: bool) -> None:
        areas, notes = list(made.areas.values()), made.notes
        said = {
            "statements": [_statement(note, areas) for note in notes.statements],
            "counts": _counts(notes.statements, areas),
            "summary": notes.summary,
            "unplaced": notes.unplaced,
            "left": [
                {"line": line.number, "text": line.text.strip(), "became": line.became}
                for line in notes.lines
                if line.became in ("heading", "noise")
            ],
            "warnings": [*_warnings(made)],
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
        for title in ("summary", "unplaced", "warnings", "errors"):
            for row in said[title]:
                self.stdout.write(f"{title}: {row}")


def _departments(place, codes: list[str]) -> list[int]:
    rows = list(Department.objects.visible_to(place).filter(code__in=codes))
    if unknown := set(codes) - {row.code for row in rows}:
        raise CommandError(f"There is no department with the code {', '.join(sorted(unknown))}.")
    return [row.pk for row in rows]


def _review(place, path: Path) -> Review:
    try:
        return Review.of_notes(place, text_of(path.name, path.read_bytes()))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except NotNotes as error:
        raise CommandError(f"{path}: {error}") from error
    except ValidationError as error:
        raise CommandError(f"{path}: {' '.join(error.messages)}") from error


def _head(made: Review, head: HeadForm, source: Source, asked: dict) -> HeadForm:
    """The head of a source as the notes give it, with the date and the departments that the command was given.
    Another source in the same notes keeps a date of its own, and without --department each has those it names."""
    said = head.initial | {name: value for name, value in asked.items() if value}
    if source.words and source.date:
        said["held_on"] = source.date
    data = {head.add_prefix(name): value for name, value in said.items()}
    return made.bound(head, data)


def _errors(made: Review) -> Iterator[str]:
    """What keeps the notes from being kept, the same as on the page."""
    if error := made.error():
        yield error
    for row, problems in zip(made.rows, made.problems(), strict=True):
        for problem in problems:
            yield _("Line %(lines)s: %(problem)s") % {"lines": row.where, "problem": problem}
    for at, head in enumerate(made.heads):
        if any(row.occasion == at for row in made.rows):
            yield from (
                f"{head.fields[name].label}: {problem}"
                for name, problems in head.errors.items()
                for problem in problems
            )


def _warnings(made: Review) -> Iterator[str]:
    """Where somebody may be named."""
    for row, names in zip(made.rows, made.warnings(), strict=True):
        if names:
            words = _("Line %(lines)s may name somebody: %(names)s")
            yield words % {"lines": row.where, "names": ", ".join(names)}


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


def _counts(statements: list[Noted], areas: list[Area]) -> dict[str, dict[str, int]]:
    """How many statements of each kind there are in each area."""
    counts: dict[str, Counter] = {}
    for note in statements:
        counts.setdefault(_area(note, areas) or "", Counter())[note.kind] += 1
    return counts
