"""A small OpenAI-compatible chat-completions server over real loopback sockets, told beforehand what to answer.

It refuses what the real one refuses: no key, an unknown path, a schema that is not strict. Every request it accepts is
kept, so that a test can say what left the process. When the script is over it answers with an empty proposal.
"""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKENS_IN, TOKENS_OUT = 321, 45
PATH = "/v1/chat/completions"


@dataclass(frozen=True)
class Proposes:
    """A structured answer, as JSON of our schema or of anything else."""

    body: dict[str, Any] = field(default_factory=lambda: {"intents": [], "facts": []})


@dataclass(frozen=True)
class Says:
    """Any text where JSON was asked for: prose, or JSON that breaks off."""

    content: str
    finish_reason: str = "stop"
    has_usage: bool = True


@dataclass(frozen=True)
class Refuses:
    """The model declines."""

    words: str = "I cannot help with that."


@dataclass(frozen=True)
class Fails:
    """An HTTP error."""

    status: int
    retry_after_seconds: int | None = None


@dataclass(frozen=True)
class Hangs:
    """No answer until the server closes."""


@dataclass(frozen=True)
class Disconnects:
    """The connection ends before an answer, or in the middle of it."""

    after_bytes: int = 0


Reply = Proposes | Says | Refuses | Fails | Hangs | Disconnects


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
    """The running server. `requests` are the bodies as they came, `headers` what stood above them."""

    url: str
    script: deque[Reply] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def will(self, *replies: Reply) -> None:
        """Answer the next requests so."""
        self.script.extend(replies)

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
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    server = ModelServer(f"http://127.0.0.1:{http.server_port}/v1")
    http.model = server  # type: ignore[attr-defined]  # read by the handler
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        http.shutdown()
        http.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def model(self) -> ModelServer:
        return self.server.model  # type: ignore[attr-defined]  # set by `serving`

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        complaint = _complaint(self.path, self.headers.get("Authorization", ""), body)
        if complaint:
            self.model.complaints.append(complaint)
            self._send(400, {"error": {"message": complaint, "type": "invalid_request_error"}})
            return
        self.model.requests.append(body)
        self.model.headers.append({name.lower(): value for name, value in self.headers.items()})
        self._answer(self.model.script.popleft() if self.model.script else Proposes(), body["model"])

    def _answer(self, reply: Reply, model: str) -> None:
        if isinstance(reply, Proposes):
            self._send(200, _completion(model, {"content": json.dumps(reply.body)}, "stop"))
        elif isinstance(reply, Says):
            done = _completion(model, {"content": reply.content}, reply.finish_reason)
            self._send(200, done if reply.has_usage else {k: v for k, v in done.items() if k != "usage"})
        elif isinstance(reply, Refuses):
            self._send(200, _completion(model, {"content": None, "refusal": reply.words}, "stop"))
        elif isinstance(reply, Fails):
            after = {} if reply.retry_after_seconds is None else {"Retry-After": str(reply.retry_after_seconds)}
            self._send(reply.status, {"error": {"message": "scripted", "type": "server_error"}}, after)
        elif isinstance(reply, Hangs):
            self.model.over.wait(60)
            self.close_connection = True
        else:
            raw = json.dumps(_completion(model, {"content": "{}"}, "stop")).encode()
            if reply.after_bytes:
                self._head(200, len(raw), {})
                self.wfile.write(raw[: reply.after_bytes])
            self.close_connection = True

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


def _completion(model: str, message: dict[str, Any], finish_reason: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_800_000_000,
        "model": model,
        "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish_reason}],
        "usage": {
            "prompt_tokens": TOKENS_IN,
            "completion_tokens": TOKENS_OUT,
            "total_tokens": TOKENS_IN + TOKENS_OUT,
        },
    }


def _complaint(path: str, key: str, body: dict[str, Any]) -> str:
    if path != PATH:
        return f"no such path {path}"
    if not key.startswith("Bearer "):
        return "no key"
    if not body.get("model") or not body.get("messages"):
        return "model and messages are needed"
    asked = body.get("response_format", {})
    if asked.get("type") != "json_schema" or not asked["json_schema"].get("strict"):
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
