"""A plan as JSON for the command; decimals are strings. Mean age is a background figure and is not told."""

from metrics.headcount_import.plan import Plan
from metrics.headcount_import.rows import UnitRow
from metrics.headcount_import.words import PROBLEMS, wrong
from metrics.span.measure import Span, total


def as_json(plan: Plan, span: Span, has_guideline: bool) -> dict:
    """Everything that the page shows. `over_base` and `over_largest` are null without a guideline."""
    totals = total(plan.unit_counts)
    return {
        "units": [_unit(row) for row in plan.units if row.do != "out"],
        "totals": {
            "units": totals.units, "managers": totals.managers, "employees": totals.employees,
            "fte": _text(totals.fte),
        },
        "stated": [
            {
                "code": row.count.code, "name": row.count.name, "department": row.department,
                "employees": row.count.employees, "fte": _text(row.count.fte),
            }
            for row in plan.stated
        ],
        "discrepancies": [
            {
                "where": row.where, "measure": row.measure, "stated": str(row.stated), "computed": str(row.computed),
                "kind": row.kind,
            }
            for row in plan.discrepancies
        ],
        "problems": [
            {
                "line": row.problem.line, "text": row.problem.text, "kind": row.problem.kind,
                "message": str(PROBLEMS[row.problem.kind]), "left_out": row.is_out,
            }
            for row in plan.unread
        ],
        "unknown": [_unit(row) for row in plan.new_here],
        "vanished": [
            {"code": row.unit.code, "name": row.unit.name, "employees": row.employees, "managers": row.managers}
            for row in plan.gone
        ],
        "departments": [
            {"code": row.code, "name": row.file_name, "units": row.units} for row in plan.departments.rows
        ],
        "renamed": [
            {"code": row.count.code, "name": row.unit.name, "stated_name": row.count.name} for row in plan.renamed
        ],
        "changes": [
            {
                "code": row.count.code, "name": row.name, "employees": [row.before[0], row.count.employees],
                "managers": [row.before[1], row.managers],
            }
            for row in plan.changed
        ],
        "managers_assumed": sum(row.is_assumed for row in plan.units if row.do != "out"),
        "taken": plan.known.taken,
        "earlier": plan.known.earlier_on and plan.known.earlier_on.isoformat(),
        "over_base": span.over_base if has_guideline else None,
        "over_largest": span.over_largest if has_guideline else None,
    }  # fmt: skip


def _unit(row: UnitRow) -> dict:
    return {
        "line": row.count.line, "code": row.count.code, "name": row.count.name, "department": row.department or None,
        "employees": row.count.employees, "fte": _text(row.count.fte), "managers": row.managers,
        "managers_assumed": row.is_assumed,
    }  # fmt: skip


def _text(figure) -> str | None:
    return None if figure is None else str(figure)


def open_lines(plan: Plan) -> list[str]:
    """What is still to be settled, a line each that names it."""
    words = wrong(plan.as_of)
    lines = [
        f"line {row.problem.line}: {row.problem.text} ({PROBLEMS[row.problem.kind]})"
        for row in plan.unread
        if not row.is_out
    ]
    lines += [
        f"department {row.code} {row.file_name}: {_why(row, words, 'not known')}"
        for row in plan.departments.rows
        if row.wrong
    ]
    lines += [
        f"unit {row.count.code} {row.count.name}: {_why(row, words, 'not known')}"
        for row in plan.units
        if row.wrong
    ]
    lines += [
        f"unit {row.unit.code} {row.unit.name}: {_why(row, words, 'missing from the file')}"
        for row in plan.gone
        if row.wrong
    ]
    return lines


def _why(row, words: dict[str, str], otherwise: str) -> str:
    return otherwise if row.wrong == "choose" else words[row.wrong]
