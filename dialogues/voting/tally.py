"""What one vote by points may hold, and what the votes gave together. Plain values in and out; no rows, no clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEWEST_VOTERS = 3  # with fewer, a result tells what each of them chose
FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
WHOLE = Decimal(100)
NEGATIVE, TOO_MUCH, NOT_WHOLE = "negative", "too_much", "not_whole"
NUMBER = r"(?P<number>[0-9]{1,6}(?:[.,][0-9]+)?)"
PERCENT_LAST = re.compile(
    rf"(?P<text>.*?)[\s:;,=(–—-]*{NUMBER}\s*(?:%|procent|per ?cent|proc\.)\s*\)?\.?", re.I
)
SET_APART = re.compile(rf"(?P<text>.*?)\s*(?:[:;=–—\t]|\s-(?=\s))\s*{NUMBER}\.?")
NUMBER_LAST = re.compile(rf"(?P<text>.*?)\s+\(?{NUMBER}\)?\.?")
UNKNOWN_LAST = re.compile(r"(?P<text>.*?)\s*:\s*\?")


@dataclass(frozen=True)
class Vote:
    """What one person typed, read: points by option for those that got any, and what is wrong where."""

    points: Mapping[int, int]
    faults: Mapping[int, str]
    of: int
    picks: int

    @property
    def spent(self) -> int:
        return sum(self.points.values())

    @property
    def left(self) -> int:
        return self.of - self.spent

    @property
    def picked(self) -> int:
        return len(self.points)

    @property
    def is_right(self) -> bool:
        return not self.faults and self.picked == self.picks and self.left == 0


def _number(text: str, most: int) -> tuple[int, str]:
    """Points typed for one option, and what is wrong with them. Nothing typed is nought."""
    text = "".join(text.split()).replace("\u2212", "-")
    if re.fullmatch("-[0-9]+", text):
        return 0, NEGATIVE if text.strip("-0") else ""
    if not re.fullmatch("[0-9]*", text):
        return 0, NOT_WHOLE
    text = text.lstrip("0")
    too_much = len(text) > len(str(most)) or int(text or 0) > most
    return (0, TOO_MUCH) if too_much else (int(text or 0), "")


def read_vote(typed: Mapping[int, str], *, points: int, picks: int) -> Vote:
    """`typed` holds what stands beside each option, as it was sent."""
    read = {option: _number(text, points) for option, text in typed.items()}
    return Vote(
        points={option: number for option, (number, _fault) in read.items() if number},
        faults={option: fault for option, (_number, fault) in read.items() if fault},
        of=points,
        picks=picks,
    )


def stride(points: int) -> int:
    """How much the buttons beside an option add or take: a twentieth, at least one."""
    return max(1, points // 20)


def stepped(text: str, by: int, *, most: int) -> str:
    """What stands beside an option when a button has been pressed; never below nought or above all there is."""
    number, _fault = _number(text, most)
    return str(min(most, max(0, number + by)) or "")


@dataclass(frozen=True)
class Option:
    """An option and what it got. `percent` is what somebody else reported; unknown is None."""

    key: int
    text: str
    points: int = 0
    pickers: int = 0
    percent: Decimal | None = None


@dataclass(frozen=True)
class Row:
    """An option in a result: its percent with one decimal, and its place among the others (1 is most; ties share)."""

    key: int
    text: str
    percent: Decimal | None
    place: int | None
    pickers: int | None


@dataclass(frozen=True)
class Tally:
    """A result, most first. `together` is what the shown percents add up to, `left` what no option is known to
    have got, and `leaders` those that nothing is above (none where that cannot be told)."""

    rows: tuple[Row, ...]
    together: Decimal
    is_rounded: bool = False
    left: Decimal = Decimal(0)
    unknown: int = 0
    leaders: tuple[Row, ...] = ()


def _one_decimal(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _place(values: Sequence[int | Decimal], own: int | Decimal) -> int:
    return 1 + sum(value > own for value in values)


def count(options: Sequence[Option]) -> Tally:
    """The result of votes that were cast here. Each percent is rounded by itself, so they may not add up to 100."""
    cast = [option.points for option in options]
    whole = sum(cast)
    if not whole:
        return Tally(tuple(Row(o.key, o.text, Decimal(0), None, o.pickers) for o in options), Decimal(0))
    exact = {option.key: option.points * WHOLE / whole for option in options}
    rows = tuple(
        Row(o.key, o.text, _one_decimal(exact[o.key]), _place(cast, o.points), o.pickers)
        for o in sorted(options, key=lambda option: -option.points)
    )
    return Tally(
        rows=rows,
        together=sum((row.percent or Decimal(0) for row in rows), Decimal(0)),
        is_rounded=any(_one_decimal(value) != value for value in exact.values()),
        leaders=tuple(row for row in rows if row.place == 1),
    )


def together(options: Sequence[Option], keys: Sequence[int]) -> Decimal:
    """The percent that some options got together, from their points and not from rounded percents."""
    whole = sum(option.points for option in options)
    return _one_decimal(sum(o.points for o in options if o.key in keys) * WHOLE / whole)


def reported(options: Sequence[Option]) -> Tally:
    """A result that somebody else has told: what is unknown stays unknown, what does not add up is shown as it is.

    Nobody is said to have got the most while one of the unknown may have got more; and nobody gets a place.
    """
    known = sorted((o for o in options if o.percent is not None), key=lambda o: -(o.percent or 0))
    unknown = [option for option in options if option.percent is None]
    total = sum((option.percent or Decimal(0) for option in known), Decimal(0))
    rows = tuple(Row(o.key, o.text, o.percent, None, None) for o in [*known, *unknown])
    left = WHOLE - total
    most = known[0].percent if known else None
    sure = most is not None and most > 0 and (not unknown or most > left)
    leaders = tuple(row for row in rows if sure and row.percent == most)
    return Tally(rows, total, left=left, unknown=len(unknown), leaders=leaders)


class Unclear(ValueError):
    """A line ends in a number that may be its percent or belong to its name; says the number."""


def read_reported(line: str) -> tuple[str, Decimal | None]:
    """`Digitalisering (42 %)` or `Digitalisering: 42` as text and percent; `Mål 2 : ?` says that it is unknown.

    Raises Unclear for `Digitalisering 42`. Years and other long numbers belong to the name.
    """
    line = "\t".join(" ".join(part.split()) for part in line.split("\t")).strip()
    if (unknown := UNKNOWN_LAST.fullmatch(line)) and unknown["text"]:
        return unknown["text"], None
    if (told := PERCENT_LAST.fullmatch(line)) and told["text"]:
        return told["text"], _decimal(told)
    apart, last = SET_APART.fullmatch(line), NUMBER_LAST.fullmatch(line)
    if apart and apart["text"] and _decimal(apart) <= WHOLE:
        return apart["text"], _decimal(apart)
    found = apart or last
    if found and found["text"] and len(found["number"]) < len("2027"):
        raise Unclear(found["number"])
    return line, None


def _decimal(found: re.Match[str]) -> Decimal:
    return Decimal(found["number"].replace(",", "."))


def as_reported(text: str, percent: str) -> str:
    """The line that reads back as this text and percent; unknown is empty."""
    if percent:
        return f"{text} {percent} %"
    try:
        is_plain = read_reported(text) == (text, None)
    except Unclear:
        is_plain = False
    return text if is_plain else f"{text}: ?"
