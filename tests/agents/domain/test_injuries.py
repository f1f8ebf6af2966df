"""T-30, T-31, T-60, S-130, S-134, S-150, S-160: what a hurt or a condition forbids."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.exercises import TAGS
from agents.domain.injuries import (
    CLOSED_AREAS,
    CONDITION_TAGS,
    MEDICINE_TAGS,
    PREGNANCY_TAGS,
    REGION_SYNONYMS,
    REGION_TAGS,
    forbidden_tags,
    limits,
    region_of,
    severity_of,
)
from agents.domain.profile import Injury, Profile
from tests.support.trainees import LIBRARY

HEALTHY = Profile(age=34, conditions=(), symptoms=(), medications=(), injuries=())


def hurt(*injuries):
    return replace(HEALTHY, injuries=injuries)


def test_the_tag_list_is_the_closed_one():
    assert len(TAGS) == 42
    for tags in (*REGION_TAGS.values(), *CONDITION_TAGS.values(), *MEDICINE_TAGS.values(), PREGNANCY_TAGS):
        assert tags <= TAGS


def test_every_region_of_the_table_has_tags_and_a_part_of_the_body():
    regions = {"knee", "back", "shoulder", "wrist", "elbow", "ankle", "hip", "neck", "hernia"}
    assert set(REGION_TAGS) == set(CLOSED_AREAS) == regions
    assert set(REGION_SYNONYMS.values()) <= regions


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("knee", "knee"), ("Left knee", "knee"), ("knees", "knee"), ("low_back", "back"), ("lower back", "back"),
        ("hand", "wrist"), ("foot", "ankle"), ("feet", "ankle"), ("Achilles", "ankle"), ("groin", "hip"),
        ("right-shoulder", "shoulder"), ("hernia", "hernia"), ("spleen", None), ("", None),
    ],
)  # fmt: skip
def test_a_region_is_found_by_its_code_or_its_synonym(said, region):
    assert region_of(said) == region


def test_a_moderate_knee_forbids_the_tags_of_its_row():
    expected = {
        "deep_knee_flexion", "impact_jump", "downhill", "single_leg_load", "knee_extension_open", "kneeling",
    }  # fmt: skip
    found = limits(hurt(Injury("knee", "moderate")))
    assert found.forbidden == expected
    assert (found.limited, found.closed, found.easy_only) == (frozenset(), frozenset(), False)


def test_an_unknown_severity_counts_as_moderate():
    assert forbidden_tags(hurt(Injury("elbow"))) == forbidden_tags(hurt(Injury("elbow", "moderate"))) != frozenset()


def test_a_mild_hurt_limits_its_tags_and_forbids_none():
    found = limits(hurt(Injury("hip", "mild", pain_score=2)))
    assert found.forbidden == frozenset()
    assert found.limited == REGION_TAGS["hip"]


@pytest.mark.parametrize(("pain", "severity"), [(None, "mild"), (2, "mild"), (3, "moderate"), (9, "moderate")])
def test_pain_from_three_on_is_more_than_mild(pain, severity):
    assert severity_of(Injury("knee", "mild", pain_score=pain)) == severity


def test_a_forbidden_tag_is_not_also_merely_limited():
    found = limits(hurt(Injury("shoulder", "mild"), Injury("wrist", "moderate")))
    assert "inverted" in found.forbidden
    assert "inverted" not in found.limited


@pytest.mark.parametrize(("region", "area"), [("ankle", "legs"), ("wrist", "arms")])
def test_a_severe_limb_closes_its_part_of_the_body_and_is_urgent(region, area):
    found = limits(hurt(Injury(region, "severe")))
    assert found.closed == {area}
    assert not found.easy_only
    assert "Urgent" in found.notes[0].message


@pytest.mark.parametrize("region", ["back", "neck", "hernia"])
def test_a_severe_back_neck_or_hernia_leaves_easy_movement_only(region):
    assert limits(hurt(Injury(region, "severe"))).easy_only


def test_an_unknown_region_fails_closed_and_asks():
    found = limits(hurt(Injury("spleen", "mild")))
    assert found.easy_only
    assert "Where is it?" in found.notes[0].message
    assert "Urgent" in limits(hurt(Injury("spleen", "severe"))).notes[0].message


def test_an_expired_hurt_still_counts_and_is_asked_about():
    injury = Injury("knee", "moderate", expires_on=date(2026, 1, 31))
    found = limits(hurt(injury), on=date(2026, 2, 1))
    assert found.forbidden == REGION_TAGS["knee"]
    assert any("How is your knee" in note.message for note in found.notes)
    assert not any("How is" in note.message for note in limits(hurt(injury), on=date(2026, 1, 31)).notes)


@pytest.mark.parametrize(
    ("condition", "tags"),
    [
        ("osteoporosis", {"spine_flexion_load", "spine_rotation_load", "fall_risk", "impact_jump", "neck_load"}),
        ("hypertension", {"breath_hold", "isometric_max", "inverted"}),
        ("respiratory", {"cold_dry_interval"}),
    ],
)
def test_conditions_forbid_the_tags_of_their_row(condition, tags):
    assert forbidden_tags(replace(HEALTHY, conditions=(condition,))) == tags


def test_long_lying_on_the_back_ends_with_week_twenty_or_an_unknown_week():
    early = forbidden_tags(replace(HEALTHY, pregnancy_week=19))
    assert early == {"prone", "contact", "fall_risk", "breath_hold", "hot_place", "impact_jump"}
    assert forbidden_tags(replace(HEALTHY, pregnancy_week=20)) == early | {"long_supine", "trunk_pressure"}
    assert forbidden_tags(replace(HEALTHY, conditions=("pregnancy",))) == early | {"long_supine", "trunk_pressure"}


def test_after_a_birth_flexion_waits_eight_weeks_and_impact_twelve():
    mother = replace(HEALTHY, conditions=("postpartum",))
    impact = {"impact_jump", "impact_run", "sprint"}
    unknown = forbidden_tags(mother)
    assert impact | {"spine_flexion_load", "trunk_pressure"} < unknown
    assert forbidden_tags(mother, weeks_since_birth=7) == unknown
    assert forbidden_tags(mother, weeks_since_birth=8) == impact
    assert forbidden_tags(mother, weeks_since_birth=12) == frozenset()


def test_a_quinolone_by_any_name_spares_the_tendons():
    found = forbidden_tags(replace(HEALTHY, medications=("Cipro",)))
    assert {"impact_jump", "sprint", "calf_heavy"} <= found
    assert found == forbidden_tags(replace(HEALTHY, medications=("quinolone",)))
    assert forbidden_tags(replace(HEALTHY, medications=("Eliquis",))) == {"contact"}
    assert forbidden_tags(replace(HEALTHY, medications=("paracetamol",))) == frozenset()


injuries = st.builds(
    Injury,
    region=st.sampled_from([*REGION_TAGS, *REGION_SYNONYMS, "spleen"]),
    severity=st.sampled_from([None, "mild", "moderate", "severe"]),
    pain_score=st.none() | st.integers(0, 10),
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(injuries, max_size=3), injuries)
def test_one_more_injury_never_opens_anything(before, another):
    few, more = limits(hurt(*before)), limits(hurt(*before, another))
    assert few.forbidden <= more.forbidden
    assert few.closed <= more.closed
    assert few.limited <= more.limited | more.forbidden
    assert more.easy_only or not few.easy_only
    assert len(more.notes) > len(few.notes)


@pytest.mark.parametrize("said", ["wheelchair", "I use a wheelchair", "paraplegia", "spinal cord injury (T6)"])
def test_a_wheelchair_leaves_what_works_from_the_chair(said):
    found = limits(replace(HEALTHY, conditions=(said,)))
    assert found.seated_only
    assert found.permits(LIBRARY.get("seated_dumbbell_press"))
    assert found.permits(LIBRARY.get("wheel_easy"))
    assert not found.permits(LIBRARY.get("glute_bridge"))
    assert any("chair" in note.message for note in found.notes)


def test_nobody_else_rolls():
    found = limits(HEALTHY)
    assert not found.seated_only
    assert not found.permits(LIBRARY.get("wheel_easy"))
    assert found.permits(LIBRARY.get("seated_dumbbell_press"))


@pytest.mark.parametrize("said", ["multiple sclerosis", "Parkinson's", "vertigo"])
def test_an_unsteady_balance_forbids_the_risk_of_a_fall(said):
    assert "fall_risk" in forbidden_tags(replace(HEALTHY, conditions=(said,)))


@pytest.mark.parametrize(("said", "code"), [("high blood pressure", "hypertension"), ("asthma", "respiratory")])
def test_a_condition_in_words_closes_what_its_code_closes(said, code):
    assert forbidden_tags(replace(HEALTHY, conditions=(said,))) == CONDITION_TAGS[code]


def test_sugar_and_pulse_medicines_are_told_what_to_mind():
    def rules(**change):
        return {note.rule for note in limits(replace(HEALTHY, **change)).notes}

    assert "S-140" in rules(medications=("Lantus",))
    assert "S-140" in rules(medications=("gliclazide",))
    assert "S-140" in rules(conditions=("diabetes_t1",))
    assert "S-140" not in rules(medications=("metformin",), conditions=("diabetes_t2",))
    assert "S-160" in rules(medications=("Concor",))
