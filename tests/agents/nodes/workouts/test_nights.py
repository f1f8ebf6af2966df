"""The sleep plan: evenings, tiny habits, and what must be seen by a clinician."""

from datetime import date
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.context import Context, PlanView
from agents.nodes.workouts import make_sleep_plan
from tests.support.mind import MemoryInMemory, ports, profile, settled

MONDAY = date(2026, 11, 23)
PORTS = ports(MemoryInMemory(settled()))


def drafts(context: Context, category: str) -> list[c.TaskDraft]:
    (change,) = make_sleep_plan(context, PORTS).changes
    assert isinstance(change, c.SleepPlanMade)
    return [draft for draft in change.head.tasks if draft.category == category]


def test_the_sleep_plan_brings_a_task_for_each_of_seven_evenings() -> None:
    evenings = drafts(settled(), "sleep")
    assert [draft.due_on.day for draft in evenings] == [23, 24, 25, 26, 27, 28, 29]
    assert {draft.description for draft in evenings} == {"Lights out by 22:30"}


def test_the_first_sleep_plan_brings_one_tiny_habit_from_tomorrow_on() -> None:
    found = drafts(settled(plans=()), "lifestyle")
    assert [draft.due_on.day for draft in found] == [24, 25, 26, 27, 28, 29]
    (words,) = {draft.description for draft in found}
    assert words.startswith("After I ")
    assert {draft.due_time for draft in found} == {None}
    part = make_sleep_plan(settled(plans=()), PORTS)
    assert (part.lines[-1].key, part.lines[-1].args["habit"]) == ("habit-from-tomorrow", words)


@pytest.mark.parametrize(("version", "habits"), [(1, 2), (2, 3), (7, 3)])
def test_each_later_sleep_plan_adds_a_habit_up_to_three(version: int, habits: int) -> None:
    before = PlanView(UUID(int=9), "sleep", version, MONDAY, "")
    assert len({draft.description for draft in drafts(settled(plans=(before,)), "lifestyle")}) == habits


@pytest.mark.parametrize("words", ["sleep apnea", "insomnia", "restless legs syndrome"])
def test_r21_a_sleep_condition_on_file_in_words_is_referred(words: str) -> None:
    part = make_sleep_plan(settled(profile=profile(conditions=(words,), is_locked=True)), PORTS)
    (change,) = part.changes
    assert isinstance(change, c.SleepPlanMade)
    assert "R-21" in [rule for rule, _ in change.head.findings]
    assert any("clinician within three days" in str(line.args.get("text", "")) for line in part.lines)
