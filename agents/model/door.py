"""The one door to models: questions go out as JSON, words or recordings, and come back checked, or as ModelFailed.

A call is one question, whatever it takes to get it across: attempts after a busy moment and parameters that the server
does not know belong to it, because no model has seen those requests. A repair is a call of its own.
"""

import hashlib
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from agents.model import abilities, allowance, answers, shape, size
from agents.model.abilities import NOTHING, Lacks
from agents.model.allowance import MOST_CALLS
from agents.model.asking import Ask
from agents.model.bill import Order
from agents.model.crossing import Call, Crossing, Surroundings
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.model.faults import Fault
from agents.model.repair import Unusable, lower, shown_back
from agents.model.wire import Line, Wire

log = logging.getLogger(__name__)

_LEAST_REPAIR_SECONDS: Final = 1.0  # no model answers faster
_NO_PROMPT: Final = ("listen", hashlib.sha256(b"").hexdigest())  # a recording is sent without instructions


class ModelDoor:
    """The port `Door` by langchain-openai. One a process, shared by all who ask."""

    def __init__(self, endpoint: Endpoint, around: Surroundings | None = None) -> None:
        around = around or Surroundings()
        self._clock = around.clock
        self._wire = Wire(endpoint, around.patience_seconds)
        self._chat = Crossing(endpoint.host, around)
        self._hearing = Crossing(endpoint.host, around)
        self._lacks: Lacks = NOTHING  # what the server was found to lack, for as long as the process lives

    async def as_json(self, ask: Ask, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """An answer in this strict JSON schema (an object), checked against it; shown back once when it is not."""
        _check_size(ask, schema)
        try:
            return await self._json(ask, ask.messages, schema, self._lacks)
        except Unusable as unusable:
            if not _may_ask_again():
                raise ModelFailed("invalid") from None
            messages, lacks = shown_back(ask.messages, unusable, schema), unusable.lacks
        try:
            found = await self._json(ask, messages, schema, lacks)
        except Unusable:
            raise ModelFailed("invalid") from None
        self._lacks |= lacks
        return found

    async def as_words(self, ask: Ask) -> AsyncIterator[str]:
        """The answer in pieces, as they come. A caller that stops early closes this iterator (`aclosing`)."""
        _check_size(ask, None)
        line = await self._opened()
        known = self._lacks
        async with self._chat.call(_order(ask, None)) as call:

            async def begin(lacks: Lacks) -> tuple[AsyncIterator[Any], Any]:
                body = abilities.common(lacks, ask.most_tokens_out)
                stream = line.pieces(ask.messages, ask.pictures, body, counts="stream_options" not in lacks)
                return stream, await anext(stream, None)

            (stream, first), lacks = await call.begun(begin, known, _learned_for_words)
            self._lacks |= lacks
            async with _closed_quietly(stream):
                async for words in _read(stream, first, call):
                    yield words
            call.arrived()

    async def as_heard(self, recording: bytes, mime_type: str) -> str:
        """What is said in a recording."""
        line = await self._opened()
        heard_tokens = len(recording) // size.BYTES_PER_HEARD_TOKEN + 1
        order = Order("transcription", "listen", _NO_PROMPT, heard_tokens, 2 * heard_tokens)
        async with self._hearing.call(order) as call:
            said, _ = await call.begun(
                lambda _: line.hearing(recording, mime_type), NOTHING, lambda _fault, lacks: lacks
            )
            call.arrived()
            if not isinstance(said, str) or not said.strip():
                raise ModelFailed("empty" if isinstance(said, str) else "invalid")
            call.bill.estimated_out(size.tokens(said))
            return answers.written(said).strip()

    async def close(self) -> None:
        """Let go of the connections; the next question opens new ones."""
        await self._wire.close()

    async def _json(
        self, ask: Ask, messages: tuple[tuple[str, str], ...], schema: Mapping[str, Any], known: Lacks
    ) -> Mapping[str, Any]:
        """One call. Raises Unusable, or another ModelFailed."""
        line = await self._opened()

        async def send(lacks: Lacks) -> Any:  # noqa: ANN401 - a message of the client library
            body = abilities.common(lacks, ask.most_tokens_out) | abilities.for_json(lacks, ask.purpose, schema)
            return await line.answer(abilities.told(messages, lacks, schema), ask.pictures, body)

        async with self._chat.call(_order(ask, schema)) as call:
            message, lacks = await call.begun(send, known, _learned_for_json)
            call.arrived()
            call.bill.estimated_out(size.tokens(str(message.content)))
            call.bill.counted(answers.counted(message))
            self._lacks |= lacks - known
            answers.check_refusal(message)
            answers.check_ending(message.response_metadata.get("finish_reason"), may_be_missing=True)
            return _checked(message, schema, lacks)

    async def _opened(self) -> Line:
        """The open line. What opening takes, once a process, is our own time and not the model's."""
        began = self._clock()
        try:
            return await self._wire.opened()
        except Exception as error:  # a proxy or a certificate of the machine that cannot be used
            log.warning("the model's client cannot be opened (%s)", type(error).__name__)
            raise ModelFailed("unavailable") from None
        finally:
            allowance.prolong(self._clock() - began)


def _checked(message: Any, schema: Mapping[str, Any], lacks: Lacks) -> dict[str, Any]:  # noqa: ANN401
    """The answer of a message. Raises Unusable when it has not the shape of the schema."""
    text = answers.raw_json(message)
    try:
        found = answers.object_in(text)
        wrong = shape.complaint(found, schema)
    except answers.NotJsonError as error:
        found, wrong = {}, str(error)
    if wrong:
        raise Unusable(text, wrong, lower(lacks, has_called=bool(message.tool_calls or message.invalid_tool_calls)))
    return found


async def _read(stream: AsyncIterator[Any], first: Any, call: Call) -> AsyncIterator[str]:  # noqa: ANN401
    """The words of a stream, each as soon as it is there. Raises ModelFailed when it does not end as it should."""
    piece, reason, said = first, None, ""
    while piece is not None:
        answers.check_refusal(piece)
        reason = piece.response_metadata.get("finish_reason") or reason
        if words := answers.words_in(piece):
            said += words
            call.bill.estimated_out(size.tokens(said))
            yield words
        call.bill.counted(answers.counted(piece))
        piece = await call.next(anext(stream, None))
    try:
        answers.check_ending(reason, may_be_missing=False)
    except ModelFailed as failed:
        raise call.lost(Fault(failed.kind)) from None
    if not said.strip():
        raise ModelFailed("invalid" if answers.is_call(reason) else "empty")


@asynccontextmanager
async def _closed_quietly(stream: Any) -> AsyncIterator[None]:  # noqa: ANN401 - an async generator
    try:
        yield
    finally:
        with suppress(Exception):  # a connection that is broken cannot be closed in good order
            await stream.aclose()


def _check_size(ask: Ask, schema: Mapping[str, Any] | None) -> None:
    if size.room(ask.messages, schema) < 0:
        raise ModelFailed("too_long")


def _order(ask: Ask, schema: Mapping[str, Any] | None) -> Order:
    prompt = (ask.prompt_id, ask.prompt_sha256)
    return Order(ask.kind, ask.purpose, prompt, size.expected_in(ask, schema), size.reserved(ask, schema))


def _may_ask_again() -> bool:
    """Whether the turn has a call and the time left for a repair."""
    usage = allowance.current()
    return usage is None or (usage.calls < MOST_CALLS and usage.seconds_left > _LEAST_REPAIR_SECONDS)


def _learned_for_json(fault: Fault, lacks: Lacks) -> Lacks:
    return abilities.learned(fault, lacks, is_for_json=True)


def _learned_for_words(fault: Fault, lacks: Lacks) -> Lacks:
    return abilities.learned(fault, lacks, is_for_json=False)
