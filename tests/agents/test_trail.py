"""The trail of a turn: what its tasks did is on it, nothing of others; outside of turns nothing is kept."""

import asyncio
from dataclasses import fields

import pytest

from agents import trail
from agents.trail import Asked, Trail


async def test_steps_of_tasks_started_inside_are_noted_in_the_order_they_end():
    async def slow():
        with trail.step("slow"):
            await asyncio.sleep(0.01)

    async def quick():
        with trail.step("quick"):
            await asyncio.sleep(0)

    with trail.followed() as left:
        await asyncio.gather(slow(), quick())
    assert [step.name for step in left.steps] == ["quick", "slow"]
    assert all(left.began <= step.began <= step.ended <= left.ended for step in left.steps)


async def test_two_turns_at_once_have_trails_of_their_own():
    async def turn(name):
        with trail.followed() as left:
            await asyncio.sleep(0)
            with trail.step(name):
                await asyncio.sleep(0)
            trail.note_refused([name])
        return left

    first, second = await asyncio.gather(turn("a"), turn("b"))
    assert ([s.name for s in first.steps], first.refused) == (["a"], ["a"])
    assert ([s.name for s in second.steps], second.refused) == (["b"], ["b"])


def test_a_step_that_fails_is_noted_and_its_error_goes_on():
    with trail.followed() as left:
        with pytest.raises(ZeroDivisionError), trail.step("broken"):
            raise ZeroDivisionError
        trail.note_asked(Asked("text", "speak", 0.0, 1.0, 5, 2, "ok"))
        trail.note_failure("timeout")
    assert [step.name for step in left.steps] == ["broken"]
    assert (left.asked[0].tokens_in, left.failures) == (5, ["timeout"])


def test_outside_of_a_turn_nothing_is_kept():
    with trail.followed() as left:
        pass
    with trail.step("later"):
        trail.note_failure("timeout")
    assert left == Trail(left.began, left.ended)


def test_it_has_no_place_for_words_or_ids():
    assert {one.name for one in fields(Trail)} == {
        "began", "ended", "steps", "asked", "failures", "refused", "outcome", "level", "consents", "has_profile_update",
    }  # fmt: skip
