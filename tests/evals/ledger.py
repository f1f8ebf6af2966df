"""What the calls of an evaluation cost: an `allowance.Meter` that lets every call pass and keeps what it was."""

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from agents.model.allowance import Spent
from agents.model.asking import Kind, Purpose
from tests.evals.scoring import percentile


@dataclass(frozen=True)
class Prices:
    """Of a million tokens, in whatever currency they are paid in."""

    into: float = 0.0
    out: float = 0.0


@dataclass
class Ledger:
    """Every call, as it ended."""

    calls: list[Spent] = field(default_factory=list)
    reserved: int = 0

    async def reserve(self, kind: Kind, purpose: Purpose, prompt: tuple[str, str], tokens: int) -> UUID:
        """A number for the call; nothing is refused."""
        self.reserved += 1
        return UUID(int=self.reserved)

    async def settle(self, reservation: UUID, spent: Spent) -> None:
        """Keep it."""
        self.calls.append(spent)

    @property
    def tokens(self) -> tuple[int, int]:
        """Sent and answered, as the server counted them."""
        return sum(call.tokens_in for call in self.calls), sum(call.tokens_out for call in self.calls)

    @property
    def failed(self) -> Counter[str]:
        """Calls that gave no answer, by what became of them."""
        return Counter(call.finish for call in self.calls if call.finish != "ok")

    def cost(self, prices: Prices) -> float:
        """What all of them cost together."""
        into, out = self.tokens
        return (into * prices.into + out * prices.out) / 1_000_000

    def milliseconds(self, share: float) -> float:
        """The time below which this share of the calls was answered, retries and all; failed ones are left out."""
        return percentile([float(call.latency_ms) for call in self.calls if call.finish == "ok"], share)
