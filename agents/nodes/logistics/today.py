"""Today and the week at a glance."""

import re
from datetime import time, timedelta

from agents.domain.blocks import Checklist, Details
from agents.domain.context import Context, PlannedMealView, Task, WorkoutView
from agents.domain.crockford import encode
from agents.domain.protein import is_for_clinician
from agents.domain.rationale import hides_numbers
from agents.domain.turn import Card
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

_IS_DONE = {"pending": False, "completed": True}
_CALENDAR = ((Choice("opt-calendar", "view:calendar"),),)


async def today(context: Context, order: Intent, ports: Ports) -> Part:
    """Workout, meals and tasks of the local day, with buttons for what is open."""
    if not context.plans:
        return no_plan(context)
    open_tasks = [task for task in context.tasks if task.status == "pending" and task.due_on <= context.today]
    lines = [Line("today-head", {"day": context.today.strftime("%A %d %B")})]
    lines += _target_line(context)
    lines.append(Line("today-open", {"count": len(open_tasks)}))
    cards = [card for card in (_plan_card(context), _task_card(context)) if card.rows]
    return Part("logistics", lines=tuple(lines), cards=tuple(cards), choices=task_choices(open_tasks))


def no_plan(context: Context) -> Part:
    """What is said before the first plan."""
    key = "no-plan-onboarding" if context.onboarding.is_open else "no-plan"
    return Part("logistics", lines=(Line(key),))


def _plan_card(context: Context) -> Card:
    timed = [(w.at or time.max, workout_row(w)) for w in context.workouts]
    hidden = hides_numbers(context.profile)
    timed += [(m.at or time.max, meal_row(m, is_hidden=hidden)) for m in context.meals]
    rows = tuple(row for _, row in sorted(timed, key=lambda pair: pair[0]))
    return Card("Plan", ("Time", "What", "Detail"), rows)


def workout_row(workout: WorkoutView) -> tuple[str, str, str]:
    """A session as a row."""
    at = workout.at.strftime("%H:%M") if workout.at else "any time"
    return (at, workout.name, f"{workout.minutes} min, {workout.intensity}")


def meal_row(meal: PlannedMealView, *, is_hidden: bool) -> tuple[str, str, str]:
    """A meal as a row; without calories for those who do not want to see them (F30)."""
    at = meal.at.strftime("%H:%M") if meal.at else "–"
    energy = "" if is_hidden else f"{meal.kcal:.0f} kcal"
    return (at, f"{meal.slot.replace('_', ' ').capitalize()}: {meal.name}", energy)


def _task_card(context: Context) -> Checklist:
    """What is done and what is open; what was let go carries the word for it instead of a box."""
    rows = tuple(
        (str(number), task.description, _by(task)) for number, task in enumerate(context.tasks, start=1)
    )  # fmt: skip
    return Checklist("Tasks", ("#", "Task", "By"), rows, tuple(_IS_DONE.get(task.status) for task in context.tasks))


def _by(task: Task) -> str:
    if task.status not in _IS_DONE:
        return task.status
    return task.due_time.strftime("%H:%M") if task.due_time else ""


def task_choices(tasks: list[Task]) -> tuple[tuple[Choice, ...], ...]:
    """Done, skip and snooze for each of the first few open tasks."""
    return tuple(
        (
            Choice("opt-task-done", f"task:done:{encode(task.id)}", {"task": task.description[:28]}),
            Choice("opt-task-skip", f"task:skip:{encode(task.id)}"),
            Choice("opt-task-snooze", f"task:snooze:{encode(task.id)}"),
        )
        for task in tasks[:4]
    )


async def plan(context: Context, order: Intent, ports: Ports) -> Part:
    """The coming seven days, a line a day, and why the plan is as it is."""
    if not context.plans:
        return no_plan(context)
    start, end = context.today, context.today + timedelta(days=6)
    meals = await ports.memory.meals(start, end)
    workouts = await ports.memory.workouts(start, end)
    rows = []
    for offset in range(7):
        day = start + timedelta(days=offset)
        session = ", ".join(f"{w.name} ({w.minutes} min)" for w in workouts if w.local_date == day) or "rest"
        dishes = "\n".join(_dish(m) for m in meals if m.local_date == day) or "planned when this week is over"
        rows.append((day.strftime("%a %d %b"), session, dishes))
    lines = tuple(Line("plain", {"text": plan.rationale}) for plan in context.plans if plan.rationale)
    week = Details("Your week", ("Day", "Training", "Meals"), tuple(rows), shown=2)
    return Part("logistics", lines=lines, cards=(week,), choices=_CALENDAR)


def _dish(meal: PlannedMealView) -> str:
    return f"{meal.at:%H:%M} {meal.name}" if meal.at else meal.name


_EATING = (
    r"protein|carb\w*|fats?|fibre|fiber|calori\w*|kcal|energy|macros?|eat\w*|meals?|food|diet|menu|breakfast|lunch|dinner|"
    r"snacks?|deficit|surplus|water"
)
_MOVING = r"train\w*|work ?outs?|exercis\w*|sessions?|sets?|reps?|lift\w*|runs?|running|cardio|strength|rest days?|gym"
_RESTING = r"sleep\w*|bed(?: ?times?)?|wake"
_ABOUT = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in (("nutrition", _EATING), ("exercise", _MOVING), ("sleep", _RESTING))
}


async def why(context: Context, order: Intent, ports: Ports) -> Part:
    """The reasons stored with the active plans; of those that the question names, when it names some."""
    words = order.payload.words if isinstance(order.payload, Target) else ""
    named = {kind for kind, about in _ABOUT.items() if about.search(words)}
    reasons = [(plan.kind, plan.rationale) for plan in context.plans if plan.rationale]
    wanted = [text for kind, text in reasons if kind in named] or [text for _, text in reasons]
    lines = tuple(Line("plain", {"text": text}) for text in wanted)
    return Part("logistics", lines=lines) if lines else no_plan(context)


async def goals(context: Context, order: Intent, ports: Ports) -> Part:
    """The goal in words."""
    profile = context.profile
    if profile.primary_goal is None:
        return Part("logistics", lines=(Line("goal-none"),))
    args = {"goal": profile.primary_goal.replace("_", " ")}
    lines = list(_target_line(context))
    if profile.target_weight_kg and not hides_numbers(profile):
        lines.insert(0, Line("goal-weight", {**args, "kg": f"{profile.target_weight_kg:.1f}"}))
        return Part("logistics", lines=tuple(lines))
    return Part("logistics", lines=(Line("goal-plain", args), *lines))


def _target_line(context: Context) -> tuple[Line, ...]:
    """The daily figures, for those who want to see them; no protein where a clinician sets it (N-3)."""
    aim = context.targets
    if aim is None or hides_numbers(context.profile):
        return ()
    if is_for_clinician(context.profile):
        return (Line("today-energy", {"kcal": str(aim.kcal)}),)
    return (Line("today-target", {"kcal": str(aim.kcal), "protein": f"{aim.protein_g:.0f}"}),)
