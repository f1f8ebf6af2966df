"""One save of a profile: what every writer of its rows is given."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from agents.domain.profile import Profile
from storage.crypto import MasterKey


@dataclass(frozen=True, slots=True)
class Saving:
    """One save: the session, whose rows, when, and both profiles."""

    session: Session
    keys: MasterKey
    user_id: UUID
    now: datetime
    today: date
    before: Profile
    after: Profile

    def differs(self, *names: str) -> bool:
        """Whether one of these fields changed."""
        return any(getattr(self.before, name) != getattr(self.after, name) for name in names)


def dec(value: float | None, places: int) -> Decimal | None:
    """A figure as the columns hold it."""
    return None if value is None else Decimal(str(round(value, places)))
