from dataclasses import replace
from datetime import date

import pytest

from agents.domain.profile import Clearance, Profile
from agents.domain.safety import clearance_after, screen

HEALTHY = {"conditions": (), "symptoms": (), "medications": ()}


def person(**known):
    return Profile(**(HEALTHY | {"age": 30} | known))


@pytest.mark.parametrize(
    ("row", "regular", "disease", "symptoms", "wants", "allowed", "needs_clearance"),
    [
        ("P01", False, False, False, "light", "moderate", False),
        ("P01", False, False, False, "moderate", "moderate", False),
        ("P02", False, False, False, "vigorous", "moderate", False),
        ("P03", False, True, False, "moderate", "none", True),
        ("P04", False, True, False, "vigorous", "none", True),
        ("P05", False, False, True, "moderate", "none", True),
        ("P05", False, True, True, "moderate", "none", True),
        ("P06", False, False, True, "vigorous", "none", True),
        ("P06", False, True, True, "vigorous", "none", True),
        ("P07", True, False, False, "moderate", "moderate", False),
        ("P08", True, False, False, "vigorous", "vigorous", False),
        ("P09", True, True, False, "moderate", "moderate", False),
        ("P10", True, True, False, "vigorous", "moderate", True),
        ("P11", True, False, True, "moderate", "none", True),
        ("P11", True, True, True, "light", "none", True),
        ("P12", True, False, True, "vigorous", "none", True),
        ("P12", True, True, True, "vigorous", "none", True),
    ],
)
def test_s102_truth_table(row, regular, disease, symptoms, wants, allowed, needs_clearance):
    profile = person(
        regular_exercise=regular,
        conditions=("cardiac",) if disease else (),
        symptoms=("chest_discomfort",) if symptoms else (),
    )
    found = screen(profile, wants=wants)
    assert (found.row, found.allowed, found.needs_clearance) == (row, allowed, needs_clearance)
    assert row in found.rules
    assert found.messages


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ({"conditions": None}, "S-103"),
        ({"symptoms": None}, "S-103"),
        ({"conditions": None, "symptoms": None, "medications": None}, "S-103"),
        ({"conditions": ("cardiac",), "symptoms": None, "regular_exercise": True}, "S-103"),
        ({"conditions": ("fabry disease",)}, "S-103"),
        ({"conditions": ("fabry disease", "diabetes_t2"), "regular_exercise": True}, "S-103"),
        ({"conditions": ("diabetes_t2",), "symptoms": None}, "S-103"),
    ],
)
def test_s103_unknown_allows_easy_walking_and_mobility_only(known, row):
    found = screen(person(**known))
    assert (found.row, found.allowed) == (row, "easy")


def test_s103_a_clinicians_yes_is_the_limit_beside_a_diagnosis_nobody_knows():
    yes = Clearance("moderate", date(2027, 11, 1))
    for regular, wants in ((False, "moderate"), (True, "vigorous")):
        known = person(conditions=("fabry disease",), clearance=yes, regular_exercise=regular)
        found = screen(known, wants=wants)
        assert (found.allowed, "S-103" in found.rules, found.row) == ("moderate", True, "P08" if regular else "P01")


def test_s103_a_clinicians_yes_does_not_replace_an_answer():
    yes = Clearance("vigorous", date(2027, 11, 1))
    assert screen(person(conditions=None, clearance=yes)).allowed == "easy"


def test_s103_a_diagnosis_that_was_placed_is_no_open_question():
    assert screen(person(conditions=("Fabry disease: other",))).row == "P01"


def test_s103_unknown_regular_counts_as_no():
    assert screen(person(regular_exercise=None)).row == "P01"


def test_s103_a_known_disease_or_sign_is_not_softened_by_an_unknown_answer():
    assert screen(person(conditions=("cardiac",), symptoms=None)).allowed == "none"
    assert screen(person(conditions=None, symptoms=("fainting",))).row == "P05"


def test_s104_diabetes_alone_may_walk_briskly_without_clearance():
    found = screen(person(conditions=("diabetes_t2",), medications=("metformin",)))
    assert (found.row, found.allowed, found.needs_clearance) == ("S-104", "moderate", False)


def test_s104_vigorous_needs_clearance():
    found = screen(person(conditions=("diabetes_t2",)), wants="vigorous")
    assert (found.row, found.allowed, found.needs_clearance) == ("S-104", "moderate", True)


def test_s104_unknown_medicines_may_hide_insulin():
    assert screen(person(conditions=("diabetes_t2",), medications=None)).allowed == "easy"


@pytest.mark.parametrize(
    "known",
    [
        {"conditions": ("diabetes_t1",)},
        {"conditions": ("diabetes_t2",), "medications": ("insulin",)},
        {"conditions": ("diabetes_t2", "kidney")},
        {"conditions": ("diabetes_t2", "cardiac")},
        {"conditions": ("diabetes_t2", "neuropathy")},
        {"conditions": (), "medications": ("insulin",)},
    ],
)
def test_s104_with_insulin_or_complications_p03_stands(known):
    assert (screen(person(**known)).row, screen(person(**known)).allowed) == ("P03", "none")


@pytest.mark.parametrize("condition", ["hypertension", "respiratory", "osteoporosis", "pcos"])
def test_s105_risk_factors_and_lung_disease_alone_demand_no_clearance(condition):
    found = screen(person(conditions=(condition,)))
    assert (found.row, found.allowed, found.needs_clearance) == ("P01", "moderate", False)


def test_s106_from_45_on_no_vigorous_block_before_four_weeks():
    found = screen(person(age=45, regular_exercise=False), wants="vigorous")
    assert (found.allowed, "S-106" in found.rules) == ("moderate", True)
    cleared = screen(person(age=45, clearance=Clearance("vigorous")), wants="vigorous")
    assert cleared.allowed == "moderate"
    assert "S-106" not in screen(person(age=44), wants="vigorous").rules
    assert "S-106" not in screen(person(age=50, regular_exercise=True), wants="vigorous").rules


@pytest.mark.parametrize(("up_to", "allowed"), [("light", "light"), ("moderate", "moderate"), ("vigorous", "moderate")])
def test_s107_a_clearance_lifts_the_block_but_not_above_what_a_healthy_beginner_may_do(up_to, allowed):
    found = screen(person(conditions=("cardiac",), clearance=Clearance(up_to)))
    assert (found.row, found.allowed, "S-107" in found.rules) == ("P03", allowed, True)
    assert found.needs_clearance is (up_to == "light")


def test_s107_an_expired_clearance_does_not_count():
    profile = person(conditions=("cardiac",), clearance=Clearance("moderate", date(2026, 3, 1)))
    assert screen(profile, on=date(2026, 3, 1)).allowed == "moderate"
    assert screen(profile, on=date(2026, 3, 2)).allowed == "none"
    assert screen(profile).allowed == "moderate"


def test_s107_p10_with_clearance_is_vigorous():
    profile = person(regular_exercise=True, conditions=("cardiac",), clearance=Clearance("vigorous"))
    found = screen(profile, wants="vigorous")
    assert (found.row, found.allowed, found.needs_clearance) == ("P10", "vigorous", False)


def test_s107_nobody_is_called_fit():
    for wants in ("light", "moderate", "vigorous"):
        text = " ".join(screen(person(regular_exercise=True), wants=wants).messages).lower()
        assert " fit" not in text
        assert "no flag" in text


def test_s120_under_13_nothing_and_minors_without_maximum_tests():
    assert screen(person(age=12)).allowed == "none"
    teen = screen(person(age=15, regular_exercise=True), wants="vigorous")
    assert (teen.allowed, "S-120" in teen.rules) == ("vigorous", True)
    assert "S-120" not in screen(person(age=None)).rules


@pytest.mark.parametrize("known", [{"conditions": ("pregnancy",)}, {"pregnancy_week": 20}])
def test_s130_pregnancy_stays_moderate(known):
    found = screen(person(regular_exercise=True, **known), wants="vigorous")
    assert (found.allowed, "S-130" in found.rules) == ("moderate", True)


@pytest.mark.parametrize("condition", ["hypertension", "diabetes_t1", "cardiac"])
def test_s132_a_pregnancy_with_these_conditions_needs_clearance_first(condition):
    profile = person(regular_exercise=True, conditions=("pregnancy", condition))
    found = screen(profile)
    assert (found.allowed, found.needs_clearance, "S-132" in found.rules) == ("none", True, True)
    cleared = person(regular_exercise=True, conditions=("pregnancy", condition), clearance=Clearance("moderate"))
    assert (screen(cleared).allowed, screen(cleared).needs_clearance) == ("moderate", False)


@pytest.mark.parametrize(
    ("weeks", "allowed"), [(None, "easy"), (5, "easy"), (6, "moderate"), (11, "moderate"), (12, "vigorous")]
)
def test_s134_after_a_birth_the_weeks_decide(weeks, allowed):
    profile = person(regular_exercise=True, conditions=("postpartum",))
    assert screen(profile, wants="vigorous", weeks_since_birth=weeks).allowed == allowed


def test_s100_a_healing_bone_or_operation_stays_light_until_cleared():
    healing = person(conditions=("fracture_or_operation",))
    assert (screen(healing).allowed, screen(healing).needs_clearance) == ("light", True)
    cleared = person(conditions=("fracture_or_operation",), clearance=Clearance("moderate"))
    assert (screen(cleared).allowed, screen(cleared).needs_clearance) == ("moderate", False)


def test_s150_high_blood_pressure_is_told_and_keeps_its_intensity():
    found = screen(person(regular_exercise=True, conditions=("hypertension",)), wants="vigorous")
    assert (found.allowed, "S-150" in found.rules) == ("vigorous", True)


@pytest.mark.parametrize(
    "change",
    [
        {"symptoms": ("dizzy",)},
        {"conditions": ("cardiac", "kidney")},
        {"conditions": ("cardiac", "recent surgery")},
        {"pregnancy_week": 6},
        {"medications": ("bisoprolol",)},
        {"medications": ("gliclazide",)},
    ],
)
def test_s107_a_new_sign_diagnosis_operation_pregnancy_or_heart_medicine_voids_the_clearance(change):
    before = person(conditions=("cardiac",), clearance=Clearance("moderate"))
    assert clearance_after(before, replace(before, **change)) is None


@pytest.mark.parametrize(
    "change", [{"medications": ("levothyroxine",)}, {"weight_kg": 70.0}, {"conditions": ("heart disease",)}]
)
def test_s107_other_changes_keep_the_clearance(change):
    before = person(conditions=("cardiac",), clearance=Clearance("moderate"))
    assert clearance_after(before, replace(before, **change)) == Clearance("moderate")


def test_s107_a_medicine_that_was_there_before_voids_nothing():
    before = person(conditions=("cardiac",), medications=("bisoprolol",), clearance=Clearance("moderate"))
    assert clearance_after(before, replace(before, weight_kg=70.0)) == Clearance("moderate")


def test_s107_a_clearance_that_comes_with_the_new_diagnosis_stands():
    before = person()
    after = replace(before, conditions=("cardiac",), clearance=Clearance("light"))
    assert clearance_after(before, after) == Clearance("light")
    assert clearance_after(after, replace(after, clearance=None)) is None


def test_s107_a_cleared_row_says_how_far_and_no_longer_asks():
    found = screen(person(conditions=("cardiac",), clearance=Clearance("moderate")))
    assert [finding.rule for finding in found.findings] == ["S-107"]
    assert "moderate" in found.messages[0]


def test_s101_signs_are_urgent_and_the_row_waits():
    found = screen(person(symptoms=("dizzy",)))
    assert (found.findings[0].level, found.is_waiting) == ("urgent", True)


def test_s160_a_diabetes_medicine_tells_of_diabetes():
    assert screen(person(medications=("gliclazide",))).row == "S-104"
    assert screen(person(medications=("empagliflozin",), regular_exercise=True)).row == "P09"
    assert screen(person(medications=("metformin",))).row == "P01"
