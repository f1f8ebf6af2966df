"""Lanes: in order for one key, side by side for different ones."""

import asyncio

from bot.telegram.lanes import Lanes


async def test_one_key_is_served_one_at_a_time_and_others_meanwhile():
    running, most, seen = {}, {}, []
    work = {"anna": 3, "ben": 3}

    async def serve(key):
        running[key] = running.get(key, 0) + 1
        most[key] = max(most.get(key, 0), running[key])
        seen.append((key, sum(running.values())))
        await asyncio.sleep(0.01)
        running[key] -= 1
        work[key] -= 1
        return work[key] > 0

    lanes = Lanes(serve, at_once=5)
    for key in ("anna", "ben", "anna", "ben"):
        lanes.wake(key)
    await lanes.settle(2)
    assert most == {"anna": 1, "ben": 1}
    assert max(together for _key, together in seen) == 2


async def test_a_call_that_comes_while_a_lane_is_ending_is_not_missed():
    served = []
    lanes = None

    async def serve(key):
        served.append(key)
        if len(served) == 1:
            lanes.wake(key)
        return False

    lanes = Lanes(serve, at_once=1)
    lanes.wake("anna")
    await lanes.settle(2)
    assert served == ["anna", "anna"]


async def test_a_lane_that_breaks_can_be_woken_again(caplog):
    served = []

    async def serve(key):
        served.append(key)
        raise ValueError(key)

    lanes = Lanes(serve, at_once=1)
    for _ in range(2):
        lanes.wake("anna")
        await lanes.settle(2)
    assert served == ["anna", "anna"]
    assert caplog.text.count("a lane stopped") == 2


async def test_closing_finishes_what_runs_and_starts_nothing_new():
    ended, started = [], []

    async def serve(key):
        started.append(key)
        await asyncio.sleep(0.05 if key == "quick" else 60)
        ended.append(key)
        return True

    lanes = Lanes(serve, at_once=2)
    for key in ("quick", "slow", "never"):
        lanes.wake(key)
    await asyncio.sleep(0.01)
    await lanes.close(0.2)
    lanes.wake("late")
    assert (ended, started) == (["quick"], ["quick", "slow"])


async def test_who_waits_for_a_place_is_let_in_by_urgency_and_may_become_more_urgent():
    served, urgency = [], {"first": 0, "reminder": 50, "reply": 10, "late": 90, "news": 60}
    start = asyncio.Event()

    async def serve(key):
        await start.wait()
        served.append(key)
        return False

    lanes = Lanes(serve, 1, urgency.__getitem__)
    for key in urgency:
        lanes.wake(key)
    await asyncio.sleep(0)
    urgency["late"] = 0
    lanes.wake("late")
    start.set()
    await lanes.settle(2)
    assert served[:5] == ["first", "late", "reply", "reminder", "news"]


async def test_a_place_given_to_a_lane_that_is_cancelled_goes_to_the_next():
    ended = []

    async def serve(key):
        await asyncio.sleep(0.01)
        ended.append(key)
        return False

    lanes = Lanes(serve, 1)
    for key in ("one", "two", "three"):
        lanes.wake(key)
    await asyncio.sleep(0)
    lanes._tasks["two"].cancel()
    await lanes.settle(2)
    assert ended == ["one", "three"]
