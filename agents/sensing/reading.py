"""What a model says it saw becomes a Sight: names and estimates only, cut to what food can be.

The answer is data from outside, and what is written on a picture may have been put there to be obeyed. So a name is a
few plain words that are no sentence or it is dropped, an amount is inside what people eat or it is left to our own
servings, and nothing else of the answer has any effect.
"""

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema

from agents.domain.product import KCAL_PER_KJ, SODIUM_MG_PER_G_SALT, Product
from agents.domain.sight import SeenItem, Sight, SightKind
from agents.model.failure import ModelFailed

KINDS: Final[tuple[SightKind, ...]] = ("meal", "fridge", "label", "recipe", "other")
UNITS: Final = ("", "piece", "slice", "cup", "glass", "bowl", "tbsp", "tsp", "can", "bottle", "handful", "portion")
MOST_ITEMS, MOST_NAME_WORDS, MOST_NAME = 20, 5, 48
LEAST_CONFIDENCE: Final = 0.2
GRAMS, COUNT, SERVINGS = (1.0, 2000.0), (0.1, 30.0), (1.0, 24.0)
MOST_WRITING, MOST_INGREDIENTS = 600, 1500
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_' %&-]*(?:[ '%&-]+[^\W_]+)*")
# No food is called so: where one of these stands, somebody talks.
_TALK: Final = frozenset((
    "i", "im", "you", "your", "my", "me", "we", "us", "they", "he", "she", "it", "is", "are", "was", "be", "dont",
    "not", "must", "should", "shall", "please", "ignore", "forget", "delete", "remove", "logged", "send", "tell",
    "say", "reply", "answer", "pretend", "account", "rule", "rules", "instruction", "instructions", "prompt", "system",
    "assistant", "model", "user", "admin", "password", "kcal", "calories", "calorie", "http", "https", "www",
))  # fmt: skip


def _one_of(*names: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(names)})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeenFood(_Strict):
    """One food on the picture."""

    name: str
    grams: float | None
    count: float | None
    unit: Annotated[str, _one_of(*UNITS)]
    confidence: float


class SeenLabel(_Strict):
    """The table on a package; `per_g` is the amount its figures are for."""

    name: str
    per_g: float | None
    kcal: float | None
    kj: float | None
    protein_g: float | None
    carbs_g: float | None
    carbs_include_fibre: bool
    fat_g: float | None
    fibre_g: float | None
    sugar_g: float | None
    saturated_fat_g: float | None
    salt_g: float | None
    sodium_mg: float | None
    serving_g: float | None
    ingredients: str


class Look(_Strict):
    """The whole answer of a model."""

    kind: Annotated[str, _one_of(*KINDS)]
    items: tuple[SeenFood, ...]
    servings: float | None
    label: SeenLabel | None
    writing: str


SCHEMA: Final[Mapping[str, Any]] = Look.model_json_schema()


def read(answer: Mapping[str, Any]) -> Sight:
    """The part of an answer that can be believed. Raises ModelFailed("invalid") for another shape."""
    try:
        look = Look.model_validate(answer)
    except ValidationError:
        raise ModelFailed("invalid") from None
    items = tuple(_items(look))
    return Sight(
        kind=next((kind for kind in KINDS if kind == look.kind), "other"),
        items=items,
        servings=_within(look.servings, SERVINGS) or 1.0,
        product=_product(look.label) if look.label is not None else None,
        writing=_plain(look.writing)[:MOST_WRITING],
        has_more=len(look.items) > len(items),
    )


def _items(look: Look) -> Iterator[SeenItem]:
    named: set[str] = set()
    for food in look.items:
        name = _name(food.name)
        confidence = food.confidence if math.isfinite(food.confidence) else 0.0
        if name is None or name in named or confidence < LEAST_CONFIDENCE or len(named) >= MOST_ITEMS:
            continue
        named.add(name)
        unit = food.unit if food.unit in UNITS else ""
        grams, count = _within(food.grams, GRAMS), _within(food.count, COUNT)
        yield SeenItem(name, grams, count, unit, min(confidence, 1.0))


def _name(text: str) -> str | None:
    """A food's name in lower case; None for what is no plain name of a food."""
    name = _plain(text).lower().strip(" .,:;!-'")
    words = name.replace("'", "").split()
    if len(name) > MOST_NAME or len(words) > MOST_NAME_WORDS or not _TALK.isdisjoint(words):
        return None
    return name if _NAME.fullmatch(name) else None


def _product(label: SeenLabel) -> Product | None:
    """The figures for 100 g; None where one that is needed was not read. Nothing is made up for what is missing."""
    kcal = label.kcal if label.kcal is not None else None if label.kj is None else label.kj * KCAL_PER_KJ
    needed = (kcal, label.protein_g, label.carbs_g, label.fat_g, label.per_g)
    if any(figure is None or not math.isfinite(figure) for figure in needed) or not 1 <= (label.per_g or 0) <= 1000:
        return None
    share = 100 / (label.per_g or 100)
    fibre = _scaled(label.fibre_g, share)
    carbs = (label.carbs_g or 0.0) * share
    if not label.carbs_include_fibre:  # European tables leave it out, ours have it in (science.md N-1)
        carbs += fibre or 0.0
    sodium = label.sodium_mg if label.salt_g is None else label.salt_g * SODIUM_MG_PER_G_SALT
    return Product(
        name=_title(label.name),
        kcal=round((kcal or 0.0) * share, 1),
        protein_g=round((label.protein_g or 0.0) * share, 2),
        carbs_g=round(carbs, 2),
        fat_g=round((label.fat_g or 0.0) * share, 2),
        fibre_g=fibre,
        sugar_g=_scaled(label.sugar_g, share),
        sat_fat_g=_scaled(label.saturated_fat_g, share),
        sodium_mg=_scaled(sodium, share),
        serving_g=_within(label.serving_g, (1.0, 1000.0)),
        ingredients=_plain(label.ingredients)[:MOST_INGREDIENTS],
    )


def _title(text: str) -> str:
    """What is printed on the package, as far as it is a plain name; brands are not in our word lists."""
    name = _plain(text).strip(" .,:;!-'")
    words = name.split()[:MOST_NAME_WORDS]
    short = " ".join(words)[:MOST_NAME].strip()
    return short if _NAME.fullmatch(short.lower()) else "this product"


def _scaled(figure: float | None, share: float) -> float | None:
    if figure is None or not math.isfinite(figure) or figure < 0:
        return None
    return round(figure * share, 2)


def _within(figure: float | None, limits: tuple[float, float]) -> float | None:
    if figure is None or not math.isfinite(figure):
        return None
    return figure if limits[0] <= figure <= limits[1] else None


def _plain(text: str) -> str:
    """One line of printable characters."""
    shown = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in unicodedata.normalize("NFKC", text))
    return " ".join(shown.split())
