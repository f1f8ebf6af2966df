"""Tiny habits: at most three, each under two minutes and tied to a moment that comes anyway (science.md B-2, R-20).

Nothing here asks anybody to weigh themselves, to count, to go without food, or to drink or eat against what is on file.
The order is the order to start in, one at a time (B-2).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain import hydration, protein
from agents.domain.medicines import takes
from agents.domain.profile import Goal, Profile
from agents.domain.safety.screening import screen
from agents.domain.sleep import SleepPlan, is_poor
from agents.domain.sleep_advice import wakes_in_the_dark

MOST: Final = 3
HIGH_STRESS: Final = 7
Area = Literal["sleep", "food", "drink", "movement", "calm"]


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit. `text` is "After <anchor>, I will <action>.", in the person's own voice; `code` is stable."""

    code: str
    area: Area
    anchor: str
    action: str
    rule: str

    @property
    def text(self) -> str:
        """The plan in one sentence."""
        return f"After {self.anchor}, I will {self.action}."


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A habit and whom it suits."""

    habit: Habit
    suits: Callable[[Profile, SleepPlan], bool]


def choose(profile: Profile, plan: SleepPlan, *, most: int = MOST) -> tuple[Habit, ...]:
    """B-2: up to three habits for this person, what they need most first; no two share a moment or a part of life."""
    chosen: list[Habit] = []
    for code in _order(profile):
        candidate = CANDIDATES[code]
        is_new = all(candidate.habit.area != h.area and candidate.habit.anchor != h.anchor for h in chosen)
        if is_new and candidate.suits(profile, plan):
            chosen.append(candidate.habit)
    return tuple(chosen[: max(0, min(most, MOST))])


def _order(profile: Profile) -> tuple[str, ...]:
    """Trouble first (R-2, R-3, small appetite on a GLP-1 medicine), then the goal, then everything else."""
    first: list[str] = []
    if profile.has("care_mode", "eating_disorder"):
        first.append("breakfast_ready")
    if is_poor(profile):
        first.append("phone_away")
    if profile.stress_level is not None and profile.stress_level > HIGH_STRESS:
        first.append("six_breaths")
    if takes(profile, "glp1"):
        first.append("protein_first")
    return tuple(dict.fromkeys((*first, *BY_GOAL[profile.primary_goal or "general_fitness"], *CANDIDATES)))


def _is_settled_with_food(profile: Profile, _: SleepPlan) -> bool:
    """What to eat, drink or move more of is no task for somebody with an eating disorder (E8)."""
    return not profile.has("care_mode", "eating_disorder")


def _may_eat_protein_first(profile: Profile, plan: SleepPlan) -> bool:
    return _is_settled_with_food(profile, plan) and not protein.is_for_clinician(profile)


def _may_add_vegetables(profile: Profile, plan: SleepPlan) -> bool:
    """Not with kidney or bowel disease, FODMAP trouble, or warfarin, where vitamin K has to stay steady (S-160)."""
    is_bowel = profile.has("kidney", "dialysis", "bowel_disease") or any(
        entry.code in ("fodmap", "fructose", "histamine") for entry in profile.restrictions
    )
    return _is_settled_with_food(profile, plan) and not is_bowel and not takes(profile, "warfarin", "anticoagulant")


def _may_drink(profile: Profile, plan: SleepPlan) -> bool:
    """S-181: unknown is not "no", so without an answer about health nobody is asked to drink more."""
    is_asked = profile.conditions is not None and profile.medications is not None
    is_free = not hydration.is_fluid_restricted(profile) and not takes(profile, "lithium", "diuretic")
    return is_asked and is_free and _is_settled_with_food(profile, plan) and profile.water_reminders is not False


def _may_move(profile: Profile, plan: SleepPlan) -> bool:
    """Only where the screening allows walking, nothing hurts, and moving is no worry of its own (E8)."""
    is_whole = not profile.injuries and not profile.has("fracture_or_operation", "wheelchair", "wheelchair_user")
    return is_whole and _is_settled_with_food(profile, plan) and screen(profile).allowed != "none"


def _trains(profile: Profile, plan: SleepPlan) -> bool:
    is_allowed = _is_settled_with_food(profile, plan) and screen(profile).allowed != "none"
    return bool(profile.workout_days) and is_allowed


def _always(_: Profile, __: SleepPlan) -> bool:
    return True


_EVENING_TEETH, _MORNING_TEETH = "I brush my teeth in the evening", "I brush my teeth in the morning"
CANDIDATES: Final[dict[str, _Candidate]] = {
    "phone_away": _Candidate(
        Habit("phone_away", "sleep", _EVENING_TEETH, "put my phone to charge out of reach of the bed", "R-20"), _always
    ),
    "daylight": _Candidate(
        Habit("daylight", "sleep", "I get out of bed", "open the curtains and look outside for a minute", "R-20"),
        lambda _, plan: not wakes_in_the_dark(plan.wake_time),
    ),
    "protein_first": _Candidate(
        Habit("protein_first", "food", "I sit down to breakfast", "eat the part with protein first", "N-3"),
        _may_eat_protein_first,
    ),
    "vegetables": _Candidate(
        Habit("vegetables", "food", "I fill my plate at dinner", "add one more spoonful of vegetables", "N-5"),
        _may_add_vegetables,
    ),
    "breakfast_ready": _Candidate(
        Habit("breakfast_ready", "food", "I get out of bed", "put something for breakfast on the table", "B-2"), _always
    ),
    "water": _Candidate(Habit("water", "drink", _MORNING_TEETH, "drink half a glass of water", "S-180"), _may_drink),
    "short_walk": _Candidate(
        Habit("short_walk", "movement", "I clear the table at lunch", "walk easily for a minute", "B-2"), _may_move
    ),
    "kit_ready": _Candidate(
        Habit("kit_ready", "movement", "I finish dinner", "lay out what I need for my next session", "B-2"), _trains
    ),
    "shoulder_rolls": _Candidate(
        Habit("shoulder_rolls", "movement", "I get up from my desk", "roll my shoulders slowly, five times", "B-2"),
        _may_move,
    ),
    "six_breaths": _Candidate(
        Habit("six_breaths", "calm", "I finish work or school", "take six slow breaths", "R-3"), _always
    ),
}
# What carries each goal most; the rest follows in the order above.
BY_GOAL: Final[dict[Goal, tuple[str, ...]]] = {
    "fat_loss": ("vegetables", "short_walk", "phone_away"),
    "muscle_gain": ("protein_first", "phone_away", "kit_ready"),
    "strength": ("kit_ready", "protein_first", "phone_away"),
    "athletic_performance": ("kit_ready", "phone_away", "protein_first"),
    "endurance": ("kit_ready", "water", "phone_away"),
    "flexibility": ("shoulder_rolls", "six_breaths", "daylight"),
    "general_fitness": ("short_walk", "vegetables", "daylight"),
}
