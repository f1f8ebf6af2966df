"""From the words of a person to a food of the catalogue, and from their measure to grams (for the food log).

Whole words and synonyms first; only then close spelling. Plain similarity would take "egg" for eggplant and "butter"
for peanut butter, so a phrase must share its words, and short words must be spelt right. This is for logging only:
allergens are never decided by similarity (science.md N-34).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from agents.domain.allergen_table import words_of
from agents.domain.foods import Catalogue, Food, Serving
from agents.schemas import FoodItem

FLOOR = 80.0  # under this nothing was recognised
SURE = 90.0  # under this it is asked
EXACT, EXACT_BUT_FILLERS = 100.0, 97.0
CANDIDATES, WORTH_OFFERING = 3, 65.0
SPELLING_FROM_LETTERS = 5  # "pear" and "peas" are one letter apart; shorter words are taken as they are
SAME_WORDS_BASE = 60.0  # half of the words shared scores 80, which is a question
FILLERS: Final = frozenset({
    "a", "an", "the", "of", "some", "my", "piece", "portion", "bowl", "plate", "fresh", "plain", "organic", "homemade",
    "large", "medium", "small", "big", "little", "ripe", "whole", "grilled", "baked", "roasted", "steamed", "cooked",
    "boiled", "hot", "cold", "sliced", "diced", "chopped", "frozen",
})  # fmt: skip
# Kitchen volumes in ml where a food has no measure of that name (US cup).
VOLUME_ML: Final[Mapping[str, float]] = {
    "ml": 1, "tsp": 5, "teaspoon": 5, "tbsp": 15, "tablespoon": 15, "cup": 240, "glass": 240, "mug": 300, "can": 330,
    "bottle": 500, "pint": 568, "litre": 1000, "liter": 1000,
}  # fmt: skip
SAME_MEASURE: Final[Mapping[str, str]] = {
    "teaspoon": "tsp", "tablespoon": "tbsp", "mug": "cup", "tub": "pot", "tin": "tin", "can": "tin",
    "rasher": "slice", "fillet": "piece", "breast": "piece", "serving": "portion", "unit": "piece", "item": "piece",
    "whole": "piece", "patty": "piece", "egg": "piece",
}  # fmt: skip
DENSITY_G_ML: Final[Mapping[str, float]] = {"oil_fat": 0.92, "sweet": 1.4, "dairy": 1.03, "plant_drink": 1.02}

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoodMatch:
    """The food meant, if any. `score` is 0..100; under 90 it should be asked, with `candidates` as the choice."""

    food: Food | None
    score: float
    candidates: tuple[Food, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the food may be logged without asking."""
        return self.food is not None and self.score >= SURE


def match_food(words: str, catalogue: Catalogue) -> FoodMatch:
    """The food these words mean. A score under 80 gives no food, only the nearest candidates."""
    said = words_of(words)
    if all(word.isdigit() for word in said):
        return FoodMatch(None, 0.0, ())
    phrases, index = _phrases(catalogue), _index(catalogue)
    plain = tuple(word for word in said if word not in FILLERS) or said
    for form, score in ((said, EXACT), (plain, EXACT_BUT_FILLERS)):
        if food := phrases.get(form) or index.get(frozenset(form)):
            return FoodMatch(food, score, (food,))
    scored = _nearest(plain, index)
    if not scored:
        return FoodMatch(None, 0.0, ())
    best = scored[0][1]
    candidates = tuple(food for food, score in scored[:CANDIDATES] if score >= WORTH_OFFERING)
    return FoodMatch(candidates[0] if best >= FLOOR else None, best, candidates)


def grams_of(item: FoodItem, food: Food) -> tuple[float, Literal["stated", "default_serving"]]:
    """Grams of a logged food: as said in mass, volume or a measure known for this food, else a usual serving.

    "stated" also covers a count in a household measure ("2 slices"); "default_serving" means the amount was assumed.
    """
    if item.grams is not None and item.grams > 0:
        return item.grams, "stated"
    if item.ml is not None and item.ml > 0:
        return item.ml * _density_g_ml(food), "stated"
    count = item.quantity if item.quantity is not None and item.quantity > 0 else None
    unit = " ".join(words_of(item.unit)) if item.unit else ""
    serving = _serving(food, unit) if unit or count else None
    if serving is not None:
        return (count or 1.0) * serving.grams, "stated"
    if unit in VOLUME_ML:
        return (count or 1.0) * VOLUME_ML[unit] * _density_g_ml(food), "stated"
    usual = food.default_serving
    return (count or 1.0) * (usual.grams if usual else 100.0), "default_serving"


@cache
def _phrases(catalogue: Catalogue) -> dict[Words, Food]:
    """Every name, synonym and name without its qualifier in its own order: chocolate milk is not milk chocolate."""
    found: dict[Words, Food] = {}
    for food in catalogue.foods:
        found[words_of(food.name)] = food
    for food in catalogue.foods:
        for phrase in food.synonyms:
            found.setdefault(words_of(phrase), food)
    for food in catalogue.foods:
        found.setdefault(words_of(food.name.partition(",")[0]), food)
    return found


@cache
def _index(catalogue: Catalogue) -> dict[frozenset[str], Food]:
    """The same as sets of words, for people who turn them round; the earlier kind wins."""
    found: dict[frozenset[str], Food] = {}
    for words, food in _phrases(catalogue).items():
        found.setdefault(frozenset(words), food)
    return found


def _nearest(said: Words, index: Mapping[frozenset[str], Food]) -> list[tuple[Food, float]]:
    """Foods by score, each once, the best first; ties by code so that the order is stable."""
    best: dict[str, tuple[Food, float]] = {}
    for phrase, food in index.items():
        score = max(_shared(frozenset(said), phrase), _spelling(said, phrase))
        if score > best.get(food.code, (food, 0.0))[1]:
            best[food.code] = (food, score)
    return sorted(best.values(), key=lambda pair: (-pair[1], pair[0].code))


def _shared(said: frozenset[str], phrase: frozenset[str]) -> float:
    """How much of the longer of two word sets the shorter covers, where it lies wholly inside."""
    if not phrase or not (said <= phrase or phrase <= said):
        return 0.0
    covered = min(len(said), len(phrase)) / max(len(said), len(phrase))
    return SAME_WORDS_BASE + (100 - SAME_WORDS_BASE) * covered


def _spelling(said: Words, phrase: frozenset[str]) -> float:
    """Closeness of spelling, word for word: every word must find its own partner, short words only themselves."""
    from rapidfuzz.fuzz import ratio

    if len(set(said)) != len(phrase):
        return 0.0
    left, worst = set(phrase), 100.0
    for word in said:
        partner = max(left, key=lambda other: (ratio(word, other), other)) if left else ""
        score = ratio(word, partner)
        if word != partner and min(len(word), len(partner)) < SPELLING_FROM_LETTERS:
            return 0.0
        left.discard(partner)
        worst = min(worst, score)
    return worst


def _serving(food: Food, unit: str) -> Serving | None:
    """The measure of this name; a bare count means pieces where the food has them."""
    wanted = unit or "piece"
    names = (wanted, SAME_MEASURE.get(wanted, wanted))
    return next((serving for serving in food.servings if " ".join(words_of(serving.label)) in names), None)


def _density_g_ml(food: Food) -> float:
    return DENSITY_G_ML.get(food.group, 1.0)
