"""Turns as OpenTelemetry spans, for operators who set KEEL_OTEL_ENDPOINT: names of steps and numbers, nothing said.

Spans are made from the trail of a turn when it is over, with its times. Whose turn it was is a keyed hash, which only
this installation can make. They leave in batches from a thread of the library; a collector that is away costs nothing.
"""

from threading import Thread
from time import perf_counter, time_ns
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from agents.trail import PHASES, Asked, Trail
from storage.crypto import MasterKey
from storage.people import Person

PATH: Final = "/v1/traces"
PATIENCE_S: Final = 5
CLOSE_S: Final = 2.0  # what stopping may take in all is ten


class Tracing:
    """Sends the spans of turns to one collector. `close` sends what is left."""

    def __init__(self, endpoint: str, keys: MasterKey) -> None:
        self._keys = keys
        self._provider = TracerProvider(resource=Resource({"service.name": "keel"}), shutdown_on_exit=False)
        exporter = OTLPSpanExporter(endpoint=endpoint.rstrip("/") + PATH, timeout=PATIENCE_S)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("keel")

    def turn(self, trail: Trail, person: Person) -> None:
        """A turn is over."""
        to_ns = _Clock()
        about = {
            "keel.outcome": trail.outcome,
            "keel.level": trail.level,
            "keel.person": self._keys.blind_index("tracing", person.user_id.bytes).hex()[:16],
        }
        whole = self._tracer.start_span("turn", start_time=to_ns(trail.began), attributes=about)
        inside = trace.set_span_in_context(whole)
        for step in trail.steps:
            phase = PHASES.get(step.name)
            if phase is not None:
                named = {"keel.step": step.name}
                span = self._tracer.start_span(phase, inside, start_time=to_ns(step.began), attributes=named)
                span.end(to_ns(step.ended))
        for asked in trail.asked:
            self._call(asked, inside, to_ns)
        whole.end(to_ns(trail.ended))

    def close(self) -> None:
        """Send what is left. Blocks for two seconds at most: a collector that is away must not keep us from ending."""
        sending = Thread(target=self._provider.shutdown, daemon=True)
        sending.start()
        sending.join(CLOSE_S)

    def _call(self, asked: Asked, inside: Context, to_ns: "_Clock") -> None:
        about: dict[str, str | int] = {
            "keel.kind": asked.kind,
            "keel.purpose": asked.purpose,
            "keel.outcome": asked.outcome,
            "keel.tokens_in": asked.tokens_in,
            "keel.tokens_out": asked.tokens_out,
        }
        span = self._tracer.start_span("model call", inside, start_time=to_ns(asked.began), attributes=about)
        span.end(to_ns(asked.ended))


class _Clock:
    """Turns an instant of `perf_counter` into nanoseconds since 1970."""

    def __init__(self) -> None:
        self._now_ns, self._now = time_ns(), perf_counter()

    def __call__(self, instant: float) -> int:
        return self._now_ns - round((self._now - instant) * 1e9)
