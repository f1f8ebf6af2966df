"""Whom which picture, and whether numbers, would harm (science.md E1, E2, E8, S-120; product.md F30)."""

from agents.domain import life_stage
from agents.domain.profile import Profile
from agents.domain.rationale import hides_numbers
from agents.domain.weight_change import lowest_goal_weight_kg


def is_in_care(profile: Profile) -> bool:
    """Whether the body is no subject for pictures: no weight, no calories, nothing counted (E8)."""
    return profile.has("care_mode", "eating_disorder")


def shows_body(profile: Profile) -> bool:
    """Whether figures of weight and food may be seen."""
    return not hides_numbers(profile)


def shows_figures(profile: Profile) -> bool:
    """Whether any other figures may be seen: hours, loads, shares."""
    return not (profile.hide_numbers or is_in_care(profile))


def goal_kg(profile: Profile) -> float | None:
    """The goal weight that may be drawn: none for who is to be spared it, none below the lowest accepted (E1, E2)."""
    goal = profile.target_weight_kg
    if goal is None or profile.height_cm is None or profile.age is None:
        return None
    is_spared = life_stage.spares_weight(profile) or hides_numbers(profile)
    return None if is_spared or goal < lowest_goal_weight_kg(profile.height_cm) else goal
