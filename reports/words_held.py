"""What reports and measures hold of people's words, told to the page that erases words from dialogues.

It is listed there with a way to the page where HR mends it, and its history of changes is erased with the rest. Frozen
versions are archived and never changed; the page says that the words stand in them.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.privacy.erasing import excerpt, first_text
from dialogues.privacy.traces import FROZEN, HELD, WHAT, Held, Trace
from metrics.models import Amendment, Expectation, Indicator, Observation, Outcome
from reports.models import (
    DecisionPoint,
    Handout,
    Hearing,
    Instruction,
    Mask,
    Release,
    Report,
    Ruling,
    Section,
)

EFFECTS = "metrics:activity-effects"
ROWS = (
    Held(Report, "program", "reports:report-detail", ("period",)),
    Held(Section, "report__program", "reports:section-edit", ("report__period", "pk")),
    Held(DecisionPoint, "report__program", "reports:report-detail", ("report__period",)),
    Held(Hearing, "report__program", "reports:report-detail", ("report__period",)),
    Held(Ruling, "hearing__report__program", "reports:report-detail", ("hearing__report__period",)),
    Held(Instruction, "hearing__report__program", "reports:instruction-edit"),
    Held(Handout, "program", "reports:handout-detail"),
    Held(Mask, "handout__program", "reports:handout-detail", ("handout_id",)),
    Held(Indicator, "program", "metrics:indicator-edit"),
    Held(Observation, "indicator__program", "metrics:observation-list", ("indicator_id",)),
    Held(Expectation, "activity__program", EFFECTS, ("activity_id",)),
    Held(Amendment, "expectation__activity__program", EFFECTS, ("expectation__activity_id",)),
    Held(Outcome, "expectation__activity__program", EFFECTS, ("expectation__activity_id",)),
)
NAMES = {
    Indicator: gettext_lazy("indicator"),
    Observation: gettext_lazy("value"),
    Amendment: gettext_lazy("amendment of an expected effect"),
    Outcome: gettext_lazy("outcome of an expected effect"),
}


def tell() -> None:
    """Let dialogues know, once, when the apps are loaded."""
    HELD.extend(ROWS)
    WHAT.update(NAMES)
    FROZEN.append(frozen)


def frozen(place: Any, pattern: re.Pattern[str]) -> Iterator[Trace]:
    """The frozen versions that hold the words, the first place of each. One query."""
    rows = Release.objects.visible_to(place).order_by("report__cut_off", "version")
    for period, version, content, corrects in rows.values_list(
        "report__period", "version", "content", "corrects"
    ):
        text = first_text([corrects, json.loads(content)], pattern)
        if text is not None:
            where = _("Report %(period)s, version %(version)s") % {"period": period, "version": version}
            url = reverse("reports:report-detail", args=[*place.program.address, period])
            yield Trace(where, *excerpt(text, pattern), url)
