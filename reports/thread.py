"""The red thread: statement → need → activity → expected effect → indicator, in both directions, and where it breaks.

An activity that was stopped carries no thread: what hangs on it alone hangs loose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A need; whether any department has been answered about it; how many statements of the viewer's speak for it."""

    pk: int
    title: str
    is_answered: bool = False
    statements: int = 0


@dataclass(frozen=True)
class Activity:
    """An activity with the keys of the needs it answers; `is_key` when it is among the most important."""

    pk: int
    label: str
    is_stopped: bool = False
    needs: frozenset[int] = frozenset()
    is_key: bool = False


@dataclass(frozen=True)
class Effect:
    """What an activity is expected to do to an indicator."""

    activity: int
    indicator: int
    pk: int = 0


@dataclass(frozen=True)
class Indicator:
    pk: int
    name: str


@dataclass(frozen=True)
class Aim:
    """The end of a branch: an expected effect and the indicator it shows in."""

    effect: Effect
    indicator: Indicator


@dataclass(frozen=True)
class Branch:
    """An activity, and what it aims at."""

    activity: Activity
    aims: tuple[Aim, ...]


@dataclass(frozen=True)
class Chain:
    """From a need onwards."""

    need: Need
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Root:
    """An expected effect and the activity behind it, with the needs that the activity answers."""

    effect: Effect
    activity: Activity
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Origin:
    """From an indicator back."""

    indicator: Indicator
    roots: tuple[Root, ...]


@dataclass(frozen=True)
class Breaks:
    """Where the thread is torn."""

    unanswered_needs: tuple[Need, ...]
    loose_activities: tuple[Activity, ...]
    aimless_activities: tuple[Activity, ...]
    unaimed_indicators: tuple[Indicator, ...]

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in vars(self).values())


@dataclass(frozen=True)
class Thread:
    """Everything in both directions. `whole` needs hang together all the way to an indicator.

    Where activities are marked as the most important (`has_key`), only these are asked what they should move.
    """

    chains: tuple[Chain, ...]
    origins: tuple[Origin, ...]
    breaks: Breaks
    stopped: tuple[Activity, ...]
    has_key: bool = False

    @property
    def whole(self) -> int:
        return sum(
            bool(chain.need.statements) and any(branch.aims for branch in chain.branches)
            for chain in self.chains
        )


def weave(
    needs: Sequence[Need],
    activities: Sequence[Activity],
    effects: Iterable[Effect],
    indicators: Sequence[Indicator],
) -> Thread:
    """The thread of a programme, each part in the order given."""
    carrying = [row for row in activities if not row.is_stopped]
    carriers = {row.pk: row for row in carrying}
    has_key = any(row.is_key for row in activities)
    aims = _by_activity(effects, {row.pk: row for row in indicators})
    chains = tuple(
        Chain(
            need, tuple(Branch(row, tuple(aims.get(row.pk, ()))) for row in carrying if need.pk in row.needs)
        )
        for need in needs
    )
    origins = tuple(Origin(row, _roots(row, aims, carriers, needs)) for row in indicators)
    return Thread(
        chains=chains,
        origins=origins,
        breaks=Breaks(
            tuple(chain.need for chain in chains if not chain.branches and not chain.need.is_answered),
            tuple(row for row in carrying if not row.needs),
            tuple(row for row in carrying if not aims.get(row.pk) and (row.is_key or not has_key)),
            tuple(origin.indicator for origin in origins if not origin.roots),
        ),
        stopped=tuple(row for row in activities if row.is_stopped),
        has_key=has_key,
    )


def _by_activity(effects: Iterable[Effect], indicators: dict[int, Indicator]) -> dict[int, list[Aim]]:
    found: dict[int, list[Aim]] = defaultdict(list)
    for effect in effects:
        if effect.indicator in indicators:
            found[effect.activity].append(Aim(effect, indicators[effect.indicator]))
    return found


def _roots(
    indicator: Indicator,
    aims: dict[int, list[Aim]],
    carriers: dict[int, Activity],
    needs: Sequence[Need],
) -> tuple[Root, ...]:
    return tuple(
        Root(aim.effect, activity, tuple(need for need in needs if need.pk in activity.needs))
        for key, activity in carriers.items()
        for aim in aims.get(key, ())
        if aim.indicator == indicator
    )
