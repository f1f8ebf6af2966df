"""The weekly report: three sentences at most, a picture, what comes next; no blame, and nothing for who is in care."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from agents.domain.charts.history import History, Kept
from agents.domain.context import WorkoutView
from agents.domain.weekly import is_worth_sending, report
from tests.support.lookback import PERSON, SUNDAY, history, say

EMPTY = History(SUNDAY - timedelta(days=84), SUNDAY)
FIT = replace(PERSON, symptoms=(), regular_exercise=True)
AHEAD = (WorkoutView(UUID(int=1), SUNDAY + timedelta(days=2), "Full body B", None, 45, "moderate", "planned"),)


def test_it_has_three_sentences_a_picture_and_two_steps_at_most():
    told = report(history(), FIT, AHEAD, say)
    assert len(told.sentences) == 3
    assert 1 <= len(told.steps) <= 2
    assert told.steps[0] == "Next up: Full body B on Tue, 45 minutes."
    assert [panel.name for panel in told.chart.panels] == [
        "Your plan, day by day",
        "Weight",
        "Strength, estimated",
        "Sleep",
    ]


def test_a_week_without_anything_is_not_sent_and_asked_for_it_is_kind():
    assert not is_worth_sending(EMPTY, PERSON)
    told = report(EMPTY, PERSON, (), say)
    assert (told.sentences, told.chart) == (("A quiet week, and that is fine.",), None)


def test_what_was_done_longer_than_a_week_ago_is_no_news():
    assert not is_worth_sending(replace(EMPTY, active_days=(SUNDAY - timedelta(days=7),)), PERSON)
    assert is_worth_sending(replace(EMPTY, active_days=(SUNDAY - timedelta(days=6),)), PERSON)


def test_nobody_in_care_mode_is_sent_one():
    assert not is_worth_sending(history(), replace(PERSON, conditions=("care_mode",)))


def test_nothing_done_is_not_counted_out_loud_but_a_lighter_plan_is_offered():
    known = replace(EMPTY, kept=(Kept(SUNDAY - timedelta(days=1), 0, 9),), active_days=(SUNDAY,))
    told = report(known, FIT, (), say)
    assert "0 of" not in told.words
    assert any("lighter" in step for step in told.steps)


@pytest.mark.parametrize(
    "person",
    [replace(PERSON, age=15), replace(PERSON, pregnancy_week=20), replace(PERSON, hide_numbers=True)],
    ids=["fifteen", "pregnant", "hides numbers"],
)
def test_weight_is_no_subject_for_who_is_to_be_spared_it(person):
    told = report(history(), person, (), say)
    assert not re.search(r"weigh|\bkg\b", told.words, re.IGNORECASE)
    assert "Weight" not in [panel.name for panel in told.chart.panels]


def test_who_hides_numbers_reads_none():
    assert not re.search(r"\d", report(history(), replace(PERSON, hide_numbers=True), (), say).words)


def test_where_training_waits_for_a_clinician_no_session_is_announced():
    told = report(history(), replace(PERSON, symptoms=("chest_pain",)), AHEAD, say)
    assert not any("Next up" in step for step in told.steps)
