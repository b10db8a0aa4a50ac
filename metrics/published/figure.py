"""One published figure, and what it counts."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Vector = tuple[int, ...]
Slot = tuple[str, str, str]  # group, breakdown, category
Period = tuple[dt.date, dt.date]
Layer = Literal["answers", "positive", "answered", "amount", "alone", "none"]

HALF: Vector = (0, 0, 0, 1, 1)  # of the answers 1–5, the positive ones
OTHERS: Vector = (1, 1, 1, 0, 0)
POINTS: Vector = (0, 1, 2, 3, 4)  # of a mean on the scale 1–5, above its lowest
STEPS = 4
STATEMENTS = 9  # of an index
HUNDREDTHS = 100


@dataclass(frozen=True)
class Figure:
    """`group`: "" the whole, "d…" a department, "u…" a unit, "p…" a predecessor. `subject`: the indicator's.
    `is_out`: it stands in a frozen report."""

    key: int
    indicator: int
    kind: str
    subject: str
    first: dt.date
    last: dt.date
    period_kind: str = "point"
    group: str = ""
    breakdown: str = ""
    category: str = ""
    revision: int = 1
    index: int | None = None
    value: Decimal | None = None
    positive: int | None = None
    answered: int | None = None
    invited: int | None = None
    no_opinion: int = 0
    distribution: Vector | None = None
    is_approximate: bool = False
    is_out: bool = False

    @property
    def slot(self) -> Slot:
        return self.group, self.breakdown, self.category

    @property
    def period(self) -> Period:
        return self.first, self.last

    @property
    def months(self) -> int:
        """Whole months, at least one: what a rate of so long a period is the mean of."""
        return max(1, round((self.last - self.first).days / 30.4))


@dataclass(frozen=True)
class Measure:
    """What a figure counts. `most`: what one person can add to an amount, None where nobody can say."""

    layer: Layer
    counts: Vector = ()
    behind: int | None = None
    most: int | None = None
    invited: int | None = None


NOTHING = Measure("none")


@dataclass(frozen=True)
class Basis:
    """How an indicator's figures are counted, the same for all of them. `is_census`: everybody is counted, so that
    the number of people is public; `is_on_scale`: means lie on 1–5; `has_numbers`: counts say of how many."""

    is_census: bool
    is_on_scale: bool
    has_numbers: bool


def measured(figure: Figure, number: int | None, basis: Basis) -> Measure:
    """`number`: people behind it, given or assumed."""
    if figure.distribution is not None:
        asked = None if figure.invited is None else figure.invited - figure.no_opinion
        return Measure("answers", figure.distribution, invited=asked)
    if figure.kind == "median":
        return Measure("alone", () if number is None else (number,))
    if figure.positive is not None and figure.answered is not None:
        return _share(figure, figure.positive, figure.answered, basis)
    if figure.value is None:
        return NOTHING if figure.answered is None else Measure("answered", (figure.answered,))
    if figure.kind == "count":
        return _count(figure, figure.value, basis)
    if number is None:
        return NOTHING
    return _valued(figure, figure.value, number, basis)


def _share(figure: Figure, positive: int, number: int, basis: Basis) -> Measure:
    if not basis.is_census:
        return Measure("positive", (positive, number - positive), invited=figure.invited)
    each = HUNDREDTHS * figure.months if figure.kind == "rate" else 1
    return Measure("amount", (positive * each,), number, each)


def _count(figure: Figure, value: Decimal, basis: Basis) -> Measure:
    """A number of people, whatever unit it has been given."""
    count = max(0, rounded(value))
    if basis.has_numbers and figure.answered is not None:
        return Measure("amount", (count,), figure.answered, 1)
    return Measure("answered", (count,))


def _valued(figure: Figure, value: Decimal, number: int, basis: Basis) -> Measure:
    is_share = figure.kind in ("share", "rate")
    if value < 0 or (is_share and value > 1):
        return Measure("alone", (number,))
    if is_share and (figure.kind == "share" or not basis.is_census):
        return _share(figure, rounded(value * number), number, basis)
    each, most = value, None
    if figure.kind == "rate":
        each, most = value * HUNDREDTHS * figure.months, HUNDREDTHS * figure.months
    elif figure.kind == "index":
        each, most = value * STATEMENTS * STEPS / HUNDREDTHS, STATEMENTS * STEPS
    elif basis.is_on_scale:
        each, most = value - 1, STEPS
    return Measure("amount", (rounded(each * number),), number, most)


def rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def projection(finer: Layer, coarser: Layer, is_mean: bool) -> tuple[Vector, ...] | None:
    """How the coarser counts follow from the finer, a row of weights each; None where they do not."""
    if finer == "answers":
        amount = (POINTS,) if is_mean else (HALF,)
        found = {"positive": (HALF, OTHERS), "answered": ((1,) * 5,), "amount": amount}
    elif finer == "positive" and not is_mean:
        found = {"answered": ((1, 1),), "amount": ((1, 0),)}
    else:
        found = {"answered": ((1, 1),)} if finer == "positive" else {}
    return found.get(coarser)
