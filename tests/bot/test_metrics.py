"""What is counted: each turn once under labels from fixed lists, and nothing of anybody's, whatever is put in."""

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.wording.guard import Fault
from agents.graph import builder
from agents.model.failure import FailureKind
from agents.trail import PHASES, Asked, Step, Trail
from bot.allowance import Tariff
from bot.metrics import REASONS, Metrics
from tests.support.metrics import values

TARIFF = Tariff({}, {}, price_in=2.0, price_out=10.0)
ANY = st.text(max_size=30)


def test_a_turn_is_counted_once_by_what_it_was():
    metrics, trail = Metrics(TARIFF), Trail(began=10.0, ended=10.25, outcome="failed", level="urgent")
    trail.steps = [Step("recall", 10.0, 10.125), Step("meal_planner", 10.125, 10.25), Step("logistics", 10.125, 10.25)]
    trail.asked = [
        Asked("text", "speak", 10.0, 10.5, 1000, 50, "ok"),
        Asked("text", "understand", 0, 1, 9, 0, "timeout"),
    ]
    trail.failures, trail.refused = ["timeout"], ["figure", "leak"]
    trail.consents, trail.has_profile_update = [("llm_provider", True), ("coaching", False)], True
    metrics.turn(trail)
    found = values(metrics.text())
    expected = {
        'keel_turns_total{outcome="failed"}': 1, 'keel_turns_total{outcome="done"}': 0, "keel_turn_seconds_sum": 0.25,
        'keel_phase_seconds_sum{phase="recall"}': 0.125, 'keel_phase_seconds_count{phase="plan"}': 2,
        'keel_safety_levels_total{level="urgent"}': 1, 'keel_profile_updates_total{outcome="failed"}': 1,
        'keel_model_calls_total{kind="text",outcome="ok"}': 1,
        'keel_model_calls_total{kind="text",outcome="timeout"}': 1,
        'keel_model_tokens_total{direction="in",kind="text"}': 1009, 'keel_model_failures_total{failure="timeout"}': 1,
        'keel_words_refused_total{reason="leak"}': 1, 'keel_words_refused_total{reason="link"}': 0,
        'keel_consents_total{decision="given",purpose="llm_provider"}': 1,
        'keel_consents_total{decision="withdrawn",purpose="coaching"}': 1,
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected
    assert found['keel_model_cost_total{kind="text"}'] == (1009 * 2 + 50 * 10) / 1e6


@settings(max_examples=60, deadline=None)
@given(names=st.lists(ANY, max_size=5), number=st.integers(-(10**9), 10**9))
def test_whatever_is_on_a_trail_makes_no_label_of_its_own(names, number):
    trail = Trail(steps=[Step(name, 0.0, 0.1) for name in names], failures=names, refused=names)
    trail.asked = [Asked(name, name, 1.0, 0.0, number, number, name) for name in names]
    trail.consents = [(name, True) for name in names]
    metrics, known = Metrics(TARIFF), set(_full())
    metrics.turn(trail)
    assert set(values(metrics.text())) <= known


def _full():
    """Every series there can be."""
    metrics = Metrics(TARIFF)
    kinds, ends = ("text", "vision", "transcription", "other"), (*get_args(FailureKind), "ok", "cancelled", "other")
    purposes = ("coaching", "llm_provider", "cycle", "analytics", "coach_share", "crisis_contact", "other")
    metrics.turn(Trail(
        asked=[Asked(kind, "", 0.0, 0.0, 1, 1, end) for kind in kinds for end in ends],
        failures=list(ends), refused=[*REASONS, "other"],
        consents=[(purpose, is_given) for purpose in purposes for is_given in (True, False)],
    ))  # fmt: skip
    return values(metrics.text())


def test_there_are_a_few_hundred_series_at_most():
    assert len(_full()) < 600


def test_every_reason_of_the_guard_has_a_label_of_its_own():
    assert set(get_args(Fault)) <= REASONS


def test_every_step_of_the_graph_belongs_to_a_phase():
    assert set(builder().nodes) <= set(PHASES)
