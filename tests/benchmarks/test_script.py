"""The script of the benchmarks says the same to both contenders, every time."""

from tests.benchmarks import script


def test_every_day_has_fifty_lines_whether_the_taste_changes_or_not():
    assert [len(script.day(number)) for number in range(11)] == [script.TURNS_A_DAY] * 11


def test_a_day_is_the_same_whenever_it_is_asked_for_and_differs_from_the_next():
    assert script.day(3) == script.day(3)
    assert script.day(3) != script.day(4)
    assert script.day(3, person=1) != script.day(3)


def test_one_turn_in_250_makes_a_plan():
    assert list(script.lines(0, 1000)).count(script.MAKES_A_PLAN) == 4


def test_lines_go_on_over_the_end_of_a_day():
    assert tuple(script.lines(48, 4)) == script.day(0)[48:] + script.day(1)[:2]


def test_a_tap_takes_the_first_fitting_button_and_a_stale_one_when_there_is_none():
    assert script.tapped("<task:done>", ["task:skip:A", "task:done:B", "task:done:C"]) == "task:done:B"
    assert script.tapped("<task:done>", []) == "task:done:gone"
    assert script.tapped("drank water", ["task:done:B"]) is None


def test_a_pause_is_a_few_seconds_and_always_the_same():
    pauses = [script.pause_seconds(number) for number in range(100)]
    assert pauses == [script.pause_seconds(number) for number in range(100)]
    assert 2 <= min(pauses) < max(pauses) <= 9
