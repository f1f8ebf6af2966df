"""The yardsticks of the engines: a wrong share or an unfair baseline would mislead quietly."""

from dataclasses import replace

import pytest

from agents.domain.meals import DayTargets
from tests.benchmarks import eaters, triage
from tests.benchmarks.greedy_week import greedy_week
from tests.benchmarks.joint_week import joint_week
from tests.benchmarks.meal_worker import inside

GOAL = DayTargets(kcal=2000, kcal_min=1900, kcal_max=2100, protein_g=100, carbs_g=250, fat_g=60, fibre_g=28)


@pytest.mark.parametrize(
    ("day", "count"),
    [((2000, 100, 250, 60), 1), ((2100, 95, 262.5, 57), 1), ((2102, 100, 250, 60), 0), ((2000, 100, 250, 56.9), 0)],
)
def test_a_day_is_inside_when_all_four_figures_are_up_to_five_per_cent_off(day, count):
    assert inside([day], [GOAL]) == count


def test_days_that_were_not_made_are_not_inside():
    assert inside([], [GOAL] * 7) == 0


@pytest.mark.parametrize("name", eaters.PEOPLE)
def test_everybody_on_the_panel_has_a_goal_for_each_day_and_other_seeds_the_same_ones(name):
    asked = eaters.request_of(name, 1)
    assert len(asked.targets) == eaters.DAYS
    assert asked.targets == eaters.request_of(name, 2).targets


def test_the_greedy_filler_meets_the_energy_of_nearly_every_day_and_is_the_same_again():
    asked = eaters.request_of("omnivore, three meals", 1)
    days = greedy_week(asked)
    near = [abs(day[0] / goal.kcal - 1) <= 0.1 for day, goal in zip(days, asked.targets, strict=True)]
    assert sum(near) >= 6
    assert greedy_week(asked) == days


def test_each_week_the_joint_program_notes_is_a_whole_one_and_the_last_is_what_it_gives():
    week = eaters.request_of("halal, rests and trains", 1)
    asked = replace(week, targets=week.targets[:2])
    made = joint_week(asked, seconds=60.0)
    assert {len(days) for _, days in made.found} == {2}
    assert inside(made.days, asked.targets) == 2
    assert made.found[-1][1] == made.days


def test_the_naive_scan_finds_the_words_it_knows_in_capitals_and_other_scripts_too():
    scan = triage.naive_scan()
    assert {"chest", "hurts"} <= set(scan("My CHEST hurts"))
    assert "боль" in scan("Сильная боль")
    assert scan("xyzzy") == []


def test_long_messages_are_several_sentences_and_no_line_is_a_tap():
    found = triage.texts()
    assert min(map(len, found["long messages"][:-1])) > 4 * min(map(len, found["everyday lines"]))
    assert not [line for line in found["everyday lines"] if line.startswith("<")]
