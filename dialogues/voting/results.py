"""What a prioritisation gave, in the words that pages show. The judgement is `tally`'s."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.models import Ballot, BallotOption
from dialogues.voting import tally
from dialogues.voting.tally import Option, Row, Tally
from ui import formats
from ui.language import language


@dataclass(frozen=True)
class Line:
    """An option as a page shows it. `percent` is words ("62,5 %", "okänt"), `share` the same for a bar."""

    option: BallotOption
    percent: str
    share: float | None
    place: int | None

    @property
    def text(self) -> str:
        return self.option.text


@dataclass(frozen=True)
class Result:
    """`finding` is the sentence on top; `voters` how many; `notes` what else must be said of the figures."""

    finding: str
    voters: str
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    rest: float | None


def percent_words(value: Decimal) -> str:
    """62,5 % from 62.5."""
    return formats.percent(value / 100, 1, language())


def result_of(ballot: Ballot) -> Result | None:
    """The result, or None while nobody may see it. Reads prefetched options."""
    if not ballot.shows_result:
        return None
    rows = list(ballot.options.all())
    options = [Option(row.pk, row.text, row.points, row.pickers, row.reported_percent) for row in rows]
    found = tally.reported(options) if ballot.is_reported else tally.count(options)
    rests = ballot.is_reported and found.unknown and found.left > 0
    return Result(
        finding=_reported_finding(found) if ballot.is_reported else _finding(ballot, found, options),
        voters=voters_words(ballot),
        notes=tuple(_reported_notes(found) if ballot.is_reported else _notes(found)),
        lines=tuple(_line(row, {row.pk: row for row in rows}[row.key]) for row in found.rows),
        rest=float(found.left) if rests else None,
    )


def _line(row: Row, option: BallotOption) -> Line:
    share = None if row.percent is None else float(row.percent)
    words = _("unknown") if row.percent is None else percent_words(row.percent)
    return Line(option=option, percent=words, share=share, place=row.place)


def priorities_of(place, need) -> list[tuple[Ballot, str]]:
    """How a need came out in each published prioritisation that had it as an option. Two queries."""
    ballots = Ballot.objects.visible_to(place).filter(options__need=need, published_at__isnull=False)
    return [
        (ballot, _as_priority(ballot, result, line))
        for ballot in ballots.distinct().prefetch_related("options")
        if (result := result_of(ballot))
        for line in result.lines
        if line.option.need_id == need.pk
    ]


def _as_priority(ballot: Ballot, result: Result, line: Line) -> str:
    if ballot.is_reported:
        words = _("%(percent)s of the points, as reported from elsewhere")
    else:
        words = _("%(percent)s of the points, place %(place)s of %(of)s; %(pickers)s of %(voters)s chose it.")
    return words % {
        "percent": line.percent, "place": line.place, "of": len(result.lines), "pickers": line.option.pickers,
        "voters": ballot.voters,
    }  # fmt: skip


def voters_words(ballot: Ballot) -> str:
    """How many voted, of how many who were present when that was said."""
    if ballot.voters is None:
        return _("number of voters unknown")
    if ballot.expected:
        words = _("%(voters)s of %(expected)s present voted")
        return words % {"voters": ballot.voters, "expected": ballot.expected}
    return ngettext("%(count)d voted", "%(count)d voted", ballot.voters) % {"count": ballot.voters}


def _finding(ballot: Ballot, found: Tally, options: list[Option]) -> str:
    if not found.leaders:
        return _("Nobody has voted.")
    leader = found.leaders[0]
    if len(found.leaders) == len(found.rows):
        return _("All got equally much.")
    if len(found.leaders) > 1:
        words = _("%(options)s got the most: %(percent)s of the points each.")
        names = formats.listed((row.text for row in found.leaders), language())
        return words % {"options": names, "percent": percent_words(leader.percent or Decimal(0))}
    words = _("%(option)s got the most: %(percent)s of the points. %(pickers)d of %(voters)d chose it.")
    first = words % {
        "option": leader.text, "percent": percent_words(leader.percent or Decimal(0)), "pickers": leader.pickers,
        "voters": ballot.voters,
    }  # fmt: skip
    return f"{first} {_first_ones(ballot, found, options)}".strip()


def _first_ones(ballot: Ballot, found: Tally, options: list[Option]) -> str:
    """What as many options as one may pick got together, where there are more."""
    if not 1 < ballot.picks < len(options):
        return ""
    most = tally.together(options, [row.key for row in found.rows[: ballot.picks]])
    words = _("The first %(count)s got %(percent)s together.")
    return words % {"count": apnumber(ballot.picks), "percent": percent_words(most)}


def _notes(found: Tally) -> Iterable[str]:
    if found.is_rounded and found.together != 100:
        yield _("Each percent is rounded; shown together they are %(percent)s.") % {
            "percent": percent_words(found.together)
        }
    elif found.is_rounded:
        yield _("The percents are rounded.")


def _reported_finding(found: Tally) -> str:
    names = [row.text for row in found.leaders]
    if not names:
        return _("It cannot be told which got the most.")
    percent = percent_words(found.leaders[0].percent or Decimal(0))
    if len(names) > 1:
        words = _("%(options)s got the most: %(percent)s of the points each, as reported.")
        return words % {"options": formats.listed(names, language()), "percent": percent}
    words = _("%(option)s got the most: %(percent)s of the points, as reported.")
    return words % {"option": names[0], "percent": percent}


def _reported_notes(found: Tally) -> Iterable[str]:
    """What the report from elsewhere leaves open, and what does not add up in it."""
    left = percent_words(found.left)
    if found.left < 0 or (found.left and not found.unknown):
        yield _("The percents as reported come to %(percent)s together.") % {
            "percent": percent_words(found.together)
        }
    elif found.unknown and found.together:
        yield ngettext(
            "%(left)s is left for the other one, which is not reported.",
            "%(left)s is shared among the other %(count)s, unknown how.",
            found.unknown,
        ) % {"left": left, "count": apnumber(found.unknown)}
