"""The integer program: bounds kept, whole where it must be, the same answer every time."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.meals.solver import Program

ALL = {"nodes": 1000, "gap": 0.0, "near": 0.0}


def test_a_knapsack_is_solved():
    program = Program()
    flags = [program.flag(-value) for value in (60.0, 100.0, 120.0)]
    program.row(zip(flags, (10.0, 20.0, 30.0), strict=True), high=50.0)
    values = program.solve(**ALL)
    assert [round(values[flag]) for flag in flags] == [0, 1, 1]


def test_a_program_without_an_answer_is_none():
    program = Program()
    flag = program.flag()
    program.row([(flag, 1.0)], low=2.0)
    assert program.solve(**ALL) is None
    assert program.relaxed() is None


def test_the_relaxed_program_need_not_be_whole_and_names_prices():
    program = Program()
    column = program.column(high=5.0, cost=-1.0, is_whole=True)
    program.row([(column, 2.0)], high=5.0)
    assert program.relaxed().values[column] == pytest.approx(2.5)
    assert program.solve(**ALL)[column] == pytest.approx(2)


def test_a_closed_column_is_nothing():
    program = Program()
    column = program.column(high=5.0, cost=-1.0)
    program.close([column])
    assert program.solve(**ALL)[column] == 0


def test_distance_is_free_inside_its_room_and_charged_beyond():
    program = Program()
    column = program.column(high=inf, cost=1.0)
    program.distance([(column, 1.0)], goal=10.0, price=5.0, free=2.0)
    assert program.solve(**ALL)[column] == pytest.approx(8.0)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=6), st.integers(1, 90))
def test_small_knapsacks_agree_with_trying_everything(things, room):
    program = Program()
    flags = [program.flag(-float(value)) for value, _ in things]
    program.row([(flag, float(size)) for flag, (_, size) in zip(flags, things, strict=True)], high=float(room))
    values = program.solve(**ALL)
    got = sum(value for flag, (value, _) in zip(flags, things, strict=True) if values[flag] > 0.5)
    best = max(
        sum(value for n, (value, _) in enumerate(things) if picked >> n & 1)
        for picked in range(1 << len(things))
        if sum(size for n, (_, size) in enumerate(things) if picked >> n & 1) <= room
    )
    assert got == best
