"""The profile after the lock: dangers at once, settings at once, everything else only after a yes."""

from datetime import time

import pytest

from agents.domain import changes as c
from agents.domain.context import OpenQuestion, VersionView
from agents.domain.profile import Clearance, Restriction
from agents.nodes.intake.fact_codec import dump
from agents.nodes.intake.profile_change import CONFIRM, KEEP, ProfileOutcome, profile_turn
from agents.schemas import Fact, Intent, Rejected, Target, Understanding
from tests.support.mind import NOW, MemoryInMemory, profile, settled

FOUR_DAYS = Fact("workout_days_count", 4, "4 days")


async def turn(
    *facts: Fact, tap: str | None = None, intents: tuple[Intent, ...] = (), **context: object
) -> ProfileOutcome:
    someone = settled(**context)
    heard = Understanding(intents, facts, context.pop("rejected", ()))  # type: ignore[arg-type]  # none here
    return await profile_turn(someone, heard, tap, MemoryInMemory(someone))


def proposal(*facts: Fact) -> OpenQuestion:
    return OpenQuestion("profile_change", (), {"facts": dump(facts), "reason": "4 days"}, NOW)


@pytest.mark.parametrize(
    ("fact", "replans"),
    [
        (Fact("allergy", Restriction("allergy", "egg"), "egg", op="add"), "nutrition"),
        (Fact("condition", "cardiac", "heart", op="add"), "exercise"),
    ],
)
async def test_a_danger_is_taken_over_at_once_with_a_new_version(fact: Fact, replans: str) -> None:
    done = await turn(fact)
    assert done.profile is not None
    assert done.profile.version == 2
    assert replans in done.replan
    (part,) = done.parts
    assert [type(change) for change in part.changes] == [c.ProfileSaved, c.ProfileLocked]
    assert part.lines[0].key == "done-changed"


async def test_a_setting_is_saved_at_once_without_a_new_version() -> None:
    done = await turn(Fact("morning_brief_time", time(6, 30), "6:30"))
    assert done.profile is not None
    assert (done.profile.version, done.profile.morning_brief_time) == (1, time(6, 30))
    assert done.replan == ("reminders",)


async def test_everything_else_is_a_proposal_that_names_now_and_then() -> None:
    done = await turn(FOUR_DAYS)
    (part,) = done.parts
    assert done.profile is None
    assert part.cards[0].rows == (("Training days", "Mon, Wed, Fri", "Mon, Tue, Thu, Fri"),)
    assert [choice.data for row in part.choices for choice in row] == [CONFIRM, KEEP]
    assert [type(change) for change in part.changes] == [c.QuestionOpened]


async def test_a_yes_by_tap_makes_the_change_with_its_reason() -> None:
    done = await turn(tap=CONFIRM, question=proposal(FOUR_DAYS))
    assert done.profile is not None
    assert done.profile.workout_days == (0, 1, 3, 4)
    lock = next(change for change in done.parts[0].changes if isinstance(change, c.ProfileLocked))
    assert (lock.version, lock.reason, lock.changed) == (2, "4 days", ("workout_days_count",))
    assert set(done.replan) == {"exercise", "reminders"}
    assert any(isinstance(change, c.QuestionOpened) and change.question is None for change in done.parts[0].changes)


async def test_a_no_closes_the_question_and_changes_nothing() -> None:
    done = await turn(tap=KEEP, question=proposal(FOUR_DAYS))
    assert done.profile is None
    assert [type(change) for change in done.parts[0].changes] == [c.QuestionOpened]


async def test_a_late_tap_is_stale() -> None:
    done = await turn(tap=CONFIRM)
    assert done.parts[0].lines[0].key == "stale-button"
    assert done.parts[0].changes == ()


async def test_what_is_so_already_is_said_and_makes_no_version() -> None:
    done = await turn(Fact("diet_type", "vegetarian", "vegetarian"))
    assert done.parts[0].lines[0].key == "already-so"
    assert done.profile is None


async def test_a_goal_weight_against_the_rules_is_refused_with_the_reason() -> None:
    done = await turn(Fact("target_weight_kg", 45.0, "45 kg"))
    assert done.profile is None
    assert done.parts[0].level == "caution"
    assert done.parts[0].rules
    assert [type(change) for change in done.parts[0].changes] == [c.SafetyNoted]


async def test_a_rejected_value_is_named() -> None:
    someone = settled()
    heard = Understanding((), (), (Rejected("weight_kg", "4000 kg", "out_of_range", 20, 400),))
    done = await profile_turn(someone, heard, None, MemoryInMemory(someone))
    assert done.parts[0].lines[0].key == "rejected-out-of-range"
    assert done.parts[0].lines[0].args["quote"] == "4000 kg"


async def test_lifting_an_allergy_is_a_proposal_and_a_blanket_denial_is_none() -> None:
    milk = Restriction("allergy", "peanut")
    lift = await turn(Fact("allergy", milk, "peanut again", op="remove"))
    assert [type(change) for change in lift.parts[0].changes] == [c.QuestionOpened]
    denial = await turn(Fact("allergy", "", "no allergies", op="none"))
    assert denial.profile is None
    assert "kept-back" in [line.key for part in denial.parts for line in part.lines]


@pytest.mark.parametrize(
    "order", [Intent("profile_history"), Intent("profile_view", Target(words="history"))], ids=["words", "command"]
)
async def test_the_history_lists_versions_newest_first_with_their_difference(order: Intent) -> None:
    someone = settled()
    versions = (
        VersionView(2, NOW, "4 days", profile(workout_days=(0, 1, 3, 4))),
        VersionView(1, NOW, "", profile()),
    )
    memory = MemoryInMemory(someone, versions=versions)
    done = await profile_turn(someone, Understanding((order,)), None, memory)
    rows = done.parts[0].cards[0].rows
    assert [row[0] for row in rows] == ["2", "1"]
    assert rows[0][2:] == ("4 days", "Training days: Mon, Wed, Fri → Mon, Tue, Thu, Fri")
    assert rows[1][2:] == ("first version", "–")


async def test_the_profile_is_shown_with_its_version_and_a_way_to_the_history() -> None:
    done = await turn(intents=(Intent("profile_view"),))
    assert done.parts[0].lines[0].args == {"version": "1"}
    assert ("Age", "36") in done.parts[0].cards[0].rows


async def test_s107_whoever_was_cleared_hears_at_once_that_a_new_medicine_ends_it() -> None:
    cleared = profile(conditions=("cardiac",), clearance=Clearance("moderate"), is_locked=True, version=1)
    done = await turn(Fact("medication", "beta_blocker", "metoprolol", op="add"), profile=cleared)
    assert done.profile is not None
    assert done.profile.clearance is None
    assert "exercise" in done.replan
    assert [line.key for line in done.parts[0].lines] == ["done-changed", "clearance-ended"]


async def test_without_a_clearance_nothing_is_said_about_one() -> None:
    done = await turn(Fact("medication", "beta_blocker", "metoprolol", op="add"))
    assert [line.key for line in done.parts[0].lines] == ["done-changed"]
