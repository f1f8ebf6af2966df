from datetime import UTC, datetime

import pytest

from agents.schemas import Fact, Moment, Rejected
from agents.understanding.facts import facts

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def found(text, field, asked=None, op="add"):
    return [f.value for f in facts(text, Moment(now=NOW, expecting=asked))[0] if f.field == field and f.op == op]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("type 1 diabetes", ["diabetes_t1"]),
        ("I'm a type 2 diabetic", ["diabetes_t2"]),
        ("T1D", ["diabetes_t1"]),
        ("high blood pressure and asthma", ["hypertension", "respiratory"]),
        ("heart failure", ["cardiac", "fluid_restriction"]),
        ("I have gout and PCOS", ["gout", "pcos"]),
        ("coeliac disease", ["coeliac"]),
        ("kidney disease", ["kidney"]),
        ("underactive thyroid", ["other"]),
        ("prediabetes", ["other"]),
        ("recovering from anorexia", ["eating_disorder"]),
    ],
)
def test_conditions_become_codes(text, codes):
    assert found(text, "condition") == codes


@pytest.mark.parametrize(
    "text",
    [
        "I don't have diabetes",
        "no diabetes, asthma or heart disease",
        "my father had a heart attack",
        "diabetes runs in my family",
        "I'm scared of getting diabetes",
        "is asthma dangerous?",
        "never had asthma",
        "a diabetes-friendly recipe",
        "I want to avoid heart disease",
        "if I had diabetes I'd know",
    ],
)
def test_a_condition_that_is_not_the_persons_own_now(text):
    assert found(text, "condition") == []


def test_a_diabetes_without_its_type_is_less_sure():
    (fact,) = facts("I have diabetes", Moment(now=NOW))[0]
    assert (fact.value, fact.confidence) == ("diabetes_t2", 0.7)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I get chest pain when I run", "chest_discomfort"),
        ("short of breath climbing stairs", "breathless"),
        ("I fainted last week", "dizzy"),
        ("my ankles swell in the evening", "ankle_swelling"),
        ("I get palpitations", "palpitations"),
        ("I have a heart murmur", "heart_murmur"),
    ],
)
def test_signs_become_codes(text, code):
    assert found(text, "symptom") == [code]


def test_medicines_become_their_group_or_stay_as_said():
    assert found("I take bisoprolol and metformin", "medication") == ["beta_blocker", "metformin"]
    assert found("I take 5 mg of foobarol daily", "medication") == ["foobarol"]
    assert found("metformin and foo", "medication", "medications") == ["metformin", "foo"]
    assert found("I stopped taking metformin", "medication", op="remove") == ["metformin"]
    assert facts("no medication", Moment(now=NOW))[0] == (Fact("medication", "", "no medication", "none"),)


@pytest.mark.parametrize("text", ["I take the bus", "I take creatine and vitamin D", "on holiday", "take care"])
def test_what_is_no_medicine(text):
    assert found(text, "medication") == []


def test_a_pregnancy_and_its_week():
    assert found("I'm 20 weeks pregnant", "condition") == ["pregnancy"]
    assert found("I'm 20 weeks pregnant", "pregnancy_week", op="set") == [20]
    assert found("5 months pregnant", "pregnancy_week", op="set") == [22]
    assert facts("I'm 60 weeks pregnant", Moment(now=NOW))[1] == (
        Rejected("pregnancy_week", "60 weeks pregnant", "out_of_range", 1, 42),
    )


@pytest.mark.parametrize("text", ["I'm not pregnant", "my wife is pregnant", "we're trying to get pregnant"])
def test_no_pregnancy(text):
    assert found(text, "condition") == []


def test_a_possible_pregnancy_is_asked_back():
    assert facts("I might be pregnant", Moment(now=NOW))[0][0].confidence < 0.6


def test_a_birth_counts_for_twelve_months():
    assert found("gave birth 3 months ago", "condition") == ["postpartum"]
    assert found("I gave birth 3 years ago", "condition") == []
    assert found("I'm breastfeeding", "condition") == ["breastfeeding"]
