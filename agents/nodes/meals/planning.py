"""A week of meals from the profile as it is now, or an honest refusal with what could give way."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from zlib import crc32

from agents.domain.changes import NutritionPlanMade, PlanHead, QuestionOpened
from agents.domain.context import Context, OpenQuestion
from agents.domain.day_goals import aim_within, goals_for, training_weekdays
from agents.domain.easing import Eased, step_for
from agents.domain.meals import MealPlan, MealRefusal, Request, TradeOff, plan_meals
from agents.domain.note import Note
from agents.domain.planned_days import recipe_of
from agents.domain.profile import Profile
from agents.domain.rationale import hides_numbers
from agents.domain.safety import Findings, profile_findings
from agents.domain.targets import Refusal, Targets
from agents.domain.turn import Card
from agents.nodes.meals.naming import day_name, slot_name
from agents.nodes.meals.week import planned_week
from agents.nodes.meals.withdrawing import withdrawn
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

DAYS = 7
QUESTION = "meal_relax"
MOST_TAP_BYTES = 54  # what a signed button of Telegram carries


async def make_plan(
    context: Context, ports: Ports, *, eased: Eased | None = None, history: tuple[str, ...] = ()
) -> Part:
    """Targets and seven days of meals, or the reason why not. `eased` gives way for this plan only (N-20).

    `history` are dishes that were had lately and had better not come again.
    """
    findings = profile_findings(context.profile, on=context.today)
    if not findings.may_plan:
        return _said([Note(finding.rule, finding.message) for finding in findings.findings])
    aim = aim_within(findings)
    if isinstance(aim, Refusal):
        return _said([Note(aim.rule, aim.message)])
    asked = _request(context, findings, aim, ports, history)
    step = step_for(asked, eased) if eased else None
    if eased and step is None:
        return Part("meal_planner", lines=(Line("relax-gone"),), order=30)
    request = step.request if step else asked
    ports.preview.remark(ports.speech.say(context.profile.locale, "progress-meals", {}))
    plan = await asyncio.to_thread(plan_meals, request)
    if isinstance(plan, MealRefusal):
        return _refused(plan)
    head = _head(context, findings, aim, ports)
    times = {meal.slot: meal.at for meal in context.profile.meal_times}
    change = NutritionPlanMade(head, aim, plan, times, request.leeway, step.offer if step else None)
    return Part(
        "meal_planner",
        changes=(change,),
        lines=_plan_lines(context, change),
        cards=(_first_day(plan, is_hidden=hides_numbers(context.profile)),),
        order=30,
    )


async def plan_anew(context: Context, order: Intent, ports: Ports) -> Part:
    """A plan that was asked for, or that a change of the profile brings; a refusal opens the question what to ease."""
    history: tuple[str, ...] = ()
    if isinstance(order.payload, Target):  # asked for in words: other dishes than now
        now = await ports.memory.meals(context.today, context.today + timedelta(days=DAYS - 1))
        known = (recipe_of(meal.name, ports.tables.foods()) for meal in now)
        history = tuple(dict.fromkeys(recipe.code for recipe in known if recipe))
    part = await make_plan(context, ports, history=history)
    if not part.changes:
        part = await _without_wrong_meals(part, context, ports)
    options = tuple((str(choice.args["text"]), choice.data) for row in part.choices for choice in row)
    if not options:
        return part
    return replace(part, changes=(*part.changes, QuestionOpened(OpenQuestion(QUESTION, options, {}, context.now))))


async def _without_wrong_meals(part: Part, context: Context, ports: Ports) -> Part:
    """Nothing new is planned: what is planned still must go with what the person has just said."""
    week = await planned_week(context, ports)
    gone = withdrawn(week) if week else None
    return replace(part, changes=(gone[0],), lines=(gone[1], *part.lines)) if gone else part


async def relaxed(context: Context, data: str, ports: Ports) -> Part:
    """A tap on one of the ways out: a plan with it, made and vetted like any other; the profile stays as it is."""
    preference, _, value = data.partition(":")
    if value.startswith("~"):
        value = next((text for text in _eased_values(context, preference) if _short(text) == value), "")
    part = await make_plan(context, ports, eased=(preference, value))
    is_open = context.question is not None and context.question.code == QUESTION
    closed = (QuestionOpened(None),) if is_open and part.changes else ()
    return replace(part, changes=(*part.changes, *closed))


def _eased_values(context: Context, preference: str) -> tuple[str, ...]:
    """Values too long for a button are found again by their sum."""
    return tuple(r.code for r in context.profile.restrictions if r.kind == preference)


def _request(context: Context, findings: Findings, aim: Targets, ports: Ports, history: tuple[str, ...]) -> Request:
    dates = [context.today + timedelta(days=n) for n in range(DAYS)]
    return Request(
        profile=findings.profile,
        targets=goals_for(aim, dates, _weekdays(findings)),
        catalogue=ports.tables.foods(),
        start=context.today,
        seed=ports.seed,
        history=history,
    )


def _weekdays(findings: Findings) -> tuple[int, ...]:
    """The days on which the person trains; none while the screening lets nobody train."""
    return training_weekdays(findings.profile) if findings.training_cap != "none" else ()


def _head(context: Context, findings: Findings, aim: Targets, ports: Ports) -> PlanHead:
    profile: Profile = context.profile
    found = [*((each.rule, each.message) for each in findings.findings), *((n.rule, n.message) for n in aim.findings)]
    return PlanHead(
        name="Meals",
        starts_on=context.today,
        duration_weeks=1,
        rationale=aim.rationale,
        source_profile_version=profile.version or None,
        made_for="user_request" if context.plans else "onboarding",
        primary_goal=profile.primary_goal,
        seed=ports.seed,
        findings=tuple(dict.fromkeys(found)),
    )


def _said(notes: list[Note]) -> Part:
    """Why there is no plan, in the words of the rules."""
    lines = tuple(Line("plain", {"text": note.message}) for note in notes)
    return Part("meal_planner", lines=lines, rules=tuple(dict.fromkeys(note.rule for note in notes)), order=30)


def _refused(refusal: MealRefusal) -> Part:
    rows = tuple(
        (Choice("opt-plain", _tap(offer), {"text": f"{letter}: {offer.message.removesuffix('.')}"}),)
        for letter, offer in zip("ABC", refusal.trade_offs, strict=False)
    )
    lines = (Line("plain", {"text": refusal.message}),)
    return Part("meal_planner", lines=lines, choices=rows, rules=("N-20",), order=30)


def _tap(offer: TradeOff) -> str:
    data = f"relax:{offer.preference}:{offer.value}"
    fits = len(data.encode()) <= MOST_TAP_BYTES and " " not in data and not offer.value.startswith("~")
    return data if fits else f"relax:{offer.preference}:{_short(offer.value)}"


def _short(value: str) -> str:
    return f"~{crc32(value.encode()):08x}"


def _plan_lines(context: Context, change: NutritionPlanMade) -> tuple[Line, ...]:
    aim = change.targets
    lines = [Line("done-meal-plan", {"days": DAYS}, (change,))]
    if change.relaxed:
        lines.append(Line("meals-relaxed", {"what": change.relaxed.message}, (change,)))
    lines.append(Line("plain", {"text": aim.rationale}))
    said = dict.fromkeys(note.message for note in (*aim.findings, *change.meals.notes))
    lines += [Line("plain", {"text": message}) for message in said if message not in aim.rationale]
    if context.profile.allergies:
        lines.append(Line("allergy-proof", {}, (change,)))
    return tuple(lines)


def _first_day(plan: MealPlan, *, is_hidden: bool) -> Card:
    first = plan.days[0]
    rows = tuple(
        (slot_name(meal.slot), meal.name, "" if is_hidden else f"{meal.totals.kcal:.0f} kcal") for meal in first.meals
    )
    return Card(f"Meals for {day_name(first.date)}", ("Meal", "Dish", "Energy"), rows)
