"""From a checked profile file to the engines' `Profile` and `Larder`."""

from collections.abc import Iterable, Iterator
from typing import Final

from agents.domain.allergens import DIET_INTOLERANCES, code_for, needs_question
from agents.domain.foods import Catalogue, Food, mentions
from agents.domain.meals import Larder, Stock
from agents.domain.note import Note
from agents.domain.profile import Clearance, Injury, Profile, Restriction, RestrictionKind
from bot.plan.profile_file import AllergyEntry, PantryEntry, ProfileFile

# Spread over the week, hard days apart where they can be.
SPREAD: Final[dict[int, tuple[int, ...]]] = {
    1: (2,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 4, 5), 6: (0, 1, 2, 3, 4, 5), 7: tuple(range(7)),
}  # fmt: skip
UNKNOWN_ALLERGY: Final = (
    "I have no table of hidden sources for {}: I leave out what goes by that name and every mix that might hold it. "
    "Please read the labels."
)
PACK_G = 500.0  # of a food without a pack of its own
ACTIVE = frozenset({"active", "very_active"})
TRAINED = frozenset({"intermediate", "advanced"})


def profile_of(said: ProfileFile) -> Profile:
    """The profile the engines plan with. What a file leaves out of its lists is none."""
    return Profile(
        age=said.age,
        sex="unspecified" if said.sex == "other" else said.sex,
        height_cm=said.height_cm,
        weight_kg=said.weight_kg,
        target_weight_kg=said.target_weight_kg,
        fitness_level=said.fitness_level,
        regular_exercise=_is_regular(said),
        primary_goal=said.primary_goal,
        secondary_goal=None if said.secondary_goal == said.primary_goal else said.secondary_goal,
        work_activity=said.work_activity,
        leisure_activity=said.leisure_activity,
        conditions=(*said.conditions, *(("pregnancy",) if said.pregnant else ())),
        symptoms=(),
        medications=said.medications,
        injuries=tuple(Injury(entry.region, entry.severity) for entry in said.injuries),
        clearance=Clearance("moderate") if said.cleared else None,
        diet_type=said.diet_type,
        restrictions=tuple(dict.fromkeys(_restrictions(said))),
        allergies_asked=True,
        meals_per_day=said.meals_per_day,
        cooking_skill=said.cooking_skill,
        max_prep_minutes=said.max_prep_minutes,
        budget_per_day=said.budget_per_day,
        equipment=said.equipment,
        location=said.location,
        workout_days=_days(said.workout_days),
        workout_minutes=said.workout_minutes,
        modalities=said.modalities,
    )


def questions_of(said: ProfileFile) -> tuple[Note, ...]:
    """What would have to be asked about an allergy, and which ones have no table of their own (N-31, N-37)."""
    asked = [needs_question(entry.name) for entry in said.allergies]
    unknown = [entry.name for entry in said.allergies if not code_for(entry.name.casefold())]
    notes = [Note("N-37", question) for question in dict.fromkeys(asked) if question]
    if unknown:
        notes.append(Note("N-31", UNKNOWN_ALLERGY.format(", ".join(unknown))))
    return tuple(notes)


def larder_of(pantry: Iterable[PantryEntry], catalogue: Catalogue) -> tuple[Larder, tuple[str, ...]]:
    """What is at home, and the names that are not in the tables."""
    stocks: list[Stock] = []
    unknown: list[str] = []
    for entry in pantry:
        food = _food(entry.food, catalogue)
        if food is None:
            unknown.append(entry.food)
            continue
        pack = food.buying.pack if food.buying else None
        stocks.append(Stock(food.code, entry.grams or (pack.grams if pack else PACK_G), entry.expires_on))
    return Larder(tuple(stocks)), tuple(unknown)


def _is_regular(said: ProfileFile) -> bool:
    """S-100 (1): whoever is active in leisure, or trained and not idle, exercises already."""
    return said.leisure_activity in ACTIVE or (said.fitness_level in TRAINED and said.leisure_activity != "very_light")


def _days(asked: int | list[int] | None) -> tuple[int, ...] | None:
    if asked is None:
        return None
    return SPREAD.get(asked, ()) if isinstance(asked, int) else tuple(asked)


def _restrictions(said: ProfileFile) -> Iterator[Restriction]:
    for entry in said.allergies:
        yield from _keyed("allergy", entry)
    for entry in said.intolerances:
        yield from _keyed("intolerance", entry)
    for word in said.dislikes:
        yield Restriction("dislike", word.casefold(), label=word)
    for faith in said.religious:
        yield Restriction("religious", faith, label=faith)


def _keyed(kind: RestrictionKind, entry: AllergyEntry) -> Iterator[Restriction]:
    """By allergen key where the word has one; a word without a key stays its own code and is never dropped."""
    word = entry.name.casefold()
    if kind == "intolerance":
        diet = next((code for code in DIET_INTOLERANCES if code in word.replace("-", " ")), None)
        codes = (diet,) if diet else code_for(word)
    else:
        codes = code_for(word)
    severity = entry.severity if kind == "allergy" else None
    for code in codes or (word,):
        yield Restriction(kind, code, severity, label=entry.name)


def _food(name: str, catalogue: Catalogue) -> Food | None:
    """The food with this code, name or synonym; else the shortest name that holds all the words."""
    wanted = name.strip().casefold()
    for food in catalogue.foods:
        if wanted in (food.code, food.name.casefold(), *(synonym.casefold() for synonym in food.synonyms)):
            return food
    loose = [food for food in catalogue.foods if mentions(food, wanted)]
    return min(loose, key=lambda food: (len(food.name), food.code), default=None)
