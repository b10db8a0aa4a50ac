"""Why a verdict is what it is, in one plain sentence; movement gives the key, this says it.

Every key that `metrics/movement` and `metrics/readings/judgement.py` use stands in REASONS or CAUTIONS; a test holds them to it.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.movement import Verdict
from metrics.readings.judgement import SHARES
from ui import formats
from ui.language import language

IN_WORDS = ("questions", "moved", "worsened")  # counts of questions
PLACES = {"share": 0, "scale": 1, "superiority": 0, "index": 1, "count": 0, "value": 1}
REASONS: dict[str, Callable[[], str]] = {
    "no_value": lambda: _("There is no value yet."),
    "only_parts": lambda: _("There are values of parts of the group, but none of all of it."),
    "one_value": lambda: _("There is only one value so far."),
    "nothing_after": lambda: _("There is no value after the baseline yet."),
    "withheld": lambda: _("It takes two values that may be shown, and the others have too few answers."),
    "missing": lambda: _("A value is missing."),
    "approximate": lambda: _("One of the values is approximate, so they cannot be compared."),
    "preliminary": lambda: _("One of the values is preliminary, and is judged when it is final."),
    "no_counts": lambda: _(
        "There are no counts to work out how sure the values are from, so chance may explain the difference."
    ),
    "no_distribution": lambda: _(
        "How the answers spread is not known, so how sure the values are cannot be worked out."
    ),
    "no_spread": lambda: _("All have answered alike, so how sure the values are cannot be worked out."),
    "few": lambda: _("Fewer than 30 have answered; chance may move it this much."),
    "within_chance": lambda: _(
        "The difference is %(change)s, and may lie anywhere between %(low)s and %(high)s."
    ),
    "beyond_chance": lambda: _(
        "The difference is %(change)s (between %(low)s and %(high)s), more than chance usually gives."
    ),
    "within_smallest": lambda: _(
        "The difference is %(change)s, and surely smaller than what was decided beforehand to matter%(smallest)s."
    ),
    "too_small": lambda: _(
        "The difference is %(change)s, which is smaller than what was decided beforehand to matter%(smallest)s."
    ),
    "counted": lambda: _("The difference is %(change)s. Everything is counted, so chance plays no part."),
    "counted_apart": lambda: _(
        "The number and the share have gone different ways, since the whole has changed too."
    ),
    "few_linked": lambda: _("Fewer than 30 people have answered both times."),
    "few_changed": lambda: _(
        "Only %(changed)s of %(answered)s have changed their answer; that is too few to judge."
    ),
    "linked_beyond": lambda: _(
        "Of %(answered)s who answered both times, %(gained)s have become positive and %(lost)s have ceased to be, "
        "more than chance usually gives (%(p)s)."
    ),
    "linked_within": lambda: _(
        "Of %(answered)s who answered both times, %(gained)s have become positive and %(lost)s have ceased to be; "
        "that may be chance (%(p)s)."
    ),
    "linked_border": lambda: _(
        "Of %(answered)s who answered both times, %(gained)s have become positive and %(lost)s have ceased to be; "
        "that is on the border of what chance gives."
    ),
    "items_missing": lambda: _("The index needs all nine statements; %(missing)s are missing."),
    "items_of_different_groups": lambda: _(
        "The statements were answered by different groups or at different times, and make no index."
    ),
    "items_twice": lambda: _("The same statement is there twice, so the index is not worked out."),
    "questions_most": lambda: _(
        "%(most)s of %(questions)s questions have moved the same way, and none the other."
    ),
    "questions_split": lambda: _("%(moved)s of %(questions)s questions have improved and %(worsened)s worsened."),
    "questions_few_moved": lambda: _(
        "%(most)s of %(questions)s questions have moved; half or fewer is not enough to speak of them all."
    ),
    "questions_none_moved": lambda: _("None of the %(questions)s questions shows a sure movement."),
    "questions_all_unchanged": lambda: _("All %(questions)s questions are unchanged."),
    "rolling": lambda: _(
        "Every value shares eleven months with the one before (rolling 12 months), so the series is not judged."
    ),
    "cumulative": lambda: _(
        "Every value builds on the one before (accumulated from January), so the series is not judged."
    ),
    "not_monthly": lambda: _("Only values by month are judged as a series."),
    "no_baseline_day": lambda: _(
        "It is not decided when the baseline ends, so there is no before and after to compare."
    ),
    "short_baseline": lambda: _(
        "The baseline has values for %(baseline)s; at least %(needed)s are needed to judge what follows."
    ),
    "nothing_later": lambda: _("There are no months after the baseline yet."),
    "too_early": lambda: _(
        "After the baseline there are values for %(months)s; more than %(longest_allowed)s are needed before "
        "anything can be seen."
    ),
    "unstable_baseline": lambda: _(
        "The series was on the move before the baseline ended, so what happened afterwards cannot be told."
    ),
    "shift": lambda: _(
        "%(longest)s months in a row lie on the same side of the median, where chance seldom gives more than "
        "%(longest_allowed)s; the median went from %(median_before)s to %(median_after)s."
    ),
    "crossings": lambda: _(
        "The series crosses its median %(crossings)s times, where chance seldom gives fewer than "
        "%(crossings_needed)s; the median went from %(median_before)s to %(median_after)s."
    ),
    "no_direction": lambda: _("The series varies more than by chance, but has not stayed on either side."),
    "season_alone": lambda: _(
        "Beside the same month of other years there is no lasting change; what swings may be the seasons."
    ),
    "by_month": lambda: _(
        "Beside the same month of other years the values after the baseline have changed by %(change)s, and lie so for "
        "longer than chance usually gives."
    ),
    "outside_alone": lambda: _(
        "Single months stand out, see the chart, but that is no lasting change."
    ),
    "trend_alone": lambda: _(
        "Six months in a row point the same way, but that alone is not enough to speak of a change."
    ),
    "no_signal": lambda: _(
        "The months vary as before; that shows neither that something has changed nor that all is alike."
    ),
    "no_comparison": lambda: _(
        "There are no departments both with and without the activity that have values before and after."
    ),
    "too_few_departments": lambda: _(
        "%(started)s of %(departments)s departments have started; so few can never show a sure difference."
    ),
    "departments_beyond": lambda: _(
        "The departments that have started (%(started)s of %(departments)s) differ from the others by %(change)s "
        "(between %(low)s and %(high)s), more than chance usually gives (%(p)s)."
    ),
    "departments_within": lambda: _(
        "The departments that have started (%(started)s of %(departments)s) differ from the others by %(change)s; "
        "it may lie anywhere between %(low)s and %(high)s."
    ),
}  # fmt: skip
# The chance that a later answer lies above an earlier one is no difference: it is told in words of its own.
BY_RANK: dict[str, Callable[[], str]] = {
    "within_chance": lambda: _(
        "Of 100 pairs of an earlier and a later answer the later is higher in %(theta)s, ties counted half; it may be "
        "anything between %(theta_low)s and %(theta_high)s, where 50 is alike."
    ),
    "beyond_chance": lambda: _(
        "Of 100 pairs of an earlier and a later answer the later is higher in %(theta)s, ties counted half (between "
        "%(theta_low)s and %(theta_high)s, where 50 is alike); that is more than chance usually gives."
    ),
}
CAUTIONS: dict[str, Callable[[], str]] = {
    "unlinked": lambda: _(
        "The answers are not linked to persons; where the same people answered both times the interval is rather too "
        "wide."
    ),
    "silent": lambda: _("Those who did not answer are so many that they could have changed the picture."),
    "response_differs": lambda: _(
        "The response rate differs by at least ten percentage points between the surveys, and that may be the whole "
        "explanation."
    ),
    "response_unknown": lambda: _("How many were asked is not known."),
    "answered_twice": lambda: _("Only those who answered both times are counted."),
    "median_coarse": lambda: _(
        "On five steps the median jumps by whole steps, so it is the whole distribution that is judged."
    ),
    "items_hang_together": lambda: _(
        "Each person's nine answers hang together, so the interval is made as wide as it can be."
    ),
    "many_questions": lambda: _(
        "The same people answer all the questions. Of %(questions)s questions chance alone moves %(by_chance)s on "
        "average."
    ),
    "season": lambda: _(
        "Before or after does not hold every month of the year, so the season may play a part."
    ),
    "gaps": lambda: _("Months are missing in the series."),
    "no_limits": lambda: _(
        "No limits can be worked out: the values of the baseline do not vary, or do not follow month by month."
    ),
    "not_randomised": lambda: _(
        "Nobody drew lots about who would start, so the comparison does not show that the activity is the reason."
    ),
    "departments_weigh_alike": lambda: _("Every department weighs the same, whatever its size."),
    "few_departments": lambda: _("The departments are fewer than ten."),
    "regression_to_mean": lambda: _(
        "Those that have started stood worse from the beginning, and then values tend to get better by themselves."
    ),
    "departments_left_out": lambda: _("Departments without both values are not included%(left_out)s."),
}  # fmt: skip


def reason(verdict: Verdict, indicator=None) -> str:
    """Why the verdict is what it is; `indicator` gives figures their unit."""
    by_rank = BY_RANK if verdict.unit == "superiority" else {}
    sentence = by_rank.get(verdict.reason) or REASONS[verdict.reason]
    return formats.sentence(sentence() % _told(verdict, indicator))


def cautions(verdict: Verdict, indicator=None, *, left_out: Iterable[str] = ()) -> list[str]:
    """What is said beside the verdict, a sentence each."""
    names = ", ".join(left_out)
    told = _told(verdict, indicator) | {"left_out": f": {names}" if names else ""}
    return [CAUTIONS[key]() % told for key in verdict.cautions]


def _told(verdict: Verdict, indicator) -> dict[str, str]:
    """Every figure that a sentence may need, in words."""
    told = {key: _figure(key, value, indicator) for key, value in verdict.figures}
    told |= _change(verdict, indicator) | _counted(verdict.named) | {"p": _p(verdict.p)}
    smallest = getattr(indicator, "smallest", None)
    told["smallest"] = f" ({amount(smallest, verdict.unit, indicator, signed=False)})" if smallest else ""
    return told


def _figure(key: str, value, indicator) -> str:
    if key.startswith(("median_", "mean_")):
        return measured(indicator, value)
    if key in IN_WORDS:
        return formats.count(value, language())
    places = 1 if key == "by_chance" and value % 1 else None
    return formats.number(value, places, language())


def _counted(named: dict) -> dict[str, str]:
    """Sums and nouns that agree with their number."""
    told = {"most": formats.count(max(named.get("moved", 0), named.get("worsened", 0)), language())}
    if "gained" in named:
        told["changed"] = str(named["gained"] + named["lost"])
    if "started" in named:
        told["departments"] = str(named["started"] + named["rest"])
    for key, name in (("points", "baseline"), ("later", "months")):
        count = named.get(key, 0)
        told[name] = ngettext("%(count)s month", "%(count)s months", count) % {"count": count}
    return told


def _change(verdict: Verdict, indicator) -> dict[str, str]:
    if verdict.change is None:
        return {}
    low, high = (verdict.interval.low, verdict.interval.high) if verdict.interval else (None, None)
    numbers = [verdict.change, *(Decimal(str(end)) for end in (low, high) if end is not None)]
    places = _places(numbers, verdict.unit, indicator)
    told = [_number(number, verdict.unit, indicator, places) for number in numbers]
    theta = [formats.number(50 + 100 * number, 0, language()) for number in numbers]
    return {"change": amount(verdict.change, verdict.unit, indicator, places=places)} | dict(
        zip(("low", "high", "theta", "theta_low", "theta_high"), (*told[1:], *theta), strict=False)
        if len(told) > 1
        else ()
    )


def _places(numbers: list[Decimal], unit: str, indicator) -> int:
    """One decimal more where rounding would make a nought of what is none."""
    if unit in ("count", "value") and all(number == round(number) for number in numbers):
        return 0
    places = 2 if _is_rate(unit, indicator) else PLACES.get(unit, 0)
    scaled = [number * _scale(unit, indicator) for number in numbers]
    return places + any(number and not round(number, places) for number in scaled)


def _is_share(unit: str, indicator) -> bool:
    return unit in ("share", "superiority") or (unit == "value" and getattr(indicator, "kind", "") in SHARES)


def _is_rate(unit: str, indicator) -> bool:
    return _is_share(unit, indicator) and getattr(indicator, "kind", "") == "rate"


def _scale(unit: str, indicator) -> int:
    return 100 if _is_share(unit, indicator) else 1


def _number(number: Decimal, unit: str, indicator, places: int, *, signed: bool = True) -> str:
    text = formats.number(number * _scale(unit, indicator), places, language())
    is_positive = (
        signed and not text.startswith(formats.MINUS) and any(letter in "123456789" for letter in text)
    )
    return f"+{text}" if is_positive else text


def amount(
    number: Decimal, unit: str, indicator=None, *, places: int | None = None, signed: bool = True
) -> str:
    """A change or a size in its unit: +12 percentage points, −0,4 steps on the scale 1–5."""
    if places is None:
        scaled = number * _scale(unit, indicator)
        shortest = max(0, -int(scaled.normalize().as_tuple().exponent))
        places = min(shortest, 2)
    text = _number(number, unit, indicator, places, signed=signed)
    count = 1 if text.lstrip(f"+{formats.MINUS}") == "1" else 2
    told = {"number": text}
    if _is_share(unit, indicator):
        return ngettext("%(number)s percentage point", "%(number)s percentage points", count) % told
    if unit == "scale":
        return _("%(number)s steps on the scale 1–5") % told
    if unit == "index":
        return ngettext("%(number)s index unit", "%(number)s index units", count) % told
    if unit == "count" and getattr(indicator, "computed", ""):
        return ngettext("%(number)s manager", "%(number)s managers", count) % told
    return f"{text} {getattr(indicator, 'unit', '')}".strip()


def _p(p: float | None) -> str:
    """p = 0,03, or p < 0,001."""
    if p is None:
        return ""
    if p < 0.001:
        return f"p < {formats.number(Decimal('0.001'), 3, language())}"
    return f"p = {formats.number(Decimal(str(p)), 2 if p >= 0.01 else 3, language())}"


def measured(indicator, value: Decimal) -> str:
    """A value in the indicator's own unit: 62,5 %, 2,26 %, 4,1, 27,5 people per manager."""
    kind = getattr(indicator, "kind", "")
    if kind in SHARES:
        return formats.percent(value, 2 if kind == "rate" else 1, language())
    places = {"mean": 2, "index": 1, "median": 1, "count": 0}.get(kind, 2)
    if Decimal(value) == Decimal(value).to_integral_value() and kind != "mean":
        places = 0
    text = formats.number(value, places, language())
    return f"{text} {getattr(indicator, 'unit', '')}".strip()
