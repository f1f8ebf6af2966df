"""What a trigger asks of a day, and the one rule by which several become one (science.md R-9).

The rule, visible to everybody: of each number the strictest counts, nothing is multiplied, and what any trigger forbids
stays forbidden. So the order of the triggers does not matter, and saying the same thing twice changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal

from agents.domain.exercises import Area

Mode = Literal["train", "easy", "recovery", "rest"]
MODES: Final[tuple[Mode, ...]] = ("train", "easy", "recovery", "rest")  # from freest to strictest
EASY_RPE: Final = 6  # T-2: four repetitions and more in reserve

Offer = Literal[
    "earlier_wind_down", "breathing_3_min", "comfort_list", "half_volume", "move_sore_48h", "one_session_fewer",
    "simpler_meals", "fewer_tasks", "ask_what_got_in_the_way", "ask_where", "ask_pain", "ask_complaints", "ask_again",
    "see_clinician", "walk_20_30", "mobility_20_30", "indoor_twin", "rebuild_plan", "pause_plan", "drink_more",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One day made easier. Shares are of the full dose, 1 leaves it alone; no field can make a day harder.

    `fewer_sets` are sets of the whole session (one stays of each lift, unless `may_drop_lifts`), `volume` the share of
    its sets, `time` of its minutes, `load` of its weights. `is_all_sore` stands for soreness without a place.
    `equipment` is all there is today (None: as ever). `lifts_deficit` gives back what the plan holds back (E6).
    """

    mode: Mode = "train"
    fewer_sets: int = 0
    volume: float = 1.0
    time: float = 1.0
    load: float = 1.0
    rpe_cap: int | None = None
    may_drop_lifts: bool = False
    no_intervals: bool = False
    no_outdoors: bool = False
    no_running: bool = False
    sore_muscles: frozenset[str] = frozenset()
    is_all_sore: bool = False
    forbidden_tags: frozenset[str] = frozenset()
    limited_tags: frozenset[str] = frozenset()
    closed_areas: frozenset[Area] = frozenset()
    equipment: frozenset[str] | None = None
    lifts_deficit: bool = False
    offers: tuple[Offer, ...] = ()

    def __post_init__(self) -> None:
        if self.fewer_sets < 0 or not all(0 <= share <= 1 for share in (self.volume, self.time, self.load)):
            raise ValueError("an effect only ever makes a day easier")


NO_EFFECT: Final = Effect()


def strictest(effects: Iterable[Effect]) -> Effect:
    """R-9: the one effect of several; `NO_EFFECT` of none."""
    return reduce(_stricter, effects, NO_EFFECT)


def _stricter(a: Effect, b: Effect) -> Effect:
    caps = [cap for cap in (a.rpe_cap, b.rpe_cap) if cap is not None]
    kits = [kit for kit in (a.equipment, b.equipment) if kit is not None]
    forbidden = a.forbidden_tags | b.forbidden_tags
    return Effect(
        mode=max(a.mode, b.mode, key=MODES.index),
        fewer_sets=max(a.fewer_sets, b.fewer_sets),
        volume=min(a.volume, b.volume),
        time=min(a.time, b.time),
        load=min(a.load, b.load),
        rpe_cap=min(caps, default=None),
        may_drop_lifts=a.may_drop_lifts or b.may_drop_lifts,
        no_intervals=a.no_intervals or b.no_intervals,
        no_outdoors=a.no_outdoors or b.no_outdoors,
        no_running=a.no_running or b.no_running,
        sore_muscles=a.sore_muscles | b.sore_muscles,
        is_all_sore=a.is_all_sore or b.is_all_sore,
        forbidden_tags=forbidden,
        limited_tags=(a.limited_tags | b.limited_tags) - forbidden,
        closed_areas=a.closed_areas | b.closed_areas,
        equipment=frozenset.intersection(*kits) if kits else None,
        lifts_deficit=a.lifts_deficit or b.lifts_deficit,
        offers=tuple(dict.fromkeys((*a.offers, *b.offers))),
    )
