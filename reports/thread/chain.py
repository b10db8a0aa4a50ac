"""The red thread: statement → need → activity → expected effect → indicator, in both directions, and where it breaks.

An activity that was stopped carries no thread: what hangs on it alone hangs loose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """A need; how many departments raised it, and how many of them have an answer; how many statements of the
    viewer's speak for it."""

    pk: int
    title: str
    raised: int = 0
    answered: int = 0
    statements: int = 0

    @property
    def is_answered(self) -> bool:
        """To everybody that raised it; where nobody did, whether it is answered at all."""
        return self.answered >= max(self.raised, 1)


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

    @property
    def is_aimed(self) -> bool:
        return any(branch.aims for branch in self.branches)


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

    Where activities are marked as the most important (`has_key`), only these are asked what they should move;
    `unasked` are the others of which nothing is expected, told and not counted as breaks.
    """

    chains: tuple[Chain, ...]
    origins: tuple[Origin, ...]
    breaks: Breaks
    stopped: tuple[Activity, ...]
    unasked: tuple[Activity, ...] = ()
    has_key: bool = False

    @property
    def whole(self) -> int:
        return sum(chain.is_aimed and bool(chain.need.statements) for chain in self.chains)

    @property
    def effectless(self) -> tuple[Need, ...]:
        """Needs with activities, none of which is expected to move an indicator."""
        return tuple(chain.need for chain in self.chains if chain.branches and not chain.is_aimed)

    @property
    def unspoken(self) -> tuple[Need, ...]:
        """Needs that reach an indicator, and that no statement of the viewer's speaks for."""
        return tuple(chain.need for chain in self.chains if chain.is_aimed and not chain.need.statements)

    @property
    def settled(self) -> tuple[Need, ...]:
        """Needs without activity where all have been answered. With the three above and those that are torn, each
        need is told of once."""
        return tuple(chain.need for chain in self.chains if not chain.branches and chain.need.is_answered)


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
    aimless = [row for row in carrying if not aims.get(row.pk)]
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
            tuple(row for row in aimless if row.is_key or not has_key),
            tuple(origin.indicator for origin in origins if not origin.roots),
        ),
        stopped=tuple(row for row in activities if row.is_stopped),
        unasked=tuple(row for row in aimless if has_key and not row.is_key),
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
