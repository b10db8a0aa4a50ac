"""Read headcounts (CSV, Excel, a table in Word, or text copied from a PDF) into an organisation: say what would
change, and write it, all or nothing. Without options that settle them, a unit or department that is not known, a unit
of the latest earlier report that is missing from the file, a row that cannot be read, and a unit that several
managers shared of which the file says nothing each stop the writing; the page in the browser lets HR settle them one by one."""

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from metrics.headcount_import import actions, told, words
from metrics.headcount_import.choices import ALL
from metrics.headcount_import.plan import Plan
from metrics.headcount_import.reading import MOST_BYTES, read_file
from metrics.models import HeadcountReport
from metrics.span.history import in_force, measured
from metrics.span.queries import versions_of
from organisation.models import Organisation
from program.exchange.tables import NotATable
from ui.forms import FIRST_YEAR

A_YEAR = dt.timedelta(days=366)
NOT_STATED = "Vad som räknas är inte angivet."

OPTIONS = {
    "units": "--new-units",
    "departments": "--new-departments",
    "gone": "--only-missing",
    "lines": "--leave-out-unread",
    "managers": "--keep-managers",
}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--as-of", required=True, metavar="DATE", help="the day of the count, YYYY-MM-DD")
        parser.add_argument(
            "--basis", default="", help="what is counted; without it as in the latest earlier report"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--json", action="store_true", help="say it as JSON; decimals are strings")
        for section, meaning in (
            ("units", "units that are not known are new, in the department that their codes begin with"),
            (
                "departments",
                "departments that are not known are new, with the file's name or else their code",
            ),
            ("gone", "units that the file lacks are only missing this time"),
            ("lines", "rows that cannot be read are left out"),
            ("managers", "units that several managers shared keep their number where the file says nothing"),
        ):
            parser.add_argument(OPTIONS[section], action="store_true", dest=section, help=meaning)

    def handle(self, *args, **options) -> None:
        place, as_of = _place(options["organisation"]), _day(options["as_of"])
        counts = _read(options["file"])
        choices = {"all": {section: {"do": do} for section, do in ALL.items() if options[section]}}
        plan = actions.plan_of(counts, place, as_of, choices)
        self._say(plan, place, as_of, options["json"])
        if options["dry_run"]:
            if not options["json"]:
                self.stdout.write("\n".join(told.open_lines(plan)))
            return
        basis = options["basis"] or plan.known.earlier_basis or NOT_STATED
        self._write(place=place, counts=counts, as_of=as_of, basis=basis, choices=choices)

    def _write(self, **what) -> None:
        _check_basis(what["basis"])
        try:
            actions.read_in_headcounts(**what)
        except actions.Unsettled as error:
            if error.plan.known.taken:
                raise CommandError(
                    f"There is a report for {what['as_of']} already. Nothing is written; put single rows right on the page."
                ) from error
            raise CommandError(
                "Nothing is written. Settle this first, in the browser or with "
                f"{', '.join(OPTIONS.values())}:\n"
                + "\n".join(told.open_lines(error.plan) or ["no unit is counted"])
            ) from error

    def _say(self, plan: Plan, place, as_of: dt.date, as_json: bool) -> None:
        guideline = in_force(versions_of(place), as_of)
        said = told.as_json(plan, measured(plan.unit_counts, guideline), guideline is not None)
        if as_json:
            self.stdout.write(json.dumps({"as_of": as_of.isoformat()} | said, ensure_ascii=False, indent=1))
            return
        totals = said["totals"]
        self.stdout.write(
            f"{as_of}: {totals['units']} units, {totals['managers']} managers, {totals['employees']} employees; "
            f"{len(said['unknown'])} unknown, {len(said['vanished'])} vanished, {len(said['renamed'])} renamed, "
            f"{len(said['changes'])} changed."
        )
        for row in said["discrepancies"]:
            self.stdout.write(
                f"{row['where']}, {row['measure']}: stated {row['stated']}, computed {row['computed']} ({row['kind']})"
            )


def _place(slug: str) -> SimpleNamespace:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise CommandError(f"There is no organisation {slug}.")
    return SimpleNamespace(organisation=organisation)


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--as-of is no day: {text} (write YYYY-MM-DD)") from error
    if day.year < FIRST_YEAR or day > timezone.localdate() + A_YEAR:
        raise CommandError(f"--as-of lies before {FIRST_YEAR} or more than a year ahead: {text}")
    return day


def _read(path: Path):
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotATable("too_large")
        return read_file(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except NotATable as error:
        raise CommandError(f"{path}: {words.unreadable(error.reason)}") from error


def _check_basis(basis: str) -> None:
    try:
        HeadcountReport._meta.get_field("basis").clean(basis, None)
    except ValidationError as error:
        raise CommandError(f"--basis: {' '.join(error.messages)}") from error
