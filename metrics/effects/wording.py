"""Expected effects in words: what should move and how much, what was changed, and how it went."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.effects.judge import Change, Laid, Told
from metrics.movement import Verdict
from metrics.readings import wording
from ui import formats
from ui.language import language

FIELDS = {
    "indicator": gettext_lazy("Indicator"),
    "department": gettext_lazy("Where"),
    "direction": gettext_lazy("Should move"),
    "size": gettext_lazy("How much"),
    "amount": gettext_lazy("At least"),
    "visible_on": gettext_lazy("Visible at the earliest"),
    "wrong_if": gettext_lazy("What would show that we are wrong"),
    "written": gettext_lazy("Written"),
    "withdrawn": gettext_lazy("Holds"),
    "restored": gettext_lazy("Holds"),
}
WAYS = {
    "as_expected": gettext_lazy("It has moved the way that was expected."),
    "opposite": gettext_lazy("It has moved the opposite way to what was expected."),
    "still": gettext_lazy("It has not moved enough to matter."),
    "unknown": gettext_lazy("Whether it has moved the way that was expected cannot be told yet."),
}
REACHES = {
    "reached": gettext_lazy("The change is at least %(amount)s, as expected."),
    "short": gettext_lazy("The change is smaller than the %(amount)s that were expected."),
    "unknown": gettext_lazy("Whether the change is at least %(amount)s cannot be told."),
}
UNSAID = {("unknown", "unknown"), ("still", "unknown"), ("still", "reached")}  # way and reach


def where(effect) -> str:
    """The department's name, or everybody that the indicator is about."""
    return effect.department.name if effect.department else effect.indicator.population


def earlier(effect, amended: Iterable[tuple[dt.date, Sequence[Change]]]) -> dict[str, str]:
    """What each field said before it was first changed, with the day of that: before 1 May 2026: upwards.

    `amended` is the oldest first. How much is told under "size", in words and figure together.
    """
    first: dict[str, tuple[dt.date, str]] = {}
    for on, entries in amended:
        for entry in entries:
            first.setdefault(entry["field"], (on, entry["before"]))
    days = [first[name][0] for name in ("size", "amount") if name in first]
    if days:
        size = first.pop("size", (None, effect.size))[1]
        amount = first.pop("amount", (None, effect.amount_words))[1]
        first["size"] = (min(days), effect.size_and_amount(size, amount))
    return {
        name: _("before %(day)s: %(what)s")
        % {"day": formats.day(on, language()), "what": what or _("not said")}
        for name, (on, what) in first.items()
    }


def laid(found: Laid, effect, *, after_verdict: bool = False) -> list[str]:
    """How it went beside what was expected, in at most two sentences; nothing about what made it go.

    Straight after the verdict's own word it is not said twice that nothing can be told. Of an indicator that stands
    still it is said only that it was not enough, never that this cannot be told.
    """
    told = [] if after_verdict and found.way == "unknown" else [str(WAYS[found.way])]
    if found.reach and (found.way, found.reach) not in UNSAID:
        told.append(REACHES[found.reach] % {"amount": effect.amount_words})
    return told


def standing(verdict: Verdict, found: Laid, effect) -> str:
    """The verdict with its reason and what it says of the expectation, as an outcome keeps it."""
    word = wording.verdict_word(verdict)
    reason = wording.verdict_reason(verdict, effect.indicator)
    return " ".join(part for part in (f"{word[:1].upper()}{word[1:]}.", reason, *laid(found, effect)) if part)


def told(effect) -> dict[str, Told]:
    """Every field as kept and in words, in Swedish: amendments stand in the committee's documents."""
    with translation.override("sv"):
        figure = effect.amount
        seen = effect.visible_on
        return {
            "indicator": Told(str(effect.indicator_id), effect.indicator.name),
            "department": Told(
                str(effect.department_id or ""),
                effect.department.name if effect.department else _("everybody that the indicator is about"),
            ),
            "direction": Told(effect.direction, str(effect.get_direction_display())),
            "size": Told(effect.size, effect.size),
            "amount": Told("" if figure is None else f"{figure.normalize():f}", effect.amount_words),
            "visible_on": Told(
                seen.isoformat() if seen else "", effect.visible_words or (formats.day(seen) if seen else "")
            ),
            "wrong_if": Told(effect.wrong_if, effect.wrong_if),
        }
