"""From the file to the engines: days, restrictions, larder, and what has to be asked."""

from typing import Any

import pytest

from bot.plan.person import larder_of, profile_of, questions_of
from bot.plan.profile_file import profile_from
from storage.reference.tables import ReferenceTables
from tests.bot.plan.test_profile_file import LEAST


def person(**fields: Any) -> Any:
    return profile_of(profile_from({**LEAST, **fields}))


def codes(kind: str, **fields: Any) -> set[str]:
    return {entry.code for entry in person(**fields).restrictions if entry.kind == kind}


def test_a_number_of_days_is_spread_over_the_week() -> None:
    assert [len(person(workout_days=n).workout_days) for n in range(8)] == list(range(8))
    assert person(workout_days=["sunday", "Mon"]).workout_days == (0, 6)
    assert person().workout_days is None


def test_an_allergy_keeps_its_severity_for_every_food_it_names() -> None:
    found = person(allergies=[{"name": "eggs and milk", "severity": "mild"}, "soy"]).restrictions
    assert {(entry.code, entry.severity) for entry in found} == {("egg", "mild"), ("milk", "mild"), ("soy", None)}


def test_an_intolerance_of_sugars_is_no_milk_allergy() -> None:
    assert codes("intolerance", intolerances=["Lactose intolerance", "gluten"]) == {"lactose", "gluten", "wheat"}
    assert codes("intolerance", intolerances=["lactose and egg"]) == {"lactose", "egg"}
    assert codes("allergy", allergies=["lactose"]) == {"milk"}


def test_a_faith_may_be_told_as_a_diet() -> None:
    assert codes("religious", diet_type="halal") == {"halal"}
    assert codes("religious", diet_type="vegan", religious=["jain"]) == {"jain"}
    assert codes("intolerance", diet_type="low_fodmap") == {"fodmap"}
    assert person(diet_type="kosher").diet_type is None
    assert person(diet_type="vegan").diet_type == "vegan"


@pytest.mark.parametrize(
    ("fields", "is_regular"),
    [
        ({}, False),
        ({"leisure_activity": "active"}, True),
        ({"fitness_level": "advanced"}, True),
        ({"fitness_level": "advanced", "leisure_activity": "very_light"}, False),
        ({"fitness_level": "advanced", "conditions": ["heart disease"]}, False),
        ({"fitness_level": "advanced", "medications": ["bisoprolol"]}, False),
        ({"leisure_activity": "very_active", "conditions": ["heart disease"]}, True),
    ],
)
def test_skill_alone_is_no_regular_exercise_for_somebody_with_a_diagnosis(
    fields: dict[str, Any], is_regular: bool
) -> None:
    assert person(**fields).regular_exercise is is_regular


def test_what_is_not_known_is_said() -> None:
    said = profile_from({**LEAST, "allergies": ["nuts", "kiwi"], "modalities": ["yoga", "quidditch"]})
    notes = {note.rule: note.message for note in questions_of(said, {"yoga"})}
    assert "pine nuts" in notes["N-37"].lower()
    assert "kiwi" in notes["N-31"]
    assert "quidditch" in notes["T-11"]
    assert "yoga" not in notes["T-11"]


def test_the_larder_knows_foods_by_name_synonym_and_part_of_the_name() -> None:
    pantry = profile_from({**LEAST, "pantry": ["oats", {"food": "Firm Tofu", "grams": 300}, "moon dust"]}).pantry
    larder, unknown = larder_of(pantry, ReferenceTables().foods())
    assert unknown == ("moon dust",)
    assert len(larder.stocks) == 2
    assert larder.stocks[1].grams == 300
    assert larder.stocks[0].grams > 0
