"""The shipped table of exercises: closed words, safe tags, enough choice for everybody."""

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from agents.domain.exercises import FAMILIES, LEVELS, Exercise, Library
from agents.domain.injuries import REGION_TAGS, limits
from agents.domain.profile import Injury, Profile
from storage.reference import exercise_tables
from storage.reference.code_tables import rows

LIBRARY = exercise_tables.library()
OUTSIDE = next(Path(__file__).parents[4].glob("*/data/free_exercise_db.json"), Path("missing"))


def plain(family):
    return [
        e
        for e in LIBRARY.of_family(family)
        if set(e.equipment) <= {"mat"} and "home" in e.places and e.level == "beginner" and "main" in e.uses
    ]


def test_the_table_is_large_and_loads_quickly():
    assert len(LIBRARY) >= 220
    exercise_tables.library.cache_clear()
    started = time.perf_counter()
    fresh = exercise_tables.library()
    assert time.perf_counter() - started < 0.2  # the budget is 30 ms on a quiet core
    assert fresh is exercise_tables.library()
    assert fresh.version == LIBRARY.version


def test_every_exercise_is_complete():
    modalities = {row["code"] for row in rows("training_modalities")}
    for e in LIBRARY:
        assert len(e.cues) == 2, e.slug
        assert all(cue.endswith(".") and len(cue) <= 110 for cue in e.cues), e.slug
        assert e.modality in modalities, e.slug
        assert e.level in LEVELS
        assert 0.9 <= e.met <= 25
        assert e.places, e.slug
        assert list(e.tags) == sorted(set(e.tags)), e.slug
        assert not set(e.primary_muscles) & set(e.secondary_muscles), e.slug


def test_variants_stay_in_the_family_and_are_no_harder_to_do():
    for e in LIBRARY:
        for slug in filter(None, (e.easier, e.harder)):
            assert LIBRARY.get(slug).family == e.family, (e.slug, slug)
        if e.easier:
            assert LEVELS.index(LIBRARY.get(e.easier).level) <= LEVELS.index(e.level), e.slug


@pytest.mark.parametrize("family", FAMILIES)
def test_a_beginner_at_home_without_equipment_has_three_choices_of_every_family(family):
    assert len(plain(family)) >= 3


@pytest.mark.parametrize("region", sorted(REGION_TAGS))
@pytest.mark.parametrize("family", FAMILIES)
def test_a_moderate_injury_leaves_two_choices_of_every_family_without_equipment(family, region):
    found = limits(Profile(injuries=(Injury(region, "moderate"),)))
    assert sum(found.permits(e) for e in plain(family)) >= 2


@pytest.mark.parametrize(
    ("region", "left"),
    [
        ("knee", ("push", "pull", "trunk", "cardio", "mobility", "balance")),
        ("ankle", ("push", "pull", "trunk", "cardio", "mobility", "balance")),
        ("hip", ("push", "pull", "trunk", "cardio", "mobility", "balance")),
        ("shoulder", ("squat", "hinge", "trunk", "cardio", "mobility", "balance")),
        ("wrist", ("squat", "hinge", "trunk", "cardio", "mobility", "balance")),
        ("elbow", ("squat", "hinge", "trunk", "cardio", "mobility", "balance")),
        ("back", ("cardio", "mobility")),
        ("neck", ("cardio", "mobility")),
        ("hernia", ("cardio", "mobility")),
    ],
)
def test_a_severe_injury_leaves_exactly_the_families_t31_leaves(region, left):
    found = limits(Profile(injuries=(Injury(region, "severe"),)))
    counts = {family: sum(found.permits(e) for e in LIBRARY.of_family(family)) for family in FAMILIES}
    assert {family for family, count in counts.items() if count} == set(left)
    assert all(counts[family] >= 2 for family in left)


def test_what_t31_offers_instead_carries_none_of_the_regions_tags():
    offers = {
        "knee": ("dumbbell_box_squat", "partial_leg_press", "hip_thrust", "glute_bridge", "low_step_up", "bike_easy",
                 "swim_easy", "wall_sit"),
        "back": ("curl_up", "side_plank", "bird_dog", "hip_thrust", "goblet_squat", "chest_supported_row", "walk"),
        "shoulder": ("landmine_press", "dumbbell_floor_press", "incline_dumbbell_press", "seated_cable_row",
                     "cable_face_pull", "lateral_raise"),
        "wrist": ("dumbbell_handle_push_up", "forearm_plank", "dumbbell_bench_press", "machine_chest_press"),
        "elbow": ("band_row", "supported_dumbbell_row", "band_curl"),
        "ankle": ("bike_easy", "swim_easy", "row_easy", "seated_calf_raise", "tandem_stand"),
        "hip": ("glute_bridge", "dumbbell_rdl", "low_step_up", "elliptical_easy", "swim_easy"),
        "neck": ("supported_dumbbell_row", "chin_tuck", "band_row", "walk"),
        "hernia": ("machine_chest_press", "machine_row", "partial_leg_press", "walk"),
    }  # fmt: skip
    for region, slugs in offers.items():
        for slug in slugs:
            assert REGION_TAGS[region].isdisjoint(LIBRARY.get(slug).tags), (region, slug)


def test_names_that_tell_a_tag_carry_it():
    words = {
        "overhead press": "overhead_press", "jump": "impact_jump", "lunge": "single_leg_load", "pull-up": "hang",
        "jog": "impact_run", "handstand": "inverted", "crunch": "spine_flexion_load", "half-kneeling": "kneeling",
        "barbell": "straight_bar_grip", "dip": "dip", "twist": "spine_rotation_load",
        "leg extension": "knee_extension_open",
    }  # fmt: skip
    for e in LIBRARY:
        for word, tag in words.items():
            if f" {word}" in f" {e.name.lower()}" and e.slug != "barbell_hip_thrust":
                assert tag in e.tags, (e.slug, tag)


def test_easy_exercises_are_walking_and_gentle_mobility():
    risky = {"impact_run", "impact_jump", "fall_risk", "breath_hold", "isometric_max", "axial_load_heavy", "sprint"}
    for e in LIBRARY:
        if e.is_easy:
            assert e.family == "mobility" or e.modality == "walking", e.slug
            assert e.met < 3.0, e.slug
            assert risky.isdisjoint(e.tags), e.slug


def test_look_ups_by_slug_and_by_name():
    assert LIBRARY.get("push_up").name == "Push-up"
    assert LIBRARY.named("push up") is LIBRARY.get("push_up")
    assert LIBRARY.named("Lat Pulldown") is LIBRARY.get("lat_pulldown")
    assert LIBRARY.get("no such thing") is None
    assert LIBRARY.named("no such thing") is None


@pytest.mark.parametrize(
    "fault",
    [{"tags": ("explosive",)}, {"equipment": ("none",)}, {"easier": "nowhere"}, {"easier": "push_up"}, {"uses": ()}],
)
def test_a_faulty_table_is_refused(fault):
    broken: Exercise = replace(LIBRARY.get("push_up"), harder=None, **{"easier": None, **fault})
    with pytest.raises(ValueError, match="push_up"):
        Library("v", (broken,))


def test_a_repeated_slug_is_refused():
    one = replace(LIBRARY.get("push_up"), easier=None, harder=None)
    with pytest.raises(ValueError, match="twice"):
        Library("v", (one, one))


@pytest.mark.skipif(not OUTSIDE.exists(), reason="the outside table is not beside this repository")
@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("push_up", "Pushups"),
        ("barbell_deadlift", "Barbell Deadlift"),
        ("barbell_bench_press", "Barbell Bench Press - Medium Grip"),
        ("leg_extension", "Leg Extensions"),
        ("lying_leg_curl", "Lying Leg Curls"),
        ("seated_calf_raise", "Seated Calf Raise"),
        ("pull_up", "Pullups"),
        ("hammer_curl", "Hammer Curls"),
        ("goblet_squat", "Goblet Squat"),
        ("dumbbell_bench_press", "Dumbbell Bench Press"),
        ("barbell_hip_thrust", "Barbell Hip Thrust"),
        ("forearm_plank", "Plank"),
    ],
)
def test_muscles_agree_with_an_independent_table(slug, name):
    other = {entry["name"]: entry for entry in json.loads(OUTSIDE.read_text("utf-8"))}[name]
    ours = {
        "quadriceps": "quads", "abdominals": "core", "middle back": "upper_back", "lower back": "lower_back",
    }  # fmt: skip
    muscle = ours.get(other["primaryMuscles"][0], other["primaryMuscles"][0])
    exercise = LIBRARY.get(slug)
    assert muscle in exercise.muscles
    kit = {"barbell": {"barbell"}, "dumbbell": {"dumbbells"}, "body only": set(), "machine": {"machines"}}
    if other["equipment"] in ("barbell", "dumbbell"):
        assert kit[other["equipment"]] <= set(exercise.equipment)
