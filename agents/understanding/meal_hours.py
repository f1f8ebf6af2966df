"""Which meal is eaten when: "breakfast at 8, lunch 1pm, dinner 7" as pairs of slot and wall time."""

import re
from collections.abc import Iterable, Sequence

from agents.domain.profile import MealTime
from agents.understanding.clock_times import Clock, find_clocks
from agents.understanding.sentence import tidy

_SLOTS = {
    "breakfast": r"breakfast|b(?:rea)?kk?fa?st|bfast|brekk?(?:ie|y)|breaky",
    "morning_snack": r"(?:mid[- ]?)?morning snack|elevenses",
    "lunch": r"lunch(?:time)?|brunch",
    "afternoon_snack": r"(?:mid[- ]?)?afternoon snack",
    "dinner": r"dinner(?:time)?|supper|evening meal|tea(?=(?: (?:is|at|around|about|by)|:| @)* ?\d)",
    "evening_snack": r"(?:evening|night|late|bedtime) snack",
    "pre_workout": r"pre[- ]?workout(?: meal| snack)?",
    "post_workout": r"post[- ]?workout(?: meal| snack)?",
    "suhoor": r"suh?oor|sahur|sehri",
    "iftar": r"iftar",
    "snack": r"snack",
}
_SLOT = re.compile(
    r"\b(?:" + "|".join(f"(?P<{slot}>{words})" for slot, words in _SLOTS.items()) + r")\b", re.IGNORECASE
)
_LATE = frozenset({"afternoon_snack", "dinner", "evening_snack", "iftar"})  # an hour up to 11 means the evening
_LUNCH = frozenset({"lunch", "snack", "pre_workout", "post_workout"})  # 1..6 is after noon, 7..12 as written
_EARLIEST_LUNCH_HOUR = 7


def meal_times(text: str) -> tuple[MealTime, ...]:
    """The meals that have a time in these words, in the order said; each slot once (the last word counts)."""
    text = tidy(text)
    slots = [(match.start(), match.lastgroup or "") for match in _SLOT.finditer(text)]
    clocks = [clock for clock in find_clocks(text, accept_bare=True) if clock.is_possible]
    found: dict[str, MealTime] = {}
    for slot, clock in _pairs(slots, clocks):
        found[slot] = MealTime(slot, clock.at(prefer_pm=_is_afternoon(slot, clock)))
    return tuple(found.values())


def _pairs(slots: list[tuple[int, str]], clocks: Iterable[Clock]) -> list[tuple[str, Clock]]:
    """Join each meal with its time, whichever comes first: "lunch at 1", "1 lunch", "lunch and dinner at 1 and 7"."""
    marks: list[tuple[int, str | Clock]] = [*slots, *((clock.start, clock) for clock in clocks)]
    marks.sort(key=lambda mark: mark[0])
    waiting_slots: list[str] = []
    waiting_clocks: list[Clock] = []
    found: list[tuple[str, Clock]] = []
    for position, (_, mark) in enumerate(marks):
        if isinstance(mark, str):
            if waiting_clocks:
                found.append((mark, waiting_clocks.pop(0)))
            else:
                waiting_slots.append(mark)
        elif waiting_slots:
            if _run_of_clocks(marks, position) < len(waiting_slots):
                del waiting_slots[:-1]  # the earlier ones were named without a time
            found.append((waiting_slots.pop(0), mark))
        else:
            waiting_clocks.append(mark)
    return found


def _run_of_clocks(marks: Sequence[tuple[int, str | Clock]], position: int) -> int:
    """How many times follow one another from here on."""
    run = 0
    while position + run < len(marks) and not isinstance(marks[position + run][1], str):
        run += 1
    return run


def _is_afternoon(slot: str, clock: Clock) -> bool:
    return slot in _LATE or (slot in _LUNCH and clock.hour < _EARLIEST_LUNCH_HOUR)
