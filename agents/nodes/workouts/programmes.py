"""A new programme: inside what the profile allows, with loads and the week of the course from the record."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Final

from agents.domain.changes import ExercisePlanMade, PlanHead, TaskDraft
from agents.domain.context import Context
from agents.domain.exercises import Library
from agents.domain.safety import Finding, Findings, profile_findings
from agents.domain.training import Programme, programme, shorten
from agents.domain.training.record import TrainingRecord, course_of
from agents.domain.training.trainee import DEFAULT_MINUTES, MAX_MINUTES, MIN_MINUTES
from agents.nodes.workouts.sessions import session_card
from agents.ports import Ports
from agents.state import Line, Part

DAYS: Final = 14
FOOD_RULES: Final = ("E", "K", "N", "S-133", "S-181")  # the meal planner tells these with its targets


async def make_programme(context: Context, ports: Ports) -> Part:
    """Two weeks of sessions inside what the findings allow, or the reason why there are none."""
    findings = profile_findings(context.profile, on=context.today)
    if not findings.may_plan:
        return _part(findings, (), findings.findings)
    record = await _record(context, findings, ports)
    ports.preview.remark(ports.speech.say(context.profile.locale, "progress-training", {}))
    made = await asyncio.to_thread(
        planned, findings, ports.tables.exercises(), record, start=context.today, seed=ports.seed
    )
    told = tuple(one for one in findings.findings if not one.rule.startswith(FOOD_RULES))
    spoken = {one.message for one in findings.findings} | {made.rationale}
    # The findings hold the row of S-160 in full, the notes of the programme only a short form of it.
    notes = tuple(note.message for note in made.notes if note.message not in spoken and note.rule != "S-160")
    change = ExercisePlanMade(_head(context, findings, made, ports), made, context.profile.workout_time)
    if not made.sessions:
        # An empty plan takes the place of the active one, so that no session or task of it is left to be done.
        stops = (change,) if any(plan.kind == "exercise" for plan in context.plans) else ()
        return replace(_part(findings, (), told, (made.rationale, *notes)), changes=stops)
    head = Line("done-workout-plan", {"count": len(made.sessions), "weeks": DAYS // 7}, (change,))
    part = _part(findings, (head, _plain(made.rationale)), told, notes)
    return replace(part, changes=(change,), cards=(session_card(made.sessions[0]),))


def planned(findings: Findings, library: Library, record: TrainingRecord, *, start: date, seed: int) -> Programme:
    """The programme of these findings and this record; longer rep ranges never make a session longer than asked."""
    made = programme(
        findings.profile,
        library,
        screening_allowed=findings.training_cap,
        start=start,
        days=DAYS,
        seed=seed,
        course=course_of(record, findings.profile, library, on=start),
    )
    minutes = min(MAX_MINUTES, max(MIN_MINUTES, findings.profile.workout_minutes or DEFAULT_MINUTES))
    return replace(made, sessions=tuple(shorten(session, minutes) for session in made.sessions))


async def _record(context: Context, findings: Findings, ports: Ports) -> TrainingRecord:
    """What was trained so far; not read when nothing can be planned anyway."""
    return TrainingRecord() if findings.training_cap == "none" else await ports.memory.training_record(context.today)


def _part(findings: Findings, head: tuple[Line, ...], told: tuple[Finding, ...], notes: tuple[str, ...] = ()) -> Part:
    messages = dict.fromkeys((*(one.message for one in told), *notes))
    return Part(
        "exercise_coach",
        lines=(*head, *map(_plain, messages)),
        level=findings.level,
        rules=tuple(dict.fromkeys((*findings.screening.rules, *(one.rule for one in told)))),
        order=40,
    )


def _plain(text: str) -> Line:
    return Line("plain", {"text": text})


def _head(context: Context, findings: Findings, made: Programme, ports: Ports) -> PlanHead:
    profile = context.profile
    tasks = tuple(
        TaskDraft(f"{s.title} ({s.minutes} min)", "exercise", s.date, profile.workout_time, s.date)
        for s in made.sessions
    )
    known = ((one.rule, one.message) for one in findings.findings)
    return PlanHead(
        name="Training",
        starts_on=context.today,
        duration_weeks=DAYS // 7,
        rationale=made.rationale,
        source_profile_version=profile.version or None,
        made_for="onboarding" if not context.plans else "user_request",
        primary_goal=profile.primary_goal,
        seed=ports.seed,
        findings=tuple(dict.fromkeys((*known, *((note.rule, note.message) for note in made.notes)))),
        tasks=tasks,
    )
