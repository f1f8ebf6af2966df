"""T-5, T-11, T-23: what the wanted sport, yoga, a wheelchair and the place make of the week."""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from agents.domain.profile import Injury
from agents.domain.training import Course, programme
from agents.domain.training.blueprint import sports_by_day
from agents.domain.training.flexing import STAGE_SHARES
from agents.domain.training.session import total_seconds
from agents.domain.training.wording import run_walk_words
from tests.support.trainees import ADULT, LIBRARY, MONDAY, TRAINED, main_slugs, plan

ATHLETE = replace(TRAINED, location="hybrid", equipment=("pool", "bike"), workout_minutes=60, primary_goal="endurance")


def modalities(session):
    return {b.exercise.modality for b in session.phase("main") if b.exercise.family == "cardio"}


@pytest.mark.parametrize("days", range(1, 8))
def test_a_triathlon_week_covers_all_three_sports(days):
    person = replace(ATHLETE, modalities=("triathlon",), workout_days=tuple(range(days)))
    found = set().union(*(modalities(session) for session in plan(person, "vigorous", days=7).sessions))
    assert found >= {"swimming", "cycling", "running"}


def test_fewer_days_than_sports_put_the_rest_together_on_the_last_day():
    sports = ("swimming", "cycling", "running")
    assert sports_by_day(sports, ("mixed",)) == {0: sports}
    assert sports_by_day(sports, ("mixed", "mixed")) == {0: ("swimming",), 1: ("cycling", "running")}
    assert sports_by_day(sports, ("cardio", "strength", "cardio", "mixed", "cardio")) == {
        0: ("swimming",),
        2: ("cycling",),
        3: ("running",),
        4: ("swimming",),
    }
    assert sports_by_day(sports, ("strength",)) == sports_by_day((), ("cardio",)) == {}


@pytest.mark.parametrize(
    ("sport", "equipment"), [("running", ()), ("cycling", ("bike",)), ("swimming", ("pool",)), ("walking", ())]
)
def test_a_sport_is_in_every_cardio_part_of_the_week(sport, equipment):
    person = replace(ATHLETE, equipment=equipment, location="outdoor", modalities=(sport,), workout_days=(0, 2, 4))
    for allowed in ("moderate", "vigorous"):
        sessions = plan(person, allowed, days=7).sessions
        assert sum(sport in modalities(session) for session in sessions) == 3


def test_a_sport_without_its_place_or_equipment_is_named():
    swimmer = replace(ADULT, modalities=("swimming",), equipment=())
    made = plan(swimmer)
    assert not any("pool" in b.exercise.equipment for s in made.sessions for b in s.exercises)
    assert any("No swimming" in note.message for note in made.notes)


def test_a_yoga_session_is_a_sequence_from_arriving_to_final_rest():
    yogi = replace(ADULT, modalities=("yoga",), equipment=("mat",), workout_minutes=45, workout_days=(0, 2, 4, 5))
    sessions = [s for s in plan(yogi, days=7).sessions if s.title == "Yoga"]
    assert sessions
    for session in sessions:
        main = session.phase("main")
        stages = [b.exercise.stage for b in main if b.exercise.stage]
        order = list(STAGE_SHARES)
        assert [order.index(stage) for stage in stages] == sorted(order.index(stage) for stage in stages)
        assert main[-1].exercise.slug in ("rest_on_back", "rest_on_side", "seated_rest")
        assert len(main) >= 10
        assert session.session_kind == "yoga"


def test_yoga_in_late_pregnancy_rests_on_the_side_and_lies_neither_on_back_nor_belly():
    yogi = replace(ADULT, modalities=("yoga",), conditions=("pregnancy",), pregnancy_week=28, workout_minutes=45)
    made = plan(yogi)
    assert "rest_on_side" in main_slugs(made)
    tags = {tag for s in made.sessions for b in s.exercises for tag in b.exercise.tags}
    assert tags.isdisjoint({"long_supine", "prone", "fall_risk"})


@pytest.mark.parametrize("word", ["wheelchair", "wheelchair user", "paraplegia", "I use a wheelchair"])
@pytest.mark.parametrize("equipment", [(), ("dumbbells", "resistance_bands")])
def test_a_wheelchair_user_gets_full_sessions_from_the_chair(word, equipment):
    person = replace(ADULT, conditions=(word,), equipment=equipment, workout_minutes=40)
    made = plan(person)
    assert len(made.sessions) == 6
    families = Counter(b.exercise.family for s in made.sessions for b in s.phase("main"))
    assert {"push", "pull", "trunk", "cardio"} <= set(families)
    for session in made.sessions:
        assert session.minutes >= 34
        assert all(b.exercise.is_wheelchair_friendly for b in session.exercises)
        assert not any("legs" in b.exercise.loads for b in session.exercises)
    assert not any(note.rule == "T-5" for note in made.notes)


def test_nobody_else_is_sent_to_roll_outdoors():
    made = plan(replace(ADULT, conditions=("hypertension",), location="outdoor"), "easy")
    assert not any(b.exercise.needs_wheelchair for s in made.sessions for b in s.exercises)


def test_at_least_twenty_exercises_work_from_a_wheelchair_for_every_part_of_a_session():
    fit = [e for e in LIBRARY if e.is_wheelchair_friendly]
    assert len(fit) >= 20
    for family in ("push", "pull", "trunk", "cardio", "mobility", "balance"):
        assert sum(e.family == family for e in fit) >= 2
    for use in ("main", "accessory", "warm_up", "cool_down"):
        assert sum(use in e.uses for e in fit) >= 2


def test_t23_newcomers_stay_below_a_fifth_of_vigorous_time_and_hard_days_are_apart():
    for sport, equipment in (("running", ()), ("cycling", ("bike",)), ("hiit", ()), ("swimming", ("pool",))):
        new = replace(
            ATHLETE, regular_exercise=False, equipment=equipment, modalities=(sport,), workout_days=tuple(range(7))
        )
        made = plan(new, "vigorous", days=14)
        blocks = [b for s in made.sessions for b in s.exercises if b.exercise.family == "cardio"]
        hard = sum(b.seconds for b in blocks if b.exercise.effort == "vigorous")
        assert hard <= 0.2 * sum(b.seconds for b in blocks)
        trained = plan(replace(new, regular_exercise=True), "vigorous", days=14)
        intense = [s.date for s in trained.sessions if s.intensity == "intense"]
        assert all(after - before > timedelta(days=1) for before, after in itertools.pairwise(intense))


def test_t23_run_and_walk_shifts_towards_running_week_by_week():
    assert run_walk_words(0) == "jog 60 s, walk 120 s, in turns"
    shares = []
    for built in range(10):
        numbers = [int(word) for word in run_walk_words(built).replace(",", "").split() if word.isdigit()]
        shares.append(numbers[0] / sum(numbers))
    assert shares == sorted(shares)
    assert all(after <= 1.1 * before + 0.02 for before, after in itertools.pairwise(shares))
    new = replace(ADULT, location="outdoor", modalities=("running",), primary_goal="endurance", workout_minutes=45)
    hints = [
        {hint for s in made.sessions for b in s.phase("main") for hint in b.modifications if hint.startswith("jog")}
        for made in (
            programme(new, LIBRARY, screening_allowed="moderate", start=MONDAY, days=7, course=Course(week=week))
            for week in (1, 6)
        )
    ]
    assert hints[0] == {run_walk_words(0)}
    assert hints[1] == {run_walk_words(4)}


def test_walking_is_there_for_those_who_may_only_go_light():
    made = plan(replace(ADULT, modalities=("walking",)), "light")
    assert {"walking"} <= set().union(*(modalities(session) for session in made.sessions))
    assert all(session.intensity == "light" for session in made.sessions)


@pytest.mark.parametrize("words", [("strength",), ("hypertrophy",), ("mixed",), ("Powerlifting",), ("cardio",)])
def test_words_for_a_style_are_understood(words):
    made = plan(replace(TRAINED, modalities=words, primary_goal="muscle_gain"), "vigorous")
    assert sum(s.session_kind == "strength" for s in made.sessions) >= 4


def test_joints_are_spared_the_hard_running():
    sore = replace(
        ATHLETE, location="outdoor", modalities=("running",), injuries=(Injury("knee", "mild"),), workout_days=(0, 2, 4)
    )
    made = plan(sore, "vigorous")
    assert not any({"sprint", "impact_jump"} & set(b.exercise.tags) for s in made.sessions for b in s.exercises)


TRIATHLETE = replace(
    ATHLETE, fitness_level="advanced", modalities=("triathlon",), equipment=("bike", "pool", "dumbbells"),
    workout_days=tuple(range(6)), workout_minutes=120,
)  # fmt: skip


def seconds_of(session, *families):
    return sum(b.seconds for b in session.phase("main") if b.exercise.family in families)


@pytest.mark.parametrize("goal", ["endurance", "athletic_performance", "general_fitness"])
@pytest.mark.parametrize("allowed", ["moderate", "vigorous"])
@pytest.mark.parametrize("seed", range(3))
def test_many_hours_mean_each_sport_twice_and_one_day_with_lifts(goal, allowed, seed):
    made = plan(replace(TRIATHLETE, primary_goal=goal), allowed, days=7, seed=seed)
    sports = Counter(b for session in made.sessions for b in modalities(session))
    assert sports == {"swimming": 2, "cycling": 2, "running": 2}
    assert sum(session.session_kind == "strength" for session in made.sessions) == 1
    assert sum(session.title.startswith("Long ") for session in made.sessions) == 1
    assert {"water_walk", "aqua_jog", "water_aerobics", "swim_kick"}.isdisjoint(main_slugs(made))


@pytest.mark.parametrize("days", [3, 4, 5, 6, 7])
@pytest.mark.parametrize("minutes", [75, 90, 120])
@pytest.mark.parametrize("level", ["beginner", "advanced"])
def test_a_sport_of_endurance_leaves_an_hour_for_lifts_and_half_an_hour_for_mobility(days, minutes, level):
    person = replace(
        TRIATHLETE, fitness_level=level, regular_exercise=level != "beginner", workout_days=tuple(range(days)),
        workout_minutes=minutes,
    )  # fmt: skip
    for session in plan(person, "moderate", days=7).sessions:
        lifts = tuple(b for b in session.phase("main") if b.exercise.is_strength)
        assert total_seconds(lifts) <= 60 * 60
        assert seconds_of(session, "mobility", "balance") <= 30 * 60


@pytest.mark.parametrize("minutes", [40, 50, 60, 70])
@pytest.mark.parametrize("days", [(0, 1, 3, 5), (0, 1, 2, 4, 5)])
@pytest.mark.parametrize("allowed", ["moderate", "vigorous"])
def test_t23_the_long_run_is_a_third_of_the_week_and_at_most_one_run_is_fast(days, minutes, allowed):
    runner = replace(ATHLETE, location="outdoor", modalities=("running",), workout_days=days, workout_minutes=minutes)
    sessions = plan(runner, allowed, days=7).sessions
    times = [seconds_of(session, "cardio") for session in sessions]
    (long,) = [seconds_of(session, "cardio") for session in sessions if session.title == "Long run"]
    assert long >= max(times) - 60  # the breaks of a fast run count as well
    assert long <= 0.355 * sum(times)
    fast = [s for s in sessions if any(b.exercise.session_kind == "hiit" for b in s.phase("main"))]
    assert len(fast) == (allowed == "vigorous")


@pytest.mark.parametrize("minutes", [40, 50, 60])
def test_two_days_a_week_hold_some_cardio_where_the_time_allows(minutes):
    for session in plan(replace(ADULT, workout_days=(1, 4), workout_minutes=minutes), days=7).sessions:
        assert session.session_kind == "strength"
        assert seconds_of(session, "cardio") >= 4 * 60
