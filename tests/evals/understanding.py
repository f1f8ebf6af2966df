"""What a `CoachModel` makes of the cases: intents, facts, calls, tokens and time."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from agents.model.allowance import Usage, metered
from agents.ports import CoachModel
from agents.schemas import Moment, Understanding
from tests.evals.cases import Case, moment_of, noted
from tests.evals.ledger import Ledger
from tests.evals.scoring import Tally, micro, percentile, tallies

FIRST_FAILURES = 5  # so many in a row at the start, and the endpoint is taken to be out


class NoAnswerError(Exception):
    """The configured model answered none of the first calls."""


@dataclass(frozen=True)
class Read:
    """One case beside what was understood."""

    case: Case
    intents: frozenset[str]
    facts: frozenset[str]

    @property
    def is_right(self) -> bool:
        """Whether intents and facts are exactly those that were meant."""
        return self.intents == set(self.case["intents"]) and self.facts == set(self.case["facts"])


@dataclass
class Meter:
    """Asks the model, and keeps what that cost."""

    model: CoachModel
    usage: Usage = field(default_factory=Usage)
    ledger: Ledger = field(default_factory=Ledger)
    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """What the model understands. Raises NoAnswerError when the endpoint seems to be out."""
        started = time.perf_counter()
        with metered(self.ledger) as used:
            heard = await self.model.understand(text, moment)
        self.seconds.append(time.perf_counter() - started)
        self.usage.calls += used.calls
        self.usage.tokens_in += used.tokens_in
        self.usage.tokens_out += used.tokens_out
        self.failures += heard.is_degraded
        if self.failures == self.usage.calls == FIRST_FAILURES:
            raise NoAnswerError(f"none of the first {FIRST_FAILURES} calls was answered")
        return heard

    def milliseconds(self, share: float) -> float:
        """The time below which this share of the messages was understood."""
        return 1000 * percentile(self.seconds, share)


async def read(cases: Iterable[Case], meter: Meter) -> tuple[Read, ...]:
    """Every case, one after the other, so that the times are those of a single person."""
    done = []
    for case in cases:
        heard = await meter.understand(case["text"], moment_of(case))
        names = frozenset(intent.name for intent in heard.intents)
        done.append(Read(case, names, frozenset(map(noted, heard.facts))))
    return tuple(done)


def intents_of(reads: Iterable[Read]) -> dict[str, Tally]:
    """Per intent name."""
    return tallies((each.case["intents"], each.intents) for each in reads)


def facts_of(reads: Iterable[Read]) -> Tally:
    """All facts together; one with a wrong value counts as missed and as extra."""
    return micro(tallies((each.case["facts"], each.facts) for each in reads))
