"""How the guard judges the phrasing cases: words that may be sent, and words with one fault each."""

from dataclasses import dataclass

from agents.domain.profile import Restriction
from agents.domain.wording import Basis, faults
from tests.evals.cases import Case, cases


@dataclass(frozen=True)
class Guarded:
    """One case and the faults that were found in it."""

    case: Case
    faults: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Good words pass; bad ones are held for the reason that is marked, whatever else is found in them."""
        return not self.faults if self.case["ok"] else self.case["fault"] in self.faults


def guarded() -> tuple[Guarded, ...]:
    """Every case with what speaks against it."""
    return tuple(Guarded(case, faults(case["said"], _basis(case))) for case in cases("phrasing"))


def _basis(case: Case) -> Basis:
    return Basis(
        texts=tuple(case["texts"]),
        restrictions=tuple(Restriction(*entry) for entry in case["restrictions"]),
        has_receipts=case.get("has_receipts", False),
        secrets=tuple(case.get("secrets", ())),
    )
