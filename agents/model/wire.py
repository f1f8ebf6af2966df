"""The client library, opened at the first question in a thread (it takes a second), and how our questions go into it.

langchain-openai carries the messages; the parameters go as `extra_body`, so that the library neither adds to them nor
judges the answer: a refusal, an answer cut short and JSON without its shape are told apart by us (libraries.md L-37).
"""

import asyncio
import base64
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.model.asking import Picture
from agents.model.endpoint import Endpoint

_NOISY: Final = ("httpx", "httpx2", "openai", "httpcore", "httpcore2")  # at debug level they log what is sent
_FILES: Final = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/x-m4a": "m4a",
    "audio/wav": "wav",
    "audio/webm": "webm",
}
_UNTRACED: Final[Any] = {"callbacks": []}  # what a graph around us may report to is not told the words
Messages = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """An open client: `chat` is langchain-openai's, `http` carries its requests."""

    chat: Any
    http: Any
    hearing_model: str

    async def answer(self, messages: Messages, pictures: Sequence[Picture], body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The whole answer, as a message of the library. Raises whatever the library raises."""
        with _no_tracing():
            return await self.chat.ainvoke(_shown(messages, pictures), _UNTRACED, extra_body=dict(body))

    def pieces(
        self, messages: Messages, pictures: Sequence[Picture], body: Mapping[str, Any], *, counts: bool
    ) -> AsyncIterator[Any]:
        """The answer piece by piece, as messages of the library. Nothing is sent before the first is asked for."""
        stream = self.chat.astream(_shown(messages, pictures), _UNTRACED, extra_body=dict(body), stream_usage=counts)
        return _begun_untraced(stream)

    async def hearing(self, recording: bytes, mime_type: str) -> object:
        """What is said in a recording, as the server gives it."""
        kind = mime_type.partition(";")[0].strip().lower()
        file = (f"voice.{_FILES.get(kind, 'ogg')}", recording, kind)
        audio = self.chat.root_async_client.audio.transcriptions
        heard = await audio.create(file=file, model=self.hearing_model, response_format="json")
        return getattr(heard, "text", None)

    async def close(self) -> None:
        """Let go of the connections."""
        await self.http.aclose()


class Wire:
    """Opens the line when it is first needed, once, however many ask at that moment."""

    def __init__(self, endpoint: Endpoint, patience_seconds: float) -> None:
        self._endpoint, self._patience_seconds = endpoint, patience_seconds
        self._line: Line | None = None
        self._opening = asyncio.Lock()

    async def opened(self) -> Line:
        """The open line."""
        if self._line is None:
            async with self._opening:
                if self._line is None:
                    self._line = await asyncio.to_thread(_open, self._endpoint, self._patience_seconds)
        return self._line

    async def close(self) -> None:
        """Let go of the connections; the next question opens new ones."""
        line, self._line = self._line, None
        if line is not None:
            await line.close()


def _open(endpoint: Endpoint, patience_seconds: float) -> Line:
    from langchain_openai import ChatOpenAI
    from openai import DefaultAsyncHttpxClient

    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A redirect could lead to a host that nobody agreed to.
    http = DefaultAsyncHttpxClient(follow_redirects=False)
    chat = _with_refusals(ChatOpenAI)(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key=endpoint.api_key,
        max_retries=0,
        timeout=patience_seconds,
        use_responses_api=False,
        stream_chunk_timeout=None,
        cache=False,
        http_async_client=http,
    )
    chat.async_client = _Plain(chat.root_async_client)
    return Line(chat, http, endpoint.hearing_model)


def _with_refusals(library: type[Any]) -> type[Any]:
    """The library's chat client, with the refusals that it leaves out of a stream."""

    class Chat(library):  # type: ignore[misc]  # a class that is imported late
        def _convert_chunk_to_generation_chunk(self, chunk: dict[str, Any], *others: Any) -> Any:  # noqa: ANN401
            choices = chunk.get("choices") or ()
            for choice in choices:
                choice.setdefault("delta", {})  # some servers leave out what is empty
            made = super()._convert_chunk_to_generation_chunk(chunk, *others)
            for choice in choices:
                if made is not None and (refusal := choice["delta"].get("refusal")):
                    made.message.additional_kwargs["refusal"] = refusal
            return made

    return Chat


class _Plain:
    """Streams as plain dictionaries.

    The library's own method makes an object of every piece of a stream, only to be asked for its dictionary again: a
    third of the time that a streamed answer takes. Address, headers, errors and the end of a stream stay the library's.
    """

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - openai's AsyncOpenAI
        self._client = client
        self.with_raw_response = client.chat.completions.with_raw_response  # for whole answers, where it hardly matters

    async def create(self, *, extra_body: Mapping[str, Any], **body: Any) -> Any:  # noqa: ANN401 - openai's AsyncStream
        """A stream of dictionaries. Raises what the library raises."""
        from openai import AsyncStream

        return await self._client.post(
            "/chat/completions",
            body={**body, **extra_body},
            cast_to=object,
            stream=True,
            stream_cls=AsyncStream[object],
        )


def _no_tracing() -> Any:  # noqa: ANN401 - a context manager of langsmith, which langchain brings along
    """Words go to the host that the person agreed to and nowhere else, whatever the environment says."""
    from langsmith import tracing_context

    return tracing_context(enabled=False)


async def _begun_untraced(stream: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The stream as it is. The library decides about tracing when it begins, so only its first step is watched over."""
    try:
        with _no_tracing():
            first = await anext(stream, None)
        if first is not None:
            yield first
        async for piece in stream:
            yield piece
    finally:
        await stream.aclose()  # type: ignore[attr-defined]  # an async generator


def _shown(messages: Messages, pictures: Sequence[Picture]) -> list[Any]:
    """The messages as the library takes them, the pictures behind the last words of the user."""
    shown: list[Any] = list(messages)
    if not pictures:
        return shown
    last = max((index for index, (role, _text) in enumerate(messages) if role == "user"), default=None)
    if last is None:
        shown.append(("user", ""))
        last = len(shown) - 1
    words = {"type": "text", "text": shown[last][1]}
    shown[last] = {"role": "user", "content": [words, *map(_picture, pictures)]}
    return shown


def _picture(picture: Picture) -> dict[str, Any]:
    data = base64.b64encode(picture.content).decode()
    return {"type": "image_url", "image_url": {"url": f"data:{picture.mime_type};base64,{data}"}}
