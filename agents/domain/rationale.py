"""Why the targets are what they are, in two or three plain sentences with the numbers and their meaning."""

from dataclasses import dataclass

from agents.domain import life_stage
from agents.domain.forecast import exact_mass
from agents.domain.profile import Profile

ASSUMED_WORDS = {"work_activity": "desk work", "leisure_activity": "light exercise"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers a rationale may name. kcal and grams per day; `rate_kg` is kg per week, loss negative.

    `is_change_planned` is False where the rate only follows from floor or ceiling. `outlook` is the forecast in words.
    `protein_g` is None where a clinician sets it; `assumed` names the profile fields that were not answered.
    """

    need_kcal: float
    low_kcal: float
    high_kcal: float
    kcal: int
    floor_kcal: int
    rate_kg: float
    protein_g: float | None
    assumed: tuple[str, ...]
    is_change_planned: bool
    outlook: str = ""


def hides_numbers(profile: Profile) -> bool:
    """Whether calories are shown as food groups, not numbers (S-120, E8, the person's own wish)."""
    is_young = profile.age is None or life_stage.is_minor(profile)
    return is_young or profile.hide_numbers or profile.has("care_mode", "eating_disorder")


def rationale(profile: Profile, figures: Figures) -> str:
    """The explanation shown with the targets; no calories for people who should not see them."""
    if hides_numbers(profile):
        return (
            "Your meals cover all the energy you need, spread over the day. "
            "Each has something with protein, a starchy food, fruit or vegetables, and some fat."
        )
    need = (
        f"Your body uses about {_thousands(figures.need_kcal)} kcal a day "
        f"({_thousands(figures.low_kcal)} to {_thousands(figures.high_kcal)} is likely)."
    )
    named = [words for field, words in ASSUMED_WORDS.items() if field in figures.assumed]
    assumed = f"I assumed {' and '.join(named)}; tell me if not." if named else ""
    protein = (
        ""
        if figures.protein_g is None
        else f"About {figures.protein_g:.0f} g of protein a day looks after your muscles."
    )
    return " ".join(filter(None, (need, assumed, _aim(figures, profile), figures.outlook, protein)))


def _aim(figures: Figures, profile: Profile) -> str:
    gap = figures.kcal - figures.need_kcal
    aim = f"I aim at {_thousands(figures.kcal)}"
    if figures.rate_kg and not figures.is_change_planned:
        return f"{aim}, the {'least that keeps you well' if gap > 0 else 'most I plan'}."
    if figures.rate_kg < 0:
        pace = exact_mass(-figures.rate_kg, profile.units)
        least = _thousands(figures.floor_kcal)
        return f"{aim}, which is {_thousands(-gap)} less: around {pace} a week down, and never under {least}."
    if figures.rate_kg > 0:
        return f"{aim}, which is {_thousands(gap)} more, for a slow gain of mostly muscle."
    if life_stage.is_pregnant(profile):
        return f"{aim}, which is enough for you and the baby."
    if life_stage.is_breastfeeding(profile):
        return f"{aim}, which is enough for you and the milk."
    return f"{aim}, which keeps your weight steady."


def _thousands(kcal: float) -> str:
    return f"{round(kcal, -1):,.0f}"
