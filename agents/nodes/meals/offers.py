"""Dishes that were offered and not taken yet: kept in the open question, judged anew when one is taken."""

import json
from collections.abc import Sequence
from datetime import date
from zlib import crc32

from agents.domain import crockford
from agents.domain.changes import QuestionOpened
from agents.domain.context import Context, OpenQuestion
from agents.domain.foods import Nutrients, total
from agents.domain.meals import PlannedMeal
from agents.domain.meals.judge import judge_for
from agents.domain.meals.serving import item_of
from agents.domain.planned_days import day_with
from agents.nodes.meals.exchanging import exchanged
from agents.nodes.meals.fitting import Fit, grounds
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.state import Choice, Line, Part

QUESTION = "meal_offer"


def asked(
    context: Context, ports: Ports, offered: Sequence[tuple[str, Fit]], *others: Choice, **data: str
) -> tuple[QuestionOpened, tuple[tuple[Choice, ...], ...]]:
    """The open question with a button for each (label, fit), and one row of other choices. `data` is kept with it."""
    texts = [_written(fit) for _, fit in offered]
    rows = [button(label, f"meal:use:{digest(text)}") for (label, _), text in zip(offered, texts, strict=True)]
    rows.append((*others, Choice("opt-meal-keep", "meal:keep")))
    locale = context.profile.locale
    options = tuple((ports.speech.say(locale, c.key, c.args), c.data) for row in rows for c in row)
    kept = {digest(text): text for text in texts}
    return QuestionOpened(OpenQuestion(QUESTION, options, {**data, **kept}, context.now)), tuple(rows)


async def taken(context: Context, name: str, ports: Ports) -> Part:
    """A tap on an offer: written when it still fits, and the vet has the last word."""
    question = context.question
    text = question.data.get(name) if question and question.code == QUESTION else None
    week = await planned_week(context, ports) if text else None
    if text is None or week is None or digest(text) != name:
        return Part("meal_planner", lines=(Line("stale-button"),))
    fit = _read(week, text)
    if fit is None:
        return Part("meal_planner", changes=(QuestionOpened(None),), lines=(Line("meal-offer-old"),))
    return exchanged(week, fit, ports, QuestionOpened(None))


async def declined(context: Context, _data: str, _ports: Ports) -> Part:
    """A tap on keeping what is planned."""
    is_open = context.question is not None and context.question.code == QUESTION
    closed = (QuestionOpened(None),) if is_open else ()
    return Part("meal_planner", changes=closed, lines=(Line("meal-kept"),))


def button(label: str, tap: str) -> tuple[Choice, ...]:
    """One offer as a row."""
    return (Choice("opt-plain", tap, {"text": label}),)


def digest(text: str) -> str:
    """The short name of an offer: a button of another offer never means this one."""
    return f"{crc32(text.encode()):08x}"


def _written(fit: Fit) -> str:
    meals = [
        {"old": crockford.encode(old.id), "name": new.name, "recipe": new.recipe_code, "servings": new.servings,
         "minutes": new.prep_minutes, "items": [[item.food.code, item.grams] for item in new.items]}
        for old, new in zip(fit.old, fit.new, strict=True)
    ]  # fmt: skip
    had = [round(value, 2) for value in fit.had.values]
    return json.dumps({"on": fit.day.date.isoformat(), "had": had, "meals": meals}, separators=(",", ":"))


def _read(week: Week, text: str) -> Fit | None:
    """The offer on the day as it is now; None when its meals were changed or eaten, or something was logged since."""
    kept = json.loads(text)
    views = {crockford.encode(view.id): view for view in week.views}
    old = tuple(views[meal["old"]] for meal in kept["meals"] if meal["old"] in views)
    if len(old) != len(kept["meals"]) or not all(week.is_open(view) for view in old):
        return None
    had = Nutrients(*kept["had"])
    bases = [g for n in (False, True) for g in grounds(week, old, from_logs=n) if _is_same(g.had, had)]
    stays = week.whole(bases[0].kept) if bases else None
    new = tuple(meal for view, each in zip(old, kept["meals"], strict=True) if (meal := _meal(week, view.slot, each)))
    if stays is None or len(new) != len(old):
        return None
    return Fit(old, new, day_with(week.empty(date.fromisoformat(kept["on"])), (*stays, *new)), had)


def _is_same(one: Nutrients, other: Nutrients) -> bool:
    return all(abs(a - b) < 1.0 for a, b in zip(one.values, other.values, strict=True))


def _meal(week: Week, slot: str, kept: dict[str, object]) -> PlannedMeal | None:
    """A dish from its codes, judged as the person is now."""
    judge = judge_for(week.profile)
    try:
        items = tuple(item_of(week.catalogue.food(code), grams) for code, grams in kept["items"])  # type: ignore[attr-defined]  # pairs
    except KeyError:
        return None
    rulings = [judge(item.food) for item in items]
    return PlannedMeal(
        slot=slot,
        name=str(kept["name"]),
        recipe_code=str(kept["recipe"]),
        items=items,
        totals=total(item.nutrients for item in items),
        prep_minutes=int(str(kept["minutes"])),
        servings=float(str(kept["servings"])),
        proof=tuple(proof for ruling in rulings for proof in ruling.proof),
        notes=tuple(dict.fromkeys(note for ruling in rulings for note in ruling.notes)),
    )
