"""A unit's assessment in plain sentences."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.guideline.assessment import Assessed
from metrics.span.measure import UnitSpan
from ui import formats


def explanation(assessed: Assessed) -> str:
    """Base number, range, own assessment and marks: the whole way to the number, in three or four sentences."""
    said = [
        _("The base number for %(category)s is %(base)d.")
        % {"category": _inside(assessed.category), "base": assessed.base},
        _range(assessed),
        *_own(assessed),
    ]
    return " ".join(said)


def _inside(name: str) -> str:
    """A category within a sentence: Hemtjänsten becomes hemtjänsten, LSS-boenden stays."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _range(assessed: Assessed) -> str:
    if assessed.largest == 0:
        return _("The guideline allows neither fewer nor more.")
    how = {
        "usual": assessed.usual,
        "largest": assessed.largest,
        "low": assessed.lowest,
        "high": assessed.highest,
    }
    if assessed.usual in (0, assessed.largest):
        return (
            _(
                "The guideline allows at most %(largest)d fewer or more when factors support it: %(low)d–%(high)d."
            )
            % how
        )
    return (
        _(
            "The guideline allows %(usual)d–%(largest)d fewer or more at most, when factors support it: "
            "%(low)d–%(high)d."
        )
        % how
    )


def _own(assessed: Assessed) -> list[str]:
    adjustment = assessed.adjustment
    if adjustment is None:
        return [_("The unit has no assessment of its own.")]
    words = {"own": assessed.own, "count": abs(adjustment)}
    if adjustment == 0:
        own = _("The unit's own assessment is %(own)d, the base number itself")
    elif adjustment < 0:
        own = _("The unit's own assessment is %(own)d, that is %(count)d fewer")
    else:
        own = _("The unit's own assessment is %(own)d, that is %(count)d more")
    return [f"{own % words}; {_marks(assessed)}."]


def _marks(assessed: Assessed) -> str:
    if not assessed.marked:
        return _("the factors are not marked one by one")
    smaller = ngettext(
        "one factor requires a smaller group", "%(count)d factors require a smaller group", assessed.smaller
    ) % {"count": assessed.smaller}
    larger = ngettext(
        "one factor allows a larger group", "%(count)d factors allow a larger group", assessed.larger
    ) % {"count": assessed.larger}
    parts = [words for words, count in ((smaller, assessed.smaller), (larger, assessed.larger)) if count]
    return ", ".join(parts) or _("no factor speaks for a larger or a smaller group")


def notice(key: str, assessed: Assessed) -> str:
    """One of `assessment.notices` in words."""
    words = {
        "earlier_version": _(
            "The assessment was made by an earlier version of the guideline. Make a new one if the factors or the "
            "base number have changed what you think."
        ),
        "beyond_largest": _("The adjustment is larger than the guideline allows today, %(largest)d."),
        "beyond_usual": _(
            "The adjustment is larger than the usual %(usual)d, and within the %(largest)d that the guideline allows "
            "at most. The motivation is what bears it."
        ),
        "up_against_marks": _(
            "More factors require a smaller group (%(smaller)d) than allow a larger (%(larger)d), yet the number goes "
            "up. The assessment holds; see that the motivation says why."
        ),
        "down_against_marks": _(
            "More factors allow a larger group (%(larger)d) than require a smaller (%(smaller)d), yet the number goes "
            "down. The assessment holds; see that the motivation says why."
        ),
    }
    return words[key] % vars(assessed)


def counted(row: UnitSpan, as_of, language: str = "sv") -> str:
    """On 31 March 2024 the unit had 56 employees and 2 managers: 28 per manager."""
    unit = row.unit
    managers = ngettext("one manager", "%(count)d managers", unit.managers) % {"count": unit.managers}
    return _("On %(day)s the unit had %(people)s employees and %(managers)s: %(each)s per manager.") % {
        "day": formats.day(as_of, language),
        "people": formats.number(unit.employees, None, language),
        "managers": managers,
        "each": formats.number(row.per_manager.quantize(Decimal("0.1"), ROUND_HALF_UP), None, language),
    }


def standing(row: UnitSpan) -> str:
    """Where that is against the base number, the largest that the guideline allows, and the own assessment."""
    if row.over_largest:
        said = _("That is above the largest that the guideline allows, %(largest)d")
    elif row.over_base:
        said = _(
            "That is above the base number %(base)d, and within the %(largest)d that the guideline allows"
        )
    else:
        said = _("That is within the base number %(base)d")
    said %= {"base": row.base, "largest": row.largest}
    if row.over_assessed is None:
        return f"{said}."
    own = (
        _("above the unit's own assessment, %(own)d")
        if row.over_assessed
        else _("within the unit's own assessment, %(own)d")
    )
    return f"{said}; {own % {'own': row.assessed}}."
