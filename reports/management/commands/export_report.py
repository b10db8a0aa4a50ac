"""A report as a file: the frozen one byte for byte, or the draft as it stands."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.actions import FORMS, PARTS, NoSuchFile, export
from reports.models import Report
from reports.word_template import in_use as word_templates


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = []  # they import every page, 50 MiB that no file needs; `migrate` and CI run them

    def add_arguments(self, parser) -> None:
        parser.add_argument("program", help="ORGANISATION/PROGRAM")
        parser.add_argument("period", help="for example 2024H2, 2024H2-chefer or 2024-05")
        parser.add_argument("--format", required=True, choices=[*FORMS, "json"])
        parser.add_argument("--part", default="all", choices=["all", "letter", "report"])
        parser.add_argument("--output", required=True)

    def handle(self, *args, **options) -> None:
        organisation, _slash, program = options["program"].partition("/")
        report = (
            Report.objects.filter(
                program__organisation__slug=organisation,
                program__slug=program,
                period__iexact=options["period"],
            )
            .select_related("program__organisation")
            .first()
        )
        if report is None:
            raise CommandError(f"There is no report {options['period']} in {options['program']}.")
        if options["part"] not in PARTS.get(options["format"], ("all",)):
            raise CommandError(f"{options['format']} comes whole, without --part.")
        try:
            data = export(report, options["format"], options["part"])
        except NoSuchFile:
            raise CommandError(f"{report} has no {options['format']}: {options['part']}.") from None
        self._say_template(report, options["format"])
        try:
            Path(options["output"]).write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {options['output']}: {error.strerror}.") from error

    def _say_template(self, report: Report, form: str) -> None:
        """A draft in Word says it when the organisation's own template gave way; a frozen file is as it was stored."""
        if form == "docx" and not report.releases.exists():
            _file, problem = word_templates.usable(report.program.organisation)
            if problem:
                self.stderr.write(problem)
