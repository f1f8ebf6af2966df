"""Proof that a row was written: what a reply may claim (promise P1)."""

from dataclasses import dataclass
from uuid import UUID

from agents.domain.crockford import encode
from agents.domain.turn import Receipt


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of this transaction: singular table name, id, past participle."""

    entity: str
    row_id: UUID
    action: str

    def receipt(self) -> Receipt:
        """As it is shown: the id as 26 characters."""
        return Receipt(self.entity, encode(self.row_id), self.action)
