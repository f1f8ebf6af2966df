"""The profile file: what is refused, with which words, and that nothing else than a ProfileError ever comes out."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.plan.profile_file import ProfileError, ProfileFile, profile_from, schema
from tests.support.cases import for_each

LEAST = {"age": 34, "sex": "female", "height_cm": 168, "weight_kg": 70, "primary_goal": "fat_loss"}
FULL = {
    **LEAST, "target_weight_kg": 62.5, "fitness_level": "beginner", "secondary_goal": "strength",
    "work_activity": "very_light", "leisure_activity": "light", "diet_type": "vegan",
    "allergies": ["peanut", {"name": "milk", "severity": "mild"}], "intolerances": ["lactose"], "dislikes": ["kale"],
    "religious": ["halal"], "max_prep_minutes": 30, "budget_per_day": 12.5, "cooking_skill": "beginner",
    "meals_per_day": 3, "equipment": ["dumbbells", "gym"], "location": "home", "workout_days": ["mon", 2],
    "workout_minutes": 45, "injuries": ["knee", {"region": "low_back", "severity": "mild"}],
    "conditions": ["asthma"], "medications": ["ventolin"], "pregnant": False, "cleared": True,
    "modalities": ["yoga"], "pantry": ["oats", {"food": "rice", "grams": 500, "expires_on": "2026-03-05"}],
    "start_date": "2026-03-02",
}  # fmt: skip
NUMBERS = (
    "age", "height_cm", "weight_kg", "target_weight_kg", "max_prep_minutes", "budget_per_day", "meals_per_day",
    "workout_minutes",
)  # fmt: skip
LISTS = (
    "allergies", "intolerances", "dislikes", "religious", "equipment", "injuries", "conditions", "medications",
    "modalities",
)  # fmt: skip
WORDS = (
    "sex", "primary_goal", "secondary_goal", "fitness_level", "work_activity", "leisure_activity", "diet_type",
    "cooking_skill", "location",
)  # fmt: skip
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(["knee", "mon"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def refusal(**fields: Any) -> str:
    with pytest.raises(ProfileError) as caught:
        profile_from({**LEAST, **fields})
    return str(caught.value)


def test_every_documented_field_is_read() -> None:
    said = profile_from(FULL)
    assert said.workout_days == (0, 2)
    assert [entry.name for entry in said.allergies] == ["peanut", "milk"]
    assert said.pantry[1].grams == 500
    assert set(FULL) == set(ProfileFile.model_fields)


@pytest.mark.parametrize("field", LEAST)
def test_the_five_needed_fields_are_asked_for_by_name(field: str) -> None:
    with pytest.raises(ProfileError, match=f"^{field}: this field is needed$"):
        profile_from({name: value for name, value in LEAST.items() if name != field})


@pytest.mark.parametrize("field", [name for name in FULL if name not in LEAST])
def test_null_is_the_same_as_left_out(field: str) -> None:
    assert profile_from({**LEAST, field: None}) == profile_from(LEAST)


@for_each("field", NUMBERS)
@for_each("value", ["30", True, [30], {"n": 30}, -1, float("nan"), float("inf"), 1e9])
def test_a_number_must_be_one_and_within_reason(field: str, value: object) -> None:
    assert refusal(**{field: value}).startswith(f"{field}: ")


@for_each("field", LISTS)
@for_each("value", ["knee", 5, True, {"a": 1}, [5], [[]], [""], [None]])
def test_a_list_must_be_one_of_words(field: str, value: object) -> None:
    assert refusal(**{field: value}).startswith(field)


@for_each("field", WORDS)
@for_each("value", ["quidditch", "", 1, ["female"], True])
def test_a_word_must_be_one_of_those_that_are_named(field: str, value: object) -> None:
    assert refusal(**{field: value}).startswith(f"{field}: ")


@pytest.mark.parametrize("field", ["pregnant", "cleared"])
@pytest.mark.parametrize("value", ["yes", 1, 0, "true", []])
def test_yes_and_no_are_true_and_false(field: str, value: object) -> None:
    assert refusal(**{field: value}).startswith(f"{field}: ")


@pytest.mark.parametrize("value", ["soon", "2026-02-30", "2026-3-2", "2026-03-02T10:00", 20260302, True, "9999-12-30"])
def test_a_start_must_be_a_day_that_is_near(value: object) -> None:
    assert refusal(start_date=value).startswith("start_date: ")


@pytest.mark.parametrize("value", [8, -1, 2.5, "3", True, ["funday"], [7], [1.5], [True], ["mo"], {}])
def test_training_days_are_a_number_or_weekdays(value: object) -> None:
    assert refusal(workout_days=value).startswith("workout_days: ")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"age": 34.5}, "age: 34.5 should be a whole number"),
        ({"weight_kg": 4000}, "weight_kg: 4000 is too large, the most is 400"),
        ({"weight_kg": "70"}, 'weight_kg: "70" should be a number, without quotes'),
        ({"alergies": []}, "alergies: I do not know this field; did you mean allergies?"),
        ({"colour": 1}, "colour: I do not know this field (keel plan --schema lists them)"),
        ({"allergies": "milk"}, 'allergies: "milk" should be a list, in square brackets'),
        ({"pantry": {"oats": -3}}, "pantry.0.grams: -3 is too small, it must be more than 0"),
        ({"allergies": [{"name": "egg", "severity": "bad"}]},
         "allergies.0.severity: \"bad\" is not a word I know here; use 'mild', 'moderate', 'severe' or 'anaphylaxis'"),
        ({"injuries": [{"severity": "mild"}]}, "injuries.0.region: this field is needed"),
        ({"a\nb": 1}, '"a\\nb": I do not know this field (keel plan --schema lists them)'),
    ],
)  # fmt: skip
def test_the_sentence_names_the_field_and_what_to_write(fields: dict[str, Any], sentence: str) -> None:
    assert refusal(**fields) == sentence


def test_of_many_problems_the_first_five_are_told() -> None:
    told = refusal(**{f"field_{n}": n for n in range(9)})
    assert told.count(";") == 5
    assert told.endswith("and 4 more")


def test_words_for_nothing_are_no_entries() -> None:
    said = profile_from(
        {**LEAST, "allergies": ["None"], "conditions": ["none"], "injuries": ["no"], "equipment": ["none"]}
    )
    assert said.allergies == said.conditions == said.injuries == said.equipment == ()


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(FULL)), JSON_VALUES, max_size=6))
def test_any_value_in_any_field_is_read_or_refused_in_one_line(fields: dict[str, Any]) -> None:
    try:
        profile_from({**LEAST, **fields})
    except ProfileError as error:
        told = str(error)
        assert told.startswith(tuple(FULL))
        assert len(told.splitlines()) == 1
        assert len(told) < 2500


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.dictionaries(st.text(max_size=12), JSON_VALUES, max_size=4))
def test_any_object_is_read_or_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ProfileError):
        profile_from(data)


def fits(value: object, part: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value fits a schema; as much of draft 2020-12 as this schema uses."""
    if "$ref" in part:
        return fits(value, whole["$defs"][part["$ref"].rsplit("/", 1)[1]], whole)
    if "anyOf" in part:
        return any(fits(value, choice, whole) for choice in part["anyOf"])
    if "enum" in part and value not in part["enum"]:
        return False
    return _has_type(value, part["type"]) and _within(value, part, whole)


def _has_type(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    kinds: dict[str, type | tuple[type, ...]] = {
        "integer": int, "number": (int, float), "string": str, "array": list, "object": dict, "null": type(None),
        "boolean": bool,
    }  # fmt: skip
    return isinstance(value, kinds[kind])


def _within(value: Any, part: dict[str, Any], whole: dict[str, Any]) -> bool:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return part.get("minimum", value) <= value <= part.get("maximum", value) and value > part.get(
            "exclusiveMinimum", value - 1
        )
    if isinstance(value, list):
        return all(fits(entry, part["items"], whole) for entry in value)
    if isinstance(value, dict) and "properties" in part:
        known = part["properties"]
        needed = set(part.get("required", ())) <= value.keys() <= known.keys()
        return needed and all(fits(entry, known[name], whole) for name, entry in value.items())
    return True


def test_the_schema_takes_what_the_reader_takes() -> None:
    whole = schema()
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(whole["properties"]) == set(FULL)
    assert whole["required"] == list(LEAST)
    for data in (LEAST, FULL, {**FULL, "workout_days": 3, "pantry": {"oats": 300}}, dict.fromkeys(FULL) | LEAST):
        assert fits(data, whole, whole)
        profile_from(data)


@pytest.mark.parametrize(
    "fields",
    [{"age": "34"}, {"age": True}, {"colour": 1}, {"allergies": "milk"}, {"weight_kg": 4000}, {"sex": "woman"},
     {"meals_per_day": 1}, {"budget_per_day": 0}, {"pregnant": "no"},
     {"injuries": [{"severity": "mild"}]}, {"workout_days": 8}],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(fields: dict[str, Any]) -> None:
    assert not fits({**FULL, **fields}, schema(), schema())
    refusal(**fields)
