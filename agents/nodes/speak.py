"""A voice for the talk in an answer: a model's words where they pass the guard, our own sentences otherwise.

One answer of a turn gets them at most. What was done, what is asked and what concerns safety stays in our own sentences
and follows the words. Nothing that has not passed the guard is shown, not even in a preview.
"""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from langgraph.runtime import Runtime

from agents import trail
from agents.domain.turn import Draft
from agents.domain.wording import Basis
from agents.domain.wording.fitness import unfit
from agents.domain.wording.guard import LEAKED_RUN
from agents.ports import Ports, Preview, Voice
from agents.state import Spoken, State

log = logging.getLogger(__name__)
MOST_CHARACTERS: Final = 1200  # a model that does not stop is stopped; the guard would refuse so many words anyway
STEP: Final = 60  # characters that a preview grows by: a chat shows one a second, and vetting costs milliseconds
_FIRST: Final = re.compile(rf"^\W*(?:\S+\s+){{{LEAKED_RUN}}}")  # a preview begins where the guard can tell a leak
_SENTENCE: Final = re.compile(r".*[.!?…][\"')\]]*(?=\s)", re.DOTALL)


async def speak(state: State, runtime: Runtime[Ports]) -> State:
    """The drafts, one of them in the voice's words; unchanged where it fails or says what must not be said."""
    spoken, ports = state["spoken"], runtime.context
    if spoken is None or ports.voice is None:
        return {}
    basis = replace(spoken.basis, secrets=ports.voice.secrets(spoken.saying.agent))
    try:
        words = await _words(ports.voice, spoken, basis, ports.preview)
    except Exception as error:  # promise P5: whatever breaks out there, the turn goes on in our own words
        kind = str(getattr(error, "kind", "") or type(error).__name__)
        log.warning("no words from the model (%s): the turn goes on in our own", kind)
        return _unspoken(state, spoken, ports, is_outage=kind not in _NO_OUTAGE)
    if words is None:
        return {}
    return {"drafts": _with(state, spoken, "\n\n".join(filter(None, (spoken.above, words, spoken.saying.follows))))}


_NO_OUTAGE: Final = ("over_budget", "refused", "too_long", "invalid", "empty")  # nobody needs to look after these


async def _words(voice: Voice, spoken: Spoken, basis: Basis, preview: Preview) -> str | None:
    """The whole answer once it is vetted; None where it is not fit to be sent. Raises whatever the voice raises."""
    said, seen = "", ""
    is_stopped = False
    async with aclosing(_until(voice.speak(spoken.saying), preview.stopped)) as pieces:
        async for piece in pieces:
            said += piece
            if len(said) > MOST_CHARACTERS:
                break
            part = _presentable(said)
            if len(part) >= len(seen) + (STEP if seen else 1):
                seen = part
                if not _unfit(part, spoken, basis):
                    preview.write(part)
        is_stopped = preview.stopped.is_set()
    whole = (_sentences(said) if is_stopped else said).strip()
    found = _unfit(whole, spoken, basis)
    if found:
        trail.note_refused(found)
        log.info("a model's words were not sent: %s", ", ".join(found))
        return None
    return whole


def _unfit(words: str, spoken: Spoken, basis: Basis) -> tuple[str, ...]:
    return unfit(words, basis, follows=spoken.saying.follows, spares_weight=spoken.spares_weight)


def _presentable(said: str) -> str:
    """The beginning that is worth vetting: the first few words, later whole sentences only. The guard is not cheap."""
    if ended := _sentences(said):
        return ended
    begun = _FIRST.match(said)
    return begun.group().rstrip() if begun else ""


def _sentences(said: str) -> str:
    ended = _SENTENCE.match(said)
    return ended.group() if ended else ""


async def _until(pieces: AsyncIterator[str], stopped: asyncio.Event) -> AsyncGenerator[str, None]:
    """The pieces until they end or nobody wants more, also while the next one keeps people waiting."""
    end = asyncio.ensure_future(stopped.wait())
    step: asyncio.Future[str | None] | None = None
    try:
        while not end.done():
            step = asyncio.ensure_future(_next(pieces))
            await asyncio.wait((step, end), return_when=asyncio.FIRST_COMPLETED)
            if not step.done() or (piece := step.result()) is None:
                return
            yield piece
    finally:
        waiting = [task for task in (end, step) if task is not None and not task.done()]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        if (close := getattr(pieces, "aclose", None)) is not None:
            await close()


async def _next(pieces: AsyncIterator[str]) -> str | None:
    return await anext(pieces, None)


def _with(state: State, spoken: Spoken, text: str) -> tuple[Draft, ...]:
    drafts = list(state["drafts"])
    drafts[spoken.at] = replace(drafts[spoken.at], text=text)
    return tuple(drafts)


def _unspoken(state: State, spoken: Spoken, ports: Ports, *, is_outage: bool) -> State:
    """Our own sentences, and once a day an honest word about it."""
    context, heard = state["context"], state["understanding"]
    if not is_outage or context is None:
        return {}
    degraded = replace(heard, is_degraded=True)
    if context.model_failed_today:
        return {"understanding": degraded}
    note = ports.speech.say(context.profile.locale, "model-silent", {})
    text = f"{state['drafts'][spoken.at].text}\n\n{note}".strip()
    return {"understanding": degraded, "drafts": _with(state, spoken, text)}
