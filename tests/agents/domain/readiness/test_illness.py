"""Rest, easy, wait and the way back (science.md R-7, S-190, S-141)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.readiness.effect import MODES
from agents.domain.readiness.illness import IllnessCourse, illness_of_codes, illness_trigger
from agents.domain.safety.illness import Complaint

BEGAN = date(2026, 3, 2)
COMPLAINTS: tuple[Complaint, ...] = ("fever", "chest", "vomiting", "cough", "runny_nose", "sore_throat", "headache")


def _mode(course: IllnessCourse, on: date) -> str | None:
    found = illness_trigger(course, on=on)
    return None if found is None else found.effect.mode


@pytest.mark.parametrize("complaint", ["fever", "chest", "vomiting", "diarrhoea", "aching_all_over", "cough"])
def test_below_the_neck_there_is_no_training_and_no_deficit(complaint: Complaint) -> None:
    found = illness_trigger(IllnessCourse(began_on=BEGAN, complaints=frozenset({complaint, "runny_nose"})), on=BEGAN)
    assert found is not None
    assert (found.effect.mode, found.effect.lifts_deficit, found.is_at_once) == ("rest", True, True)
    assert found.level == ("urgent" if complaint == "chest" else "caution")


def test_above_the_neck_only_it_is_easy_and_at_most_half() -> None:
    found = illness_trigger(IllnessCourse(began_on=BEGAN, complaints=frozenset({"runny_nose"})), on=BEGAN)
    assert found is not None
    assert (found.effect.mode, found.effect.volume, found.effect.time) == ("easy", 0.5, 0.5)


def test_a_cold_that_had_a_fever_yesterday_is_rest() -> None:
    course = IllnessCourse(began_on=BEGAN, complaints=frozenset({"runny_nose"}), earlier=frozenset({"fever"}))
    assert _mode(course, BEGAN + timedelta(days=1)) == "rest"


def test_ill_without_a_word_more_is_rest_and_a_question() -> None:
    found = illness_trigger(IllnessCourse(began_on=BEGAN), on=BEGAN)
    assert found is not None
    assert (found.effect.mode, "ask_complaints" in found.effect.offers) == ("rest", True)


@pytest.mark.parametrize("has_diabetes", [True, False])
def test_s141_ill_with_diabetes_is_rest_even_with_a_cold(has_diabetes: bool) -> None:
    course = IllnessCourse(began_on=BEGAN, complaints=frozenset({"runny_nose"}), has_diabetes=has_diabetes)
    assert _mode(course, BEGAN) == ("rest" if has_diabetes else "easy")


@pytest.mark.parametrize(
    ("ill_days", "is_covid_like", "free_days"),
    [(1, False, 1), (3, False, 3), (12, False, 7), (2, True, 7), (9, True, 7)],
)
def test_a_free_day_for_each_ill_day_and_then_half(ill_days: int, is_covid_like: bool, free_days: int) -> None:
    well = BEGAN + timedelta(days=ill_days)
    course = IllnessCourse(began_on=BEGAN, earlier=frozenset({"fever"}), well_since=well, is_covid_like=is_covid_like)
    assert course.trains_again_on() == well + timedelta(days=free_days)
    assert _mode(course, well + timedelta(days=free_days - 1)) == "recovery"
    back = illness_trigger(course, on=well + timedelta(days=free_days))
    assert back is not None
    assert (back.effect.volume, back.effect.mode) == (0.5, "easy" if is_covid_like else "train")


def test_the_way_back_rises_by_a_tenth_a_session_and_ends() -> None:
    shares = []
    for done in range(7):
        course = IllnessCourse(
            began_on=BEGAN, earlier=frozenset({"fever"}), well_since=BEGAN + timedelta(days=1), sessions_since=done
        )
        found = illness_trigger(course, on=BEGAN + timedelta(days=30))
        shares.append(None if found is None else found.effect.volume)
    assert shares == [0.5, 0.6, 0.7, 0.8, 0.9, None, None]


def test_after_a_mere_cold_the_free_days_are_easy_ones() -> None:
    course = IllnessCourse(began_on=BEGAN, earlier=frozenset({"runny_nose"}), well_since=BEGAN + timedelta(days=3))
    assert _mode(course, BEGAN + timedelta(days=4)) == "easy"


def test_signs_that_come_back_are_rest_again() -> None:
    course = IllnessCourse(
        began_on=BEGAN, complaints=frozenset({"chest"}), well_since=BEGAN + timedelta(days=3), sessions_since=2
    )
    found = illness_trigger(course, on=BEGAN + timedelta(days=12))
    assert found is not None
    assert (found.effect.mode, found.level) == ("rest", "urgent")


def test_days_before_it_are_untouched() -> None:
    assert illness_trigger(IllnessCourse(began_on=BEGAN), on=BEGAN - timedelta(days=1)) is None


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(ValueError, match="illness"):
        IllnessCourse(began_on=BEGAN, well_since=BEGAN - timedelta(days=1))


@pytest.mark.parametrize(
    ("codes", "has_diabetes", "mode", "level"),
    [
        (("cold_above_neck",), False, "easy", "caution"),
        (("cold_above_neck",), True, "rest", "caution"),
        (("acute_illness",), False, "rest", "caution"),
        (("covid_like", "cold_above_neck"), False, "rest", "caution"),
        (("chest_illness",), False, "rest", "urgent"),
    ],
)
def test_codes_on_file_hold_until_the_person_is_well(
    codes: tuple[str, ...], has_diabetes: bool, mode: str, level: str
) -> None:
    found = illness_of_codes((*codes, "hypertension"), has_diabetes=has_diabetes)
    assert found is not None
    assert (found.effect.mode, found.level) == (mode, level)
    assert illness_of_codes(("hypertension",), has_diabetes=has_diabetes) is None


@given(
    st.frozensets(st.sampled_from(COMPLAINTS)),
    st.frozensets(st.sampled_from(COMPLAINTS)),
    st.integers(0, 20),
    st.integers(0, 20),
    st.booleans(),
)
def test_no_session_with_a_fever_and_more_complaints_never_allow_more(
    now: frozenset[Complaint], earlier: frozenset[Complaint], well_after: int, day: int, is_covid_like: bool
) -> None:
    def mode(complaints: frozenset[Complaint]) -> int:
        course = IllnessCourse(
            began_on=BEGAN,
            complaints=complaints,
            earlier=earlier,
            well_since=None if complaints else BEGAN + timedelta(days=well_after),
            is_covid_like=is_covid_like,
        )
        found = illness_trigger(course, on=BEGAN + timedelta(days=day))
        return 0 if found is None else MODES.index(found.effect.mode)

    assert mode(now | {"fever"}) == MODES.index("rest")
    if now:
        assert mode(now | {"cough"}) >= mode(now)
