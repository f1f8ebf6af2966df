"""Section 3.1 word by word: foods nobody has described are judged by their names alone."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import diet_table, diets
from agents.domain.profile import Profile, Restriction
from storage.reference.food_tables import catalogue
from tests.support.cases import for_each


@dataclass(frozen=True)
class Named:
    """A food of which only the name is known."""

    name: str
    group: str = "other"
    flags: frozenset[str] = frozenset()
    allergens = {}  # noqa: RUF012 — nothing is stated and nobody writes to it


def follows(code):
    kinds = {"lactose": "intolerance", "fodmap": "intolerance", "fructose": "intolerance", "histamine": "intolerance"}
    if code in ("vegan", "vegetarian", "pescatarian", "paleo", "keto", "mediterranean"):
        return Profile(diet_type=code)
    if code in kinds:
        return Profile(restrictions=(Restriction("intolerance", code),))
    if code in ("pregnancy", "gout", "g6pd", "pku", "breastfeeding"):
        return Profile(conditions=(code,))
    return Profile(restrictions=(Restriction("religious", code),))


def read_words():
    """(code, out | kept | noted) to names, from the file beside this one."""
    lines = Path(__file__).with_name("diet_words.txt").read_text("utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {tuple(head.split()): tail.split(", ") for head, _, tail in rows}


WORDS = read_words()
FLAGGED = {("pku", "chicken"): frozenset({"meat", "poultry"}), ("gout", "liver"): frozenset({"liver"})}


def listed(kind):
    return [(code, name) for (code, listed_as), names in WORDS.items() if listed_as == kind for name in names]


def food(code, name):
    return Named(name, flags=FLAGGED.get((code, name), frozenset()))


@for_each(("code", "name"), listed("out"))
def test_what_a_rule_leaves_out_is_out(code, name):
    assert not diets.fits(food(code, name), follows(code)).allowed


@for_each(("code", "name"), listed("kept"))
def test_what_only_sounds_alike_stays(code, name):
    assert diets.fits(food(code, name), follows(code)).allowed


@for_each(("code", "name"), listed("noted"))
def test_what_may_break_a_rule_stays_with_its_note(code, name):
    decision = diets.fits(food(code, name), follows(code))
    assert decision.allowed
    assert decision.notes
    assert {proof.verdict for proof in decision.proof} == {"may"}


def test_every_diet_and_faith_of_the_table_has_its_words_here():
    rows = {code for section in ("diets", "religious") for code in diet_table._sections()[section]}
    assert rows - {code for code, _ in WORDS} == {"flesh"}  # what "meat" is for the kosher rule of two kitchens


FOODS = catalogue().foods


@pytest.mark.parametrize(("narrow", "wide"), [("vegan", "vegetarian"), ("vegetarian", "pescatarian")])
def test_vegan_is_vegetarian_is_pescatarian_over_all_foods(narrow, wide):
    kept = {diet: {food.code for food in FOODS if diets.fits(food, follows(diet)).allowed} for diet in (narrow, wide)}
    assert kept[narrow] < kept[wide]


@pytest.mark.parametrize(("narrow", "wide"), [("vegan", "vegetarian"), ("vegetarian", "pescatarian")])
def test_vegan_is_vegetarian_is_pescatarian_over_all_words(narrow, wide):
    everything = {" ".join(term) for row in diet_table._sections()["diets"].values() for term in row.terms}
    for name in everything:
        if diets.fits(Named(name), follows(narrow)).allowed:
            assert diets.fits(Named(name), follows(wide)).allowed, name


def test_no_food_of_the_kosher_kitchen_holds_meat_and_dairy():
    profile = follows("kosher")
    for one in FOODS:
        if diets.fits(one, profile).allowed:
            assert not diets.meal_conflicts([one], profile), one.code


@pytest.mark.parametrize(
    ("meal", "is_conflict"),
    [
        (("Chicken with rice", "Greek yoghurt"), True),
        (("Beef stew", "Cheddar"), True),
        (("Roast lamb", "Mashed potato with butter"), True),
        (("Salmon", "Cream cheese bagel"), False),
        (("Beef stew", "Oat milk"), False),
        (("Eggs", "Feta"), False),
        (("Lentil soup", "Butter"), False),
        (("Beef stew", "Potatoes"), False),
    ],
)
def test_meat_and_dairy_are_known_by_name_in_one_meal(meal, is_conflict):
    notes = diets.meal_conflicts([Named(name) for name in meal], follows("kosher"))
    assert bool(notes) is is_conflict
    assert all(note.rule == "3.1" for note in notes)


relaxed = settings(derandomize=True, deadline=None, max_examples=150)
RESTRICTIONS = [
    Restriction(kind, code)
    for section, kind in (("religious", "religious"), ("diets", "exclusion"), ("intolerances", "intolerance"))
    for code in diet_table._sections()[section]
] + [Restriction("exclusion", "mushroom"), Restriction("dislike", "spinach")]
foods = st.sampled_from(FOODS) | st.builds(Named, st.sampled_from([name for _, name in listed("out") + listed("kept")]))
diet_types = st.sampled_from([None, "omnivore", "vegan", "vegetarian", "pescatarian", "paleo"])
stages = st.lists(st.sampled_from(["pregnancy", "gout", "g6pd", "pku", "breastfeeding"]), unique=True, max_size=2)


@relaxed
@given(
    food=foods,
    diet=diet_types,
    stages=stages,
    few=st.lists(st.sampled_from(RESTRICTIONS), max_size=3),
    more=st.lists(st.sampled_from(RESTRICTIONS), max_size=3),
)
def test_a_further_restriction_never_allows_more(food, diet, stages, few, more):
    loose = Profile(diet_type=diet, restrictions=tuple(few), conditions=tuple(stages))
    tight = Profile(diet_type=diet, restrictions=(*few, *more), conditions=tuple(stages))
    if diets.fits(food, tight).allowed:
        assert diets.fits(food, loose).allowed
    assert diets.fits(food, tight).penalty >= diets.fits(food, loose).penalty


@relaxed
@given(food=foods, diet=diet_types, few=st.lists(st.sampled_from(RESTRICTIONS), max_size=3))
def test_a_refusal_always_proves_itself(food, diet, few):
    decision = diets.fits(food, Profile(diet_type=diet, restrictions=tuple(few)))
    verdicts = {proof.verdict for proof in decision.proof}
    assert decision.allowed == ("contains" not in verdicts)
    assert bool(decision.notes) == bool(decision.proof)
    assert all(proof.table_version == diets.table_version() for proof in decision.proof)
