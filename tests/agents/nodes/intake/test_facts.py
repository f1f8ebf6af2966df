"""Facts become a new profile: one rule for each kind of fact."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.profile import Clearance, Injury, MealTime, Profile, Restriction
from agents.nodes.intake.facts import CLEARANCE_HOLDS, age_on, apply, is_safety_relevant, question_of
from agents.schemas import Fact

TODAY = date(2026, 11, 23)
MILK, EGG = Restriction("allergy", "milk"), Restriction("allergy", "egg")


def after(profile: Profile, *facts: Fact) -> Profile:
    return apply(profile, facts, TODAY).profile


@pytest.mark.parametrize(
    ("born", "years"),
    [(date(1990, 11, 23), 36), (date(1990, 11, 24), 35), (date(2013, 11, 24), 12), (date(2012, 2, 29), 14)],
)
def test_a_birthday_counts_to_the_day(born: date, years: int) -> None:
    assert age_on(born, TODAY) == years
    assert after(Profile(), Fact("birth_date", born, "born")).age == years


def test_an_age_replaces_a_birthday() -> None:
    known = after(Profile(), Fact("birth_date", date(1990, 1, 1), "born"))
    changed = after(known, Fact("age", 40, "40"))
    assert (changed.age, changed.birth_date) == (40, None)


def test_a_denial_lifts_no_allergy_that_is_on_file() -> None:
    known = Profile(restrictions=(MILK,))
    applied = apply(known, (Fact("allergy", "", "no allergies", op="none"),), TODAY)
    assert applied.profile.restrictions == (MILK,)
    assert [fact.field for fact in applied.kept_back] == ["allergy"]
    assert applied.taken == ()


def test_a_denial_with_none_on_file_answers_the_question() -> None:
    changed = after(Profile(), Fact("allergy", "", "none", op="none"))
    assert changed.allergies_asked
    assert changed.restrictions == ()


def test_one_allergy_is_lifted_by_its_name_and_the_others_stay() -> None:
    changed = after(Profile(restrictions=(MILK, EGG)), Fact("allergy", MILK, "milk again", op="remove"))
    assert changed.restrictions == (EGG,)


def test_saying_an_allergy_again_keeps_its_severity() -> None:
    severe = Restriction("allergy", "milk", "anaphylaxis")
    changed = after(Profile(restrictions=(severe,)), Fact("allergy", MILK, "milk", op="add"))
    assert changed.restrictions[0].severity == "anaphylaxis"
    assert len(changed.restrictions) == 1


@pytest.mark.parametrize("field", ["condition", "symptom", "medication"])
def test_a_denial_lifts_nothing_that_safety_rests_on(field: str) -> None:
    known = Profile(conditions=("cardiac",), symptoms=("dizzy",), medications=("insulin",))
    applied = apply(known, (Fact(field, "", "none", op="none"),), TODAY)  # type: ignore[arg-type]  # a field name
    assert applied.profile == known
    assert len(applied.kept_back) == 1


def test_an_injury_at_the_same_place_is_replaced_and_another_is_added() -> None:
    known = after(Profile(), Fact("injury", Injury("knee"), "knee", op="add"))
    worse = after(known, Fact("injury", Injury("knee", "severe"), "bad knee", op="add"))
    both = after(worse, Fact("injury", Injury("hip"), "hip", op="add"))
    assert [(injury.region, injury.severity) for injury in both.injuries or ()] == [("knee", "severe"), ("hip", None)]
    healed = after(both, Fact("injury", Injury("knee"), "healed", op="remove"))
    assert [injury.region for injury in healed.injuries or ()] == ["hip"]


def test_a_change_of_weight_needs_a_weight() -> None:
    lose = Fact("target_change_kg", -5.0, "lose 5 kg")
    assert after(Profile(weight_kg=82.0), lose).target_weight_kg == 77.0
    assert apply(Profile(), (lose,), TODAY).kept_back == (lose,)


@pytest.mark.parametrize(
    ("count", "days"), [(1, (2,)), (3, (0, 2, 4)), (6, (0, 1, 2, 3, 4, 5)), (9, (0, 1, 2, 3, 4, 5))]
)
def test_a_number_of_days_is_spread_over_the_week(count: int, days: tuple[int, ...]) -> None:
    assert after(Profile(), Fact("workout_days_count", count, f"{count} days")).workout_days == days


def test_meal_times_stay_in_the_order_of_the_day() -> None:
    changed = after(
        Profile(),
        Fact("meal_time", MealTime("dinner", time(19)), "dinner", op="add"),
        Fact("meal_time", MealTime("breakfast", time(7)), "breakfast", op="add"),
        Fact("meal_time", MealTime("dinner", time(18)), "dinner", op="add"),
    )
    assert changed.meal_times == (MealTime("breakfast", time(7)), MealTime("dinner", time(18)))


def test_each_field_notes_where_it_came_from() -> None:
    applied = apply(Profile(), (Fact("height_cm", 180.0, "180"),), TODAY, "button")
    assert applied.profile.field_sources["height_cm"] == "button"


@pytest.mark.parametrize(
    ("fact", "relevant"),
    [
        (Fact("allergy", MILK, "milk", op="add"), True),
        (Fact("condition", "pregnancy", "pregnant", op="add"), True),
        (Fact("injury", Injury("knee"), "knee", op="add"), True),
        (Fact("allergy", MILK, "milk", op="remove"), False),
        (Fact("weight_kg", 80.0, "80"), False),
        (Fact("diet_type", "vegan", "vegan"), False),
    ],
)
def test_only_a_new_danger_is_taken_over_without_asking(fact: Fact, relevant: bool) -> None:
    assert is_safety_relevant(fact) is relevant


@pytest.mark.parametrize(
    ("fact", "question"),
    [
        (Fact("birth_date", TODAY, "x"), "age"),
        (Fact("condition", "pregnancy", "x", op="add"), "pregnancy"),
        (Fact("condition", "cardiac", "x", op="add"), "conditions"),
        (Fact("country", "DE", "x"), "timezone"),
        (Fact("height_cm", 1.0, "x"), "height_cm"),
    ],
)
def test_a_fact_answers_its_question(fact: Fact, question: str) -> None:
    assert question_of(fact) == question


_CODES = st.sampled_from(["milk", "egg", "peanut", "soy"])


@given(st.lists(st.tuples(st.sampled_from(["add", "remove", "none"]), _CODES), max_size=12))
def test_an_allergy_goes_only_by_name(steps: list[tuple[str, str]]) -> None:
    profile = Profile()
    expected: set[str] = set()
    for op, code in steps:
        value = "" if op == "none" else Restriction("allergy", code)
        profile = after(profile, Fact("allergy", value, code, op=op))  # type: ignore[arg-type]  # one of three
        expected = expected | {code} if op == "add" else expected - {code} if op == "remove" else expected
    assert {restriction.code for restriction in profile.allergies} == expected


CLEARED = Profile(conditions=("cardiac",), clearance=Clearance("moderate", date(2027, 11, 1)))


@pytest.mark.parametrize(
    "fact",
    [
        Fact("medication", "beta_blocker", "metoprolol", op="add"),
        Fact("medication", "glyxambi", "glyxambi", op="add"),
        Fact("condition", "diabetes_t2", "diabetes", op="add"),
        Fact("condition", "fracture_or_operation", "operation", op="add"),
        Fact("symptom", "chest_discomfort", "chest", op="add"),
        Fact("pregnancy_week", 9, "9 weeks"),
    ],
    ids=lambda fact: f"{fact.field}-{fact.value}",
)
def test_s107_a_new_sign_diagnosis_operation_pregnancy_or_heart_medicine_ends_the_clearance(fact: Fact) -> None:
    done = apply(CLEARED, (fact,), TODAY)
    assert done.ends_clearance
    assert done.profile.clearance is None


@pytest.mark.parametrize(
    "fact",
    [
        Fact("weight_kg", 80.0, "80 kg"),
        Fact("condition", "cardiac", "heart", op="add"),
        Fact("medication", "statin", "simvastatin", op="add"),
        Fact("clearance", "light", "my doctor cleared me"),
    ],
    ids=lambda fact: f"{fact.field}-{fact.value}",
)
def test_s107_what_is_not_new_leaves_a_clearance_standing(fact: Fact) -> None:
    done = apply(CLEARED, (fact,), TODAY)
    assert not done.ends_clearance
    assert done.profile.clearance is not None


def test_s107_a_clearance_given_with_the_new_medicine_stands() -> None:
    said = (Fact("medication", "beta_blocker", "metoprolol", op="add"), Fact("clearance", "light", "cleared"))
    done = apply(CLEARED, said, TODAY)
    assert not done.ends_clearance
    assert done.profile.clearance == Clearance("light", TODAY + CLEARANCE_HOLDS)
