"""The exercise coach: the programme, today's session, sets and activities, and the sleep plan."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

from langgraph.runtime import Runtime

from agents.domain import crockford, habits, sleep
from agents.domain.activity_mets import met_of
from agents.domain.changes import (
    ActivityLogged,
    ExercisePlanMade,
    LoggedSet,
    PlanHead,
    SleepPlanMade,
    TaskDraft,
)
from agents.domain.context import Context, ExerciseView, WorkoutView
from agents.domain.rationale import hides_numbers
from agents.domain.safety import screen
from agents.domain.training import Programme, Session, programme
from agents.domain.turn import Card
from agents.ports import Ports
from agents.schemas import Intent, LogActivity, LogSets, Target
from agents.state import Choice, Line, Part, State

DAYS = 14
STRENGTH_MET = 3.5  # science.md M, strength 8–15 reps
MINUTES_PER_SET = 2.5  # work and rest, for sets that were logged without a duration


async def exercise_coach(state: State, runtime: Runtime[Ports]) -> State:
    """One part for each order about moving or sleeping."""
    context, ports = state["context"], runtime.context
    if context is None:
        raise ValueError("the exercise coach needs a context")
    if state["inbound"].tap:
        return {"parts": [Part("exercise_coach", lines=(Line("stale-button"),))]}
    return {"parts": [await _part(context, order, ports) for order in state["orders"]]}


async def _part(context: Context, order: Intent, ports: Ports) -> Part:
    if order.name == "replan":
        return make_sleep_plan(context, ports) if order.payload == "sleep" else await make_programme(context, ports)
    if order.name == "log_sets":
        return _log_sets(context, order, ports)
    if order.name == "log_activity":
        return _log_activity(context, order, ports)
    if order.name == "sleep_view":
        return _show_sleep(context)
    if order.name in ("swap_exercise", "shorten_workout", "move_workout"):
        return Part("exercise_coach", lines=(Line("bend-workout-how"),))
    return await show(context, order, ports)


async def make_programme(context: Context, ports: Ports) -> Part:
    """Two weeks of sessions inside what the screening allows, or the reason why there are none."""
    profile = context.profile
    is_trained = bool(profile.regular_exercise) and profile.fitness_level in ("intermediate", "advanced")
    screening = screen(profile, wants="vigorous" if is_trained else "moderate", on=context.today)
    made = await asyncio.to_thread(
        programme,
        profile,
        ports.tables.exercises(),
        screening_allowed=screening.allowed,
        start=context.today,
        days=DAYS,
        seed=ports.seed,
    )
    messages = [Line("plain", {"text": message}) for message in screening.messages]
    notes = [Line("plain", {"text": note.message}) for note in made.notes if note.message not in screening.messages]
    level = "caution" if screening.needs_clearance else "none"
    if not made.sessions:
        return Part("exercise_coach", lines=(*messages, *notes), level=level, rules=screening.rules, order=40)
    change = ExercisePlanMade(_head(context, made, ports), made, profile.workout_time)
    head = Line("done-workout-plan", {"count": len(made.sessions), "weeks": DAYS // 7}, (change,))
    return Part(
        "exercise_coach",
        changes=(change,),
        lines=(head, Line("plain", {"text": made.rationale}), *messages, *notes),
        cards=(_session_card(made.sessions[0]),),
        level=level,
        rules=screening.rules,
        order=40,
    )


def _head(context: Context, made: Programme, ports: Ports) -> PlanHead:
    profile = context.profile
    tasks = tuple(
        TaskDraft(f"{s.title} ({s.minutes} min)", "exercise", s.date, profile.workout_time, s.date)
        for s in made.sessions
    )
    return PlanHead(
        name="Training",
        starts_on=context.today,
        duration_weeks=DAYS // 7,
        rationale=made.rationale,
        source_profile_version=profile.version or None,
        made_for="onboarding" if not context.plans else "user_request",
        primary_goal=profile.primary_goal,
        seed=ports.seed,
        findings=tuple((note.rule, note.message) for note in made.notes),
        tasks=tasks,
    )


def _session_card(session: Session) -> Card:
    rows = tuple(
        (b.phase.replace("_", " "), b.exercise.name, _dose(b.sets, b.reps_min, b.reps_max, b.duration_seconds))
        for b in session.exercises
    )
    title = f"{session.date:%A %d %B}: {session.title}, {session.minutes} min"
    return Card(title, ("Part", "Exercise", "Dose"), rows)


def _dose(sets: int | None, low: int | None, high: int | None, seconds: int | None) -> str:
    """ "3 × 8–12", "2 × 30 s", "5 min"."""
    if seconds and seconds >= 120 and (sets or 1) == 1:
        amount = f"{round(seconds / 60)} min"
    elif seconds:
        amount = f"{seconds} s"
    else:
        amount = f"{low}" if low == high else f"{low}–{high}"
    return amount if not sets or (sets == 1 and seconds) else f"{sets} × {amount}"


async def show(context: Context, order: Intent, ports: Ports) -> Part:
    """The session of a day, or the next one."""
    if not any(plan.kind == "exercise" for plan in context.plans):
        key = "no-plan-onboarding" if context.onboarding.is_open else "no-workout-plan"
        return Part("exercise_coach", lines=(Line(key),))
    screening = screen(context.profile, on=context.today)
    if screening.allowed == "none":
        lines = tuple(Line("plain", {"text": message}) for message in screening.messages)
        return Part("exercise_coach", lines=lines, level="caution", rules=screening.rules)
    target = order.payload if isinstance(order.payload, Target) else Target()
    day = target.on or context.today
    sessions = await ports.memory.workouts(day, day + timedelta(days=DAYS))
    if not sessions:
        return Part("exercise_coach", lines=(Line("no-more-workouts"),))
    first = sessions[0]
    key = "workout-head" if first.local_date == day else "workout-next"
    line = Line(key, {"day": first.local_date.strftime("%A %d %B"), "name": first.name, "minutes": first.minutes})
    choices = _done_choice(context, first.local_date)
    return Part("exercise_coach", lines=(line,), cards=(_view_card(first),), choices=choices)


def _done_choice(context: Context, day: date) -> tuple[tuple[Choice, ...], ...]:
    mine = (t for t in context.tasks if t.category == "exercise" and t.due_on == day and t.status == "pending")
    task = next(mine, None)
    if task is None:
        return ()
    return ((Choice("opt-task-done", f"task:done:{crockford.encode(task.id)}", {"task": task.description[:28]}),),)


def _view_card(workout: WorkoutView) -> Card:
    rows = tuple((e.phase.replace("_", " "), e.name, _view_dose(e)) for e in workout.exercises)
    return Card(f"{workout.name}, {workout.minutes} min", ("Part", "Exercise", "Dose"), rows)


def _view_dose(line: ExerciseView) -> str:
    hint = f" ({'; '.join(line.modifications)})" if line.modifications else ""
    return _dose(line.sets, line.reps_min, line.reps_max, line.duration_seconds) + hint


def make_sleep_plan(context: Context, ports: Ports) -> Part:
    """Sleep times, a task for each evening of the coming week, and tiny habits from tomorrow on."""
    plan = sleep.plan(context.profile)
    start = context.today
    evenings = tuple(
        TaskDraft(f"Lights out by {plan.bed_time:%H:%M}", "sleep", start + timedelta(days=n), plan.bed_time)
        for n in range(7)
    )
    chosen = _habits(context, plan)
    head = PlanHead(
        name="Sleep",
        starts_on=start,
        duration_weeks=1,
        rationale=plan.rationale,
        source_profile_version=context.profile.version or None,
        made_for="onboarding" if not context.plans else "user_request",
        primary_goal=context.profile.primary_goal,
        seed=ports.seed,
        findings=tuple((note.rule, note.message) for note in plan.findings),
        tasks=(*evenings, *_habit_tasks(chosen, start)),
    )
    change = SleepPlanMade(head, plan)
    lines = [Line("done-sleep-plan", {}, (change,)), Line("plain", {"text": plan.rationale})]
    lines += [Line("plain", {"text": note.message}) for note in plan.findings if note.message not in plan.rationale]
    lines += [Line("habit-from-tomorrow", {"habit": habit.text}) for habit in chosen[-1:]]
    return Part("exercise_coach", changes=(change,), lines=tuple(lines), order=45)


def _habits(context: Context, plan: sleep.SleepPlan) -> tuple[habits.Habit, ...]:
    """One habit at a time (B-2): the first sleep plan brings one, each later one another, up to three."""
    before = max((made.version for made in context.plans if made.kind == "sleep"), default=0)
    return habits.choose(context.profile, plan, most=before + 1)


def _habit_tasks(chosen: tuple[habits.Habit, ...], start: date) -> tuple[TaskDraft, ...]:
    """A task a day from tomorrow on: today the moment it is tied to may have passed. No time: the moment is the cue."""
    return tuple(
        TaskDraft(habit.text, "lifestyle", start + timedelta(days=n), None) for n in range(1, 7) for habit in chosen
    )


def _show_sleep(context: Context) -> Part:
    if not any(plan.kind == "sleep" for plan in context.plans):
        return Part("exercise_coach", lines=(Line("no-plan"),))
    plan = sleep.plan(context.profile)
    rows = (
        ("Bed", f"{plan.bed_time:%H:%M}"),
        ("Wind down", f"{plan.wind_down_time:%H:%M}"),
        ("Up", f"{plan.wake_time:%H:%M}"),
        ("Last coffee", f"{plan.last_coffee:%H:%M}"),
    )
    lines = (Line("plain", {"text": plan.rationale}), *(Line("plain", {"text": s.text}) for s in plan.steps[:1]))
    return Part("exercise_coach", lines=lines, cards=(Card("Sleep", ("What", "When"), rows),))


def _log_sets(context: Context, order: Intent, ports: Ports) -> Part:
    said = order.payload
    if not isinstance(said, LogSets) or not said.entries:
        return Part("exercise_coach", lines=(Line("sets-how"),))
    rows: list[LoggedSet] = []
    name = "exercise"
    positions: dict[str, int] = {}
    counts: dict[str, int] = {}
    for entry in said.entries:
        name = entry.exercise or name
        position = positions.setdefault(name, len(positions) + 1)
        for _ in range(min(entry.sets, 20)):
            counts[name] = counts.get(name, 0) + 1
            rows.append(
                LoggedSet(
                    exercise_name=name,
                    position=position,
                    set_number=counts[name],
                    reps=entry.reps,
                    weight_kg=entry.weight_kg,
                    rpe=entry.rpe,
                    duration_seconds=entry.duration_seconds,
                    distance_m=entry.distance_m,
                )
            )
    minutes = round(len(rows) * MINUTES_PER_SET, 1)
    change = ActivityLogged(
        ports.new_id(),
        "strength",
        ", ".join(positions)[:120],
        context.now,
        context.today,
        minutes,
        _kcal(STRENGTH_MET, minutes, context),
        STRENGTH_MET,
        None,
        tuple(rows),
    )
    line = Line("done-sets", {"count": len(rows), "names": ", ".join(positions)}, (change,))
    return Part("exercise_coach", changes=(change,), lines=(line,), choices=_undo(change.id))


def _log_activity(context: Context, order: Intent, ports: Ports) -> Part:
    said = order.payload
    if not isinstance(said, LogActivity):
        return Part("exercise_coach", lines=(Line("activity-how"),))
    known = met_of(said.activity, minutes=said.minutes, distance_m=said.distance_m, effort=said.effort)
    kcal = _kcal(known.met, said.minutes, context) if said.minutes else None
    change = ActivityLogged(
        ports.new_id(),
        known.category,
        said.activity[:120],
        context.now,
        context.today,
        said.minutes,
        kcal,
        known.met,
        said.distance_m,
    )
    minutes = f"{said.minutes:g} min" if said.minutes else ""
    distance = f"{said.distance_m / 1000:g} km" if said.distance_m else ""
    amount = ", ".join(filter(None, (distance, minutes))) or "noted"
    lines = [Line("done-activity", {"name": said.activity, "amount": amount}, (change,))]
    if kcal and not hides_numbers(context.profile):
        lines.append(Line("activity-kcal", {"kcal": str(kcal)}))
    return Part("exercise_coach", changes=(change,), lines=tuple(lines), choices=_undo(change.id))


def _kcal(met: float, minutes: float | None, context: Context) -> int | None:
    """Gross energy, science.md M-1: MET · kg · h."""
    weight = context.profile.weight_kg
    return round(met * weight * minutes / 60) if weight and minutes else None


def _undo(row_id: UUID) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("opt-undo", f"undo:log:activity:{crockford.encode(row_id)}"),),)
