"""What a report's chain is made of: needs, the words that speak for them and the meetings, as they stood."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils import timezone

from dialogues.answers.judge import Pair, Raised, pairs
from dialogues.answers.queries import given, raised_by
from dialogues.matrix import queries
from dialogues.models import Dialogue
from metrics.models import HeadcountReport, Indicator
from metrics.readings.queries import Reading, department_readings, readings
from program.history import end_of
from program.models import Need, Response
from reports import content as c
from reports.facts.sources import Chain, Meeting
from reports.facts.words import day_or_words
from ui import formats

KINDS = {"current": "Så är det nu", "opportunity": "Utvecklingsmöjligheter", "need": "Behov"}


def made_later(rows, day: dt.date) -> set[int]:
    """Keys of those rows that the trail knows were added after a day. One query.

    Needs and indicators have no date of their own: what was not there yet is not told. Rows that were read in or
    loaded have no entry, and were there.
    """
    kind = ContentType.objects.get_for_model(rows.model)
    made = LogEntry.objects.filter(
        content_type=kind, action=LogEntry.Action.CREATE, timestamp__gt=end_of(day)
    )
    return set(made.filter(object_id__in=rows.order_by().values("pk")).values_list("object_id", flat=True))


class Heard:
    """Everything that several sections ask of a report's programme up to a day; each asked for once, when needed."""

    def __init__(self, place, cut_off: dt.date) -> None:
        self.place = place
        self.cut_off = cut_off

    @cached_property
    def said(self) -> queries.Said:
        """Meetings that count and their statements. No query yet."""
        return queries.said_by(self.place.program, self.cut_off)

    @cached_property
    def held(self) -> list[Dialogue]:
        """The meetings, oldest first, each with said_current, said_opportunity and said_need. Two queries."""
        shown = Q(statements__is_withheld=False)
        counts = {
            f"said_{kind}": Count("statements", filter=shown & Q(statements__kind=kind), distinct=True)
            for kind in KINDS
        }
        rows = self.said.dialogues.prefetch_related("departments").annotate(**counts)
        return list(rows.order_by("held_on", "pk"))

    @cached_property
    def words(self) -> dict[int, dict[int, list[int]]]:
        """Need → meeting → the numbers of its statements that speak for the need. One query."""
        rows = self.said.statements.filter(needs__isnull=False)
        found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for need, meeting, number in rows.order_by("order", "pk").values_list("needs", "dialogue", "order"):
            found[need][meeting].append(number)
        return found

    @cached_property
    def told(self) -> list[Response]:
        """The answers that were given, the latest first. One query."""
        return list(Response.objects.filter(need__program=self.place.program).latest_first(self.cut_off))

    @cached_property
    def needs(self) -> dict[int, Need]:
        """By key, in order: those that were spoken for or answered by then, or were there. Two queries."""
        rows = Need.objects.visible_to(self.place).order_by("order", "pk")
        later = made_later(rows, self.cut_off) - set(self.words) - {row.need_id for row in self.told}
        return {row.pk: row for row in rows if row.pk not in later}

    @cached_property
    def raised(self) -> list[Raised]:
        """Who had raised which need since when, from the statements that counted. One query."""
        return raised_by(self.said.statements.filter(needs__isnull=False))

    def owed(self, on: dt.date) -> list[Pair]:
        """What the departments had been answered by a day, on the cut-off or before it. No query of its own."""
        raised = [row for row in self.raised if row.first_day <= on]
        return pairs(raised, given(row for row in self.told if row.on <= on))

    def first_raised(self) -> dict[int, dt.date]:
        """Need → the day of the first meeting that spoke for it."""
        found: dict[int, dt.date] = {}
        for row in self.raised:
            found[row.need] = min(found.get(row.need, row.first_day), row.first_day)
        return found

    @cached_property
    def everything_measured(self) -> list[Reading]:
        """Every indicator with its values as known on the cut-off. Three to five queries."""
        return readings(self.place, self.cut_off)

    @cached_property
    def departments_measured(self) -> dict[tuple[int, int], Reading]:
        """By indicator and department, each department's own values. Two queries."""
        return department_readings(self.place, self.cut_off)

    @cached_property
    def measured(self) -> list[Reading]:
        """On the cut-off, less indicators that came to the programme later and have no value."""
        return self._there(self.everything_measured)

    def measured_on(self, day: dt.date) -> list[Reading]:
        """As `measured`, with the values as they were known on an earlier day."""
        return self._there(readings(self.place, day))

    def _there(self, rows: Iterable[Reading]) -> list[Reading]:
        later = self._indicators_later
        return [row for row in rows if row.observations or row.parts_until or row.indicator.pk not in later]

    @cached_property
    def _indicators_later(self) -> set[int]:
        return made_later(Indicator.objects.visible_to(self.place), self.cut_off)

    @cached_property
    def chain(self) -> Chain:
        """As plain values. One query besides those above."""
        reports = HeadcountReport.objects.visible_to(self.place).filter(as_of__lte=self.cut_off)
        order = {row.pk: at for at, row in enumerate(self.held)}
        return Chain(
            {pk: need.title for pk, need in self.needs.items()},
            {
                need: {pk: tuple(found[pk]) for pk in sorted(found, key=order.__getitem__)}
                for need, found in self.words.items()
            },
            {row.pk: self._meeting(row) for row in self.held},
            dict(reports.values_list("as_of", "pk")),
        )

    def _meeting(self, row: Dialogue) -> Meeting:
        is_named = published_by(row, self.cut_off)
        count = sum(getattr(row, f"said_{kind}") for kind in KINDS)
        parts = [day_or_words(row.held_on, row.held_words), c.counted(count, "ett inspel", "inspel")]
        return Meeting(
            known_as(row, self.cut_off),
            ", ".join(parts + ([] if is_named else ["inte publicerad"])),
            is_named,
        )


def known_as(row: Dialogue, day: dt.date) -> str:
    """Its own name once it was published; before that the departments alone, since a name is words of the group's."""
    return formats.sentence(row.name if published_by(row, day) else row.plain_name)


def published_by(row: Dialogue, day: dt.date) -> bool:
    """Whether both the department and HR had said yes to the words by a day."""
    return row.published_at is not None and timezone.localtime(row.published_at).date() <= day
