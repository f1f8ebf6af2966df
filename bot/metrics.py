"""What is counted and timed while Keel runs, for Prometheus: numbers under a few fixed labels, nobody's words or ids.

A turn is counted when it is over, from its trail; on the way there is a look at a clock at each step and nothing else.
"""

from typing import Final, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from agents.domain.changes import Purpose
from agents.domain.safety import Level
from agents.model.asking import Kind
from agents.model.failure import FailureKind
from agents.trail import PHASES, Asked, Outcome, Trail
from bot.allowance import Tariff
from storage.db import Hop

OTHER: Final = "other"  # whatever is not on a list: labels stay few whatever happens
REASONS: Final = frozenset((
    "empty", "too_long", "questions", "markup", "link", "persona", "claim", "figure", "allergen", "safety", "leak",
    "second_question", "no_prose", "language", "weight",
))  # fmt: skip
_KINDS: Final = (*get_args(Kind), OTHER)
_ENDS: Final = frozenset((*get_args(FailureKind), "ok", "cancelled"))
_TURN_S: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 25)
_STEP_S: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 15)
_MODEL_S: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 25)
_LAG_S: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5)


class Metrics:
    """The counters of one process, in a registry of their own."""

    def __init__(self, tariff: Tariff) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # when a counter was made tells nobody anything
        self._tariff, self.registry = tariff, CollectorRegistry()
        into = self.registry
        turn_s = Histogram("keel_turn_seconds", "Whole turns.", registry=into, buckets=_TURN_S)
        phase_s = Histogram("keel_phase_seconds", "Steps of turns.", ["phase"], registry=into, buckets=_STEP_S)
        turns = Counter("keel_turns", "Turns by how they ended.", ["outcome"], registry=into)
        levels = Counter("keel_safety_levels", "Turns by the level of their red flags.", ["level"], registry=into)
        updates = Counter("keel_profile_updates", "Changes of profiles.", ["outcome"], registry=into)
        hop_s = Histogram("keel_database_seconds", "Units of database work.", ["hop"], registry=into, buckets=_STEP_S)
        self._turn_s, self._consents = turn_s, Counter(
            "keel_consents", "Consents given and taken back.", ["purpose", "decision"], registry=into
        )  # fmt: skip
        self._phase_s = {name: phase_s.labels(name) for name in sorted({*PHASES.values(), OTHER})}
        self._turns = {name: turns.labels(name) for name in get_args(Outcome)}
        self._levels = {name: levels.labels(name) for name in get_args(Level)}
        self._updates = {name: updates.labels(name) for name in get_args(Outcome)}
        self._hop_s = {name: hop_s.labels(name) for name in get_args(Hop)}
        calls = Counter("keel_model_calls", "Calls to a model.", ["kind", "outcome"], registry=into)
        tokens = Counter("keel_model_tokens", "Tokens of those calls.", ["kind", "direction"], registry=into)
        cost = Counter("keel_model_cost", "Their cost in your currency.", ["kind"], registry=into)
        model_s = Histogram("keel_model_seconds", "Calls to a model.", ["kind"], registry=into, buckets=_MODEL_S)
        self._calls = {(kind, end): calls.labels(kind, end) for kind in _KINDS for end in (*sorted(_ENDS), OTHER)}
        self._tokens_in = {kind: tokens.labels(kind, "in") for kind in _KINDS}
        self._tokens_out = {kind: tokens.labels(kind, "out") for kind in _KINDS}
        self._cost = {kind: cost.labels(kind) for kind in _KINDS}
        self._model_s = {kind: model_s.labels(kind) for kind in _KINDS}
        self._failures = Counter("keel_model_failures", "Questions without an answer.", ["failure"], registry=into)
        self._refused = Counter("keel_words_refused", "What kept a model's words back.", ["reason"], registry=into)
        self.loop_lag = Histogram("keel_loop_lag_seconds", "Delay of the event loop.", registry=into, buckets=_LAG_S)
        self._name_all()
        ProcessCollector(registry=into)

    def turn(self, trail: Trail) -> None:
        """A turn is over."""
        self._turn_s.observe(trail.ended - trail.began)
        for step in trail.steps:
            self._phase_s[PHASES.get(step.name, OTHER)].observe(step.ended - step.began)
        self._turns[trail.outcome].inc()
        if trail.level in self._levels:
            self._levels[trail.level].inc()
        if trail.has_profile_update:
            self._updates[trail.outcome].inc()
        for purpose, is_given in trail.consents:
            self._consents.labels(_known(purpose, get_args(Purpose)), "given" if is_given else "withdrawn").inc()
        for asked in trail.asked:
            self._call(asked)
        for failure in trail.failures:
            self._failures.labels(_known(failure, _ENDS)).inc()
        for reason in trail.refused:
            self._refused.labels(_known(reason, REASONS)).inc()

    def hop(self, hop: Hop, seconds: float) -> None:
        """A unit of database work is over; waiting for its turn is a part of it."""
        self._hop_s[hop].observe(seconds)

    def gauge(self, name: str, about: str) -> Gauge:
        """Something that stands rather than happens."""
        return Gauge(name, about, registry=self.registry)

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self.registry)

    def _call(self, asked: Asked) -> None:
        kind = _known(asked.kind, _KINDS)
        self._calls[kind, _known(asked.outcome, _ENDS)].inc()
        self._tokens_in[kind].inc(max(0, asked.tokens_in))
        self._tokens_out[kind].inc(max(0, asked.tokens_out))
        self._cost[kind].inc(max(0, self._tariff.cost_micros(asked.tokens_in, asked.tokens_out)) / 1e6)
        self._model_s[kind].observe(max(0.0, asked.ended - asked.began))

    def _name_all(self) -> None:
        """From the start, so that a rate is known when the first one happens."""
        for failure in get_args(FailureKind):
            self._failures.labels(failure)
        for reason in sorted(REASONS):
            self._refused.labels(reason)


def _known(label: str, known: "frozenset[str] | tuple[str, ...]") -> str:
    return label if label in known else OTHER
