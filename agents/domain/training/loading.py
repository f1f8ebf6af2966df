"""Loads for the lifts of a session, from the log only (science.md T-3, T-6, T-9, T-31)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from agents.domain.exercises import Exercise
from agents.domain.strength import round_down_kg
from agents.domain.training.framing import with_ramp_loads
from agents.domain.training.periods import Period
from agents.domain.training.progression import DoneSet, Kit, NextLoad, Target, next_load
from agents.domain.training.session import Block
from agents.domain.training.trainee import Trainee

MILD_SHARE: Final = 0.7  # T-31: 30 % less where a mild hurt is touched
LOWER: Final = ("squat", "hinge")


def with_loads(
    blocks: Sequence[Block],
    person: Trainee,
    history: Mapping[str, Sequence[DoneSet]],
    kit: Kit,
    when: Period,
    *,
    on: date,
) -> tuple[Block, ...]:
    """The blocks with a load where one was logged; the ramp of the first lift follows its load (T-8)."""
    loaded = [_loaded(block, person, history, kit, when, on) for block in blocks]
    known = {block.exercise.slug: block.load_kg for block in loaded if block.phase == "main"}
    result = []
    for block in loaded:
        load = known.get(block.exercise.slug) if block.phase == "warm_up" and block.reps_max else None
        result.append(block if load is None else with_ramp_loads(block, load, step_kg=kit.step_kg))
    return tuple(result)


def takes_kg(exercise: Exercise) -> bool:
    """Whether its load is a number of kilograms; a band's is not."""
    return exercise.takes_load and "resistance_bands" not in exercise.equipment


def _loaded(
    block: Block, person: Trainee, history: Mapping[str, Sequence[DoneSet]], kit: Kit, when: Period, on: date
) -> Block:
    done = history.get(block.exercise.slug)
    if block.phase != "main" or not done or not takes_kg(block.exercise) or block.reps_min is None:
        return block
    found = _next(block, person, done, kit, on)
    if found.load_kg is None:
        return replace(block, modifications=(*block.modifications, found.reason))
    available = _available(block.exercise, kit)
    load = min(found.load_kg, _last_kg(done, on)) if when.kind != "build" else found.load_kg  # T-7: the load stays
    if found.decision != "ease_in":
        load *= when.load
    if person.limits.asks_care(block.exercise):
        load *= MILD_SHARE
    rounded = round_down_kg(load, step_kg=kit.step_kg, available_kg=available)
    if rounded is None:
        return block
    reps = found.target.reps_max if when.kind == "build" else block.reps_max
    hint = f"{rounded:g} kg: {found.reason}"
    return replace(block, load_kg=rounded, reps_max=reps, modifications=(*block.modifications, hint))


def _next(block: Block, person: Trainee, done: Sequence[DoneSet], kit: Kit, on: date) -> NextLoad:
    low, high = block.reps_min or 1, block.reps_max or block.reps_min or 1
    return next_load(
        done,
        Target(low, high, block.rir or 0),
        on=on,
        is_lower=block.exercise.family in LOWER,
        step_kg=kit.step_kg,
        available_kg=_available(block.exercise, kit),
        may_estimate=not person.is_minor,
    )


def _available(exercise: Exercise, kit: Kit) -> tuple[float, ...]:
    return kit.dumbbells_kg if "dumbbells" in exercise.equipment else ()


def _last_kg(done: Sequence[DoneSet], on: date) -> float:
    last = max(one.on for one in done if one.on <= on)
    return max(one.weight_kg for one in done if one.on == last)
