"""A comparison told: as JSON for scripts, as sentences for the preview."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from program import wording
from program.exchange.cells import DateCell
from program.exchange.columns import heading
from program.exchange.compare import COLUMN
from program.exchange.results import Comparison, Part, Result
from program.exchange.rows import CHOICES, Wrong
from program.exchange.words import label
from ui.language import language


def column(key: str) -> str:
    """The heading under which a value stands."""
    return heading(COLUMN.get(key, key), language())


def message(wrong: Wrong) -> str:
    """What is wrong, and what was expected."""
    choices = ", ".join(label(wrong.column, value, language()) for value in CHOICES.get(wrong.column, ()))
    return str(wording.WRONG[wrong.code] % {"text": wrong.text, "choices": choices})


def errors(found: Comparison) -> list[dict[str, Any]]:
    return [
        {"sheet": sheet, "row": wrong.row, "column": column(wrong.column), "message": message(wrong)}
        for sheet, wrong in found.wrong
    ]


def as_json(found: Comparison) -> dict[str, Any]:
    """The counts are of activities; a change in a step or a follow-up changes its activity."""
    return {
        "activities": len(found.results),
        "steps": found.steps,
        "new": found.count("new"),
        "changed": found.count("changed"),
        "unchanged": found.count("unchanged"),
        "errors": errors(found),
        "new_roles": found.new_roles,
        "new_areas": found.new_areas,
        "not_in_file": [str(row.row) for row in found.missing],
        "items": [_item(result) for result in found.results],
    }


def _item(result: Result) -> dict[str, Any]:
    values = (result.held.values if result.held else {}) | result.values
    return {
        "sheet": result.item.sheet,
        "row": result.item.row,
        "state": result.state,
        "number": values.get("number", ""),
        "title": values.get("title", ""),
        "area": values.get("area", ""),
        "current_state": values.get("current_state", ""),
        "desired_result": values.get("desired_result", ""),
        "responsible": list(values.get("responsible", ())),
        "joint_responsibility": bool(values.get("joint_responsibility")),
        "status": values.get("status") or "planned",
        **_dated("deadline", values.get("deadline")),
        **_dated("completed_on", values.get("completed")),
        "steps": [_step(part) for part in result.steps],
        "follow_ups": [_follow_up(part) for part in result.follow_ups],
        "changes": [{"column": column(c.key), "from": c.before, "to": c.after} for c in result.changes],
        "flags": [wording.flag(found) for found in result.flags],
    }


def _dated(key: str, cell: DateCell | None) -> dict[str, Any]:
    when = cell.when if cell else None
    return {key: when.last.isoformat() if when else None, f"{key}_words": when.words if when else ""}


def _step(part: Part) -> dict[str, Any]:
    return {
        "state": part.state,
        "number": part.values["number"],
        "text": part.values["text"],
        **_dated("deadline", part.values["deadline"]),
        **_dated("completed_on", part.values.get("completed")),
    }


def _follow_up(part: Part) -> dict[str, Any]:
    return {"state": part.state, "kind": part.values["kind"], **_dated("planned_on", part.values["planned"])}


def sentences(result: Result) -> list[str]:
    """What would change in an activity, a sentence each."""
    told = [_change(change.key, change.before, change.after) for change in result.changes]
    for part in result.steps:
        name = part.values["number"] or f"”{Truncator(part.values['text']).chars(60)}”"
        told += _part(_("Step %(name)s") % {"name": name}, part)
    for part in result.follow_ups:
        name = part.values["planned"].text
        label = _("Evaluation") if part.values["kind"] == "evaluation" else _("Follow-up")
        told += _part(f"{label} {name}", part)
    return told


def _change(key: str, before: str, after: str) -> str:
    return f"{column(key)}: {before or '–'} → {after or '–'}"


def _part(name: str, part: Part) -> list[str]:
    if part.state == "new":
        return [_("%(name)s is new") % {"name": name}]
    return [f"{name}, {_change(change.key, change.before, change.after)}" for change in part.changes]
