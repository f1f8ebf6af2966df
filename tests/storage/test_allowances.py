"""What models may cost: no call beyond a cap, whoever asks at once, and every reservation ends."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from storage import allowances, people, usage
from storage.allowances import Call, Caps, Outcome, ShareSpent
from storage.db import Database
from storage.errors import WrongKey
from storage.ids import IdFactory
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.models.budget import LlmCall, UsageEntry, UsageTotal
from storage.people import Contact
from storage.usage import Total, Used
from tests.storage.conftest import START, TickingClock

TODAY = START.date()
WIDE = Caps(0, 0)
SOON, LATER = START + timedelta(minutes=2), START + timedelta(minutes=3)
SHA = bytes(range(32))


def call_of(user_id: UUID, tokens: int, **other: Any) -> Call:
    plain = Call(user_id, TODAY, "text", "understand", "m", "understand", SHA, tokens, SOON)
    return replace(plain, **other)


@dataclass
class Process:
    """One process of several over a database."""

    db: Database
    ring: KeyRing

    async def meet(self, name: str) -> UUID:
        person = await self.db.run_write(lambda s: people.create(s, self.ring, Contact("console", name), START))
        return person.user_id

    async def _as(self, user_id: UUID, work: Any) -> Any:
        def run(session: Any) -> Any:
            with entered(self.ring.scope(session, user_id)):
                return work(session)

        return await self.db.run_write(run)

    async def reserve(self, call: Call, caps: Caps = WIDE) -> UUID | None:
        try:
            found = await self._as(call.user_id, lambda s: allowances.reserve(s, call, caps))
        except ShareSpent:
            return None
        assert isinstance(found, UUID)
        return found

    async def settle(self, user_id: UUID, number: UUID, tokens_in: int = 0, tokens_out: int = 0, **other: Any) -> bool:
        outcome = Outcome(**{"cost_micros": 7, "latency_ms": 5, "finish": "ok", **other}, tokens_in=tokens_in,
                          tokens_out=tokens_out)  # fmt: skip
        done = await self._as(user_id, lambda s: allowances.settle(s, user_id, number, outcome))
        return bool(done)

    async def expire(self, now: Any = LATER) -> int:
        lost = await self.db.run_read(lambda s: allowances.overdue(s, now, 100))
        return sum([await self.db.run_write(lambda s, one=one: allowances.expire(s, one)) for one in lost])

    async def erase(self, user_id: UUID) -> None:
        await self.db.run_write(lambda s: people.erase(s, self.ring, user_id))

    async def ledger(self, user_id: UUID | None = None, day: date = TODAY, kind: str = "text") -> tuple[int, ...]:
        """(reserved, in, out, cost, calls) of a person or of everybody; zeros where there is no row."""
        model: Any = UsageTotal if user_id is None else UsageEntry
        columns = (model.reserved_tokens, model.tokens_in, model.tokens_out, model.cost_micros, model.calls)
        mine = (model.day == day, model.kind == kind, *((model.user_id == user_id,) if user_id else ()))
        row = await self.db.run_read(lambda s: s.execute(select(*columns).where(*mine)).first())
        return tuple(row) if row else (0, 0, 0, 0, 0)

    async def states(self) -> list[str]:
        return list(await self.db.run_read(lambda s: s.scalars(select(LlmCall.state).order_by(LlmCall.id)).all()))


@pytest.fixture
def process(db, keys):
    return Process(db, KeyRing(keys))


@pytest.fixture
async def ann(process):
    return await process.meet("ann")


async def test_what_was_reserved_is_given_back_and_what_was_spent_is_counted(process, ann):
    number = await process.reserve(call_of(ann, 1000))
    assert await process.ledger(ann) == await process.ledger() == (1000, 0, 0, 0, 0)
    assert await process.settle(ann, number, 300, 40)
    assert await process.ledger(ann) == await process.ledger() == (0, 300, 40, 7, 1)
    assert await process.states() == ["settled"]


async def test_the_call_keeps_what_it_was_for_and_how_it_ended(process, ann):
    number = await process.reserve(call_of(ann, 1000, purpose="see", kind="vision", model="eye-1"))
    await process.settle(ann, number, 300, 40, finish="timeout")
    columns = (LlmCall.kind, LlmCall.purpose, LlmCall.model, LlmCall.prompt_sha256, LlmCall.finish, LlmCall.latency_ms)
    row = await process.db.run_read(lambda s: s.execute(select(*columns)).one())
    assert tuple(row) == ("vision", "see", "eye-1", SHA, "timeout", 5)


@pytest.mark.parametrize("caps", [Caps(1000, 0), Caps(0, 1000), Caps(1000, 1000)])
async def test_a_share_ends_at_its_cap_to_the_token_and_a_refusal_leaves_nothing(process, ann, caps):
    assert await process.reserve(call_of(ann, 1001), caps) is None
    first = await process.reserve(call_of(ann, 600), caps)
    assert await process.reserve(call_of(ann, 401), caps) is None
    assert await process.reserve(call_of(ann, 400), caps)
    assert await process.reserve(call_of(ann, 1), caps) is None
    await process.settle(ann, first, 100, 99)
    assert await process.reserve(call_of(ann, 402), caps) is None
    assert await process.reserve(call_of(ann, 401), caps)
    assert await process.states() == ["settled", "reserved", "reserved"]
    assert await process.ledger(ann) == await process.ledger() == (801, 100, 99, 7, 1)


async def test_everybodys_share_is_shared_and_a_persons_is_their_own(process, ann):
    ben = await process.meet("ben")
    caps = Caps(700, 1000)
    assert await process.reserve(call_of(ann, 700), caps)
    assert await process.reserve(call_of(ben, 400), caps) is None, "there are 300 left for everybody"
    assert await process.ledger(ben) == (0, 0, 0, 0, 0), "what everybody's cap refuses is not taken from the person"
    assert await process.reserve(call_of(ben, 300), caps)


async def test_zero_is_no_limit(process, ann):
    assert await process.reserve(call_of(ann, 10**9), Caps(0, 0))
    assert await process.reserve(call_of(ann, 10**9), Caps(0, 0))


async def test_each_day_and_each_kind_has_a_share_of_its_own(process, ann):
    caps = Caps(500, 500)
    calls = [call_of(ann, 500), call_of(ann, 500, kind="vision"), call_of(ann, 500, day=TODAY + timedelta(days=1))]
    assert all([await process.reserve(call, caps) for call in calls])
    assert not any([await process.reserve(call, caps) for call in calls])


async def test_a_changed_cap_counts_from_the_next_call_on(process, ann):
    await process.reserve(call_of(ann, 500), Caps(500, 0))
    assert await process.reserve(call_of(ann, 100), Caps(500, 0)) is None
    assert await process.reserve(call_of(ann, 100), Caps(600, 0))
    assert await process.reserve(call_of(ann, 1), Caps(300, 0)) is None


async def test_settling_twice_counts_once_and_nobody_settles_for_another(process, ann):
    ben = await process.meet("ben")
    number = await process.reserve(call_of(ann, 1000))
    assert not await process.settle(ben, number, 1, 1)
    assert await process.settle(ann, number, 10, 10)
    assert not await process.settle(ann, number, 10, 10)
    assert not await process.settle(ann, UUID(int=7), 10, 10)
    assert await process.ledger(ann) == await process.ledger() == (0, 10, 10, 7, 1)


async def test_a_call_that_cost_nothing_is_released(process, ann):
    number = await process.reserve(call_of(ann, 1000))
    assert await process.settle(ann, number, finish="unavailable", cost_micros=0)
    assert await process.states() == ["released"]
    assert await process.ledger(ann) == (0, 0, 0, 0, 1)


async def test_what_a_crash_left_behind_is_given_back_after_its_time(process, ann):
    await process.reserve(call_of(ann, 1000))
    assert await process.expire(SOON - timedelta(microseconds=1)) == 0
    assert await process.expire(SOON) == 1
    assert await process.expire() == 0
    assert await process.ledger(ann) == await process.ledger() == (0, 0, 0, 0, 0)
    assert await process.states() == ["expired"]


async def test_an_answer_after_that_is_counted_and_nothing_is_given_back_twice(process, ann):
    number = await process.reserve(call_of(ann, 1000))
    await process.expire()
    assert await process.settle(ann, number, 300, 40)
    assert await process.expire() == 0
    assert await process.ledger(ann) == await process.ledger() == (0, 300, 40, 7, 1)


async def test_two_that_give_back_the_same_reservation_give_it_back_once(process, ann, keys, clock, ids, database_url):
    other = Process(Database.open(database_url, clock=clock, ids=ids, keys=keys), process.ring)
    await process.reserve(call_of(ann, 1000))
    done = await asyncio.gather(process.expire(), other.expire())
    await other.db.close()
    assert sum(done) == 1
    assert await process.ledger(ann) == await process.ledger() == (0, 0, 0, 0, 0)


async def test_an_erased_person_leaves_the_sums_and_nothing_else(process, ann):
    ben = await process.meet("ben")
    await process.settle(ann, await process.reserve(call_of(ann, 1000)), 300, 40)
    number = await process.reserve(call_of(ann, 500))
    await process.reserve(call_of(ann, 50, kind="vision"))
    await process.reserve(call_of(ben, 20))
    await process.erase(ann)
    assert await process.ledger() == (20, 300, 40, 7, 1), "what the person still held went back to everybody"
    assert await process.ledger(kind="vision") == (0, 0, 0, 0, 0)
    counts = select(func.count()).select_from(LlmCall), select(func.count()).select_from(UsageEntry)
    assert await process.db.run_read(lambda s: [s.scalar(each) for each in counts]) == [1, 1]
    assert "user_id" not in UsageTotal.__table__.columns
    with pytest.raises(WrongKey):
        await Process(process.db, KeyRing(process.ring.keys)).settle(ann, number, 1, 1)
    with pytest.raises(WrongKey):
        await Process(process.db, KeyRing(process.ring.keys)).reserve(call_of(ann, 1))
    assert await process.ledger() == (20, 300, 40, 7, 1)


async def test_the_day_is_told_by_kind_and_outcome(process, ann):
    ben = await process.meet("ben")
    await process.settle(ann, await process.reserve(call_of(ann, 1000)), 300, 40)
    await process.settle(ben, await process.reserve(call_of(ben, 1000)), 100, 10)
    await process.settle(ben, await process.reserve(call_of(ben, 1000, kind="vision")), finish="timeout", cost_micros=0)
    await process.reserve(call_of(ben, 70, kind="vision"))
    await process._as(ben, lambda s: allowances.note_told(s, call_of(ben, 1000)))
    await process.reserve(call_of(ann, 5, day=TODAY - timedelta(days=1)))
    assert await process.db.run_read(lambda s: usage.usage_of(s, TODAY)) == (
        Used("text", "ok", 2, 400, 50, 14),
        Used("text", "over_budget", 1, 0, 0, 0),
        Used("vision", "reserved", 1, 0, 0, 0),
        Used("vision", "timeout", 1, 0, 0, 0),
    )
    assert await process.db.run_read(lambda s: usage.totals_of(s, TODAY)) == {
        "text": Total("text", 0, 450, 14),
        "vision": Total("vision", 70, 0, 0),
    }


async def test_who_was_told_that_the_share_is_used_up_gets_none_of_that_kind_on_that_day(process, ann):
    ben = await process.meet("ben")
    refused = call_of(ann, 1000)
    await process._as(ann, lambda s: allowances.note_told(s, refused))
    with pytest.raises(ShareSpent) as told:
        await process._as(ann, lambda s: allowances.reserve(s, replace(refused, tokens=1), WIDE))
    assert told.value.was_told
    assert await process.ledger(ann) == (0, 0, 0, 0, 0)
    for other in ({"kind": "vision"}, {"day": TODAY + timedelta(days=1)}, {"user_id": ben}):
        assert await process.reserve(replace(refused, **other))


@pytest.mark.parametrize("caps", [Caps(1000, 0), Caps(0, 1000)])
async def test_of_many_at_once_in_two_processes_one_gets_the_last_share(
    process, ann, keys, clock, ids, database_url, caps
):
    other = Process(Database.open(database_url, clock=clock, ids=ids, keys=keys), KeyRing(keys))
    people_ = [ann] if caps.person else [ann, *[await process.meet(f"p{n}") for n in range(3)]]
    wanted = [(each, call_of(people_[n % len(people_)], 100)) for n, each in enumerate([process, other] * 15)]
    taken = await asyncio.gather(*(each.reserve(call, caps) for each, call in wanted))
    await other.db.close()
    assert len([number for number in taken if number]) == 10
    assert (await process.ledger())[0] == 1000


async def test_many_that_settle_reserve_and_expire_at_once_wait_for_nobody_for_ever(
    process, ann, keys, clock, ids, database_url
):
    """Locks are taken in one order; on PostgreSQL two orders would be a deadlock, which is an error here."""
    other = Process(Database.open(database_url, clock=clock, ids=ids, keys=keys), KeyRing(keys))
    ben = await process.meet("ben")
    held = [(who, await process.reserve(call_of(who, 10))) for who in (ann, ben) * 10]
    done = await asyncio.gather(
        *(other.settle(who, number, 3, 4) for who, number in held[:10]),
        *(process.reserve(call_of(who, 10, expires_at=LATER + timedelta(days=1))) for who in (ann, ben) * 5),
        process.expire(),
        other.expire(),
        other.erase(ben),
        return_exceptions=True,
    )
    failed = [each for each in done if isinstance(each, BaseException)]
    assert not [each for each in failed if not isinstance(each, WrongKey | IntegrityError)], "Ben is gone, no more"
    await process.expire(LATER + timedelta(days=2))
    await other.db.close()
    assert (await process.ledger())[0] == (await process.ledger(ann))[0] == 0


@dataclass
class Book:
    """What the ledgers must say, kept by hand."""

    caps: Caps
    reserved: dict[UUID, int] = field(default_factory=dict)
    spent: dict[UUID, int] = field(default_factory=dict)
    overrun: int = 0

    def has_room(self, user_id: UUID, tokens: int) -> bool:
        mine = self.reserved[user_id] + self.spent[user_id] + tokens
        all_ = sum(self.reserved.values()) + sum(self.spent.values()) + tokens
        return not (0 < self.caps.person < mine or 0 < self.caps.everybody < all_)


@dataclass
class Reservation:
    user_id: UUID
    number: UUID
    tokens: int
    is_held: bool = True
    is_settled: bool = False


PEOPLE, PROCESSES = 2, 2
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("reserve"), st.integers(0, 1), st.integers(0, 1), st.integers(0, 60)),
        st.tuples(st.just("settle"), st.integers(0, 1), st.integers(0, 9), st.integers(0, 90)),
        st.tuples(st.just("expire"), st.integers(0, 1), st.just(0), st.just(0)),
    ),
    max_size=14,
)
CAPS = st.builds(Caps, st.sampled_from((0, 50, 100)), st.sampled_from((0, 80, 150)))


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_in_any_order_over_several_processes_no_cap_is_passed_and_nothing_stays_reserved(request, keys, engine):
    url = str(request.getfixturevalue(f"{engine}_url"))
    numbers = count()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS, CAPS)
    def holds(steps, caps):
        asyncio.run(_play(url, keys, next(numbers), steps, caps))

    holds()


async def _play(url, keys, number, steps, caps):
    """Each example has people and a day of its own in the same database."""
    clock = TickingClock(START + timedelta(hours=number))
    ids, day = IdFactory(clock), TODAY + timedelta(days=number)
    async with AsyncExitStack() as stack:
        processes = []
        for _ in range(PROCESSES):
            db = Database.open(url, clock=clock, ids=ids, keys=keys)
            stack.push_async_callback(db.close)
            processes.append(Process(db, KeyRing(keys)))
        who = [await processes[0].meet(f"{number}-{n}") for n in range(PEOPLE)]
        book = Book(caps, dict.fromkeys(who, 0), dict.fromkeys(who, 0))
        known: list[Reservation] = []
        for what, process, which, tokens in steps:
            await _step(book, known, processes[process], what, (who, which, tokens, day))
            await _compare(book, processes[1 - process], day)
        await processes[0].expire()
        for each in known:
            book.reserved[each.user_id] -= each.tokens * each.is_held
        await _compare(book, processes[1], day)
        assert set(book.reserved.values()) == {0}


async def _step(book, known, process, what, about):
    who, which, tokens, day = about
    if what == "reserve":
        user_id = who[which]
        number = await process.reserve(call_of(user_id, tokens, day=day), book.caps)
        assert (number is not None) == book.has_room(user_id, tokens)
        if number is not None:
            book.reserved[user_id] += tokens
            known.append(Reservation(user_id, number, tokens))
    elif what == "settle" and known:
        one = known[which % len(known)]
        assert await process.settle(one.user_id, one.number, tokens, 1) is not one.is_settled
        if not one.is_settled:
            given_back = one.tokens * one.is_held
            book.reserved[one.user_id] -= given_back
            book.spent[one.user_id] += tokens + 1
            book.overrun += max(0, tokens + 1 - given_back)
        one.is_settled, one.is_held = True, False
    elif what == "expire":
        assert await process.expire() == len([one for one in known if one.is_held])
        for one in known:
            book.reserved[one.user_id] -= one.tokens * one.is_held
            one.is_held = False


async def _compare(book, process, day):
    rows = {user_id: await process.ledger(user_id, day) for user_id in book.reserved}
    assert {user_id: row[0] for user_id, row in rows.items()} == book.reserved
    assert {user_id: row[1] + row[2] for user_id, row in rows.items()} == book.spent
    everybody = await process.ledger(None, day)
    assert everybody == tuple(sum(column) for column in zip(*rows.values(), strict=True))
    for cap, taken in [
        (book.caps.everybody, sum(everybody[:3])),
        *((book.caps.person, sum(r[:3])) for r in rows.values()),
    ]:
        assert cap == 0 or taken <= cap + book.overrun
