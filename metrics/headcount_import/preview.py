"""What the pages about headcounts show, gathered for their templates."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Sum

from metrics.headcount_import import words
from metrics.headcount_import.plan import Plan
from metrics.headcount_import.printed import Counts
from metrics.models import Headcount, HeadcountFile, HeadcountReport
from metrics.span.history import in_force, measured
from metrics.span.measure import total
from metrics.span.queries import versions_of
from ui.audit import changes

SHOWN = 150


def reports_of(place):
    """Every report, the latest first, each with its number of `units`, `people` and `led` (managers)."""
    return (
        HeadcountReport.objects.visible_to(place)
        .annotate(
            units=Count("headcounts"), people=Sum("headcounts__employees"), led=Sum("headcounts__managers")
        )
        .order_by("-as_of")
    )


def corrections(rows: Iterable[Headcount]) -> list[dict]:
    """What has been put right in rows, newest first: unit, reason and the change. One query."""
    names = {row.pk: row.unit.name for row in rows}
    kind = ContentType.objects.get_for_model(Headcount)
    found = changes(Q(content_type=kind, object_id__in=list(names)), SHOWN)
    return [
        {"unit": names.get(row.about.get("headcount"), ""), "reason": row.about.get("reason", ""), "change": row}
        for row in found
        if not row.is_new
    ]  # fmt: skip


def context(kept: HeadcountFile, counts: Counts, plan: Plan, place) -> dict:
    """Everything on the preview page. One query besides what the plan took."""
    guideline = in_force(versions_of(place), kept.as_of)
    span = measured(plan.unit_counts, guideline)
    earlier = plan.known.earlier
    return {
        "file": kept,
        "plan": plan,
        "digest": plan.known.digest(bytes(kept.content)),
        "totals": total(plan.unit_counts),
        "span": span,
        "guideline": guideline,
        "earlier": earlier
        and {
            "on": plan.known.earlier_on,
            "units": len(earlier),
            "managers": sum(managers for _people, managers in earlier.values()),
            "employees": sum(people for people, _managers in earlier.values()),
        },
        "departments": _departments(plan, span),
        "unread": [(row, words.PROBLEMS[row.problem.kind]) for row in plan.unread[:SHOWN]],
        "more_unread": max(0, len(plan.unread) - SHOWN),
        "new_here": plan.new_here[:SHOWN],
        "more_new": max(0, len(plan.new_here) - SHOWN),
        "all_new": (kept.choices.get("all") or {}).get("units"),
        "all_lines": (kept.choices.get("all") or {}).get("lines"),
        "free": plan.free,
        "targets": [(row.count.code, row.name) for row in plan.counted],
        "renamed": [row for row in plan.renamed if row.do == "known"][:SHOWN],
        "changed": plan.changed[:SHOWN],
        "more_changed": max(0, len(plan.changed) - SHOWN),
        "differ": sum(row.kind == "error" for row in plan.discrepancies),
        "assumed": words.assumed_sentence(plan),
        "wrong": words.wrong(plan.as_of),
        "ignored": counts.ignored[:SHOWN],
    }


def _departments(plan: Plan, span) -> list[dict]:
    """A row a department: what its units add up to, beside what the file says; then the whole."""
    stated = {row.department: row.count for row in plan.stated}
    rows = [
        {"name": row.name, "code": row.code, "totals": row.span.totals, "stated": stated.get(row.code)}
        for row in span.departments
    ]
    whole = {"name": "", "code": "", "totals": span.totals, "stated": stated.get(None)}
    return [*rows, whole]
