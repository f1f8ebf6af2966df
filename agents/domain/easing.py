"""What a person let give way for one plan, on top of a profile that stays as it is (N-20).

Only what the planner itself would offer can give way: never an allergy, an intolerance, a faith rule or a conviction.
"""

from dataclasses import replace

from agents.domain.meals import Request
from agents.domain.meals.constraints import CONSCIENCE, STYLES_OF_EATING, Step, constraints_of, general_steps
from agents.domain.profile import Profile

Eased = tuple[str, str]  # the preference and its new value, as a `TradeOff` names them


def step_for(request: Request, eased: Eased) -> Step | None:
    """The step that eases this preference to this value; None when nobody would offer it for this request."""
    steps = (*(step for found in constraints_of(request) for step in found.steps), *general_steps(request))
    return next((step for step in steps if (step.offer.preference, step.offer.value) == eased), None)


def eased_profile(profile: Profile, eased: Eased | None) -> Profile:
    """The profile as the rules about foods have to see it: with an exclusion or a style of eating out of force."""
    match eased:
        case ("exclusion", code) if code not in CONSCIENCE:
            kept = tuple(r for r in profile.restrictions if (r.kind, r.code) != ("exclusion", code))
            return replace(profile, restrictions=kept)
        case ("diet_type", "omnivore") if profile.diet_type in STYLES_OF_EATING:
            return replace(profile, diet_type="omnivore")
        case _:
            return profile
