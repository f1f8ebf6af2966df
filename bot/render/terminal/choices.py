"""What can be chosen now: carried by numbers, or by letters where a number is an answer (34 is an age)."""

from agents.domain.blocks import Button

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_NUMERIC = frozenset({
    "age", "height_cm", "weight_kg", "target_weight_kg", "meals_per_day", "max_prep_minutes", "workout_minutes",
    "workout_time", "workout_days", "energy_level", "stress_level", "sleep_quality", "wake_time", "bed_time",
    "meal_times", "morning_brief_time", "evening_checkin_time", "timezone",
})  # fmt: skip


class Choices:
    """The buttons that can be chosen now: by number, by letter where numbers are answers, or by label."""

    def __init__(self) -> None:
        self._by_key: dict[str, Button] = {}
        self._lettered = False

    def clear(self) -> None:
        """Nothing can be chosen any more."""
        self._by_key.clear()
        self._lettered = False

    def offer(self, button: Button) -> str:
        """Makes a button choosable; returns its key. Keys go on until `clear`, so an older key keeps its meaning."""
        self._lettered = self._lettered or wants_a_number(button)
        key = key_of(len(self._by_key)) if self._lettered else str(len(self._by_key) + 1)
        self._by_key[key] = button
        return key

    def tapped(self, text: str) -> str | None:
        """The data of the button this text chooses, None when it is an answer in the person's own words."""
        said = text.casefold().strip()
        button = self._by_key.get(said.strip("[]().")) or self._labelled(said)
        return button.data if button else None

    def _labelled(self, said: str) -> Button | None:
        """The newest button with this label."""
        return next((b for b in reversed(self._by_key.values()) if b.label.casefold().strip() == said), None)


def wants_a_number(button: Button) -> bool:
    """Whether it belongs to a question that "7" or "34" answers: there a digit is an answer, not a choice."""
    prefix, _, rest = button.data.partition(":")
    is_scale = prefix == "checkin" or button.label.strip().isdecimal()
    return is_scale or (prefix == "onb" and rest.partition(":")[0] in _NUMERIC)


def key_of(index: int) -> str:
    """The letter of a choice: a to z, then a2 to z2 and so on; never a bare number, never a word."""
    lap, place = divmod(index, len(_ALPHABET))
    return _ALPHABET[place] + (str(lap + 1) if lap else "")
