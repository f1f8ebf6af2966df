"""What a due reminder says: catalogue keys and figures, chosen from the plan of the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agents.domain.achievements import Achievement
from agents.domain.blocks import Block
from agents.domain.clock_minutes import minutes_between
from agents.domain.context import Context
from agents.domain.safety import screen
from agents.domain.schedule import WORKOUT_LEAD_MINUTES

Scalar = str | int | float
TIPS = 7
QUIET_MINUTES = 60  # after waking


@dataclass(frozen=True, slots=True)
class PushLine:
    """One sentence of a reminder by its catalogue key."""

    key: str
    args: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Push:
    """The lines of a reminder, or that it is not needed now (the workout is done, the plan is empty)."""

    lines: tuple[PushLine, ...] = ()
    agent: Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"] = "logistics"
    is_needed: bool = True
    cards: tuple[Block, ...] = ()
    earned: tuple[Achievement, ...] = ()  # new with this message


def is_quiet(kind: str, context: Context) -> bool:
    """Whether it comes without a sound: water; and what the person did not set in the hour after waking (TG-17)."""
    woke = context.profile.wake_time
    if kind == "hydration" or woke is None:
        return kind == "hydration"
    return kind != "custom" and minutes_between(woke, context.local_now.time()) < QUIET_MINUTES


def push_of(kind: str, title: str, context: Context) -> Push:
    """The words for one due reminder of this person."""
    if kind == "morning_brief":
        return _morning(context)
    if kind == "meal":
        return _meal(title, context)
    if kind == "workout":
        return _workout(context)
    if kind == "bedtime":
        bed = context.profile.bed_time
        line = PushLine("push-bedtime", {"at": f"{bed:%H:%M}"}) if bed else PushLine("push-bedtime-plain", {})
        return Push((line,), "exercise_coach")
    if kind == "hydration":
        return Push((PushLine("push-hydration", {}),), "meal_planner")
    if kind == "check_in":
        return Push((PushLine("push-check_in", {}),))
    if kind == "onboarding_resume":
        return Push((PushLine("push-onboarding_resume", {}),), "intake_safety", context.onboarding.is_open)
    return Push((PushLine("push-custom" if kind == "custom" else "push-other", {"title": title}),))


def _morning(context: Context) -> Push:
    lines = [PushLine("push-morning_brief", {"day": f"{context.today:%A %d %B}"})]
    if context.workouts:
        first = context.workouts[0]
        at = f" at {first.at:%H:%M}" if first.at else ""
        lines.append(PushLine("push-morning-workout", {"name": first.name, "minutes": first.minutes, "at": at}))
    elif any(plan.kind == "exercise" for plan in context.plans):
        lines.append(PushLine("push-morning-rest", {}))
    if context.meals:
        lines.append(PushLine("push-morning-meals", {"meals": ", ".join(meal.name for meal in context.meals)}))
    open_today = (t for t in context.tasks if t.status == "pending" and t.due_on == context.today)
    others = [task.description for task in open_today if task.category != "exercise"]
    if others:
        lines.append(PushLine("push-morning-tasks", {"tasks": ", ".join(others[:4])}))
    lines.append(PushLine(f"tip-{context.today.toordinal() % TIPS}", {}))
    return Push(tuple(lines))


def _meal(slot: str, context: Context) -> Push:
    """The planned dish of this slot."""
    name = next((meal.name for meal in context.meals if meal.slot == slot), None)
    words = slot.replace("_", " ").capitalize() or "Meal"
    if name is None:
        return Push((PushLine("push-meal-plain", {"slot": words}),), "meal_planner")
    return Push((PushLine("push-meal", {"slot": words, "name": name}),), "meal_planner")


def _workout(context: Context) -> Push:
    open_ones = [w for w in context.workouts if w.status in ("planned", "in_progress")]
    if screen(context.profile, on=context.today).allowed == "none":
        open_ones = []  # training waits for a clinician (S-8, S-102)
    if not open_ones:
        return Push((), "exercise_coach", is_needed=False)
    first = open_ones[0]
    args: dict[str, Scalar] = {"name": first.name, "minutes": first.minutes, "lead": WORKOUT_LEAD_MINUTES}
    return Push((PushLine("push-workout", args),), "exercise_coach")
