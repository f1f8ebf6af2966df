"""What an operator sees: everybody is counted, nobody is shown."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from storage import people, stats
from storage.db import Database
from storage.keyring import KeyRing
from storage.keyscope import entered, make_scope
from storage.models.profile import OnboardingState as Row
from storage.people import Contact
from storage.stats import Funnel, Waiting
from tests.storage.conftest import START, TickingClock
from tests.storage.test_allowances import Process, call_of
from tests.support import rows


async def _meet(db: Database, keys: Any, name: str, at: Any = START) -> Any:
    ring = KeyRing(keys)
    return await db.run_write(lambda s: people.create(s, ring, Contact("console", name), at))


async def _stands(db: Database, person: Any, **values: Any) -> None:
    await db.run_write(lambda s: s.execute(update(Row).where(Row.user_id == person.user_id).values(**values)))


async def test_an_empty_house_has_nothing_to_count(db):
    found = await db.run_read(lambda s: stats.stats_of(s, START, 7))
    assert (found.people, found.active, found.funnel.began) == (0, {1: 0, 7: 0, 30: 0}, 0)
    assert found.funnel.completion_rate is None
    assert (found.inbox, found.outbox) == (Waiting(0, None), Waiting(0, None))
    assert (found.used, found.spent, found.reminded.by_state) == ((), (), {})


async def test_the_funnel_counts_those_who_began_in_time_where_they_stand(db, keys):
    await _meet(db, keys, "welcome")
    for name in ("goals", "goals too"):
        await _stands(db, await _meet(db, keys, name), current_step=2)
    await _stands(db, await _meet(db, keys, "done"), current_step=11, completed_at=START)
    early = START - timedelta(days=30)
    await _stands(db, await _meet(db, keys, "long ago", early), current_step=5)
    funnel = await db.run_read(lambda s: stats.funnel_of(s, START - timedelta(days=7)))
    assert funnel == Funnel(4, 1, (1, 0, 2, *[0] * 9))
    assert funnel.reached == (4, 3, 3, *[1] * 9)
    assert funnel.completion_rate == 0.25


async def test_people_are_active_when_they_were_heard_lately(db, keys):
    for name, days in (("now", 0), ("this week", 3), ("this month", 20), ("gone", 90)):
        await _meet(db, keys, name, START - timedelta(days=days))
    assert await db.run_read(lambda s: stats.people_of(s, START)) == (4, {1: 1, 7: 2, 30: 3})


async def test_calls_are_told_by_day_kind_and_outcome(db, keys, clock: TickingClock):
    process = Process(db, KeyRing(keys))
    ann = await process.meet("ann")
    for day, finish in ((0, "ok"), (1, "timeout"), (9, "ok")):
        number = await process.reserve(call_of(ann, 100, day=START.date() - timedelta(days=day)))
        await process.settle(ann, number, 30, 5, finish=finish)
    found = await db.run_read(lambda s: stats.stats_of(s, START, 7))
    told = [(day, used.kind, used.outcome, used.calls, used.tokens_in + used.tokens_out) for day, used in found.used]
    yesterday, today = START.date() - timedelta(days=1), START.date()
    assert told == [(yesterday, "text", "timeout", 1, 35), (today, "text", "ok", 1, 35)]
    assert [(day, total.spent_tokens, total.cost_micros) for day, total in found.spent] == [
        (yesterday, 35, 7), (today, 35, 7),
    ]  # fmt: skip


async def test_queues_and_reminders_are_counted_and_nothing_of_anybody_is_told(db, ids, person, data_key):
    def fill(session: Any) -> None:
        with entered(make_scope(person, data_key)):
            rows.fill(session.connection(), person, ids)

    await db.run_write(fill)
    found = await db.run_read(lambda s: stats.stats_of(s, rows.NOW + timedelta(minutes=2), 7))
    assert (found.outbox, found.inbox) == (Waiting(1, rows.NOW), Waiting(1, rows.NOW))
    assert (found.reminded.by_state, found.reminded.answered) == ({"queued": 1}, 0)
    assert rows.MARKER not in str(asdict(found))
    assert str(person) not in str(asdict(found))
