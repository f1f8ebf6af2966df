"""What a collector receives of a turn: steps, times and numbers; no word, name or number of anybody."""

import asyncio
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from agents import trail
from agents.trail import Asked
from bot.app import bootstrap
from bot.settings import Settings, SettingsError, load_settings
from bot.spoken import Spoken
from bot.telegram.gauges import traced_for
from bot.tracing import Tracing
from storage.people import Contact

MARKERS = (b"zanzibar", b"Markername", b"7788990011")


@pytest.fixture
def collector():
    """A collector on this machine: its address, and the bodies it was sent."""
    bodies = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            bodies.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args):
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", bodies
        server.shutdown()
        thread.join()


@pytest.fixture
def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def spans_of(bodies):
    found = []
    for _, body in bodies:
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            found += [span for scope in resource.scope_spans for span in scope.spans]
    return found


@pytest.fixture
async def app(tmp_path):
    made = bootstrap(Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}", data_dir=tmp_path))
    yield made
    await made.close()


async def test_a_turn_becomes_spans_that_know_nobody(app, collector):
    address, bodies = collector
    tracing = Tracing(address, app.ring.keys)
    app.turns.watch(tracing.turn)
    contact = Contact("telegram", "7788990011", name="Markername")
    outcome = await app.turns.take(contact, Spoken(text="hello from zanzibar"), app.clock())
    with trail.followed() as left:
        trail.note_asked(Asked("text", "speak", left.began, left.began + 0.5, 900, 40, "timeout"))
    tracing.turn(left, outcome.person)
    await asyncio.to_thread(tracing.close)
    assert {path for path, _ in bodies} == {"/v1/traces"}
    spans = spans_of(bodies)
    turns = [span for span in spans if span.name == "turn"]
    assert len(turns) == 2
    names = {span.name for span in spans if span.parent_span_id == turns[0].span_id}
    assert {"recall", "screen", "understand", "plan", "vet", "phrase", "commit"} <= names
    (call,) = [span for span in spans if span.name == "model call"]
    told = {one.key: one.value.string_value or one.value.int_value for one in call.attributes}
    assert told == {
        "keel.kind": "text", "keel.purpose": "speak", "keel.outcome": "timeout",
        "keel.tokens_in": 900, "keel.tokens_out": 40,
    }  # fmt: skip
    assert call.end_time_unix_nano - call.start_time_unix_nano == pytest.approx(5e8, abs=2000)
    everything = b"".join(body for _, body in bodies)
    person = outcome.person.user_id
    assert not any(
        marker in everything for marker in (*MARKERS, person.bytes, str(person).encode(), person.hex.encode())
    )


async def test_a_collector_that_is_away_keeps_nobody_from_talking(app, unused_port):
    tracing = Tracing(f"http://127.0.0.1:{unused_port}", app.ring.keys)
    app.turns.watch(tracing.turn)
    outcome = await app.turns.take(Contact("telegram", "5"), Spoken(text="hello"), app.clock())
    assert outcome.messages
    await asyncio.to_thread(tracing.close)


async def test_without_a_setting_there_is_no_tracing(app):
    assert traced_for(app) is None


@pytest.mark.parametrize("text", ["collector:4318", "ftp://collector", "http://", "http://a/?b=c"])
def test_what_is_no_address_is_refused_by_name(text):
    with pytest.raises(SettingsError, match="KEEL_OTEL_ENDPOINT"):
        load_settings({}, otel_endpoint=text)


def test_a_missing_library_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "bot.tracing", None)
    made = bootstrap(Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}", otel_endpoint="http://127.0.0.1:4318"))
    with pytest.raises(SettingsError, match=r"KEEL_OTEL_ENDPOINT: .* keel\[otel\]"):
        traced_for(made)
    asyncio.run(made.close())
