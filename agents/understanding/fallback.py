"""Rules first, a model for what they left open, and the rules alone whenever the model fails: one `CoachModel`.

The rules' reading always stands: a model can only add what rests on words the rules did not understand.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from agents.ports import CoachModel
from agents.schemas import Fact, Intent, Moment, Understanding
from agents.understanding import clauses
from agents.understanding.gaps import gaps
from agents.understanding.quotes import Span, overlaps, spans

log = logging.getLogger(__name__)

_NOT_UNDERSTOOD: Final = frozenset(("unknown", "question"))
_SAYS_FACTS: Final = frozenset(("give_facts", "profile_change"))


class RemoteModel(CoachModel, Protocol):
    """A model out of this process: it may fail in any way, and holds connections."""

    async def close(self) -> None:
        """Let go of the connections."""
        ...


class Fallback:
    """The port `CoachModel` by rules with a model behind them. Never raises."""

    def __init__(self, rules: CoachModel, model: RemoteModel, may_ask: Callable[[Moment], bool]) -> None:
        self._rules, self._model, self._may_ask = rules, model, may_ask

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """What the rules understood, completed by at most one model call; `is_degraded` when that call failed."""
        heard = await self._rules.understand(text, moment)
        open_parts = gaps(text, moment, heard) if self._may_ask(moment) else ()
        if not open_parts:
            return heard
        try:
            proposed = await self._model.understand(text, moment)
        except Exception as error:  # promise P5: whatever breaks out there, the turn finishes offline
            # The type only: messages of such errors may repeat what the person wrote.
            log.warning("no answer from the model (%s): the turn goes on offline", _kind(error))
            return replace(heard, is_degraded=True)
        return completed(heard, proposed, clauses.clean(text), open_parts)

    async def close(self) -> None:
        """Let go of the model's connections."""
        await self._model.close()


def _kind(error: Exception) -> str:
    return str(getattr(error, "kind", "") or type(error).__name__)


def completed(heard: Understanding, proposed: Understanding, text: str, open_parts: tuple[Span, ...]) -> Understanding:
    """The rules' reading with the model's intents and facts that rest on the open parts of the text."""
    settled = {fact.field for fact in heard.facts if fact.op == "set"} | {wrong.field for wrong in heard.rejected}
    facts = tuple(
        fact
        for fact in proposed.facts
        if _rests_on(fact.quote, text, open_parts) and fact.field not in settled and fact not in heard.facts
    )
    known = {intent.name for intent in heard.intents}
    wanted = tuple(
        intent
        for intent in proposed.intents
        if _rests_on(intent.quote, text, open_parts) and intent.name not in known - _NOT_UNDERSTOOD
    )
    unread = tuple(
        wrong
        for wrong in proposed.rejected
        if _rests_on(wrong.quote, text, open_parts)
        and not any(fact.field == wrong.field for fact in (*facts, *heard.facts))
    )
    if not facts and not wanted and not unread:
        return heard
    intents = _joined(heard.intents, wanted, facts)
    if unread and not facts:
        intents = _joined(heard.intents, (*wanted, Intent("give_facts", quote=unread[0].quote)), facts)
    rejected = (*heard.rejected, *unread)
    return replace(heard, intents=intents, facts=(*heard.facts, *facts), rejected=rejected, is_from_model=True)


def _rests_on(quote: str, text: str, open_parts: tuple[Span, ...]) -> bool:
    return any(overlaps(span, part) for span in spans(quote, text) for part in open_parts)


def _joined(known: tuple[Intent, ...], wanted: tuple[Intent, ...], facts: tuple[Fact, ...]) -> tuple[Intent, ...]:
    """ "Not understood" gives way to what was understood; facts come with the intent to give them, as from rules."""
    kept = tuple(intent for intent in known if intent.name not in _NOT_UNDERSTOOD)
    joined = (*kept, *wanted)
    if facts and not any(intent.name in _SAYS_FACTS for intent in joined):
        joined = (*joined, Intent("give_facts", quote=facts[0].quote))
    return joined
