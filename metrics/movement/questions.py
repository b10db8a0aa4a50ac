"""Questions that are read together: how many moved which way.

The same people answer them all, so they are not so many independent proofs: answers are never pooled, no common
p-value is computed, and one question that moved among many is what chance gives. The rule was set beforehand: the
group has moved when more than half of its questions have and none has worsened.
"""

from collections.abc import Sequence
from decimal import Decimal

from metrics.movement.verdict import Figures, Verdict

KINDS = ("moved", "unchanged", "worsened", "unknown")
BY_CHANCE = Decimal("0.05")  # what a 95 % interval lets pass for each question


def judge_together(verdicts: Sequence[Verdict]) -> Verdict:
    """The group's verdict with its questions counted by kind, and how many chance alone would give."""
    counted = {kind: sum(verdict.kind == kind for verdict in verdicts) for kind in KINDS}
    kind, reason = _read(counted, len(verdicts))
    told: Figures = (*counted.items(), ("questions", len(verdicts)), ("by_chance", BY_CHANCE * len(verdicts)))
    cautions = ("many_questions",) if len(verdicts) > 1 else ()
    return Verdict(kind, reason, unit="questions", figures=told, cautions=cautions)


def _read(counted: dict[str, int], questions: int) -> tuple[str, str]:
    moved, worsened = counted["moved"], counted["worsened"]
    if not questions:
        return "unknown", "no_value"
    if moved and worsened:
        return "unknown", "questions_split"
    for kind in ("moved", "worsened"):
        if 2 * counted[kind] > questions:
            return kind, "questions_most"
    if counted["unchanged"] == questions:
        return "unchanged", "questions_all_unchanged"
    return "unknown", "questions_few_moved" if moved or worsened else "questions_none_moved"
