"""Names of meals and the codes of the table meal_times they stand for."""

from typing import Final

_SLOTS: Final = {
    "breakfast": "breakfast", "brekkie": "breakfast", "brekky": "breakfast", "brunch": "breakfast",
    "morning snack": "morning_snack", "mid-morning snack": "morning_snack", "lunch": "lunch", "luncheon": "lunch",
    "afternoon snack": "afternoon_snack", "teatime": "afternoon_snack", "dinner": "dinner", "supper": "dinner",
    "evening meal": "dinner", "tea": "dinner", "evening snack": "evening_snack", "late snack": "evening_snack",
    "dessert": "evening_snack", "snack": "snack", "snacks": "snack", "pre-workout": "pre_workout",
    "pre workout": "pre_workout", "post-workout": "post_workout", "post workout": "post_workout", "suhoor": "suhoor",
    "sehri": "suhoor", "suhur": "suhoor", "iftar": "iftar",
}  # fmt: skip
USUAL_HOUR: Final = {
    "breakfast": 8, "morning_snack": 10, "lunch": 13, "afternoon_snack": 16, "dinner": 19, "evening_snack": 21,
}  # fmt: skip
WORDS: Final = "|".join(sorted(_SLOTS, key=len, reverse=True))


def code(words: str) -> str | None:
    """The code of a meal's name; None for any other word."""
    words = words.strip().lower()
    return _SLOTS.get(words) or _SLOTS.get(words.removeprefix("for ").removeprefix("my ").strip())


def inside(words: str) -> str | None:
    """The code of the first meal named in these words, longer names first; "tea" alone is a drink."""
    padded = f" {words} "
    for name, slot in _BY_LENGTH:
        if name != "tea" and any(f" {name}{mark}" in padded for mark in (" ", ",", "'", "?", ".", "!", ":")):
            return slot
    return None


_BY_LENGTH: Final = sorted(_SLOTS.items(), key=lambda item: -len(item[0]))
