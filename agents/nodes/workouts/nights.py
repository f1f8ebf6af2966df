"""The sleep plan: times, a task for each evening, tiny habits; and the plan as shown."""

from datetime import date, timedelta

from agents.domain import habits, sleep
from agents.domain.changes import PlanHead, SleepPlanMade, TaskDraft
from agents.domain.context import Context
from agents.domain.safety import understood
from agents.domain.turn import Card
from agents.ports import Ports
from agents.state import Line, Part


def make_sleep_plan(context: Context, ports: Ports) -> Part:
    """Sleep times, a task for each evening of the coming week, and tiny habits from tomorrow on."""
    plan = sleep.plan(understood(context.profile))
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
    return habits.choose(understood(context.profile), plan, most=before + 1)


def _habit_tasks(chosen: tuple[habits.Habit, ...], start: date) -> tuple[TaskDraft, ...]:
    """A task a day from tomorrow on: today the moment it is tied to may have passed. No time: the moment is the cue."""
    return tuple(
        TaskDraft(habit.text, "lifestyle", start + timedelta(days=n), None) for n in range(1, 7) for habit in chosen
    )


def show_sleep(context: Context) -> Part:
    """The clock of the sleep plan and its first step."""
    if not any(plan.kind == "sleep" for plan in context.plans):
        return Part("exercise_coach", lines=(Line("no-plan"),))
    plan = sleep.plan(understood(context.profile))
    rows = (
        ("Bed", f"{plan.bed_time:%H:%M}"),
        ("Wind down", f"{plan.wind_down_time:%H:%M}"),
        ("Up", f"{plan.wake_time:%H:%M}"),
        ("Last coffee", f"{plan.last_coffee:%H:%M}"),
    )
    lines = (Line("plain", {"text": plan.rationale}), *(Line("plain", {"text": s.text}) for s in plan.steps[:1]))
    return Part("exercise_coach", lines=lines, cards=(Card("Sleep", ("What", "When"), rows),))
