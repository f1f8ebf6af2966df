"""The next load of a lift from what was logged: double progression, breaks, seeds (science.md T-1, T-3, T-6, T-9).

No load is invented: a lift without a log is found by effort. Loads in kg, for dumbbells and kettlebells one hand's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Final, Literal

from agents.domain.strength import DEFAULT_STEP_KG, one_rep_max_kg, round_down_kg, working_load_kg
from agents.domain.training.periods import comeback_share

Decision = Literal["find", "hold", "raise", "lower", "more_reps", "ease_in", "seed"]

UPPER_RISE_KG: Final = 2.5  # T-6
LOWER_RISE_KG: Final = 5.0
LEAST_RISE, MOST_RISE = 0.02, 0.10  # T-6, shares of the load
MISSED_SHARE: Final = 0.9
MORE_REPS: Final = 5  # beyond the range while the next weight is more than a tenth away
MOST_REPS: Final = 20
FAR_REPS: Final = 3  # below the range by more than this: the load belongs to another range


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One logged working or warm-up set; `rir` is None where no effort was said."""

    on: date
    weight_kg: float
    reps: int
    rir: float | None = None


History = Mapping[str, Sequence[DoneSet]]


@dataclass(frozen=True, slots=True)
class Kit:
    """Which loads exist: steps of plates, and the dumbbells one has (() = steps as well)."""

    step_kg: float = DEFAULT_STEP_KG
    dumbbells_kg: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What to aim at: repetitions `reps_min` to `reps_max` with `rir` left."""

    reps_min: int
    reps_max: int
    rir: int


@dataclass(frozen=True, slots=True)
class NextLoad:
    """The load and range to use, why (`decision`), and one sentence for the person. `load_kg` None: find by effort."""

    load_kg: float | None
    target: Target
    decision: Decision
    reason: str


def next_load(
    done: Iterable[DoneSet],
    target: Target,
    *,
    on: date,
    is_lower: bool,
    step_kg: float = DEFAULT_STEP_KG,
    available_kg: Sequence[float] = (),
    may_estimate: bool = True,
) -> NextLoad:
    """T-6 for one exercise on day `on`. Sets on later days and sets without a weight are ignored.

    `may_estimate` False (minors) keeps the estimated maximum out: then only what was lifted counts.
    """
    sessions = _sessions(done, on)
    if not sessions:
        return NextLoad(
            None, target, "find", f"find it by effort: start light, add until {target.rir} good reps are left"
        )
    last_on, last = sessions[-1]
    share = comeback_share((on - last_on).days // 7)
    if share is None:
        reason = f"after the long break find it anew: start light, add until {target.rir} good reps are left"
        return NextLoad(None, target, "find", reason)
    choice = _Choice(target, is_lower, step_kg, tuple(sorted(available_kg)), may_estimate)
    if share < 1:
        eased = choice.rounded(last[0].weight_kg * share)
        return NextLoad(eased, target, "ease_in", f"{1 - share:.0%} less than before your break, to ease in")
    same = [sets for _, sets in sessions[-2:] if sets[0].weight_kg == last[0].weight_kg]
    return choice.after(same)


def _sessions(done: Iterable[DoneSet], on: date) -> list[tuple[date, list[DoneSet]]]:
    """Working sets by day, oldest first: those with the day's heaviest weight, so that ramp sets do not count."""
    days: dict[date, list[DoneSet]] = {}
    for one in done:
        if one.on <= on and one.weight_kg > 0 and one.reps >= 1:
            days.setdefault(one.on, []).append(one)
    result = []
    for day in sorted(days):
        top = max(one.weight_kg for one in days[day])
        result.append((day, [one for one in days[day] if one.weight_kg == top]))
    return result


@dataclass(frozen=True, slots=True)
class _Choice:
    target: Target
    is_lower: bool
    step_kg: float
    available_kg: tuple[float, ...]
    may_estimate: bool

    def after(self, same: list[list[DoneSet]]) -> NextLoad:
        """The decision after the last one or two sessions with the same load."""
        load = same[-1][0].weight_kg
        if all(self._is_elsewhere(sets) for sets in same):
            return self._seed(same[-1])
        if len(same) == 2 and all(map(self._is_top, same)):
            return self._raise(load)
        if len(same) == 2 and all(map(self._is_missed, same)):
            lower = self.rounded(load * MISSED_SHARE)
            return NextLoad(lower, self.target, "lower", "a tenth less, then up again from there")
        return NextLoad(self.rounded(load), self.target, "hold", "same load, aim for one more rep")

    def rounded(self, load_kg: float) -> float | None:
        """T-3: rounded down to what exists."""
        return round_down_kg(load_kg, step_kg=self.step_kg, available_kg=self.available_kg)

    def _is_top(self, sets: list[DoneSet]) -> bool:
        """All sets at the top with the reserve; a reserve nobody stated counts as none."""
        aim = self.target
        return all(one.reps >= aim.reps_max and one.reps + (one.rir or 0) >= aim.reps_max + aim.rir for one in sets)

    def _is_missed(self, sets: list[DoneSet]) -> bool:
        return any(one.reps < self.target.reps_min for one in sets)

    def _is_elsewhere(self, sets: list[DoneSet]) -> bool:
        """Whether these sets were done in another range, so that the load says little about this one."""
        best, worst = max(one.reps for one in sets), min(one.reps for one in sets)
        return best < self.target.reps_min - FAR_REPS or worst > self.target.reps_max + MORE_REPS

    def _seed(self, sets: list[DoneSet]) -> NextLoad:
        """T-3: a first load for a new range from the estimated maximum; without an estimate it is found by effort."""
        found = None
        estimates = [one_rep_max_kg(one.weight_kg, one.reps, rir=one.rir or 0) for one in sets]
        known = [kg for kg in estimates if kg is not None]
        if known and self.may_estimate:
            rpe = 10 - self.target.rir
            found = working_load_kg(
                max(known), self.target.reps_min, rpe=rpe, step_kg=self.step_kg, available_kg=self.available_kg
            )
        if found is None:
            reason = f"new range, find it by effort: add until {self.target.rir} good reps are left"
            return NextLoad(None, self.target, "find", reason)
        return NextLoad(found, self.target, "seed", "from your logged sets; adjust by effort in the first set")

    def _raise(self, load: float) -> NextLoad:
        heavier = self._heavier(load)
        if heavier is not None:
            return NextLoad(
                heavier, self.target, "raise", "all reps with reserve twice: a little heavier, reps start low"
            )
        aim = self.target
        more = Target(aim.reps_min, min(MOST_REPS, aim.reps_max + MORE_REPS), aim.rir)
        return NextLoad(self.rounded(load), more, "more_reps", "the next weight is too big a jump: add reps first")

    def _heavier(self, load: float) -> float | None:
        """T-6: +2.5 kg or +5 kg, no less than 2 % and no more than 10 %; None when no such load exists."""
        wanted = max(LOWER_RISE_KG if self.is_lower else UPPER_RISE_KG, load * LEAST_RISE)
        most = load * (1 + MOST_RISE) + 1e-9
        if self.available_kg:
            heavier = [kg for kg in self.available_kg if load < kg <= most]
            return max((kg for kg in heavier if kg <= load + wanted), default=min(heavier, default=None))
        least = ceil(load * (1 + LEAST_RISE) / self.step_kg - 1e-9) * self.step_kg
        found = round_down_kg(min(max(load + wanted, least), most), step_kg=self.step_kg)
        return found if found is not None and found >= load * (1 + LEAST_RISE) - 1e-9 else None
