"""People per manager against the guideline, as JSON or a short text."""

import datetime as dt
import json
from decimal import Decimal
from types import SimpleNamespace

from django.core.management.base import BaseCommand, CommandError

from metrics.span.history import History, Point
from metrics.span.measure import Share, Span, Totals
from metrics.span.queries import history_of
from organisation.models import Organisation


def _text(value) -> str | None:
    """A decimal as the contract has it; null where nothing is known."""
    return None if value is None else str(value)


def _json_share(share: Share) -> dict:
    value = None if share.value is None else share.value.quantize(Decimal("0.0001"))
    return {"count": share.count, "of": share.of, "share": _text(value)}


def _json_finding(span: Span) -> dict:
    """Median, shares of managers and managers lacking; lacking is arithmetic, see `metrics/span/measure.py`."""
    return {
        "median": _text(span.median),
        "managers_over_base": _json_share(span.managers_over_base),
        "managers_over_largest": _json_share(span.managers_over_largest),
        "units_without_base": len(span.without_base),
        "units_with_managers_assumed": span.managers_assumed,
        "lacking": {
            "to_base": span.lacking if span.with_base else None,
            "to_own_assessment": span.lacking_own if span.with_base else None,
        },
    }


def _json_departments(span: Span) -> list[dict]:
    return [
        {"code": row.code, "name": row.name} | _json_total(row.span.totals) | _json_finding(row.span)
        for row in span.departments
    ]


def history_json(history: History) -> list[dict]:
    """Every report, oldest first: totals, findings, departments, and people per manager by the unit's code."""
    return [
        {
            "as_of": point.as_of.isoformat(),
            "guideline": point.guideline.valid_from.isoformat() if point.guideline else None,
            "totals": _json_total(point.span.totals) | {"fte": _text(point.span.totals.fte)},
        }
        | _json_finding(point.span)
        | {
            "departments": _json_departments(point.span),
            "units": [
                {"code": row.unit.code, "name": row.unit.shown_name, "per_manager": str(row.per_manager)}
                for row in point.span.units
            ],
        }
        for point in history.points
    ]


def _json_total(total: Totals) -> dict:
    return {"units": total.units, "managers": total.managers, "employees": total.employees}


def as_json(found: Point) -> dict:
    """The contract's shape; decimals are strings."""
    whole = next((row for row in found.stated if row[0] is None), None)
    return {
        "as_of": found.as_of.isoformat(),
        "basis": found.basis,
        "totals": _json_total(found.span.totals)
        | {
            "fte": _text(found.span.totals.fte),
            "stated_employees": whole[2] if whole else None,
            "stated_fte": _text(whole[3]) if whole else None,
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
        **_json_finding(found.span),
        "departments": _json_departments(found.span),
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
        parser.add_argument(
            "--history", action="store_true", help="with --json: every report up to the day too"
        )

    def handle(self, *args, **options) -> None:
        try:
            day = dt.date.fromisoformat(options["as_of"])
        except ValueError as error:
            raise CommandError(f"--as-of is no day: {options['as_of']} (write YYYY-MM-DD)") from error
        organisation = Organisation.objects.filter(slug=options["organisation"]).first()
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']}.")
        history = history_of(SimpleNamespace(organisation=organisation), day)
        found = history.at(day)
        if found is None:
            raise CommandError(f"No headcount on or before {day} in {organisation.slug}.")
        if options["json"]:
            told = as_json(found) | ({"history": history_json(history)} if options["history"] else {})
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        total = found.span.totals
        mean = (total.per_manager or Decimal(0)).quantize(Decimal("0.1"))
        self.stdout.write(
            f"{found.as_of} ({found.basis}): {total.units} units, {total.managers} managers, "
            f"{total.employees} employees, {mean} per manager; {found.span.over_base} above base."
        )
