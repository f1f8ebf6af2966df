"""A server that keeps failing is left alone, and tried again."""

import logging

import pytest

from agents.model.breaker import (
    FAILURES_IN_A_ROW,
    FIRST_REST_SECONDS,
    LONGEST_REST_SECONDS,
    OPERATORS_REST_SECONDS,
    Breaker,
)
from agents.model.failure import ModelFailed
from agents.model.faults import Fault
from tests.agents.model.conftest import Time

DOWN = Fault("unavailable", 503)


@pytest.fixture
def breaker(time: Time) -> Breaker:
    return Breaker("models.example.org", time.clock, lambda: 0.5)


def fail(breaker: Breaker, fault: Fault = DOWN, times: int = 1) -> None:
    for _ in range(times):
        is_trial = breaker.enter()
        breaker.failed(fault)
        breaker.leave(was_trial=is_trial)


def rests(breaker: Breaker) -> bool:
    try:
        breaker.leave(was_trial=breaker.enter())
    except ModelFailed as failed:
        return failed.kind == "resting"
    return False


def test_it_rests_after_some_failures_in_a_row_and_not_before(breaker, time):
    fail(breaker, times=FAILURES_IN_A_ROW - 1)
    assert not rests(breaker)
    fail(breaker)
    assert rests(breaker)
    time.now += FIRST_REST_SECONDS
    assert not rests(breaker)


def test_an_answer_in_between_starts_the_count_again(breaker):
    for _ in range(3):
        fail(breaker, times=FAILURES_IN_A_ROW - 1)
        breaker.answered()
    assert not rests(breaker)


@pytest.mark.parametrize("kind", ["refused", "invalid", "empty", "too_long"])
def test_an_answer_that_cannot_be_used_is_an_answer(breaker, kind):
    fail(breaker, times=FAILURES_IN_A_ROW - 1)
    fail(breaker, Fault(kind))
    fail(breaker, times=FAILURES_IN_A_ROW - 1)
    assert not rests(breaker)


def test_one_request_tries_a_rested_server_while_the_others_wait(breaker, time):
    fail(breaker, times=FAILURES_IN_A_ROW)
    time.now += FIRST_REST_SECONDS
    assert breaker.enter() is True
    assert rests(breaker)
    breaker.leave(was_trial=True)
    assert breaker.enter() is True
    breaker.answered()
    breaker.leave(was_trial=True)
    assert breaker.enter() is False
    assert breaker.enter() is False


def test_each_rest_is_longer_up_to_the_longest(breaker, time):
    fail(breaker, times=FAILURES_IN_A_ROW)
    pauses = []
    for _ in range(9):
        began = time.now
        while rests(breaker):
            time.now += 1
        pauses.append(time.now - began)
        fail(breaker)
    assert pauses[:3] == [FIRST_REST_SECONDS, 2 * FIRST_REST_SECONDS, 4 * FIRST_REST_SECONDS]
    assert pauses[-1] == LONGEST_REST_SECONDS


def test_requests_that_were_under_way_do_not_make_the_rest_longer(breaker, time):
    for _ in range(20):
        breaker.enter()
    for _ in range(20):
        breaker.failed(DOWN)
    time.now += FIRST_REST_SECONDS
    assert not rests(breaker)


def test_a_server_that_names_a_time_is_not_asked_before_it(breaker, time):
    fail(breaker, Fault("rate_limited", 429, retry_after_seconds=40))
    time.now += 39
    assert rests(breaker)
    time.now += 1
    assert not rests(breaker)


def test_nobody_can_have_it_rest_for_ever(breaker, time):
    fail(breaker, Fault("rate_limited", 429, retry_after_seconds=1e9))
    time.now += LONGEST_REST_SECONDS
    assert not rests(breaker)


def test_a_wrong_key_rests_long_at_once_and_the_operator_reads_one_sentence(breaker, time, caplog):
    with caplog.at_level(logging.INFO):
        fail(breaker, Fault("unauthorised", 401, complaint="incorrect api key sk-secret"))
        assert rests(breaker)
        time.now += OPERATORS_REST_SECONDS
        fail(breaker, Fault("unauthorised", 401))
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(told) == 1
    assert "OPENAI_API_KEY" in told[0]
    assert "models.example.org" in told[0]
    assert "sk-secret" not in caplog.text
