"""A packaged food, found by its number or read from its label: its figures to be checked, and how much was eaten."""

import json
import re
from typing import Final, Literal

from agents.domain.allergens import restrictions_for, scan_text
from agents.domain.barcodes import printed
from agents.domain.changes import LoggedFood, MealLogged, QuestionOpened
from agents.domain.context import Context, OpenQuestion
from agents.domain.product import LARGEST_PORTION_G, Product, portions_g, product_of
from agents.domain.rationale import hides_numbers
from agents.domain.sight import PRODUCT_ASKED
from agents.nodes.meals.eating import logged_part, slot_at
from agents.nodes.meals.offers import digest
from agents.ports import Ports
from agents.state import Choice, Line, Part

_AMOUNT: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?")
Entry = Literal["photo", "barcode"]


def offered(
    context: Context, product: Product, ports: Ports, *, entry: Entry, slot: str | None, beside: tuple[Line, ...]
) -> Part:
    """What was read, and a button for each amount."""
    kept = {"product": product.written(), "entry": entry, "slot": slot}
    text = json.dumps(kept, separators=(",", ":"))
    name = digest(text)
    amounts = tuple(
        Choice("opt-seen-grams", f"seen:eat:{name}:{grams:g}", {"grams": f"{grams:g}"}) for grams in portions_g(product)
    )
    rows = (amounts, (Choice("opt-seen-not", "seen:not"),))
    locale = context.profile.locale
    options = tuple((ports.speech.say(locale, c.key, c.args), c.data) for row in rows for c in row)
    question = QuestionOpened(OpenQuestion(PRODUCT_ASKED, options, {name: text}, context.now))
    listed = _listed(context, product)
    alerts = (Line("see-product-alert", {"food": product.name, "kept_out": ", ".join(listed)}),) if listed else ()
    lines = (*alerts, *_said(context, product, entry), *_doubt(context, listed), *beside, Line("see-how-much"))
    level, rules = ("caution", ("N-32",)) if listed else ("none", ())
    return Part("meal_planner", changes=(question,), lines=lines, choices=rows, level=level, rules=rules)


async def eaten(context: Context, tapped: str, ports: Ports) -> Part:
    """A tap on an amount, or an amount that was typed: `tapped` is the offer's short name and the grams."""
    name, _, amount = tapped.partition(":")
    question = context.question
    text = question.data.get(name) if question and question.code == PRODUCT_ASKED else None
    if text is None or not _AMOUNT.fullmatch(amount) or not 0 < float(amount) <= LARGEST_PORTION_G:
        return Part("meal_planner", lines=(Line("stale-button"),))
    kept = json.loads(text)
    product, grams = product_of(kept["product"]), float(amount)
    listed = _listed(context, product)
    now = context.local_now
    slot = kept["slot"] or slot_at(now.hour)
    food = _logged(product, grams)
    change = MealLogged(ports.new_id(), slot, now, now.date(), (food,), bool(listed), kept["entry"])
    part = logged_part(context, change, [], [product.name] if listed else [], list(_doubt(context, listed)))
    return Part(
        part.agent, changes=(*part.changes, QuestionOpened(None)), lines=part.lines, choices=part.choices,
        level=part.level, rules=part.rules,
    )  # fmt: skip


def unknown_code(codes: tuple[str, ...]) -> tuple[Line, ...]:
    """What is said about a number that stands in no table."""
    return (Line("code-unknown", {"code": printed(codes[0])}),) if codes else ()


def _listed(context: Context, product: Product) -> list[str]:
    """What of the person's list is, or may be, in it by the words on the package."""
    found = scan_text(f"{product.name}. {product.ingredients}", restrictions_for(context.profile))
    return list(dict.fromkeys(verdict.allergen.replace("_", " ") for verdict in found))


def _doubt(context: Context, listed: list[str]) -> tuple[Line, ...]:
    """A picture or a table proves no absence: for allergies the package has the last word (science.md N-31)."""
    return (Line("see-check-package"),) if context.profile.allergies and not listed else ()


def _said(context: Context, product: Product, entry: Entry) -> tuple[Line, ...]:
    key = "see-label" if entry == "photo" else "code-known"
    if hides_numbers(context.profile):
        return (Line(f"{key}-plain", {"food": product.name}),)
    figures = {"kcal": product.kcal, "protein": product.protein_g, "carbs": product.carbs_g, "fat": product.fat_g}
    return (Line(key, {"food": product.name, **{name: f"{value:.4g}" for name, value in figures.items()}}),)


def _logged(product: Product, grams: float) -> LoggedFood:
    share = grams / 100
    return LoggedFood(
        name=product.name,
        food_code=None,
        quantity=grams,
        unit="g",
        grams=grams,
        kcal=product.kcal * share,
        protein_g=product.protein_g * share,
        carbs_g=product.carbs_g * share,
        fat_g=product.fat_g * share,
        fibre_g=(product.fibre_g or 0.0) * share,
        sugar_g=(product.sugar_g or 0.0) * share,
        sat_fat_g=(product.sat_fat_g or 0.0) * share,
        sodium_mg=(product.sodium_mg or 0.0) * share,
        portion_source="label",
    )
