"""What somebody has typed of a value: what follows from it, and what contradicts itself. Pure.

Shares are fractions of one. A distribution 1–5 gives the number of answers, of positive ones (4 and 5, as everywhere)
and, for a mean or median, the value; what is typed beside it must agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from metrics.movement.answers import Answers

Counts = tuple[int, int, int, int, int]
STEPS = ("ones", "twos", "threes", "fours", "fives")
KEPT = Decimal("0.0001")  # as many decimals as are stored
NEAR = Decimal("0.05")  # sources print means with one decimal


@dataclass(frozen=True)
class Typed:
    """A value as typed. `kind` is the indicator's; `steps` holds how many answered each of 1–5, None where nothing is
    typed; `on_scale` says that the indicator's means lie on the scale 1–5."""

    kind: str
    value: Decimal | None = None
    positive: int | None = None
    answered: int | None = None
    invited: int | None = None
    steps: tuple[int | None, ...] = (None,) * 5
    no_opinion: int | None = None
    words: str = ""
    missing_reason: str = ""
    on_scale: bool = False

    @property
    def counts(self) -> Counts | None:
        """The whole distribution, or None."""
        one, two, three, four, five = self.steps
        if one is None or two is None or three is None or four is None or five is None:
            return None
        return one, two, three, four, five


@dataclass(frozen=True)
class Fault:
    """What does not add up, at which field; `number` is what it should have been, where that is known."""

    field: str
    key: str
    number: Decimal | int | None = None


def completed(typed: Typed) -> Typed:
    """With what the distribution gives."""
    if typed.counts is None:
        return typed
    answers = Answers(typed.counts)
    value = {"mean": answers.mean, "median": answers.median}.get(typed.kind, typed.value)
    kept = None if value is None else value.quantize(KEPT)
    return replace(typed, positive=answers.positive, answered=answers.answered, value=kept)


def faults(typed: Typed) -> list[Fault]:
    """Everything that contradicts itself, each at its place."""
    return [*_of_distribution(typed), *_of_counts(completed(typed)), *_of_value(typed), *_of_nothing(typed)]


def _of_distribution(typed: Typed) -> Iterator[Fault]:
    given = [count for count in typed.steps if count is not None]
    if given and len(given) < len(typed.steps):
        yield Fault(STEPS[typed.steps.index(None)], "all_five")
    if typed.counts is None:
        return
    derived = completed(typed)
    for name in ("positive", "answered"):
        typed_count, count = getattr(typed, name), getattr(derived, name)
        if typed_count is not None and typed_count != count:
            yield Fault(name, f"{name}_disagrees", count)
    if typed.kind in ("mean", "median") and typed.value is not None and derived.value is not None:
        if abs(typed.value - derived.value) > NEAR:
            yield Fault("value", "value_disagrees", derived.value)
    elif typed.value is not None:
        yield Fault("value", "counts_and_value")


def _of_counts(typed: Typed) -> Iterator[Fault]:
    if typed.positive is not None and typed.answered is None:
        yield Fault("answered", "answered_wanted")
    if typed.positive is not None and typed.answered is not None and typed.positive > typed.answered:
        yield Fault("positive", "positive_above_answered", typed.answered)
    heard = (typed.answered or 0) + (typed.no_opinion or 0)
    if typed.invited is not None and typed.answered is not None and heard > typed.invited:
        yield Fault("invited", "invited_below_answered", heard)


def _of_value(typed: Typed) -> Iterator[Fault]:
    if typed.value is None:
        if typed.words and typed.positive is None and typed.counts is None:
            yield Fault("value", "words_without_value")
        return
    if typed.counts is None and typed.positive is not None:
        yield Fault("value", "counts_and_value")
    if typed.kind == "index" and not 0 <= typed.value <= 100:
        yield Fault("value", "index_outside")
    if typed.kind in ("mean", "median") and typed.on_scale and not 1 <= typed.value <= 5:
        yield Fault("value", "mean_outside")
    if typed.kind == "count" and typed.value < 0:
        yield Fault("value", "count_below_nought")


def _of_nothing(typed: Typed) -> Iterator[Fault]:
    said = (
        typed.value is not None or typed.positive is not None or any(step is not None for step in typed.steps)
    )
    if said and typed.missing_reason:
        yield Fault("missing_reason", "missing_and_there")
    if not said and not typed.missing_reason and not typed.words:
        alone = "positive" if typed.kind == "share" else "value"
        yield Fault("" if typed.answered is None else alone, "nothing")
