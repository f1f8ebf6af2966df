"""Which planned meals somebody means: a meal of the day by name, or a dish by its words, and on which day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from agents.domain.context import PlannedMealView
from agents.nodes.meals.naming import begun, day_words
from agents.nodes.meals.week import AFTER, Week
from agents.schemas import Target
from agents.state import Scalar

_WORD = re.compile(r"[^\W\d_]+")
_EMPTY = frozenset(
    ["the", "my", "a", "an", "of", "for", "with", "and", "meal", "meals", "dish", "food", "recipe", "menu", "today",
     "tonight", "tomorrow", "this", "that", "one", "planned", "something"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """The meals that can be meant, all still to be eaten; where there are none, the sentence that says why."""

    meals: tuple[PlannedMealView, ...] = ()
    why: str = ""
    args: Mapping[str, Scalar] = field(default_factory=dict)


def meant(week: Week, target: Target) -> Meant:
    """One meal where the words tell, several where they leave it open, none with the reason."""
    today = week.context.today
    if target.on is not None and target.on < today:
        return Meant(why="swap-past")
    slots = {view.slot for view in week.views}
    words = target.words.replace(" ", "_")
    if target.words and (words in slots or any(slot.endswith(f"_{words}") for slot in slots)):
        return _by_slot(week, words, target.on)
    if _telling(target.words):
        return _by_dish(week, target)
    days = (target.on,) if target.on else (today, today + timedelta(days=1))
    for day in days:
        if found := week.open_on(day):
            return Meant(found)
    return _missing(week, days[0])


def _by_slot(week: Week, slot: str, on: date | None) -> Meant:
    """The next such meal, or that of the day named. Of several snacks all may be meant."""
    today = week.context.today
    for day in (on,) if on else (today, today + timedelta(days=1)):
        if found := tuple(v for v in week.open_on(day) if v.slot == slot or v.slot.endswith(f"_{slot}")):
            return Meant(found)
    day = on or today
    if any(view.slot == slot for view in week.on(day)):
        return Meant(why="swap-eaten", args={"meal": begun(f"{slot.replace('_', ' ')} {day_words(day, today)}")})
    return _missing(week, day)


def _by_dish(week: Week, target: Target) -> Meant:
    """The next meal that goes by these words: its name first, then its foods."""
    today = week.context.today
    days = [target.on] if target.on else [today + timedelta(days=n) for n in range(AFTER.days + 1)]
    views = [view for day in days for view in week.open_on(day)]
    wanted = _telling(target.words)
    for text in (_name_of, _foods_of):
        if found := [view for view in views if wanted <= _telling(text(view))]:
            return Meant((found[0],))
    return Meant(why="swap-unknown-dish", args={"words": target.words[:60]})


def _missing(week: Week, day: date) -> Meant:
    key = "swap-all-eaten" if week.on(day) else "no-meals-that-day"
    return Meant(why=key, args={"day": f"{day:%A %d %B}"})


def _name_of(view: PlannedMealView) -> str:
    return view.name


def _foods_of(view: PlannedMealView) -> str:
    return " ".join(item.food for item in view.items)


def _telling(words: str) -> frozenset[str]:
    """The words that name something, each in the singular."""
    found: Sequence[str] = _WORD.findall(words.lower())
    return frozenset(_singular(word) for word in found if word not in _EMPTY)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("oes"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
