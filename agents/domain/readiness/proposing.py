"""From triggers to the overrides of a day: what holds at once and what is asked (science.md R-10, data-model 5.9).

At most one override of a day is in force and one waits. The waiting one contains the one in force, so that a yes
replaces it and a no leaves it as it is.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from agents.domain.readiness.effect import Effect, strictest
from agents.domain.readiness.override import (
    LEAST_INTENSITY,
    MOST_KCAL,
    MOST_SETS_OFF,
    Answer,
    DecidedBy,
    Override,
    OverrideClosed,
    answered,
    said_no,
)
from agents.domain.readiness.planned_day import PlannedDay, load_after, minutes_after, sets_after
from agents.domain.readiness.trigger import Reason, Trigger
from agents.domain.readiness.verdict import Verdict, verdict


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is in force on a day without a further question, and what waits for an answer; None is nothing."""

    on: date
    standing: Override | None = None
    proposed: Override | None = None


def proposals(
    triggers: Iterable[Trigger | None],
    day: PlannedDay,
    *,
    quiet: Collection[Reason] = (),
    agreed: Collection[Reason] = (),
) -> Proposals:
    """R-10 for one local day. A rest day stays one, and nothing is proposed that would change nothing.

    The reason code of a proposal is the strongest of those that ask, so that a no counts for the right one.

    `agreed` are reasons the person said yes to today, or wants acted on always. A `quiet` reason no longer speaks for
    itself, but counts beside others: the body does not read the answers.
    """
    found = verdict(triggers)
    held = verdict(each for each in found.triggers if each.is_at_once or each.reason in agreed)
    asking = [each.reason for each in found.triggers if each not in held.triggers and each.reason not in quiet]
    standing = _standing(held, day)
    if not asking or day.is_rest_day:
        return Proposals(day.on, standing)
    asked = _override(found, day, reason=asking[0])
    before = standing or _override(verdict(()), day, reason=asking[0])
    return Proposals(day.on, standing, asked if _eased(asked, day) != _eased(before, day) else None)


def safety_part(triggers: Iterable[Trigger], day: PlannedDay) -> Override | None:
    """What stays of a day when everything that asked is turned down or undone."""
    return _standing(verdict(each for each in triggers if each.is_at_once), day)


def placed(overrides: Sequence[Override], new: Proposals) -> tuple[Override, ...]:
    """All overrides after these proposals, old ones with their new status. Placing the same twice changes nothing.

    A waiting one that is no longer proposed is expired; what is in force is undone only where another takes its place.
    """
    result = list(overrides)
    if new.standing is not None and not _has(result, new.standing, "approved"):
        result = [_closed(each, new.on, "approved") for each in result]
        result.append(new.standing)
    proposed = new.proposed
    if proposed is not None and said_no(overrides, proposed):
        proposed = None
    if proposed is None or not _has(result, proposed, "pending"):
        result = [_closed(each, new.on, "pending") for each in result]
        result += [proposed] if proposed is not None else []
    return tuple(result)


def after_answer(
    overrides: Sequence[Override], index: int, answer: Answer, day: PlannedDay, *, by: DecidedBy, on: date
) -> tuple[Override, ...]:
    """All overrides after the answer to the one at `index`; a second tap changes nothing.

    A yes takes the place of what was in force, an undo leaves what belongs to safety. `day` is the plan of that date.
    Raises OverrideClosed for an answer that no longer fits, also for a yes to what lacks a later safety rule.
    """
    override = overrides[index]
    decided = answered(override, answer, by=by, on=on)
    if decided == override:
        return tuple(overrides)
    result = list(overrides)
    if answer == "approve":
        _require_safety(override, overrides)
        result = [_closed(each, override.local_date, "approved") for each in result]
    result[index] = decided
    rest = safety_part(override.triggers, day) if answer == "undo" else None
    return (*result, rest) if rest is not None else tuple(result)


def _require_safety(override: Override, overrides: Sequence[Override]) -> None:
    in_force = [each for each in overrides if each.status == "approved" and each.local_date == override.local_date]
    safety = [trigger.effect for each in in_force for trigger in each.triggers if trigger.is_at_once]
    if replace(strictest((override.effect, *safety)), offers=()) != replace(override.effect, offers=()):
        raise OverrideClosed("decided")


def _has(overrides: Iterable[Override], new: Override, status: str) -> bool:
    return any(each.status == status and each.content == new.content for each in overrides)


def _closed(each: Override, on: date, status: str) -> Override:
    if each.status != status or each.local_date != on:
        return each
    return replace(each, status="expired" if status == "pending" else "undone")


def _standing(held: Verdict, day: PlannedDay) -> Override | None:
    if not held.triggers:
        return None
    by: DecidedBy = "system" if all(each.is_at_once for each in held.triggers) else "user"
    return replace(_override(held, day), status="approved", decided_by=by)


def _override(found: Verdict, day: PlannedDay, *, reason: Reason | None = None) -> Override:
    effect = found.effect
    sets, is_off = sets_after(day, effect), effect.mode in ("recovery", "rest")
    return Override(
        local_date=day.on,
        reason_code=reason or found.triggers[0].reason,
        volume_adj=max(MOST_SETS_OFF, sum(sets) - day.sets),
        intensity=LEAST_INTENSITY if is_off else max(LEAST_INTENSITY, load_after(day, effect)),
        kcal_adj=_kcal(effect, day),
        effect=effect,
        sets=sets,
        minutes=minutes_after(day, effect),
        triggers=found.triggers,
        rules=found.rules,
        level=found.level,
    )


def _kcal(effect: Effect, day: PlannedDay) -> int:
    """E10: nothing is ever taken away; with fever the plan holds nothing back (E6)."""
    return min(MOST_KCAL, max(0, ceil(day.deficit_kcal))) if effect.lifts_deficit else 0


def _eased(override: Override, day: PlannedDay) -> tuple[object, ...]:
    """What of it this day would feel: no interval to leave out, no load to lower, then no change."""
    effect = override.effect
    if effect.mode == "rest":
        return "rest", override.kcal_adj
    is_recovery = effect.mode == "recovery"
    effort = () if day.is_gentle else is_recovery or (override.intensity, effect.rpe_cap, effect.mode)
    return (
        effort, override.sets, override.minutes, override.kcal_adj,
        effect.no_intervals and day.has_intervals and not is_recovery, effect.no_outdoors and day.is_outdoor,
        effect.no_running, effect.forbidden_tags, effect.limited_tags, effect.closed_areas, effect.equipment,
    )  # fmt: skip
