"""Age and reproductive stage: the facts by which many rules differ (science.md 1.7)."""

from agents.domain.profile import Profile

ADULT_AGE = 18
ACCOUNT_AGE = 13  # S-120: nobody younger has an account


def is_minor(profile: Profile) -> bool:
    """Whether the person is known to be under 18."""
    return profile.age is not None and profile.age < ADULT_AGE


def is_pregnant(profile: Profile) -> bool:
    """Whether a pregnancy is on file, by its code or by its week."""
    return profile.pregnancy_week is not None or profile.has("pregnancy")


def is_breastfeeding(profile: Profile) -> bool:
    """Whether the person breastfeeds."""
    return profile.has("breastfeeding")


def trimester(profile: Profile) -> int | None:
    """1 to week 13, 2 to week 27, then 3; None when the week is unknown or nobody is pregnant."""
    week = profile.pregnancy_week
    if week is None:
        return None
    return 1 if week <= 13 else 2 if week <= 27 else 3


def spares_weight(profile: Profile) -> bool:
    """For whom talk of losing weight does harm (science.md E1, E8, S-120, S-133)."""
    is_carrying = is_pregnant(profile) or is_breastfeeding(profile)
    return is_minor(profile) or is_carrying or profile.hide_numbers or profile.has("care_mode", "eating_disorder")
