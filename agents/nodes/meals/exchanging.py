"""Planned meals become other dishes: the change, what is said about it, and the way back."""

from agents.domain import crockford
from agents.domain.changes import Change
from agents.domain.context import MealItem, PlannedMealView
from agents.domain.meal_changes import Exchange, MealSwapped
from agents.domain.meals import PlannedMeal
from agents.domain.plan_vetting import plan_findings
from agents.domain.planned_days import recipe_of
from agents.domain.rationale import hides_numbers
from agents.domain.turn import Card
from agents.nodes.meals.fitting import Fit
from agents.nodes.meals.naming import begun, day_words, meal_words, slot_name
from agents.nodes.meals.showing import food_card
from agents.nodes.meals.week import Week
from agents.ports import Ports
from agents.state import Choice, Line, Part


def exchanged(week: Week, fit: Fit, ports: Ports, *also: Change) -> Part:
    """The part that writes this fit. `also` goes with it."""
    change = change_of(week, fit, ports)
    undo = Choice("opt-undo", f"undo:swap:{crockford.encode(change.exchanges[0].new_id)}")
    lines = (_claim(week, fit, change), *_fresh(week, fit, change), *_notes(week, fit, change))
    return Part("meal_planner", changes=(change, *also), lines=lines, cards=cards(week, fit), choices=((undo,),))


def change_of(week: Week, fit: Fit, ports: Ports) -> MealSwapped:
    """The change that this fit would be."""
    mean = week.context.targets
    if mean is None:
        raise ValueError("planned meals have targets")
    exchanges = tuple(Exchange(old.id, ports.new_id(), meal) for old, meal in zip(fit.old, fit.new, strict=True))
    return MealSwapped(exchanges, fit.day, mean, week.planned.leeway.band, fit.had, week.planned.relaxed)


def is_sound(week: Week, fit: Fit, ports: Ports) -> bool:
    """Whether nothing speaks against it: what the vet would hold back is not even offered."""
    return not plan_findings(change_of(week, fit, ports), week.context.profile)


def cards(week: Week, fit: Fit) -> tuple[Card, ...]:
    """The new meals as tables."""
    is_hidden = hides_numbers(week.context.profile)
    return tuple(_card(old, meal, is_hidden=is_hidden) for old, meal in zip(fit.old, fit.new, strict=True))


def _card(old: PlannedMealView, meal: PlannedMeal, *, is_hidden: bool) -> Card:
    at = f" at {old.at:%H:%M}" if old.at else ""
    items = tuple(MealItem(item.food.name, item.grams, item.kcal) for item in meal.items)
    return food_card(f"{slot_name(old.slot)}{at}: {meal.name}", items, is_hidden=is_hidden)


def _claim(week: Week, fit: Fit, change: MealSwapped) -> Line:
    today = week.context.today
    if len(fit.old) == 1:
        meal = meal_words(fit.old[0], today)
        return Line("done-meal-swapped", {"meal": begun(meal), "dish": fit.new[0].name}, (change,))
    return Line("done-meals-renewed", {"day": day_words(fit.day.date, today), "count": len(fit.new)}, (change,))


def _fresh(week: Week, fit: Fit, change: MealSwapped) -> tuple[Line, ...]:
    """Portions that were to be left from a dish that is not cooked now."""
    gone = {(old.local_date, recipe_of(old.name, week.catalogue)) for old in fit.old}
    left = [
        view
        for view in week.views
        if view.cooked_on and (view.cooked_on, recipe_of(view.name, week.catalogue)) in gone and view not in fit.old
    ]
    today = week.context.today
    return tuple(Line("meal-cooked-fresh", {"meal": begun(meal_words(view, today))}, (change,)) for view in left)


def _notes(week: Week, fit: Fit, change: MealSwapped) -> tuple[Line, ...]:
    said = dict.fromkeys(note for meal in fit.new for note in meal.notes)
    proof = (Line("allergy-proof", {}, (change,)),) if week.context.profile.allergies else ()
    return (*(Line("plain", {"text": note}, (change,)) for note in said), *proof)
