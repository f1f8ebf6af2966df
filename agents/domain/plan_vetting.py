"""The last word over a plan before it is written: the rules are checked again on the finished thing (F16, fail closed).

The checks do not ask how a plan came about: they look at the targets, foods, sessions and times in it. A finding holds
the rule and a kind sentence. Whatever breaks inside a check is a finding too.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from agents.domain.changes import ExercisePlanMade, NutritionPlanMade, PlanHead, SleepPlanMade
from agents.domain.easing import eased_profile
from agents.domain.meal_changes import MealSwapped, MealSwapUndone
from agents.domain.meal_vetting import day_findings, food_findings, target_findings
from agents.domain.meals import DayPlan, MealPlan, PlannedMeal
from agents.domain.note import Note
from agents.domain.profile import Profile
from agents.domain.safety import account_allowed, vet_text
from agents.domain.session_vetting import dose_findings, exercise_choice_findings, session_findings
from agents.domain.sleep_vetting import sleep_findings

UNCHECKED = Note("S-12", "I could not check this plan to the end, so I hold it back. Please ask me for a new one.")


def plan_findings(change: object, profile: Profile) -> tuple[Note, ...]:
    """What speaks against a change that plans something; () for every other change and for what may stand."""
    if isinstance(change, NutritionPlanMade):
        return nutrition_findings(change, profile)
    if isinstance(change, ExercisePlanMade):
        return exercise_findings(change, profile)
    if isinstance(change, SleepPlanMade):
        return vetted_sleep_findings(change, profile)
    if isinstance(change, MealSwapped):
        return swap_findings(change, profile)
    if isinstance(change, MealSwapUndone):
        return undo_findings(change, profile)
    return ()


def nutrition_findings(change: NutritionPlanMade, profile: Profile) -> tuple[Note, ...]:
    """What the targets or a planned food break; () when the plan may stand. A trade-off counts as the person chose."""
    eased = (change.relaxed.preference, change.relaxed.value) if change.relaxed else None
    return _closed(
        lambda: _account(profile),
        lambda: target_findings(change.targets, profile),
        lambda: day_findings(change.meals, change.targets, eased_profile(profile, eased)),
        lambda: food_findings(change.meals, eased_profile(profile, eased)),
        lambda: _spoken(change.head, change.targets.rationale),
    )


def swap_findings(change: MealSwapped, profile: Profile) -> tuple[Note, ...]:
    """What other dishes on a planned day break: its targets with what was eaten, and every food of the day."""
    plan = MealPlan((change.day,), (), band=change.band)
    return _closed(
        lambda: _account(profile),
        lambda: day_findings(plan, change.mean, eased_profile(profile, change.relaxed), change.had),
        lambda: food_findings(plan, eased_profile(profile, change.relaxed)),
    )


def undo_findings(change: MealSwapUndone, profile: Profile) -> tuple[Note, ...]:
    """What the dishes that come back break; the day's figures were judged when it was planned."""
    plan = MealPlan((change.day,), ())
    return _closed(lambda: _account(profile), lambda: food_findings(plan, eased_profile(profile, change.relaxed)))


def meal_findings(
    meal: PlannedMeal, day: DayPlan, profile: Profile, relaxed: tuple[str, str] | None = None
) -> tuple[Note, ...]:
    """What the foods of one planned meal break for the person as they are now; the figures of the day do not count."""
    alone = MealPlan((replace(day, meals=(meal,)),), ())
    return _closed(lambda: food_findings(alone, eased_profile(profile, relaxed)))


def exercise_findings(change: ExercisePlanMade, profile: Profile) -> tuple[Note, ...]:
    """What a session breaks; () when the programme may stand. The screening is that of the plan's first day."""
    on: date = change.head.starts_on
    return _closed(
        lambda: _account(profile),
        lambda: exercise_choice_findings(change.programme, profile, on=on),
        lambda: session_findings(change.programme, profile, on=on),
        lambda: dose_findings(change.programme, profile, on=on),
        lambda: _spoken(change.head, change.programme.rationale),
    )


def vetted_sleep_findings(change: SleepPlanMade, profile: Profile) -> tuple[Note, ...]:
    """What the times of a sleep plan break."""
    return _closed(
        lambda: _account(profile),
        lambda: sleep_findings(change.plan, profile),
        lambda: _spoken(change.head, change.plan.rationale),
    )


def _account(profile: Profile) -> Iterable[Note]:
    """S-120: nobody under 13 gets a plan."""
    return [Note(finding.rule, finding.message) for finding in account_allowed(profile.age).findings]


def _spoken(head: PlanHead, *texts: str) -> Iterable[Note]:
    """S-12: what the plan says about itself passes the forbidden list."""
    for text in dict.fromkeys((head.rationale, *texts)):
        for finding in vet_text(text):
            yield Note(finding.rule, "A sentence of this plan was not one I may say, so I hold it back.")


def _closed(*checks: Callable[[], Iterable[Note]]) -> tuple[Note, ...]:
    """All findings, each once; a check that breaks is a finding (fail closed)."""
    found: list[Note] = []
    for check in checks:
        try:
            found += check()
        except Exception:  # An unchecked plan must not pass, whatever the reason.
            found.append(UNCHECKED)
    return tuple(dict.fromkeys(found))
