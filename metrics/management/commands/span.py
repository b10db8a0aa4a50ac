"""People per manager against the guideline, as JSON or a short text."""

import datetime as dt
import json
from decimal import Decimal
from types import SimpleNamespace

from django.core.management.base import BaseCommand, CommandError

from metrics.span import Totals
from metrics.span_queries import SpanOn, span_on
from organisation.models import Organisation


def _json_total(total: Totals) -> dict:
    return {"units": total.units, "managers": total.managers, "employees": total.employees}


def as_json(found: SpanOn) -> dict:
    """The contract's shape; decimals are strings."""
    whole = next((row for row in found.stated if row[0] is None), None)
    return {
        "as_of": found.report.as_of.isoformat(),
        "basis": found.report.basis,
        "totals": _json_total(found.span.totals)
        | {
            "fte": str(found.span.totals.fte),
            "stated_employees": whole[2] if whole else None,
            "stated_fte": str(whole[3]) if whole else None,
            "discrepancies": [
                {
                    "where": row.where,
                    "stated": str(row.stated),
                    "computed": str(row.computed),
                    "kind": row.kind,
                }
                for row in found.discrepancies
            ],
            "without_management": _json_total(found.span.without_management),
        },
        "units": [
            {
                "code": row.unit.code,
                "name": row.unit.name,
                "department": row.unit.department,
                "managers": row.unit.managers,
                "employees": row.unit.employees,
                "per_manager": str(row.per_manager),
                "base": row.base,
                "largest": row.largest,
                "over_base": row.over_base,
                "over_largest": row.over_largest,
                "assessed": row.assessed,
                "over_assessed": row.over_assessed,
            }
            for row in found.span.units
        ],
    }


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("organisation")
        parser.add_argument("--as-of", required=True, help="YYYY-MM-DD")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options) -> None:
        try:
            day = dt.date.fromisoformat(options["as_of"])
        except ValueError as error:
            raise CommandError(f"--as-of is no day: {options['as_of']} (write YYYY-MM-DD)") from error
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']}.")
        found = span_on(SimpleNamespace(organisation=organisation), day)
        if found is None:
            raise CommandError(f"No headcount on or before {day} in {organisation.slug}.")
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
            return
        total = found.span.totals
        mean = (total.per_manager or Decimal(0)).quantize(Decimal("0.1"))
        self.stdout.write(
            f"{found.report.as_of} ({found.report.basis}): {total.units} units, {total.managers} managers, "
            f"{total.employees} employees, {mean} per manager; {found.span.over_base} above base."
        )
