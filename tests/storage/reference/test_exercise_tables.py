"""The shipped table of exercises: closed words, safe tags, enough choice for everybody."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agents.domain.exercises import FAMILIES, IMPACT_TAGS, LEVELS, STAGES, Exercise, Library
from agents.domain.injuries import REGION_TAGS, limits
from agents.domain.profile import Injury, Profile
from storage.reference import exercise_tables
from storage.reference.code_tables import rows
from tests.support.cases import for_each

LIBRARY = exercise_tables.library()
OUTSIDE = next(Path(__file__).parents[4].glob("*/data/free_exercise_db.json"), Path("missing"))


def plain(family):
    return [
        e
        for e in LIBRARY.of_family(family)
        if set(e.equipment) <= {"mat"} and "home" in e.places and e.level == "beginner" and "main" in e.uses
    ]


def test_the_table_is_large_and_read_once():
    assert len(LIBRARY) >= 220
    assert exercise_tables.library() is exercise_tables.library()
    assert len(LIBRARY.version) == 12


def test_every_exercise_is_complete():
    modalities = {row["code"] for row in rows("training_modalities")}
    for e in LIBRARY:
        assert len(e.cues) == 2, e.slug
        assert all(cue.endswith(".") and len(cue) <= 110 for cue in e.cues), e.slug
        assert e.modality in modalities, e.slug
        assert e.level in LEVELS
        assert 0.9 <= e.met <= 25
        assert e.places, e.slug
        assert e.loads or e.met <= 2.3, e.slug  # only breathing and resting load nothing
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


@for_each("region", sorted(REGION_TAGS))
@for_each("family", FAMILIES)
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


HEAVY_HINGE = {"axial_load_heavy", "breath_hold", "hinge_heavy", "trunk_pressure", "grip_heavy"}
NATURE = {  # what a movement is, and the tags that follow from it
    "overhead presses": (lambda e: "overhead_press" in e.tags, {"overhead_hold"}),
    "hanging": (lambda e: "hang" in e.tags, {"grip_heavy", "straight_bar_grip", "overhead_hold"}),
    "barbells": (
        lambda e: "barbell" in e.equipment and e.slug not in ("barbell_hip_thrust", "landmine_press"),
        {"straight_bar_grip"},
    ),
    "barbell hinges": (
        lambda e: e.family == "hinge" and "barbell" in e.equipment and e.slug != "barbell_hip_thrust",
        HEAVY_HINGE,
    ),
    "lunges": (lambda e: "lunge" in e.slug and e.family == "squat", {"single_leg_load", "deep_knee_flexion"}),
    "push-ups on flat hands": (
        lambda e: "push_up" in e.slug and e.family == "push" and not e.equipment and not e.slug.startswith("fist"),
        {"wrist_extension_load"},
    ),
    "full planks": (lambda e: e.slug in ("forearm_plank", "high_plank_tap"), {"trunk_pressure", "isometric_max"}),
    "running": (lambda e: e.modality == "running", {"impact_run"}),
    "intervals outdoors": (
        lambda e: e.session_kind == "hiit" and e.is_outdoor and not e.needs_wheelchair,
        {"cold_dry_interval"},
    ),
    "crunches": (lambda e: "crunch" in e.slug, {"spine_flexion_load", "trunk_pressure"}),
}


@pytest.mark.parametrize("kind", NATURE)
def test_t30_tags_follow_from_what_a_movement_is(kind):
    is_one, tags = NATURE[kind]
    found = [e for e in LIBRARY if is_one(e)]
    assert found
    assert [e.slug for e in found if not tags <= set(e.tags)] == []


def test_t30_what_presses_on_the_spine_or_the_neck_loads_it():
    for e in LIBRARY:
        assert "axial_load_heavy" not in e.tags or "trunk" in e.loads, e.slug
        assert "neck_load" not in e.tags or "neck" in e.loads or e.family == "cardio", e.slug


@pytest.mark.parametrize(
    ("slug", "tags"),
    [
        ("burpee", {"impact_jump", "wrist_extension_load", "deep_knee_flexion", "trunk_pressure", "inverted"}),
        ("barbell_deadlift", {"hinge_heavy", "straight_bar_grip", "grip_heavy", "axial_load_heavy"}),
        ("barbell_back_squat", {"axial_load_heavy", "behind_neck", "deep_knee_flexion", "breath_hold"}),
        ("barbell_bench_press", {"wide_press", "straight_bar_grip", "long_supine", "elbow_heavy"}),
        ("kettlebell_swing", {"ballistic_hinge", "grip_heavy", "hinge_heavy"}),
        ("pull_up", {"hang", "elbow_heavy", "grip_heavy"}),
        ("chair_dip", {"dip", "wrist_extension_load"}),
        ("crunch", {"spine_flexion_load", "neck_load", "long_supine"}),
        ("superman", {"prone", "spine_extension_load", "trunk_pressure"}),
        ("row_easy", {"spine_flexion_load", "straight_bar_grip"}),
        ("downward_dog", {"inverted", "wrist_extension_load"}),
        ("tree_pose", {"fall_risk", "single_leg_load"}),
    ],
)
def test_t30_well_known_movements_carry_their_tags(slug, tags):
    assert tags <= set(LIBRARY.get(slug).tags)


def test_impact_is_high_exactly_where_a_tag_says_so_and_soft_choices_exist():
    for e in LIBRARY:
        assert (e.impact == "high") == bool(IMPACT_TAGS & set(e.tags)), e.slug
        if e.is_wheelchair_friendly or e.equipment == ("pool",):
            assert e.impact != "high", e.slug
    soft = [e for e in LIBRARY.of_family("cardio") if e.impact != "high"]
    assert len([e for e in soft if not e.equipment and e.level == "beginner"]) >= 8


def test_there_is_enough_of_every_kind():
    counts = {
        "warm_up": sum("warm_up" in e.uses for e in LIBRARY),
        "cool_down": sum("cool_down" in e.uses for e in LIBRARY),
        "seated": sum(e.is_wheelchair_friendly for e in LIBRARY),
        "yoga": sum(e.modality == "yoga" for e in LIBRARY),
        "swimming": sum(e.modality == "swimming" for e in LIBRARY),
        "running": sum(e.modality == "running" for e in LIBRARY),
        "cycling": sum(e.modality == "cycling" for e in LIBRARY),
    }
    least = {"warm_up": 30, "cool_down": 25, "seated": 50, "yoga": 25, "swimming": 8, "running": 9, "cycling": 6}
    assert {kind: count for kind, count in counts.items() if count < least[kind]} == {}
    for stage in STAGES:
        assert sum(e.stage == stage and e.level == "beginner" for e in LIBRARY) >= 1


def test_every_exercise_has_a_substitute_with_the_same_pattern_or_muscle():
    for e in LIBRARY:
        alike = [o for o in LIBRARY if o is not e and o.is_timed == e.is_timed]
        alike = [o for o in alike if (o.session_kind == "hiit") == (e.session_kind == "hiit")]
        muscle = set(e.primary_muscles)
        assert [o for o in alike if o.family == e.family or muscle & set(o.primary_muscles)], e.slug


def test_easier_and_harder_variants_end_somewhere():
    for e in LIBRARY:
        seen, at = {e.slug}, e
        while at.easier and at.easier not in seen:
            at = LIBRARY.get(at.easier)
            seen.add(at.slug)
        assert not at.easier, (e.slug, "its easier forms go round in a circle")


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
    [
        {"tags": ("explosive",)},
        {"impact": "high"},
        {"equipment": ("none",)},
        {"easier": "nowhere"},
        {"easier": "push_up"},
        {"uses": ()},
    ],
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
