"""What each picture shows and says, and to whom it shows nothing."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from agents.domain import charts
from agents.domain.charts.chart import Band, Curve, Dots, Grid, Level, Panel, Stack
from agents.domain.charts.history import Eaten, History, Kept, Lift, Period
from tests.support.lookback import PERSON, SUNDAY, TARGETS, history, say

EMPTY = History(SUNDAY - timedelta(days=83), SUNDAY)
IN_CARE = replace(PERSON, conditions=("eating_disorder",))
HIDING = replace(PERSON, hide_numbers=True)
FIFTEEN = replace(PERSON, age=15)
PREGNANT = replace(PERSON, pregnancy_week=20)
DIGIT = re.compile(r"\d")


def seen(known, person):
    made = (
        charts.weight(known, person, say), charts.macros(known, person, TARGETS, say),
        charts.adherence(known, person, say), charts.strength(known, person, say), charts.sleep(known, person, say),
        charts.cycle(known, person, say),
    )  # fmt: skip
    return {view.subject: view for view in made if view is not None}


def layers(view, kind):
    return [layer for panel in view.panels if isinstance(panel, Panel) for layer in panel.layers if type(layer) is kind]


def test_without_data_there_is_nothing_to_see():
    assert seen(EMPTY, PERSON) == {}


def test_weight_has_its_points_trend_swing_and_goal_and_says_them():
    view = charts.weight(history(), PERSON, say)
    assert [len(layers(view, kind)) for kind in (Dots, Curve, Band, Level)] == [1, 1, 1, 1]
    assert "84 weigh-ins from 31 Aug to 22 Nov." in view.words
    assert "less than four weeks ago. Your goal is 76.0 kg." in view.words


def test_pounds_are_pounds_in_points_scale_and_words():
    known = replace(EMPTY, weights=((SUNDAY, 100.0),))
    view = charts.weight(known, replace(PERSON, units="imperial", target_weight_kg=None), say)
    (dots,) = layers(view, Dots)
    assert dots.points[0][1] == pytest.approx(220.462)
    assert (view.panels[0].unit, view.words) == ("lb", "One weigh-in, on 22 Nov. It was 220.5 lb.")


def test_a_silence_of_the_scale_breaks_the_line():
    view = charts.weight(history(without=range(20, 50)), PERSON, say)
    assert [len(layer.runs) for layer in layers(view, Curve)] == [2]


def test_a_goal_below_the_lowest_accepted_weight_is_neither_drawn_nor_said():
    view = charts.weight(history(), replace(PERSON, target_weight_kg=53.0), say)
    assert layers(view, Level) == []
    assert "goal" not in view.words


@pytest.mark.parametrize("person", [FIFTEEN, PREGNANT, HIDING, replace(PERSON, age=None)])
def test_no_goal_line_for_the_young_the_pregnant_and_who_hides_numbers(person):
    view = charts.weight(history(), person, say)
    assert layers(view, Level) == []


@pytest.mark.parametrize("person", [FIFTEEN, PREGNANT, replace(PERSON, age=None)])
def test_up_and_down_of_the_scale_is_not_said_to_who_is_to_be_spared_it(person):
    assert not re.search(r"\b(?:less|more|up|down|steady)\b", charts.weight(history(), person, say).words)


def test_in_care_mode_there_is_no_picture_of_weight_food_or_anything_counted():
    assert seen(history(), IN_CARE).keys() == {"strength", "sleep", "cycle"}


@pytest.mark.parametrize("person", [HIDING, IN_CARE])
def test_who_hides_numbers_reads_none_on_any_scale_or_in_any_words(person):
    for view in seen(history(), person).values():
        assert all(not panel.shows_figures and not panel.unit for panel in view.panels if isinstance(panel, Panel)), (
            view.subject
        )
        without_dates = re.sub(r"\d{1,2} [A-Z][a-z]{2}", "", view.words)
        assert not DIGIT.search(without_dates), view.subject


def test_the_young_see_no_figures_of_weight_food_or_strength():
    views = seen(history(), FIFTEEN)
    assert "macros" not in views
    assert not any(views[name].panels[0].shows_figures for name in ("weight", "strength"))


def test_the_parts_of_a_bar_add_up_to_what_was_logged():
    known = replace(EMPTY, eaten=(Eaten(SUNDAY, 2100, 100, 200, 80), Eaten(SUNDAY - timedelta(days=1), 70, 0, 0, 0)))
    (stack,) = layers(charts.macros(known, PERSON, TARGETS, say), Stack)
    assert [sum(parts) for _, parts in stack.columns] == pytest.approx([2100, 70])


def test_protein_is_no_target_where_a_clinician_sets_it():
    kidney = replace(PERSON, conditions=("kidney",))
    assert "with" not in charts.macros(history(), kidney, TARGETS, say).words


def test_the_calendar_has_whole_weeks_and_no_field_where_nothing_was_planned():
    known = replace(EMPTY, kept=(Kept(SUNDAY - timedelta(days=8), 2, 4), Kept(SUNDAY, 0, 3)))
    view = charts.adherence(known, PERSON, say)
    (grid,) = view.panels
    assert isinstance(grid, Grid)
    assert (grid.weeks[-1][6], grid.weeks[-2][5], grid.weeks[-1][0]) == (0.0, 0.5, None)
    assert view.words == "2 of 7 planned things done, on one day."


def test_strength_takes_the_best_of_each_day_under_the_name_used_last():
    day = SUNDAY - timedelta(days=3)
    known = replace(
        EMPTY,
        lifts=(
            Lift("squat", day, 100, 5), Lift("Squat", day, 60, 5), Lift("Squat", SUNDAY, 100, 20), Lift("x", day, 0, 5),
        ),
    )  # fmt: skip
    view = charts.strength(known, PERSON, say)
    assert view.words == "Estimated for one repetition, from your sets: Squat 115 kg.", "mean of 116.7 and 112.5"


def test_at_most_four_lifts_those_with_the_most_days():
    names = tuple(f"lift {n}" for n in range(6))
    view = charts.strength(history(lifts=names), PERSON, say)
    assert len(layers(view, Curve)) == 4


def test_a_long_name_is_cut_for_the_key():
    known = replace(EMPTY, lifts=(Lift("single arm dumbbell snatch from the hang", SUNDAY, 20, 5),))
    (curve,) = layers(charts.strength(known, PERSON, say), Curve)
    assert curve.name == "single arm dumbbell sna…"


def test_a_year_of_nights_is_drawn_by_weeks():
    (stack,) = layers(charts.sleep(history(365), PERSON, say), Stack)
    assert 51 <= len(stack.columns) <= 54


def test_the_young_are_shown_the_nights_that_they_need():
    panel = charts.sleep(history(), FIFTEEN, say).panels[0]
    assert (panel.layers[0].low, panel.layers[0].high) == (8, 10)


def test_what_is_no_cycle_is_no_bar():
    starts = (0, 28, 148, 177)
    known = replace(EMPTY, periods=tuple(Period(SUNDAY - timedelta(days=200 - n)) for n in starts))
    view = charts.cycle(known, PERSON, say)
    assert view.words == "2 whole cycles, 28 to 29 days long."


def test_several_views_become_one_picture_that_says_all_of_them():
    views = list(seen(history(), PERSON).values())
    chart = charts.chart_together("Together", views, say)
    assert len(chart.panels) == 4
    assert chart.alt == " ".join(view.words for view in views[:4])


def test_a_chart_goes_into_json_and_comes_back():
    for view in seen(history(), PERSON).values():
        chart = charts.chart_of(view, say)
        assert charts.read(charts.written(chart)) == chart


def test_what_is_no_chart_is_refused():
    with pytest.raises(TypeError):
        charts.read(charts.written(charts.chart_of(charts.sleep(history(), PERSON, say), say))["panels"][0])
