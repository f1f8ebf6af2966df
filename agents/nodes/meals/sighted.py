"""What a look at a meal, a fridge or a recipe found: shown as estimates, written only by a tap."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from agents.domain.allergens import restrictions_for, scan_text
from agents.domain.changes import QuestionOpened
from agents.domain.context import Context, OpenQuestion
from agents.domain.rationale import hides_numbers
from agents.domain.sight import FOODS_ASKED, PRODUCT_ASKED, SeenItem, Sight, items_read, items_written
from agents.nodes.meals.eating import listed_in, log_items
from agents.nodes.meals.filling import fill
from agents.nodes.meals.offers import digest
from agents.ports import MatchedFood, Ports
from agents.schemas import FillDay, FoodItem, Intent, LogFood
from agents.state import Choice, Line, Part

UNSURE_BELOW: Final = 0.5  # a model's own confidence; lower is said so
_LOG, _COOK = Choice("opt-seen-log", "seen:log"), Choice("opt-seen-cook", "seen:cook")
_LAST_ROW: Final = (Choice("opt-seen-change", "seen:change"), Choice("opt-seen-not", "seen:not"))
_HEADS: Final = {"meal": "see-meal", "fridge": "see-fridge", "recipe": "see-recipe"}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The items of a picture that are foods of ours, each with its match, and the names of the others."""

    known: tuple[tuple[SeenItem, MatchedFood], ...]
    unknown: tuple[str, ...]


def offered(context: Context, sight: Sight, ports: Ports, *, slot: str | None, beside: tuple[Line, ...]) -> Part:
    """What was seen, with estimated amounts, what of it is on the person's list, and what can be done with it."""
    found = _recognised(sight.items, ports)
    if not found.known:
        lines = (*_alerts(context, found), Line("see-unknown", {"foods": _joined(found.unknown)}), *beside)
        return Part("meal_planner", lines=lines)
    portion = tuple(_share(item, sight.servings) if sight.kind == "recipe" else item for item, _ in found.known)
    text = json.dumps({"items": items_written(portion), "slot": slot}, separators=(",", ":"))
    name = digest(text)
    rows = _rows(context, sight, name)
    locale = context.profile.locale
    options = tuple((ports.speech.say(locale, c.key, c.args), c.data) for row in rows for c in row)
    question = QuestionOpened(OpenQuestion(FOODS_ASKED, options, {name: text}, context.now) if rows else None)
    alerts = _alerts(context, found)
    lines = (*alerts, *_said(context, sight, found, portion, ports), *_left(sight, found), *beside, *_asks(sight, rows))
    is_listed = any(line.key in ("see-alert", "see-alert-words") for line in alerts)
    level, rules = ("caution", ("N-32",)) if is_listed else ("none", ())
    return Part("meal_planner", changes=(question,), lines=lines, choices=rows, level=level, rules=rules)


async def logged(context: Context, name: str, ports: Ports) -> Part:
    """A tap on logging: the same way as words, so that matching and allergy alerts are the same."""
    kept = _kept(context, name)
    if kept is None:
        return Part("meal_planner", lines=(Line("stale-button"),))
    items, slot = kept
    part = log_items(context, LogFood(tuple(map(_food_item, items)), slot), ports, entry="photo")
    return replace(part, changes=(*part.changes, QuestionOpened(None)))


async def cooked(context: Context, name: str, ports: Ports) -> Part:
    """A tap on cooking: dishes for the rest of today from what the picture showed."""
    kept = _kept(context, name)
    if kept is None:
        return Part("meal_planner", lines=(Line("stale-button"),))
    items, slot = kept
    return await fill(context, Intent("fill_day", FillDay(tuple(map(_food_item, items)), slot)), ports)


async def changed(context: Context, _data: str, _ports: Ports) -> Part:
    """A tap on changing: the list as a sentence to send back in one's own words; nothing is written."""
    question = context.question
    kept = _kept(context, next(iter(question.data), "")) if question else None
    if kept is None:
        return Part("meal_planner", lines=(Line("stale-button"),))
    said = " and ".join(_spoken(item) for item in kept[0])
    return Part("meal_planner", changes=(QuestionOpened(None),), lines=(Line("seen-change-how", {"foods": said}),))


async def dropped(context: Context, _data: str, _ports: Ports) -> Part:
    """A tap on not now."""
    is_open = context.question is not None and context.question.code in (FOODS_ASKED, PRODUCT_ASKED)
    closed = (QuestionOpened(None),) if is_open else ()
    return Part("meal_planner", changes=closed, lines=(Line("seen-dropped"),))


def _spoken(item: SeenItem) -> str:
    if item.grams is not None:
        return f"{item.grams:.0f} g {item.name}"
    return f"{item.count:g} {item.unit} {item.name}".replace("  ", " ") if item.count else item.name


def _kept(context: Context, name: str) -> tuple[tuple[SeenItem, ...], str | None] | None:
    question = context.question
    text = question.data.get(name) if question and question.code == FOODS_ASKED else None
    if text is None:
        return None
    kept = json.loads(text)
    return items_read(kept["items"]), kept["slot"]


def _recognised(items: Sequence[SeenItem], ports: Ports) -> Recognised:
    matches = [(item, ports.match_food(_food_item(item))) for item in items]
    known = tuple((item, match) for item, match in matches if match is not None)
    return Recognised(known, tuple(item.name for item, match in matches if match is None))


def _food_item(item: SeenItem) -> FoodItem:
    return FoodItem(item.name, quantity=item.count, unit=item.unit or None, grams=item.grams)


def _share(item: SeenItem, servings: float) -> SeenItem:
    """One portion of what a recipe lists."""
    grams = item.grams / servings if item.grams is not None else None
    return replace(item, grams=grams, count=(item.count or 1.0) / servings)


def _rows(context: Context, sight: Sight, name: str) -> tuple[tuple[Choice, ...], ...]:
    can_cook = sight.kind == "fridge" and any(plan.kind == "nutrition" for plan in context.plans)
    cook = (replace(_COOK, data=f"seen:cook:{name}"),) if can_cook else ()
    log = (replace(_LOG, data=f"seen:log:{name}"),) if sight.kind != "fridge" else ()
    first = (*cook, *log)
    return (first, _LAST_ROW) if first else ()


def _said(
    context: Context, sight: Sight, found: Recognised, portion: tuple[SeenItem, ...], ports: Ports
) -> tuple[Line, ...]:
    named = "; ".join(_named(item, match) for item, match in found.known)
    lines = [Line(_HEADS.get(sight.kind, "see-meal"), {"foods": named, "servings": f"{sight.servings:g}"})]
    if sight.kind != "fridge" and not hides_numbers(context.profile):
        matches = (ports.match_food(_food_item(item)) for item in portion)
        kcal = sum(match.food.kcal * match.grams / 100 for match in matches if match is not None)
        lines.append(Line("see-portion-sum" if sight.kind == "recipe" else "see-sum", {"kcal": f"{kcal:.0f}"}))
    return tuple(lines)


def _named(item: SeenItem, match: MatchedFood) -> str:
    """The food as we know it, what it was called where that differs, and the amount that would be counted."""
    name = match.food.name.lower()
    called = f" ({item.name}?)" if not match.is_sure else ""
    doubt = "perhaps " if item.confidence < UNSURE_BELOW else ""
    return f"{doubt}{name}{called}, about {match.grams:.0f} g"


def _left(sight: Sight, found: Recognised) -> tuple[Line, ...]:
    lines = [Line("see-not-counted", {"foods": _joined(found.unknown)})] if found.unknown else []
    return (*lines, Line("see-more-there")) if sight.has_more else tuple(lines)


def _alerts(context: Context, found: Recognised) -> tuple[Line, ...]:
    """What of the allergy list is in it, what may be, and that a picture cannot show the rest (science.md N-31)."""
    allergies = context.profile.allergies
    alerts, doubts = listed_in([match.food for _, match in found.known], allergies)
    words = ". ".join((*found.unknown, *(item.name for item, _ in found.known)))
    spotted = [v.term for v in scan_text(words, restrictions_for(context.profile), alerts)] if not alerts else []
    lines = [Line("see-alert", {"foods": ", ".join(alerts)})] if alerts else []
    lines += [Line("see-alert-words", {"foods": ", ".join(dict.fromkeys(spotted))})] if spotted else []
    lines += [Line("allergen-may", {"food": food}) for food in doubts] if not spotted else []
    return (*lines, Line("see-hidden")) if allergies else tuple(lines)


def _asks(sight: Sight, rows: tuple[tuple[Choice, ...], ...]) -> tuple[Line, ...]:
    if not rows:
        return (Line("see-fridge-no-plan"),)
    return () if sight.kind == "fridge" else (Line("see-log-it"),)


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names)[:120]
