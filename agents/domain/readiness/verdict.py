"""One day, all its triggers, one answer: the decision table of science.md R-9.

Reds are counted, of each number the strictest counts, nothing is multiplied.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from agents.domain.readiness.effect import NO_EFFECT, Effect, strictest
from agents.domain.readiness.trigger import Trigger, in_order
from agents.domain.safety.levels import Level, worst

TWO_REDS: Final = Effect(
    volume=0.7, time=0.7, load=0.8, rpe_cap=7, may_drop_lifts=True, no_intervals=True, offers=("half_volume",)
)
THREE_REDS: Final = Effect(
    mode="recovery",
    volume=0.0,
    time=0.0,
    may_drop_lifts=True,
    no_intervals=True,
    offers=("walk_20_30", "mobility_20_30"),
)
_NOTHING: Final[Level] = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a day asks for, from all that fired, strongest first; `level` is the worst of them."""

    triggers: tuple[Trigger, ...]
    effect: Effect
    level: Level

    @property
    def red_count(self) -> int:
        """How many different reds fired."""
        return _reds(self.triggers)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules behind it, each once; R-9 where reds were counted together."""
        together = ("R-9",) if self.red_count > 1 else ()
        return tuple(dict.fromkeys((*(trigger.rule for trigger in self.triggers), *together)))


def verdict(triggers: Iterable[Trigger | None]) -> Verdict:
    """R-9 for these triggers (None is no trigger); the order and the repetition of them do not matter."""
    fired = in_order(each for each in triggers if each is not None)
    effect = strictest((*(each.effect for each in fired), _of_reds(_reds(fired))))
    return Verdict(fired, effect, reduce(worst, (each.level for each in fired), _NOTHING))


def _reds(triggers: Iterable[Trigger]) -> int:
    return len({trigger.reason for trigger in triggers if trigger.is_red})


def _of_reds(count: int) -> Effect:
    return THREE_REDS if count >= 3 else TWO_REDS if count == 2 else NO_EFFECT
