"""Which meals a day has: slot codes of the table meal_times, what kind of dish suits each and its share of the day."""

from dataclasses import dataclass
from typing import Final

from agents.domain.foods import MealKind
from agents.domain.profile import MealTime, Profile

DEFAULT_MEALS = 3
LEAST_MEALS, MOST_MEALS = 2, 8  # data-model valid_meals_per_day
LAYOUTS: Final[dict[int, tuple[str, ...]]] = {
    2: ("lunch", "dinner"),
    3: ("breakfast", "lunch", "dinner"),
    4: ("breakfast", "lunch", "afternoon_snack", "dinner"),
    5: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner"),
    6: ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner", "evening_snack"),
    7: ("breakfast", "morning_snack", "lunch", "pre_workout", "afternoon_snack", "dinner", "evening_snack"),
    8: (
        "breakfast",
        "morning_snack",
        "lunch",
        "pre_workout",
        "post_workout",
        "afternoon_snack",
        "dinner",
        "evening_snack",
    ),
}
KIND_OF_SLOT: Final[dict[str, MealKind]] = {
    "breakfast": "breakfast",
    "suhoor": "breakfast",
    "lunch": "lunch",
    "dinner": "dinner",
    "iftar": "dinner",
    "morning_snack": "snack",
    "afternoon_snack": "snack",
    "evening_snack": "snack",
    "snack": "snack",
    "pre_workout": "snack",
    "post_workout": "snack",
}
# Parts of a day's energy before they are scaled to one: a main meal is about three times a snack.
WEIGHT_OF_KIND: Final[dict[MealKind, float]] = {"breakfast": 25, "lunch": 32, "dinner": 32, "snack": 11}


@dataclass(frozen=True, slots=True)
class Slot:
    """One meal of the day: its code, the kind of dish, its share of the day's energy (0..1)."""

    code: str
    kind: MealKind
    share: float


def slots_of(profile: Profile) -> tuple[Slot, ...]:
    """The person's meals in the order of the day.

    Their own meal times win where they agree with the number of meals; otherwise the number decides (2..8, else 3).
    """
    codes = _codes(profile)
    kinds = [KIND_OF_SLOT[code] for code in codes]
    whole = sum(WEIGHT_OF_KIND[kind] for kind in kinds)
    return tuple(Slot(code, kind, WEIGHT_OF_KIND[kind] / whole) for code, kind in zip(codes, kinds, strict=True))


def _codes(profile: Profile) -> tuple[str, ...]:
    own = _own_codes(profile.meal_times)
    if LEAST_MEALS <= len(own) <= MOST_MEALS and profile.meals_per_day in (None, len(own)):
        return own
    wanted = profile.meals_per_day or DEFAULT_MEALS
    return LAYOUTS[min(max(wanted, LEAST_MEALS), MOST_MEALS)]


def _own_codes(times: tuple[MealTime, ...]) -> tuple[str, ...]:
    """Known slot codes by time of day, each once, except the plain snack, which may come several times."""
    ordered = [m.slot for m in sorted(times, key=lambda m: m.at) if m.slot in KIND_OF_SLOT]
    return tuple(code for n, code in enumerate(ordered) if code == "snack" or code not in ordered[:n])
