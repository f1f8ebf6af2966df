"""The rows that tokens are taken from: one a person, UTC day and kind, and one of everybody (data-model 8.6).

Room is looked for and taken in one statement, so of two calls at the cap one gets the last share, whichever process
they are in.
"""

from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Executable, bindparam, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage import plain
from storage.models.budget import Kind, UsageEntry, UsageTotal

Model = type[UsageEntry] | type[UsageTotal]


class Budget(NamedTuple):
    """Whose tokens of which UTC day and kind; everybody's where no person is named."""

    day: date
    kind: Kind
    user_id: UUID | None = None

    @property
    def model(self) -> Model:
        """Where its row is."""
        return UsageTotal if self.user_id is None else UsageEntry

    def of_everybody(self) -> "Budget":
        """The one it is a part of."""
        return self._replace(user_id=None)


def take(session: Session, budget: Budget, tokens: int, limit: int) -> bool:
    """Reserve so many tokens; False where there is no room for them. A limit of 0 is none."""
    if 0 < limit < tokens:
        return False  # the first row of a day has nothing to be compared with
    owner = {} if budget.user_id is None else {"user_id": budget.user_id}
    row = {**owner, "day": budget.day, "kind": budget.kind, "limit_tokens": limit, "reserved_tokens": tokens}
    connection = session.connection()
    return connection.execute(_taking(budget.model, connection.dialect.name), row).first() is not None


def move(session: Session, budget: Budget, back: int, spent: tuple[int, int, int] | None = None) -> None:
    """Give back so many reserved tokens; one call more with its (tokens in, tokens out, cost) where one was made."""
    tokens_in, tokens_out, cost = spent or (0, 0, 0)
    change = {"back": back, "more_in": tokens_in, "more_out": tokens_out, "cost": cost, "made": int(spent is not None)}
    whose = {"on": budget.day, "of": budget.kind, "u": budget.user_id}
    plain.change(session, _moving(budget.model), {**whose, **change})


@cache
def _taking(model: Model, dialect: str) -> Executable:
    """Insert the day's row, or add to it where there is room; a returned row means that it was taken."""
    table = plain.table(model)
    row: Any = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    new, known = row.excluded, table.c
    used = known.tokens_in + known.tokens_out + known.reserved_tokens
    return row.on_conflict_do_update(  # type: ignore[no-any-return]  # one of two dialects
        index_elements=list(table.primary_key),
        set_={
            "reserved_tokens": known.reserved_tokens + new.reserved_tokens,
            "limit_tokens": new.limit_tokens,
            "updated_at": new.updated_at,
        },
        where=or_(new.limit_tokens == 0, used + new.reserved_tokens <= new.limit_tokens),
    ).returning(known.day)


@cache
def _moving(model: Model) -> Executable:
    table = plain.table(model)
    mine = [table.c.user_id == bindparam("u")] if model is UsageEntry else []
    return (
        update(table)
        .where(*mine, table.c.day == bindparam("on"), table.c.kind == bindparam("of"))
        .values(
            reserved_tokens=table.c.reserved_tokens - bindparam("back"),
            tokens_in=table.c.tokens_in + bindparam("more_in"),
            tokens_out=table.c.tokens_out + bindparam("more_out"),
            cost_micros=table.c.cost_micros + bindparam("cost"),
            calls=table.c.calls + bindparam("made"),
        )
    )
