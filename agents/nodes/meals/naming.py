"""How meals and days are called."""

from datetime import date

from agents.domain.context import PlannedMealView


def slot_name(slot: str) -> str:
    """A meal's name at the beginning of a line: "Morning snack"."""
    return slot.replace("_", " ").capitalize()


def day_name(on: date) -> str:
    """The weekday alone."""
    return f"{on:%A}"


def day_words(on: date, today: date) -> str:
    """A day inside a sentence: "today", "tomorrow", "on Friday"."""
    return {0: "today", 1: "tomorrow"}.get((on - today).days, f"on {on:%A}")


def meal_words(meal: PlannedMealView, today: date) -> str:
    """A meal inside a sentence: "dinner on Friday"."""
    return f"{meal.slot.replace('_', ' ')} {day_words(meal.local_date, today)}"


def begun(words: str) -> str:
    """Words at the beginning of a sentence or a button."""
    return words[:1].upper() + words[1:]
