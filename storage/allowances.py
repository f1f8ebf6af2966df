"""What models may cost: each call is reserved before it is made and settled after it (data-model 8.6).

Everybody's budget is one row shared by all, so it is the last one that a transaction touches: it is locked for one
statement and the commit, never while a model is awaited. All functions take locks in the same order (person, call,
the person's budget, everybody's), so that no two can wait for one another.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from storage import budgets, plain
from storage.budgets import Budget
from storage.db import acting
from storage.models.budget import Kind, LlmCall
from storage.models.identity import User

OVER_BUDGET: Final = "over_budget"  # the outcome of a call that was not made, once a day: the person was told


class ShareSpent(Exception):
    """The day's share of this person or of everybody is used up: nothing was reserved."""

    def __init__(self, *, was_told: bool = False) -> None:
        super().__init__("the day's share is used up")
        self.was_told = was_told  # whether the person has read so before on this day


@dataclass(frozen=True, slots=True)
class Caps:
    """The most tokens of one kind in one UTC day; 0 is no limit."""

    person: int
    everybody: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call that is about to be made. `tokens` is an estimate from above, the answer included."""

    user_id: UUID
    day: date  # UTC
    kind: Kind
    purpose: str
    model: str
    prompt_id: str
    prompt_sha256: bytes
    tokens: int
    expires_at: datetime  # who has not settled it by then has crashed

    @property
    def budget(self) -> Budget:
        """What it is taken from first."""
        return Budget(self.day, self.kind, self.user_id)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call. `finish` is "ok" or how it failed; the cost is in millionths of the currency."""

    tokens_in: int
    tokens_out: int
    cost_micros: int
    latency_ms: int
    finish: str


@dataclass(frozen=True, slots=True)
class Held:
    """A reservation that was not settled."""

    number: UUID
    budget: Budget
    tokens: int


def reserve(session: Session, call: Call, caps: Caps) -> UUID:
    """The number of the reservation. Raises ShareSpent: the transaction must then be rolled back.

    Who has read that the share is used up gets none until the next day, also for a call that is small enough: it was
    a promise. Needs the person's key scope; a person who is erased meanwhile fails the foreign key.
    """
    with acting(session, "app"):
        if _was_told(session, call):
            raise ShareSpent(was_told=True)
        number = _note(session, call, reserved_tokens=call.tokens)
        if not budgets.take(session, call.budget, call.tokens, caps.person):
            raise ShareSpent
    if not budgets.take(session, call.budget.of_everybody(), call.tokens, caps.everybody):
        raise ShareSpent
    return number


def settle(session: Session, user_id: UUID, number: UUID, outcome: Outcome) -> bool:
    """Give back what was reserved and count what was spent; False where that was done before, or the call is gone.

    A call that answers after its reservation expired is counted all the same: it was paid for.
    """
    tokens_in, tokens_out = outcome.tokens_in, outcome.tokens_out
    what = {
        "now_is": "settled" if tokens_in or tokens_out else "released",
        "more_in": tokens_in,
        "more_out": tokens_out,
        "cost": outcome.cost_micros,
        "ms": outcome.latency_ms,
        "ended": outcome.finish,
    }
    spent = (tokens_in, tokens_out, outcome.cost_micros)
    with acting(session, "app"):
        call = session.connection().execute(_SETTLE, {"u": user_id, "number": number, **what}).first()
        if call is None:
            return False
        budget = Budget(call.day, call.kind, user_id)
        budgets.move(session, budget, call.reserved_tokens, spent)
    budgets.move(session, budget.of_everybody(), call.reserved_tokens, spent)
    return True


def overdue(session: Session, now: datetime, limit: int) -> Sequence[Held]:
    """Reservations whose process did not live to settle them, the oldest first."""
    return [_held(row) for row in plain.rows(session, _OVERDUE, {"now": now, "most": limit})]


def expire(session: Session, lost: Held) -> bool:
    """Give a reservation back; False where it was settled or given back meanwhile."""
    if not plain.change(session, _EXPIRE, {"u": lost.budget.user_id, "number": lost.number}):
        return False
    budgets.move(session, lost.budget, lost.tokens)
    budgets.move(session, lost.budget.of_everybody(), lost.tokens)
    return True


@contextmanager
def given_back(session: Session, user_id: UUID) -> Iterator[None]:
    """A person is deleted inside this block: what they had reserved and not settled goes back to everybody."""
    session.execute(select(User.id).where(User.id == user_id).with_for_update())  # no call of theirs begins now
    held = [_held(row) for row in plain.rows(session, _HELD, {"u": user_id})]
    yield
    for lost in held:
        budgets.move(session, lost.budget.of_everybody(), lost.tokens)


def note_told(session: Session, call: Call) -> None:
    """The person was told that this call was not made because the share is spent."""
    with acting(session, "app"):
        _note(session, call, state="released", finish=OVER_BUDGET)


def _was_told(session: Session, call: Call) -> bool:
    return plain.rows(session, _TOLD, {"u": call.user_id, "on": call.day, "of": call.kind}).first() is not None


def _note(session: Session, call: Call, **values: Any) -> UUID:  # noqa: ANN401 - columns of the row
    number: UUID = session.info["ids"]()
    row = {name: getattr(call, name) for name in _COPIED}
    session.connection().execute(_INSERT, {"id": number, **row, **values})
    return number


def _held(row: Any) -> Held:  # noqa: ANN401 - a row
    return Held(row.id, Budget(row.day, row.kind, row.user_id), row.reserved_tokens)


_CALLS = plain.table(LlmCall)
_COPIED = ("user_id", "day", "kind", "purpose", "model", "prompt_id", "prompt_sha256", "expires_at")
_INSERT = insert(_CALLS)
_THIS = (_CALLS.c.user_id == bindparam("u"), _CALLS.c.id == bindparam("number"))
_SETTLE = (
    update(_CALLS)
    .where(*_THIS, _CALLS.c.state.in_(("reserved", "expired")))
    .values(
        state=bindparam("now_is"),
        tokens_in=bindparam("more_in"),
        tokens_out=bindparam("more_out"),
        cost_micros=bindparam("cost"),
        latency_ms=bindparam("ms"),
        finish=bindparam("ended"),
    )
    .returning(_CALLS.c.day, _CALLS.c.kind, _CALLS.c.reserved_tokens)
)
_EXPIRE = update(_CALLS).where(*_THIS, _CALLS.c.state == "reserved").values(state="expired", reserved_tokens=0)
_RESERVED = select(
    _CALLS.c.user_id, _CALLS.c.id, _CALLS.c.day, _CALLS.c.kind, _CALLS.c.reserved_tokens
).where(_CALLS.c.state == "reserved")  # fmt: skip
_OVERDUE = (
    _RESERVED.where(_CALLS.c.expires_at <= bindparam("now")).order_by(_CALLS.c.expires_at).limit(bindparam("most"))
)
_HELD = _RESERVED.where(
    _CALLS.c.user_id == bindparam("u")
).with_for_update()  # whoever settles one waits, and finds none
_TOLD = (
    select(_CALLS.c.id)
    .where(
        _CALLS.c.user_id == bindparam("u"),
        _CALLS.c.day == bindparam("on"),
        _CALLS.c.kind == bindparam("of"),
        _CALLS.c.finish == OVER_BUDGET,
    )
    .limit(1)
)
