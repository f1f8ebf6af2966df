"""Another dish for one meal: which meal is meant, two dishes that keep the day, and more on request."""

import asyncio
from uuid import UUID

from agents.domain import crockford
from agents.domain.changes import QuestionOpened
from agents.domain.context import Context, OpenQuestion, PlannedMealView
from agents.domain.rationale import hides_numbers
from agents.nodes.meals import offers
from agents.nodes.meals.exchanging import is_sound
from agents.nodes.meals.fitting import Fit, Wish, fitted, near_dishes, recipes_of
from agents.nodes.meals.meant import Meant, meant
from agents.nodes.meals.naming import begun, meal_words
from agents.nodes.meals.showing import no_plan
from agents.nodes.meals.week import Week, planned_week
from agents.ports import Ports
from agents.schemas import Intent, Target
from agents.state import Choice, Line, Part

ALTERNATIVES = 2
MOST_PAGES = 5  # ten dishes turned down are enough
WHICH = "meal_which"


async def swap(context: Context, order: Intent, ports: Ports) -> Part:
    """Two other dishes for the meal that was meant; asked which where that is open."""
    week = await planned_week(context, ports)
    if week is None:
        return no_plan(context)
    target = order.payload if isinstance(order.payload, Target) else Target()
    found = meant(week, target)
    if len(found.meals) == 1:
        return await _offered(week, found.meals[0], _next_page(context, found.meals[0]), ports)
    return _which(week, found) if found.meals else _none(found)


async def swap_this(context: Context, data: str, ports: Ports) -> Part:
    """A tap on the meal that is meant: "<id>"."""
    week, view = await _tapped(context, data, ports)
    return await _offered(week, view, 0, ports) if week and view else _stale()


async def more(context: Context, data: str, ports: Ports) -> Part:
    """A tap on "something else": "<id>:<page>"."""
    text, _, page = data.partition(":")
    week, view = await _tapped(context, text, ports)
    if week is None or view is None or not page.isdecimal() or int(page) > MOST_PAGES:
        return _stale()
    return await _offered(week, view, int(page), ports)


async def _tapped(context: Context, text: str, ports: Ports) -> tuple[Week | None, PlannedMealView | None]:
    try:
        identity: UUID | None = crockford.decode(text)
    except ValueError:
        identity = None
    week = await planned_week(context, ports) if identity else None
    views = week.views if week else ()
    return week, next((v for v in views if week and v.id == identity and week.is_open(v)), None)


async def _offered(week: Week, view: PlannedMealView, page: int, ports: Ports) -> Part:
    context = week.context
    options = await asyncio.to_thread(alternatives, week, view, page)
    found = [fit for fit in options if is_sound(week, fit, ports)]
    args = {"meal": meal_words(view, context.today), "dish": view.name}
    if not found:
        key = "swap-none-left" if page else "swap-none"
        return Part("meal_planner", changes=(QuestionOpened(None),), lines=(Line(key, args),))
    is_hidden = hides_numbers(context.profile)
    offered = [(_label(fit, is_hidden=is_hidden), fit) for fit in found]
    identity = crockford.encode(view.id)
    has_more = len(found) == ALTERNATIVES and page < MOST_PAGES
    others = (Choice("opt-meal-more", f"meal:more:{identity}:{page + 1}"),) if has_more else ()
    question, rows = offers.asked(context, ports, offered, *others, meal=identity, page=str(page))
    return Part("meal_planner", changes=(question,), lines=(Line("swap-offer", args),), choices=rows)


def alternatives(week: Week, view: PlannedMealView, page: int) -> list[Fit]:
    """The two dishes of this page; the earlier pages were turned down."""
    turned_down = list(recipes_of(week, week.on(view.local_date)))
    near = near_dishes(week, view.local_date)
    found: list[Fit] = []
    for _ in range((page + 1) * ALTERNATIVES):
        others = fitted(week, Wish((view,), (*turned_down, *near)))
        fit = others or fitted(week, Wish((view,), tuple(turned_down)))
        if fit is None:
            break
        found.append(fit)
        turned_down.append(fit.new[0].recipe_code)
    return found[page * ALTERNATIVES :]


def _next_page(context: Context, view: PlannedMealView) -> int:
    """Asking again for the meal that dishes were just offered for turns those down."""
    question = context.question
    if question is None or question.code != offers.QUESTION or not question.hears_words(context.now):
        return 0
    if question.data.get("meal") != crockford.encode(view.id):
        return 0
    return min(int(question.data.get("page", "0")) + 1, MOST_PAGES)


def _label(fit: Fit, *, is_hidden: bool) -> str:
    meal = fit.new[0]
    energy = "" if is_hidden else f", {meal.totals.kcal:.0f} kcal"
    return f"{meal.name} ({meal.prep_minutes} min{energy})"


def _which(week: Week, found: Meant) -> Part:
    today = week.context.today
    rows = [
        (f"{begun(meal_words(view, today))}: {view.name}", f"meal:which:{crockford.encode(view.id)}")
        for view in found.meals[:6]
    ]
    question = OpenQuestion(WHICH, tuple(rows), {}, week.context.now)
    return Part(
        "meal_planner",
        changes=(QuestionOpened(question),),
        lines=(Line("swap-which"),),
        choices=tuple(offers.button(label, tap) for label, tap in rows),
    )


def _none(found: Meant) -> Part:
    return Part("meal_planner", lines=(Line(found.why, found.args),))


def _stale() -> Part:
    return Part("meal_planner", lines=(Line("stale-button"),))
