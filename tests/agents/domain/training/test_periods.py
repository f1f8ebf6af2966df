"""T-7, T-9, T-23: deload, comeback, weekly rise, taper."""

import itertools
from datetime import timedelta

import pytest

from agents.domain.training.periods import Period, comeback_share, period, seconds_in, sets_in
from tests.support.trainees import MONDAY

FULL = Period("build", built=9, step=0)


def weeks(seconds, count):
    return [seconds_in(seconds, period(MONDAY, week=week)) for week in range(1, count + 1)]


def test_t7_sixteen_sets_become_eight_to_ten_in_a_deload():
    when = period(MONDAY, week=4)
    assert (when.kind, when.least_rir, when.load) == ("deload", 3, 1.0)
    assert sum(sets_in((4, 4, 4, 4), when.sets)) in (8, 9, 10)


@pytest.mark.parametrize("lifts", [(3, 3, 3, 3, 3), (2, 2, 2), (4, 3, 2), (1, 1, 1, 1), (5, 5, 5, 4, 4)])
def test_t7_the_cut_falls_on_the_whole_session_and_the_first_lifts_lose_least(lifts):
    cut = sets_in(lifts, 0.55)
    assert 0.5 <= sum(cut) / sum(lifts) <= 0.67
    assert all(0 <= left <= most for left, most in zip(cut, lifts, strict=True))
    assert cut[0] >= 1
    assert sets_in(lifts, 1.0) == lifts


def test_t23_time_rises_by_a_tenth_at_most_and_falls_by_thirty_percent_every_fourth_week():
    found = weeks(2400, 12)
    assert found[2] == 2400
    assert found[3] == found[7] == 1680
    normal = [seconds for week, seconds in enumerate(found, 1) if week % 4]
    assert all(after <= 1.1 * before for before, after in itertools.pairwise(normal))
    assert found[0] >= 0.84 * 2400


def test_t23_the_taper_halves_the_volume_and_leaves_the_eve_and_the_day_free():
    event = MONDAY + timedelta(days=20)
    shares = {
        left: period(event - timedelta(days=left), week=2, event_on=event)
        for left in (15, 14, 8, 7, 2, 1, 0, -1, -7, -8)
    }
    assert shares[15].kind == shares[-8].kind == "build"
    assert shares[1] is shares[0] is None
    assert shares[14].sets == shares[8].sets == 0.6
    assert shares[7].sets == shares[2].sets == 0.45
    assert all(shares[left].least_rir == 0 for left in (14, 8, 7, 2))  # the effort is kept
    assert shares[-1].kind == shares[-7].kind == "recovery"


@pytest.mark.parametrize(
    ("off", "share"), [(None, 1.0), (0, 1.0), (1, 1.0), (2, 0.8), (3, 0.8), (4, 0.6), (8, 0.6), (9, None), (30, None)]
)
def test_t9_what_is_left_after_a_break(off, share):
    assert comeback_share(off) == share


@pytest.mark.parametrize("off", [2, 3, 4, 8])
def test_t9_two_careful_weeks_then_up_by_a_fifth_of_the_sets_and_a_tenth_of_the_time(off):
    found = [period(MONDAY, week=week, comeback_weeks=off) for week in range(1, 8)]
    share = comeback_share(off)
    assert {(one.sets, one.load, one.least_rir) for one in found[:2]} == {(share, share, 3)}
    assert all(one.load == 1.0 for one in found[2:])
    climb = [one for one in found if one.kind == "comeback"]
    for before, after in itertools.pairwise(climb):
        assert after.sets <= 1.2 * before.sets + 1e-9
        assert after.time <= 1.1 * before.time + 1e-9


def test_t9_a_long_break_is_a_new_start_with_three_in_reserve():
    assert [period(MONDAY, week=week, comeback_weeks=12).kind for week in (1, 2, 3)] == [
        "comeback",
        "comeback",
        "build",
    ]


@pytest.mark.parametrize(("week", "off"), [(0, None), (-1, None), (1, -1)])
def test_an_impossible_week_or_break_is_refused(week, off):
    with pytest.raises(ValueError, match="counted from 1"):
        period(MONDAY, week=week, comeback_weeks=off)
