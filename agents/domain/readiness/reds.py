"""The reds of a day, each with what it asks for alone, and the ambers that are only named (science.md R-2 to R-4, R-8).

The marks are strict: 6.0 hours, a quality of 5, a stress or soreness of 7 do not fire. None of them touches food (E10).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from agents.domain.readiness.baselines import BodySignals, usual
from agents.domain.readiness.effect import Effect
from agents.domain.readiness.state import DayState
from agents.domain.readiness.trigger import Trigger

SLEEP_HOURS, SLEEP_QUALITY = 6.0, 5.0  # below these
STRESS, SORENESS = 7.0, 7.0  # above these
GOOD_NIGHT_HOURS: Final = 7.0
LOW_ENERGY: Final = 3.0  # "low"
FEWER_SETS: Final = 2
LOAD: Final = 0.9
CYCLE_SYMPTOMS: Final = frozenset({"cramps", "heavy_flow", "fatigue"})  # C-3

Measured = Literal["sleep_hours", "sleep_quality", "stress", "soreness", "energy"]
_WORSE_UPWARDS: Final[frozenset[Measured]] = frozenset({"stress", "soreness"})
_MEASURED: Final[tuple[Measured, ...]] = ("sleep_hours", "sleep_quality", "stress", "soreness", "energy")
_ONE_RED: Final = Effect(load=LOAD, no_intervals=True)


@dataclass(frozen=True, slots=True)
class Amber:
    """Worth a word, never a change: close to a mark, or unusual for this person. `usual` is their own mean."""

    measure: Measured
    value: float
    usual: float | None = None


def reds(state: DayState, signals: BodySignals | None = None) -> tuple[Trigger, ...]:
    """Every red of this day, R-2 first. What was not answered fires nothing."""
    return tuple(_reds(state, signals or BodySignals()))


def is_poor_night(state: DayState) -> bool:
    """R-2: under 6 hours, or a quality under 5."""
    return _below(state.sleep_hours, SLEEP_HOURS) or _below(state.sleep_quality, SLEEP_QUALITY)


def ambers(state: DayState, history: Mapping[date, DayState], *, on: date) -> tuple[Amber, ...]:
    """What is no red but close to one, or worse than usual by more than a standard deviation and a whole point.

    `history` are the days before `on`; at least 14 of the last 28 must have an answer to call anything usual.
    """
    red = {name for trigger in reds(state) for name, _ in trigger.evidence}
    return tuple(
        found
        for measure in _MEASURED
        if measure not in red and (found := _amber(measure, getattr(state, measure), history, on))
    )


def _reds(state: DayState, signals: BodySignals) -> Iterator[Trigger]:
    if is_poor_night(state):
        effect = Effect(fewer_sets=FEWER_SETS, load=LOAD, no_intervals=True, offers=("earlier_wind_down",))
        yield Trigger("poor_sleep", "R-2", effect, _evidence(state, "sleep_hours", "sleep_quality"))
    if _above(state.stress, STRESS):
        effect = Effect(load=LOAD, no_intervals=True, offers=("breathing_3_min",))
        yield Trigger("high_stress", "R-3", effect, _evidence(state, "stress"))
    if _above(state.soreness, SORENESS):
        yield Trigger("high_soreness", "R-4", _sore(state.sore_muscles), _evidence(state, "soreness"))
    symptoms = state.cycle_symptoms & CYCLE_SYMPTOMS
    if symptoms:
        effect = Effect(load=LOAD, no_intervals=True, offers=("comfort_list",))
        yield Trigger("cycle_symptoms", "C-3", effect, tuple((name, "yes") for name in sorted(symptoms)))
    if signals.is_red:
        yield Trigger("body_signals", "R-8", _ONE_RED, tuple(_signal_evidence(signals)))


def _sore(muscles: frozenset[str]) -> Effect:
    return Effect(sore_muscles=muscles, is_all_sore=not muscles, offers=("move_sore_48h",))


def _signal_evidence(signals: BodySignals) -> Iterator[tuple[str, float]]:
    if signals.is_hrv_low and signals.recent_ln_rmssd is not None and signals.hrv_limit is not None:
        yield from (("ln_rmssd_7_days", signals.recent_ln_rmssd), ("ln_rmssd_limit", signals.hrv_limit))
    if signals.is_pulse_high and signals.pulse is not None and signals.pulse_limit is not None:
        yield from (("resting_pulse", signals.pulse), ("resting_pulse_limit", signals.pulse_limit))


def _evidence(state: DayState, *measures: Measured) -> tuple[tuple[str, float | str], ...]:
    values = ((name, getattr(state, name)) for name in measures)
    return tuple((name, value) for name, value in values if value is not None)


def _amber(measure: Measured, value: float | None, history: Mapping[date, DayState], on: date) -> Amber | None:
    if value is None:
        return None
    known = {day: score for day, each in history.items() if (score := getattr(each, measure)) is not None}
    before = usual(known, until=on - timedelta(days=1))
    worse = 0.0 if before is None else (value - before.mean) * (1 if measure in _WORSE_UPWARDS else -1)
    if before is not None and worse > max(before.sd, 1.0):
        return Amber(measure, value, before.mean)
    return Amber(measure, value) if _is_close(measure, value) else None


def _is_close(measure: Measured, value: float) -> bool:
    limits: dict[Measured, bool] = {
        "sleep_hours": value < GOOD_NIGHT_HOURS,
        "sleep_quality": value <= SLEEP_QUALITY,
        "stress": value >= STRESS,
        "soreness": value >= SORENESS,
        "energy": value <= LOW_ENERGY,
    }
    return limits[measure]


def _below(value: float | None, mark: float) -> bool:
    return value is not None and value < mark


def _above(value: float | None, mark: float) -> bool:
    return value is not None and value > mark
