"""Understanding by an OpenAI-compatible model: one request, one JSON answer, read by the rules' own parsers.

Sent are the message, the open question's code, its button labels and the local date; never a name, an id or the
profile. The client library is imported at the first question (libraries.md L-101), in a thread, because it takes a
second. It never retries (L-39): one failure is the caller's cue to go on offline.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any, Final, Protocol

from pydantic import ValidationError

from agents.model import allowance
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.schemas import Moment, Understanding
from agents.understanding import clauses
from agents.understanding.proposals import SCHEMA, Proposal, read

TIMEOUT_SECONDS: Final = 15.0  # of the 25 s a turn may take in all
MAX_INPUT_TOKENS: Final = 3000  # architecture.md, "One turn"
MAX_OUTPUT_TOKENS: Final = 800
BYTES_PER_TOKEN: Final = 3.5  # an estimate from below the usual four: libraries.md L-41
_NOISY: Final = ("httpx", "httpx2", "openai", "httpcore", "httpcore2")  # at debug level they log what is sent


class Prompt(Protocol):
    """Instructions with holes; what is data is fenced by the prompt itself."""

    def fill(self, **values: str) -> tuple[tuple[str, str], ...]:
        """(role, text) of each message. Raises for a missing or an unknown name."""
        ...


class ChatModel:
    """The port `CoachModel` by one chat completion. Raises ModelFailed and whatever the client raises."""

    def __init__(self, endpoint: Endpoint, prompt: Prompt, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._endpoint, self._prompt, self._timeout_seconds = endpoint, prompt, timeout_seconds
        self._http: Any = None
        self._chain: Any = None
        self._opening = asyncio.Lock()

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """Typed intents and facts, each resting on words of the text. Takes at most the timeout, once it is imported.

        Raises TimeoutError, ModelFailed, or an error of the client library.
        """
        messages = self._messages(clauses.clean(text), moment)
        chain = await self._opened()
        allowance.note_call()
        async with asyncio.timeout(self._timeout_seconds):
            answer = await chain.ainvoke(messages)
        _note_tokens(answer["raw"], messages)
        return read(_proposal(answer), text, moment)

    async def close(self) -> None:
        """Close the connections; the next question opens new ones."""
        http, self._http, self._chain = self._http, None, None
        if http is not None:
            await http.aclose()

    def _messages(self, said: str, moment: Moment) -> list[tuple[str, str]]:
        values = {
            "today": f"{moment.now:%A} {moment.now.date().isoformat()}",
            "question": moment.expecting or "none",
            "buttons": "\n".join(label for label, _data in moment.options) or "none",
        }
        room = MAX_INPUT_TOKENS - _tokens_of(self._prompt.fill(message="", **values)) - _tokens(json.dumps(SCHEMA))
        if room <= 0:
            raise ModelFailed("too_long")
        return list(self._prompt.fill(message=_cut(said, room), **values))

    async def _opened(self) -> Any:  # noqa: ANN401 - a runnable of the client library, which is imported late
        async with self._opening:
            if self._chain is None:
                self._http, self._chain = await asyncio.to_thread(_open, self._endpoint, self._timeout_seconds)
        return self._chain


def _open(endpoint: Endpoint, timeout_seconds: float) -> tuple[Any, Any]:
    """The HTTP client and the runnable that asks for our schema."""
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient

    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    http = DefaultAsyncHttpxClient()
    client = ChatOpenAI(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        temperature=0,
        max_retries=0,
        timeout=timeout_seconds,
        max_completion_tokens=MAX_OUTPUT_TOKENS,
        store=False,
        use_responses_api=False,
        http_async_client=http,
    )
    # The raw answer comes along, so that tokens are counted even where the JSON in it is broken.
    return http, client.with_structured_output(dict(SCHEMA), method="json_schema", include_raw=True)


def _proposal(answer: Mapping[str, Any]) -> Proposal:
    """The validated answer: a server may take the schema and ignore it (libraries.md L-37)."""
    if answer["raw"].additional_kwargs.get("refusal"):
        raise ModelFailed("refused")
    try:
        return Proposal.model_validate(answer["parsed"])
    except ValidationError:
        raise ModelFailed("invalid") from None


def _note_tokens(raw: Any, messages: list[tuple[str, str]]) -> None:  # noqa: ANN401 - a message of the client library
    """The server's own count; where it gives none, an estimate."""
    counted = raw.usage_metadata or {}
    allowance.note_tokens(
        tokens_in=counted.get("input_tokens") or _tokens_of(messages),
        tokens_out=counted.get("output_tokens") or _tokens(str(raw.content)),
    )


def _tokens_of(messages: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> int:
    return sum(_tokens(text) for _role, text in messages)


def _tokens(text: str) -> int:
    return round(len(text.encode()) / BYTES_PER_TOKEN)


def _cut(text: str, tokens: int) -> str:
    """As much of the beginning as fits; a quote from the rest would not be found, so nothing can go wrong by it."""
    return text.encode()[: int(tokens * BYTES_PER_TOKEN)].decode(errors="ignore")
