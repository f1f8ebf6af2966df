"""What a day's calls to models came to: for the operator, by kind and outcome; nothing about anybody."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage import plain
from storage.models.budget import Kind, LlmCall, UsageTotal

_CALLS, _TOTALS = plain.table(LlmCall), plain.table(UsageTotal)
_OUTCOME = func.coalesce(_CALLS.c.finish, _CALLS.c.state).label("outcome")
_BY_OUTCOME = (
    select(
        _CALLS.c.kind,
        _OUTCOME,
        func.count().label("calls"),
        func.sum(_CALLS.c.tokens_in).label("tokens_in"),
        func.sum(_CALLS.c.tokens_out).label("tokens_out"),
        func.sum(_CALLS.c.cost_micros).label("cost_micros"),
    )
    .where(_CALLS.c.day == bindparam("day"))
    .group_by(_CALLS.c.kind, _OUTCOME)
    .order_by(_CALLS.c.kind, _OUTCOME)
)
_OF_EVERYBODY = select(
    _TOTALS.c.kind,
    _TOTALS.c.reserved_tokens,
    (_TOTALS.c.tokens_in + _TOTALS.c.tokens_out).label("spent_tokens"),
    _TOTALS.c.cost_micros,
).where(_TOTALS.c.day == bindparam("day"))


@dataclass(frozen=True, slots=True)
class Used:
    """Calls of one kind that ended in one way: "ok", a failure, or "reserved" and "expired" where none came.

    "over_budget" counts people who were told that their share is spent. Cost is in millionths of the currency.
    """

    kind: Kind
    outcome: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost_micros: int


@dataclass(frozen=True, slots=True)
class Total:
    """What everybody together has spent of one kind, people who were erased since included."""

    kind: Kind
    reserved_tokens: int
    spent_tokens: int
    cost_micros: int


def usage_of(session: Session, day: date) -> tuple[Used, ...]:
    """The calls of one UTC day by people who are still here, in the system's role."""
    rows = plain.rows(session, _BY_OUTCOME, {"day": day})
    return tuple(
        Used(row.kind, row.outcome, row.calls, int(row.tokens_in), int(row.tokens_out), int(row.cost_micros))
        for row in rows
    )


def totals_of(session: Session, day: date) -> dict[Kind, Total]:
    """The ledger of everybody for one UTC day, in the system's role."""
    rows = plain.rows(session, _OF_EVERYBODY, {"day": day})
    return {row.kind: Total(row.kind, row.reserved_tokens, row.spent_tokens, row.cost_micros) for row in rows}
