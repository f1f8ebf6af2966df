"""Words to lifts: whole names only, the usual meaning where it is clear, and nothing where it is not."""

import pytest

from agents.domain.exercises import EQUIPMENT
from agents.domain.training.lift_names import LiftNames, words_of
from agents.domain.training.loading import takes_kg
from tests.support.cases import for_each
from tests.support.trainees import LIBRARY

NAMES = LiftNames(LIBRARY)
GYM = EQUIPMENT - {"pool"}
DUMBBELLS = frozenset({"dumbbells"})


def slug(words, equipment=GYM, planned=()):
    found = NAMES.lift(words, equipment=equipment, planned=planned)
    return found and found.slug


@for_each("exercise", [e for e in LIBRARY if takes_kg(e) and not e.slug.startswith("assisted")])
def test_every_lift_is_known_by_its_name_and_slug(exercise):
    for words in (exercise.name, exercise.slug, exercise.name.upper(), exercise.name.replace("-", " ")):
        assert slug(words, equipment=()) == exercise.slug


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("squats", "barbell_back_squat"),
        ("Bench", "barbell_bench_press"),
        ("bench presses", "barbell_bench_press"),
        ("db bench", "dumbbell_bench_press"),
        ("deads", "barbell_deadlift"),
        ("RDLs", "barbell_rdl"),
        ("OHP", "barbell_overhead_press"),
        ("hack squats", "hack_squat"),
        ("cable rows", "seated_cable_row"),
        ("lat pull-downs", "lat_pulldown"),
        ("farmer's walk", "farmers_carry"),
    ],
)
def test_usual_words_mean_the_usual_lift(words, expected):
    assert slug(words) == expected


@pytest.mark.parametrize(
    "words",
    ["zercher squat", "smith machine squat", "machine squat", "dumbbell squat", "paused bench", "close grip bench",
     "trap bar deadlift", "single leg deadlift", "single leg leg press", "shoulder press", "row", "curls", "calf raise",
     "leg curl", "chest fly", "barbell curl", "", "60", "exercise"],
)  # fmt: skip
def test_what_may_be_another_lift_is_none_of_ours(words):
    assert slug(words) is None


@pytest.mark.parametrize("words", ["assisted pull-up machine", "Assisted dip machine", "assisted_dip"])
def test_the_number_of_an_assistance_machine_is_no_load(words):
    assert slug(words, planned=("Assisted pull-up machine", "Assisted dip machine")) is None


def test_at_home_the_short_name_is_what_can_be_done_there():
    assert slug("bench press", DUMBBELLS | {"bench"}) == "dumbbell_bench_press"
    assert slug("romanian deadlift", DUMBBELLS) == "dumbbell_rdl"
    assert slug("squat", DUMBBELLS) is None


def test_among_lifts_with_one_kind_of_weight_the_plan_tells_which():
    assert slug("curls", DUMBBELLS, planned=("Dumbbell curl",)) == "dumbbell_curl"
    assert slug("curls", DUMBBELLS, planned=("Dumbbell curl", "Hammer curl")) is None


def test_where_a_barbell_may_be_meant_the_dumbbells_of_the_plan_get_no_load():
    assert slug("row", GYM, planned=("Bent-over dumbbell row",)) is None
    assert slug("squat", GYM, planned=("Goblet squat",)) is None
    assert slug("squat", GYM, planned=("Goblet squat", "Barbell back squat")) == "barbell_back_squat"


def test_words_are_told_apart_by_what_distinguishes_lifts():
    assert words_of("DB Rows") == words_of("dumbbell row")
    assert words_of("pull downs") == words_of("pulldown")
    assert words_of("the Bench Press") == {"bench", "press"}
