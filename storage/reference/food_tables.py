"""The shipped tables of foods, household servings and recipes, read once into a domain `Catalogue`.

foods.csv is per 100 g edible portion with fibre inside carbohydrate (US convention); an empty nutrient is "not
measured". `contains`, `may` and `clear` list allergen keys (science.md N-30). A curated entry is a checked single
ingredient and clear of every other key; in the rest, a key that is not listed counts as may (N-31). `source_ref` is a
number of the USDA National Nutrient Database for Standard Reference, where the figures agree with it.
"""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from agents.domain.foods import FLAGS, Buying, Catalogue, Food, Ingredient, Pack, Recipe, Serving, Side, states_from

FOODS, SERVINGS, BUYING, SIDES = "foods.csv", "servings.csv", "buying.csv", "sides.json"
RECIPES = ("recipes_breakfasts.json", "recipes_mains.json", "recipes_snacks.json")


@cache
def catalogue() -> Catalogue:
    """The built-in catalogue. Its version is a short hash of the files, for stored proofs (science.md N-33)."""
    names = (FOODS, SERVINGS, BUYING, SIDES, *RECIPES)
    texts = {name: files("storage.reference").joinpath(name).read_text("utf-8") for name in names}
    servings, buying = _servings(texts[SERVINGS]), _buying(texts[BUYING])
    foods = tuple(
        _food(row, servings.pop(row["code"], ()), buying.pop(row["code"], None)) for row in _rows(texts[FOODS])
    )
    if servings or buying:
        raise ValueError(f"servings or buying of foods that are not in {FOODS}: {sorted({*servings, *buying})}")
    recipes = tuple(_recipe(entry) for name in RECIPES for entry in json.loads(texts[name]))
    sides = tuple(Side(**{**entry, "kinds": tuple(entry["kinds"])}) for entry in json.loads(texts[SIDES]))
    _check(foods, recipes, sides)
    return Catalogue(version=_version(texts), foods=foods, recipes=recipes, sides=sides)


def _version(texts: Mapping[str, str]) -> str:
    return hashlib.sha256("".join(texts[name] for name in sorted(texts)).encode()).hexdigest()[:12]


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _servings(text: str) -> dict[str, tuple[Serving, ...]]:
    found: defaultdict[str, list[Serving]] = defaultdict(list)
    for row in _rows(text):
        found[row["food_code"]].append(Serving(row["label"], float(row["grams"]), row["is_default"] == "yes"))
    return {code: tuple(servings) for code, servings in found.items()}


def _buying(text: str) -> dict[str, Buying]:
    """How each food is bought; a prepared food has no pack of its own and points at what it is made from."""
    return {
        row["food_code"]: Buying(
            row["buy_as"],
            float(row["buy_g_per_100g"]),
            Pack(row["pack"], float(row["pack_g"]), float(row["pack_price"])) if row["pack"] else None,
        )
        for row in _rows(text)
    }


def _food(row: Mapping[str, str], servings: tuple[Serving, ...], buying: Buying | None) -> Food:
    is_curated = row["curated"] == "yes"
    states = states_from(
        contains=row["contains"].split(), may=row["may"].split(), clear=row["clear"].split(), is_curated=is_curated
    )
    flags = frozenset(row["flags"].split())
    if unknown := flags - FLAGS:
        raise ValueError(f"{row['code']} has unknown flags {sorted(unknown)}")
    return Food(
        code=row["code"],
        name=row["name"],
        group=row["food_group"],
        aisle=row["aisle"],
        kcal=float(row["kcal"]),
        protein_g=float(row["protein_g"]),
        carbs_g=float(row["carbs_g"]),
        fat_g=float(row["fat_g"]),
        fibre_g=_measured(row["fibre_g"]),
        sugar_g=_measured(row["sugar_g"]),
        sat_fat_g=_measured(row["sat_fat_g"]),
        sodium_mg=_measured(row["sodium_mg"]),
        alcohol_g=float(row["alcohol_g"]),
        is_curated=is_curated,
        allergens=states,
        flags=flags,
        synonyms=tuple(word for word in row["synonyms"].split("; ") if word),
        price_class=int(row["price_class"]),
        source_ref=row["source_ref"] or None,
        servings=servings,
        buying=buying,
    )


def _measured(cell: str) -> float | None:
    return float(cell) if cell else None


def _recipe(entry: Mapping[str, Any]) -> Recipe:
    lists = {key: tuple(entry.get(key, ())) for key in ("kinds", "equipment", "steps", "seasons")}
    return Recipe(**{**entry, **lists, "ingredients": tuple(Ingredient(**item) for item in entry["ingredients"])})


def _check(foods: tuple[Food, ...], recipes: tuple[Recipe, ...], sides: tuple[Side, ...]) -> None:
    codes = {food.code for food in foods}
    if len(codes) < len(foods) or len({recipe.code for recipe in recipes}) < len(recipes):
        raise ValueError("a food or recipe code occurs twice")
    used = {item.food for recipe in recipes for item in recipe.ingredients} | {side.food for side in sides}
    if used - codes:
        raise ValueError(f"recipes use unknown foods {sorted(used - codes)}")
    sold = {food.code for food in foods if food.buying and food.buying.pack}
    if stray := {food.buying.buy_as for food in foods if food.buying} - sold:
        raise ValueError(f"foods are bought as something that has no pack: {sorted(stray)}")
