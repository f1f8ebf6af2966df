"""From a checked profile file to the engines' `Profile` and `Larder`."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final, get_args

from agents.domain.allergens import DIET_INTOLERANCES, needs_question
from agents.domain.foods import Catalogue, Food, mentions
from agents.domain.meals import Larder, Stock
from agents.domain.note import Note
from agents.domain.profile import Clearance, DietType, Injury, Profile, Restriction, RestrictionKind
from bot.plan.allergy_words import keys_of, parts_of
from bot.plan.entries import AllergyEntry, PantryEntry, code
from bot.plan.profile_file import FAITHS, ProfileFile

# Spread over the week, hard days apart where they can be.
SPREAD: Final[dict[int, tuple[int, ...]]] = {
    1: (2,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 4, 5), 6: (0, 1, 2, 3, 4, 5), 7: tuple(range(7)),
}  # fmt: skip
UNKNOWN_ALLERGY: Final = (
    "I have no table of hidden sources for {}: I leave out what goes by that name and every mix that might hold it. "
    "Please read the labels."
)
DIETS: Final[dict[str, DietType]] = {diet: diet for diet in get_args(DietType)}
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
        diet_type=DIETS.get(said.diet_type or ""),
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


def questions_of(said: ProfileFile, known_modalities: Collection[str]) -> tuple[Note, ...]:
    """What must be asked about an allergy, and what of the file is not known here (N-31, N-37, T-11)."""
    asked = [needs_question(part) for entry in said.allergies for part in parts_of(entry.name)]
    unknown = [part for entry in said.allergies for part in parts_of(entry.name) if not keys_of(part)]
    notes = [Note("N-37", question) for question in dict.fromkeys(asked) if question]
    if unknown:
        notes.append(Note("N-31", UNKNOWN_ALLERGY.format(", ".join(unknown))))
    if strange := [word for word in said.modalities if code(word) not in known_modalities]:
        notes.append(Note("T-11", f"I do not know {', '.join(strange)} as a way to train, so I planned without."))
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
    """S-100 (1): whoever is active in leisure exercises already. A trained healthy person does, unless idle.

    A diagnosis or a medicine needs the plain answer (S-103): skill alone opens no training with heart disease.
    """
    if said.leisure_activity in ACTIVE:
        return True
    is_healthy = not (said.conditions or said.medications or said.pregnant)
    return is_healthy and said.fitness_level in TRAINED and said.leisure_activity != "very_light"


def _days(asked: int | tuple[int, ...] | None) -> tuple[int, ...] | None:
    if asked is None:
        return None
    return SPREAD.get(asked, ()) if isinstance(asked, int) else asked


def _restrictions(said: ProfileFile) -> Iterator[Restriction]:
    for entry in said.allergies:
        yield from _keyed("allergy", entry)
    for entry in said.intolerances:
        yield from _keyed("intolerance", entry)
    for word in said.dislikes:
        yield Restriction("dislike", word.casefold(), label=word)
    if said.diet_type == "low_fodmap":
        yield Restriction("intolerance", "fodmap", label="low-FODMAP")
    for faith in (*said.religious, *(faith for faith in FAITHS if faith == said.diet_type)):
        yield Restriction("religious", faith, label=faith)


def _keyed(kind: RestrictionKind, entry: AllergyEntry) -> Iterator[Restriction]:
    """By allergen key where a word has one; a word without a key stays its own code and is never dropped."""
    severity = entry.severity if kind == "allergy" else None
    diets_asked = DIET_INTOLERANCES if kind == "intolerance" else frozenset()
    for part in parts_of(entry.name):
        diets = tuple(sorted(diet for diet in diets_asked if diet in part))
        for key in diets or keys_of(part) or (part,):
            yield Restriction(kind, key, severity, label=part)


def _food(name: str, catalogue: Catalogue) -> Food | None:
    """The food with this code, name or synonym; else the shortest name that holds all the words."""
    wanted = name.strip().casefold()
    for food in catalogue.foods:
        if wanted in (food.code, food.name.casefold(), *(synonym.casefold() for synonym in food.synonyms)):
            return food
    loose = [food for food in catalogue.foods if mentions(food, wanted)]
    return min(loose, key=lambda food: (len(food.name), food.code), default=None)
