"""The twelve steps of onboarding (0-11): which question comes next, what counts as answered, what may be skipped.

Pure: the flow is a table of questions over a `Profile`; leaving and coming back is only a matter of the stored state.
A person finishes the flow version they began.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time

from agents.domain.profile import MealTime, Profile
from agents.domain.questions import QUESTIONS, Question

FLOW_VERSION = "1.0"
LAST_STEP = 11
STEP_NAMES = (
    "welcome",
    "experience",
    "goals",
    "constraints",
    "diet",
    "meal_structure",
    "meal_times",
    "workouts",
    "hydration",
    "lifestyle",
    "review",
    "confirm",
)


@dataclass(frozen=True, slots=True)
class OnboardingState:
    """Where the person is. `answered` and `skipped` hold question codes, in order."""

    current_step: int = 0
    pending: str | None = None
    answered: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    started_at: datetime | None = None
    completed_at: datetime | None = None
    flow_version: str = FLOW_VERSION

    @property
    def is_open(self) -> bool:
        """Whether there are questions left."""
        return self.completed_at is None


FIRST_OPTIONAL_STEP = 5  # from here on "use sensible defaults" is offered (product.md J1)


def next_question(profile: Profile, state: OnboardingState) -> Question | None:
    """The first question that applies and is neither answered, skipped nor known from what was said."""
    done = {*state.answered, *state.skipped}
    for question in QUESTIONS:
        if question.code in done or not question.applies(profile):
            continue
        if question.code not in ("consent", "review", "confirm") and question.is_known(profile):
            continue
        return question
    return None


def previous_question(profile: Profile, state: OnboardingState) -> Question | None:
    """The question before the pending one that was answered or skipped; consent is never taken back this way."""
    codes = [q.code for q in QUESTIONS]
    end = codes.index(state.pending) if state.pending in codes else len(codes)
    earlier = [q for q in QUESTIONS[:end] if q.code != "consent" and q.applies(profile)]
    return earlier[-1] if earlier else None


def answered(state: OnboardingState, *codes: str) -> OnboardingState:
    """The state with these questions answered."""
    fresh = tuple(code for code in codes if code not in state.answered)
    skipped = tuple(code for code in state.skipped if code not in codes)
    return replace(state, answered=(*state.answered, *fresh), skipped=skipped)


def skipped(state: OnboardingState, *codes: str) -> OnboardingState:
    """The state with these questions skipped."""
    fresh = tuple(code for code in codes if code not in state.skipped)
    return replace(state, skipped=(*state.skipped, *fresh))


def reopened(state: OnboardingState, code: str) -> OnboardingState:
    """The state with one question open again."""
    return replace(
        state,
        answered=tuple(c for c in state.answered if c != code),
        skipped=tuple(c for c in state.skipped if c != code),
    )


def completed_steps(profile: Profile, state: OnboardingState) -> tuple[int, ...]:
    """The step numbers in which nothing is left to ask."""
    done = {*state.answered, *state.skipped}
    open_steps = {
        q.step
        for q in QUESTIONS
        if q.code not in done
        and q.applies(profile)
        and (q.code in ("consent", "review", "confirm") or not q.is_known(profile))
    }
    return tuple(step for step in range(LAST_STEP + 1) if step not in open_steps)


# What an unanswered question becomes at the lock, with source "default" (data-model 4.1; R-1 for the scales).
_DEFAULTS: Mapping[str, object] = {
    "fitness_level": "beginner",
    "primary_goal": "general_fitness",
    "energy_level": 6,
    "stress_level": 5,
    "sleep_quality": 5,
    "diet_type": "omnivore",
    "meals_per_day": 3,
    "workout_days": (0, 2, 4),
    "workout_minutes": 30,
    "workout_time": time(18, 0),
    "wake_time": time(7, 0),
    "bed_time": time(22, 30),
    "water_reminders": True,
}
_SLOTS_BY_COUNT: Mapping[int, tuple[str, ...]] = {
    2: ("lunch", "dinner"),
    3: ("breakfast", "lunch", "dinner"),
    4: ("breakfast", "lunch", "afternoon_snack", "dinner"),
    5: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner"),
    6: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner", "evening_snack"),
    7: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "pre_workout", "dinner", "evening_snack"),
    8: (
        "breakfast", "morning_snack", "lunch", "afternoon_snack", "pre_workout", "post_workout", "dinner",
        "evening_snack",
    ),
}  # fmt: skip
_USUAL_TIMES: Mapping[str, time] = {
    "breakfast": time(8, 0),
    "morning_snack": time(10, 30),
    "lunch": time(12, 30),
    "afternoon_snack": time(15, 30),
    "pre_workout": time(17, 0),
    "post_workout": time(18, 0),
    "dinner": time(19, 0),
    "evening_snack": time(20, 30),
}


def slots(meals_per_day: int) -> tuple[str, ...]:
    """The meal slots for 2..8 meals a day, in the order of the day."""
    return _SLOTS_BY_COUNT[min(8, max(2, meals_per_day))]


def suggested_meal_times(meals_per_day: int | None) -> tuple[MealTime, ...]:
    """Usual local times for that many meals."""
    return tuple(MealTime(slot, _USUAL_TIMES[slot]) for slot in slots(meals_per_day or 3))


def with_defaults(profile: Profile) -> Profile:
    """The profile with what was left open filled by defaults, each marked as a default in `field_sources`."""
    missing = {name: value for name, value in _DEFAULTS.items() if getattr(profile, name) is None}
    sources = {**profile.field_sources, **dict.fromkeys(missing, "default")}
    filled = replace(profile, **missing, field_sources=sources)  # type: ignore[arg-type]  # the table holds field names
    if filled.meal_times:
        return filled
    times = suggested_meal_times(filled.meals_per_day)
    return replace(filled, meal_times=times, field_sources={**sources, "meal_times": "default"})
