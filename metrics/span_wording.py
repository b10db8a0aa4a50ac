"""Findings about spans of control in one plain sentence each."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.span_queries import SpanOn


def span_sentence(found: SpanOn) -> str:
    """12 of 59 units lie above the base number; one lies above the base number plus ten."""
    span = found.span
    first = _("%(over)s of %(all)s units lie above the base number") % {
        "over": span.over_base,
        "all": len(span.units),
    }
    largest = found.guideline.largest_adjustment if found.guideline else 0
    if span.over_largest == 0:
        second = _("none lies above the base number plus %(largest)s") % {"largest": largest}
    else:
        second = ngettext(
            "one lies above the base number plus %(largest)s",
            "%(count)s lie above the base number plus %(largest)s",
            span.over_largest,
        ) % {"count": span.over_largest, "largest": largest}
    return f"{first}; {second}."
