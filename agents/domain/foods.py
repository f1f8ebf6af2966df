"""Foods, servings and recipes as the engines see them, and look-ups over them.

Nutrients are per 100 g edible portion. `carbs_g` includes fibre, the US convention (science.md N-1).
`None` means "not measured", never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from agents.domain.allergen_table import words_of
from agents.domain.profile import CookingSkill

AllergenState = Literal["clear", "may", "contains"]
MealKind = Literal["breakfast", "lunch", "dinner", "snack"]
Role = Literal["staple", "protein"]
Macro = Literal["protein", "carbs", "fat"]
Season = Literal["spring", "summer", "autumn", "winter"]

# science.md N-30
ALLERGENS: Final = (
    "milk", "egg", "fish", "crustacean", "mollusc", "tree_nut", "peanut", "wheat", "gluten", "soy", "sesame", "celery",
    "mustard", "lupin", "sulphite", "coconut", "mammal",
)  # fmt: skip
FLAGS: Final = frozenset({
    "meat", "poultry", "pork", "beef", "fish", "seafood", "dairy", "egg", "honey", "gelatine", "alcohol", "grain",
    "legume", "refined_sugar", "root_vegetable", "onion_garlic", "animal_rennet", "high_fodmap", "raw_animal",
    "unpasteurised", "liver", "high_mercury_fish", "caffeine",
})  # fmt: skip
STATE_RANK: Final[Mapping[AllergenState, int]] = {"clear": 0, "may": 1, "contains": 2}  # N-31: CLEAR < MAY < CONTAINS
MACROS: Final[tuple[Macro, ...]] = ("protein", "carbs", "fat")
MEAL_KINDS: Final[tuple[MealKind, ...]] = ("breakfast", "lunch", "dinner", "snack")


@dataclass(frozen=True, slots=True)
class Nutrients:
    """Energy in kcal and macros in grams of some amount of food."""

    kcal: float = 0.0
    protein_g: float = 0.0
    carbs_g: float = 0.0
    fat_g: float = 0.0
    fibre_g: float = 0.0

    def __add__(self, other: "Nutrients") -> "Nutrients":
        return Nutrients(
            self.kcal + other.kcal,
            self.protein_g + other.protein_g,
            self.carbs_g + other.carbs_g,
            self.fat_g + other.fat_g,
            self.fibre_g + other.fibre_g,
        )

    def rounded(self) -> "Nutrients":
        """Two decimals, as the columns of planned_meals hold them."""
        return Nutrients(*(round(value, 2) for value in self.values))

    @property
    def values(self) -> tuple[float, float, float, float, float]:
        """kcal, protein, carbohydrate, fat, fibre."""
        return self.kcal, self.protein_g, self.carbs_g, self.fat_g, self.fibre_g


def total(parts: Iterable[Nutrients]) -> Nutrients:
    """The sum, rounded to two decimals."""
    return sum(parts, Nutrients()).rounded()


@dataclass(frozen=True, slots=True)
class Serving:
    """A household measure of one food: "slice" of 36 g."""

    label: str
    grams: float
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """What a shop sells: "500 g bag". `price` is a rough supermarket price in euros or dollars, for comparing only."""

    label: str
    grams: float
    price: float


@dataclass(frozen=True, slots=True)
class Buying:
    """How a food comes home: 100 g of it need `grams_per_100g` of the food `buy_as` (cooked rice: 36 g of dry rice).

    `pack` is None for a food that is made at home from another.
    """

    buy_as: str
    grams_per_100g: float
    pack: Pack | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Food:
    """One food. `allergens` holds the state of every key of N-30 (N-31): nothing is clear by absence.

    `is_curated` marks a checked single-ingredient entry: what it does not list is clear. In any other food an allergen
    that nobody has declared is "may".
    """

    code: str
    name: str
    group: str
    aisle: str
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float | None = None
    sugar_g: float | None = None
    sat_fat_g: float | None = None
    sodium_mg: float | None = None
    alcohol_g: float = 0.0
    is_curated: bool = False
    allergens: Mapping[str, AllergenState] = field(default_factory=dict, hash=False)
    flags: frozenset[str] = frozenset()
    synonyms: tuple[str, ...] = ()
    price_class: int = 1  # 1 cheap .. 3 dear
    source_ref: str | None = None  # USDA SR nutrient number
    servings: tuple[Serving, ...] = ()
    buying: Buying | None = None

    def state(self, allergen: str) -> AllergenState:
        """What is known about one allergen; "may" for a key nobody has looked at (N-31)."""
        return self.allergens.get(allergen, "may")

    @property
    def contains(self) -> tuple[str, ...]:
        """The allergens it certainly contains."""
        return tuple(key for key in ALLERGENS if self.state(key) == "contains")

    @property
    def default_serving(self) -> Serving | None:
        """The measure meant when no amount is said."""
        return next((s for s in self.servings if s.is_default), self.servings[0] if self.servings else None)

    def of(self, grams: float) -> Nutrients:
        """The nutrients of so many grams. Unmeasured fibre counts as none."""
        share = grams / 100
        return Nutrients(
            self.kcal * share,
            self.protein_g * share,
            self.carbs_g * share,
            self.fat_g * share,
            (self.fibre_g or 0.0) * share,
        )


@dataclass(frozen=True, slots=True)
class Ingredient:
    """So many grams of a food in one serving. The item with a role may be weighed out a little up or down."""

    food: str
    grams: float
    role: Role | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A dish for one serving. `minutes` is the whole time from the start to the table.

    `keeps_days` is how long a cooked portion keeps in a fridge (0: eat it fresh), `seasons` when its produce is at its
    best (northern seasons; () is all year).
    """

    code: str
    name: str
    kinds: tuple[MealKind, ...]
    cuisine: str
    minutes: int
    skill: CookingSkill
    equipment: tuple[str, ...]
    ingredients: tuple[Ingredient, ...]
    steps: tuple[str, ...]
    keeps_days: int = 0
    seasons: tuple[Season, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A small add-on that fills a macro: up to `max_g` of a food in steps of `step_g` with certain meals."""

    food: str
    macro: Macro
    step_g: int
    max_g: int
    kinds: tuple[MealKind, ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All foods, recipes and sides. Compared by identity: there is one per table version."""

    version: str
    foods: tuple[Food, ...]
    recipes: tuple[Recipe, ...]
    sides: tuple[Side, ...]

    @cached_property
    def _foods_by_code(self) -> Mapping[str, Food]:
        return {food.code: food for food in self.foods}

    @cached_property
    def _recipes_by_code(self) -> Mapping[str, Recipe]:
        return {recipe.code: recipe for recipe in self.recipes}

    @cached_property
    def _nutrients(self) -> Mapping[str, Nutrients]:
        return {recipe.code: self._counted(recipe) for recipe in self.recipes}

    def _counted(self, recipe: Recipe) -> Nutrients:
        return total(self.food(item.food).of(item.grams) for item in recipe.ingredients)

    def food(self, code: str) -> Food:
        """The food with this code. Raises KeyError for an unknown one."""
        return self._foods_by_code[code]

    def recipe(self, code: str) -> Recipe:
        """The recipe with this code. Raises KeyError for an unknown one."""
        return self._recipes_by_code[code]

    def foods_of(self, recipe: Recipe) -> tuple[Food, ...]:
        """The foods of a recipe, in its order."""
        return tuple(self.food(item.food) for item in recipe.ingredients)

    def nutrients_of(self, recipe: Recipe) -> Nutrients:
        """The nutrients of one serving."""
        found = self._nutrients.get(recipe.code)
        return found if found is not None else self._counted(recipe)

    def allergens_of(self, recipe: Recipe) -> Mapping[str, AllergenState]:
        """N-31: the highest state over the ingredients, for every allergen."""
        return highest(food.allergens for food in self.foods_of(recipe))


def highest(states: Iterable[Mapping[str, AllergenState]]) -> dict[str, AllergenState]:
    """N-31: the highest state of every allergen over several foods; "may" where a food says nothing."""
    tables = tuple(states)
    return {
        key: max((table.get(key, "may") for table in tables), key=STATE_RANK.__getitem__, default="may")
        for key in ALLERGENS
    }


def mentions(food: Food, words: str) -> bool:
    """Whether a food goes by these words: all of them in its name, in one synonym or in one flag.

    Whole words only: "egg" is not in "eggplant". Meant for dislikes and for allergies to something without a key; the
    keys of N-30 are decided by `allergens`.
    """
    wanted = set(words_of(words))
    if not wanted:
        return False
    return any(wanted <= set(words_of(phrase)) for phrase in (food.name, food.code, *food.synonyms, *food.flags))


def states_from(
    *, contains: Iterable[str], may: Iterable[str], clear: Iterable[str] = (), is_curated: bool
) -> dict[str, AllergenState]:
    """Every key of N-30 with its state. Raises ValueError for an unknown key or one listed twice."""
    rest: AllergenState = "clear" if is_curated else "may"
    states: dict[str, AllergenState] = dict.fromkeys(ALLERGENS, rest)
    declared: list[tuple[str, AllergenState]] = [
        *((key, "contains") for key in contains),
        *((key, "may") for key in may),
        *((key, "clear") for key in clear),
    ]
    seen: set[str] = set()
    for key, state in declared:
        if key not in states or key in seen:
            raise ValueError(f"allergen {key!r} is unknown or listed twice")
        seen.add(key)
        states[key] = state
    return states
