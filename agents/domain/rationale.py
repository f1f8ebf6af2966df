"""Why the targets are what they are, in two or three plain sentences with the numbers and their meaning."""

from dataclasses import dataclass

from agents.domain import life_stage
from agents.domain.profile import Profile


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers a rationale may name. kcal and grams per day; `rate_kg` is kg per week, loss negative."""

    need_kcal: float
    low_kcal: float
    high_kcal: float
    kcal: int
    floor_kcal: int
    rate_kg: float
    protein_g: float
    is_activity_assumed: bool


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
    assumed = " I assumed desk work and light exercise; tell me if not." if figures.is_activity_assumed else ""
    return f"{need}{assumed} {_aim(figures)} About {figures.protein_g:.0f} g of protein a day looks after your muscles."


def _aim(figures: Figures) -> str:
    gap = figures.kcal - figures.need_kcal
    if figures.rate_kg < 0:
        return (
            f"I aim at {_thousands(figures.kcal)}, which is {_thousands(-gap)} less: around {-figures.rate_kg:.1f} kg "
            f"a week down, and never under {_thousands(figures.floor_kcal)}."
        )
    if figures.rate_kg > 0:
        return (
            f"I aim at {_thousands(figures.kcal)}, which is {_thousands(gap)} more, for a slow gain of mostly muscle."
        )
    return f"I aim at {_thousands(figures.kcal)}, which keeps your weight steady."


def _thousands(kcal: float) -> str:
    return f"{round(kcal, -1):,.0f}"
