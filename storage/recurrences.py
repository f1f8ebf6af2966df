"""A recurrence as the JSON of the table reminders, and back (data-model 8.4)."""

from datetime import date, time
from typing import Any

from agents.domain.recurrence import Recurrence


def dump(rule: Recurrence) -> dict[str, Any]:
    """The JSON form; the days it runs from and to are columns of their own."""
    return {
        "v": 1,
        "freq": rule.freq,
        "times": [f"{at:%H:%M}" for at in rule.times],
        "dow": list(rule.dow),
        "on": rule.on.isoformat() if rule.on else None,
        "every_minutes": rule.every_minutes,
        "every_weeks": rule.every_weeks,
        "window": [f"{at:%H:%M}" for at in rule.window] if rule.window else None,
    }


def load(plain: dict[str, Any], starts_on: date | None, ends_on: date | None) -> Recurrence:
    """The rule behind a row."""
    window = plain.get("window")
    on = plain.get("on")
    return Recurrence(
        freq=plain["freq"],
        times=tuple(time.fromisoformat(at) for at in plain.get("times", ())),
        dow=tuple(plain.get("dow", ())),
        on=date.fromisoformat(on) if on else None,
        every_minutes=plain.get("every_minutes"),
        every_weeks=plain.get("every_weeks", 1),
        window=(time.fromisoformat(window[0]), time.fromisoformat(window[1])) if window else None,
        starts_on=starts_on,
        ends_on=ends_on,
    )
