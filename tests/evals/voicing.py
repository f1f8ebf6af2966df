"""What a model makes of the phrasing cases: its words above the lines of each, judged as they would be in a turn.

A case says what the engines printed and what the person must not eat. What the person wrote is taken in turn from a few
messages, one for each way to answer, so that every run asks the same.
"""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

from agents.domain.moves import move_for
from agents.domain.profile import Restriction
from agents.domain.saying import Saying
from agents.domain.turn import Agent
from agents.domain.wording import Basis
from agents.domain.wording.fitness import unfit
from agents.model.allowance import metered
from agents.model.failure import ModelFailed
from agents.ports import Voice
from tests.evals.cases import Case
from tests.evals.ledger import Ledger
from tests.evals.scoring import percentile
from tests.evals.understanding import FIRST_FAILURES, NoAnswerError

MESSAGES = (
    "why is that?", "I'm so tired of all this", "I can't be bothered to do this any more",
    "I want to, but I never find the time", "I managed every single one today!", "hm, and now?",
)  # fmt: skip
AGENTS: tuple[tuple[str, Agent], ...] = (
    ("session", "exercise_coach"), ("kcal", "meal_planner"), ("minutes", "meal_planner"), ("", "logistics"),
)  # fmt: skip


@dataclass(frozen=True)
class Voiced:
    """One case in a model's words; `failed` says why there are none, `faults` why they would not be sent."""

    case: Case
    words: str
    faults: tuple[str, ...] = ()
    failed: str = ""

    @property
    def is_fit(self) -> bool:
        """Whether the person would read these words."""
        return not self.failed and not self.faults


@dataclass
class Spoken:
    """A whole run."""

    voiced: list[Voiced] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    first_seconds: list[float] = field(default_factory=list)  # to the first words of each answer

    @property
    def fit(self) -> int:
        """How many answers would be sent."""
        return sum(each.is_fit for each in self.voiced)

    @property
    def reasons(self) -> Counter[str]:
        """Why the others would not: one answer may have several faults; one that failed has its failure."""
        return Counter(reason for each in self.voiced for reason in (each.faults or filter(None, (each.failed,))))

    def first_milliseconds(self, share: float) -> float:
        """The time below which this share of the answers began."""
        return 1000 * percentile(self.first_seconds, share)


async def voiced(voice: Voice, cases: Sequence[Case]) -> Spoken:
    """Every case, one after the other. Raises NoAnswerError when the endpoint seems to be out."""
    run = Spoken()
    for number, case in enumerate(cases):
        saying = saying_of(case, number)
        with metered(run.ledger):
            run.voiced.append(await _said(voice, case, saying, run))
        if len(run.voiced) == FIRST_FAILURES and all(each.failed for each in run.voiced):
            raise NoAnswerError(f"none of the first {FIRST_FAILURES} answers came")
    return run


def saying_of(case: Case, number: int) -> Saying:
    """What the voice is told about this case."""
    lines, message = "\n".join(case["texts"]), MESSAGES[number % len(MESSAGES)]
    agent = next(agent for mark, agent in AGENTS if mark in lines)
    intents = ("question",) if message.endswith("?") else ()
    return Saying(agent, move_for(message, intents), message, "", lines, _about(case))


def _about(case: Case) -> str:
    forbidden = ", ".join(code for _kind, code, *_ in case["restrictions"])
    return f"They must not eat: {forbidden}." if forbidden else ""


async def _said(voice: Voice, case: Case, saying: Saying, run: Spoken) -> Voiced:
    words, began = "", time.perf_counter()
    try:
        async with aclosing(cast("AsyncGenerator[str, None]", voice.speak(saying))) as pieces:
            async for piece in pieces:
                if not words:
                    run.first_seconds.append(time.perf_counter() - began)
                words += piece
    except ModelFailed as failed:
        return Voiced(case, words, failed=failed.kind)
    return Voiced(case, words, unfit(words.strip(), _basis(case, saying, voice), follows=saying.follows))


def _basis(case: Case, saying: Saying, voice: Voice) -> Basis:
    restrictions = tuple(Restriction(*entry) for entry in case["restrictions"])
    return Basis((saying.follows, saying.about), restrictions, secrets=voice.secrets(saying.agent))
