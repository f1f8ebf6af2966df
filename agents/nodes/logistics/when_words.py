"""A recurrence in words."""

from datetime import date, time

from agents.domain.recurrence import Recurrence

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS, _WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def recurrence_words(rule: Recurrence, first: date | None, today: date) -> str:
    """ "every weekday at 07:30", "today at 20:00", "every 120 minutes from 09:00 to 18:00"."""
    if rule.freq == "interval" and rule.window:
        start, end = (_clock(at) for at in rule.window)
        return f"{_stretch(rule.every_minutes or 0)} from {start} to {end}"
    times = ", ".join(_clock(at) for at in rule.times)
    if rule.freq == "interval":
        return f"{_stretch(rule.every_minutes or 0)} at {times}" if times else _stretch(rule.every_minutes or 0)
    if rule.freq == "once":
        return f"{_day(rule.on or first, today)} at {times}"
    days = _days(rule)
    ends = f" until {rule.ends_on:%d %b}" if rule.ends_on else ""
    return f"{days} at {times}{ends}"


def _stretch(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    if not rest:
        return "every other day" if days == 2 else f"every {days} days"
    hours, rest = divmod(minutes, 60)
    return f"every {minutes} minutes" if rest else f"every {hours} hours"


def _days(rule: Recurrence) -> str:
    if rule.freq == "daily" or len(rule.dow) == 7:
        return "every day"
    names = {_WEEKDAYS: "every weekday", _WEEKEND: "every weekend day"}.get(tuple(sorted(rule.dow)))
    if names:
        return names
    listed = ", ".join(_DAYS[day] for day in sorted(rule.dow))
    return f"every {listed}" if rule.every_weeks == 1 else f"every {rule.every_weeks} weeks on {listed}"


def _day(day: date | None, today: date) -> str:
    if day is None:
        return "once"
    distance = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(distance, day.strftime("%a %d %b"))


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
