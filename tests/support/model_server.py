"""A small OpenAI-compatible server over real loopback sockets, told beforehand what to answer.

It refuses what the real one refuses: no key, an unknown path, a schema that is not strict; and whatever parameters it
was told not to know. Every request it accepts is kept, so that a test can say what left the process. When the script is
over it answers with an empty proposal, and with a polite sentence to whom wants words. What is asked for as a stream is
streamed, a proposal asked for as a tool call comes as one.
"""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

TOKENS_IN, TOKENS_OUT = 321, 45
PATH, HEARING = "/v1/chat/completions", "/v1/audio/transcriptions"
WORDS = "Thank you for telling me that."  # what it says when nothing else was told
PIECE = 6  # characters of a streamed piece
_FIRST_WORDS = 1  # which event of a stream: the one before only says who speaks


@dataclass(frozen=True)
class Proposes:
    """A structured answer, as JSON of our schema or of anything else."""

    body: dict[str, Any] = field(default_factory=lambda: {"intents": [], "facts": []})


@dataclass(frozen=True)
class Says:
    """Any text: an answer in words, or prose where JSON was asked for, or JSON that breaks off."""

    content: str
    finish_reason: str | None = "stop"
    has_usage: bool = True
    pause_s: float = 0.0  # between two pieces of a stream
    wait_s: float = 0.0  # before the first of them


@dataclass(frozen=True)
class Refuses:
    """The model declines."""

    words: str = "I cannot help with that."


@dataclass(frozen=True)
class Fails:
    """An HTTP error, or a redirect."""

    status: int
    retry_after_seconds: float | None = None
    message: str = "scripted"
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Hangs:
    """No answer until the server closes."""


@dataclass(frozen=True)
class Disconnects:
    """The connection ends before an answer, or in the middle of it."""

    after_bytes: int = 0


@dataclass(frozen=True)
class Breaks:
    """A stream that goes wrong after some words: it ends, or is cut, or stalls, or holds what is no JSON."""

    how: Literal["truncate", "disconnect", "stall", "malform", "report"]
    words: str = "Well, let me "


@dataclass(frozen=True)
class Sends:
    """These bytes, whatever they are."""

    raw: bytes
    content_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True)
class Calls:
    """A tool call with these arguments as text, whatever was asked for."""

    arguments: str
    name: str = "understand"


Reply = Proposes | Says | Refuses | Fails | Hangs | Disconnects | Breaks | Sends | Calls
Part = Literal[
    "temperature", "store", "max_completion_tokens", "stream_options", "json_schema", "json_object", "tools"
]  # fmt: skip


def fact(field: str, value: str, quote: str, op: str = "set", confidence: float = 0.9) -> dict[str, Any]:
    """A fact as a model proposes it."""
    return {"field": field, "value": value, "op": op, "quote": quote, "confidence": confidence}


def intent(name: str, quote: str, button: str = "") -> dict[str, Any]:
    """An intent as a model proposes it."""
    return {"name": name, "quote": quote, "button": button}


def proposes(*, intents: tuple[dict[str, Any], ...] = (), facts: tuple[dict[str, Any], ...] = ()) -> Proposes:
    """A structured answer of these."""
    return Proposes({"intents": list(intents), "facts": list(facts)})


@dataclass
class ModelServer:
    """The running server. `requests` are the bodies as they came, `headers` what stood above them.

    `lacks` are the parameters it refuses; the names of those that were refused are in `refused`. `recordings` are the
    bodies of requests to write down what was said.
    """

    url: str
    script: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    recordings: list[bytes] = field(default_factory=list)
    lacks: frozenset[Part] = frozenset()
    refused: list[str] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    first_words: list[float] = field(default_factory=list)  # when the first words of each stream left
    outage: Reply | None = None  # what everybody gets while it lasts
    mind: Callable[[dict[str, Any]], Reply] | None = None  # who answers a request, instead of the script
    over: threading.Event = field(default_factory=threading.Event)

    def will(self, *replies: Reply) -> None:
        """Answer the next requests so."""
        self.script.extend(replies)

    def next_reply(self, asked: dict[str, Any]) -> Reply:
        """What comes now; a proposal waits for whom it is meant for."""
        if self.outage is not None:
            return self.outage
        if self.mind is not None:
            return self.mind(asked)
        wants_words = bool(asked.get("stream"))
        if wants_words and (not self.script or isinstance(self.script[0], Proposes)):
            return Says(WORDS)
        return self.script.popleft() if self.script else Proposes()

    def forget(self) -> None:
        """Be as new."""
        kept: tuple[Any, ...] = (self.script, self.requests, self.headers, self.complaints, self.recordings)
        for each in (*kept, self.refused, self.arrivals, self.first_words):
            each.clear()
        self.lacks, self.outage, self.mind = frozenset(), None, None

    @property
    def sent(self) -> str:
        """Everything that was sent, in one string."""
        return json.dumps(self.requests, ensure_ascii=False)

    @property
    def messages(self) -> list[str]:
        """The last request's texts."""
        return [message["content"] for message in self.requests[-1]["messages"]]


@contextmanager
def serving() -> Iterator[ModelServer]:
    """A server of one's own on a free port of 127.0.0.1."""
    http = _Http(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{http.server_port}/v1")
    http.model = server
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        http.shutdown()
        http.server_close()
        thread.join(5)


class _Http(ThreadingHTTPServer):
    model: ModelServer

    def handle_error(self, *_args: object) -> None:
        """Whoever hangs up on us is doing what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the body waits 40 ms for the head to be acknowledged
    asked: dict[str, Any]

    @property
    def model(self) -> ModelServer:
        return self.server.model  # type: ignore[attr-defined]  # an _Http

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.model.arrivals.append(time.monotonic())
        if self.path == HEARING:
            self.model.recordings.append(raw)
            self.asked = {"model": ""}
        else:
            self.asked = json.loads(raw)
            if self._is_turned_away():
                return
            self.model.requests.append(self.asked)
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        self._answer(self.model.next_reply(self.asked))

    def _is_turned_away(self) -> bool:
        complaint = _complaint(self.path, self.headers.get("Authorization", ""), self.asked)
        unknown = next((part for part in sorted(self.model.lacks) if _has(part, self.asked)), None)
        if complaint:
            self.model.complaints.append(complaint)
        elif unknown:
            self.model.refused.append(unknown)
            complaint = f"Unsupported parameter: '{_NAMES.get(unknown, unknown)}' is not supported with this model."
        if complaint:
            self._send(400, {"error": {"message": complaint, "type": "invalid_request_error"}})
        return bool(complaint)

    def _answer(self, reply: Reply) -> None:
        if isinstance(reply, Fails):
            self._fail(reply)
        elif isinstance(reply, Sends):
            self._head(reply.status, len(reply.raw), {"Content-Type": reply.content_type})
            self.wfile.write(reply.raw)
        elif isinstance(reply, Hangs):
            self.model.over.wait(60)
            self.close_connection = True
        elif isinstance(reply, Disconnects):
            self._hang_up(reply)
        elif self.path == HEARING:
            self._send(200, {"text": reply.content if isinstance(reply, Says) else ""})
        elif self.asked.get("stream"):
            self._stream(reply)
        else:
            self._send(200, _completion(self.asked, reply))

    def _fail(self, reply: Fails) -> None:
        after = {} if reply.retry_after_seconds is None else {"Retry-After": f"{reply.retry_after_seconds:g}"}
        body = {"error": {"message": reply.message, "type": "server_error"}}
        self._send(reply.status, body, {**after, **dict(reply.headers)})

    def _hang_up(self, reply: Disconnects) -> None:
        raw = json.dumps(_completion(self.asked, Says("{}"))).encode()
        if reply.after_bytes:
            self._head(200, len(raw), {})
            self.wfile.write(raw[: reply.after_bytes])
        self.close_connection = True

    def _stream(self, reply: Proposes | Says | Refuses | Breaks | Calls) -> None:
        self.close_connection = True  # where the body ends is told by the end of the connection, or by chunks
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        wait_s, pause_s = (reply.wait_s, reply.pause_s) if isinstance(reply, Says) else (0.0, 0.0)
        self.model.over.wait(wait_s)
        for number, event in enumerate(_events(self.asked, reply)):
            if number == _FIRST_WORDS:
                self.model.first_words.append(time.monotonic())
            self._chunk(f"data: {event}\n\n".encode())
            self.model.over.wait(pause_s)
        if isinstance(reply, Breaks):
            self._break(reply)
        else:
            self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
            self.close_connection = False

    def _break(self, reply: Breaks) -> None:
        if reply.how == "stall":
            self.model.over.wait(60)
        elif reply.how == "malform":
            self._chunk(b'data: {"id": "chatcmpl-1", "choices": [{"ind\n\n')
            self._chunk(b"")
        elif reply.how == "report":
            self._chunk(b'data: {"error": {"message": "overloaded", "type": "server_error"}}\n\n')
            self._chunk(b"")
        elif reply.how == "truncate":
            self._chunk(b"")

    def _chunk(self, raw: bytes) -> None:
        self.wfile.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
        self.wfile.flush()

    def _send(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        raw = json.dumps(body).encode()
        self._head(status, len(raw), headers or {})
        self.wfile.write(raw)

    def _head(self, status: int, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(length), **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Nothing on stderr."""


_NAMES = {"json_schema": "response_format", "json_object": "response_format"}


def _has(part: Part, body: dict[str, Any]) -> bool:
    return part in body or body.get("response_format", {}).get("type") == part


def _content(reply: object) -> str:
    if isinstance(reply, Proposes):
        return json.dumps(reply.body)
    if isinstance(reply, Breaks):
        return reply.words
    return reply.content if isinstance(reply, Says) else ""


def _completion(asked: dict[str, Any], reply: object) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": _content(reply)}
    reason = reply.finish_reason if isinstance(reply, Says) else "stop"
    if isinstance(reply, Refuses):
        message = {"role": "assistant", "content": None, "refusal": reply.words}
    elif isinstance(reply, Calls) or (isinstance(reply, Proposes) and "tools" in asked):
        call = reply if isinstance(reply, Calls) else Calls(json.dumps(reply.body))
        function = {"name": call.name, "arguments": call.arguments}
        message |= {"content": None, "tool_calls": [{"id": "call-1", "type": "function", "function": function}]}
        reason = "tool_calls"
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_800_000_000,
        "model": asked["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": reason}],
        **({} if isinstance(reply, Says) and not reply.has_usage else {"usage": _usage()}),
    }


def _events(asked: dict[str, Any], reply: object) -> Iterator[str]:
    """The events of a stream, up to where a broken one breaks."""
    text = _content(reply)
    yield _event(asked, {"role": "assistant", "content": ""})
    for start in range(0, len(text), PIECE):
        yield _event(asked, {"content": text[start : start + PIECE]})
    if isinstance(reply, Refuses):
        yield _event(asked, {"refusal": reply.words})
    if isinstance(reply, Calls):
        function = {"name": reply.name, "arguments": reply.arguments}
        yield _event(asked, {"tool_calls": [{"index": 0, "id": "call-1", "type": "function", "function": function}]})
    if isinstance(reply, Breaks):
        return
    reason = "tool_calls" if isinstance(reply, Calls) else reply.finish_reason if isinstance(reply, Says) else "stop"
    if reason is not None:
        yield _event(asked, {}, reason)
    if asked.get("stream_options", {}).get("include_usage") and not (isinstance(reply, Says) and not reply.has_usage):
        yield json.dumps({**_chunk_head(asked), "choices": [], "usage": _usage()})


def _event(asked: dict[str, Any], delta: dict[str, Any], reason: str | None = None) -> str:
    return json.dumps({**_chunk_head(asked), "choices": [{"index": 0, "delta": delta, "finish_reason": reason}]})


def _chunk_head(asked: dict[str, Any]) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_800_000_000, "model": asked["model"]}


def _usage() -> dict[str, int]:
    return {
        "prompt_tokens": TOKENS_IN,
        "completion_tokens": TOKENS_OUT,
        "total_tokens": TOKENS_IN + TOKENS_OUT,
    }


def _complaint(path: str, key: str, body: dict[str, Any]) -> str:
    if path != PATH:
        return f"no such path {path}"
    if not key.startswith("Bearer "):
        return "no key"
    if not body.get("model") or not body.get("messages"):
        return "model and messages are needed"
    asked = body.get("response_format", {})
    if asked.get("type") != "json_schema":
        return "" if asked.get("type") != "json_object" or "JSON" in str(body["messages"]) else "say JSON"
    if not asked["json_schema"].get("strict"):
        return "a strict json_schema is needed"
    schema = asked["json_schema"]["schema"]
    return next((fault for part in [schema, *schema.get("$defs", {}).values()] if (fault := _fault(part))), "")


def _fault(schema: dict[str, Any]) -> str:
    """What strict mode refuses: open objects and optional properties."""
    if schema.get("type") != "object":
        return ""
    if schema.get("additionalProperties") is not False:
        return "additionalProperties must be false"
    return "" if set(schema["required"]) == set(schema["properties"]) else "every property must be required"
