"""What an error of the client library means for us."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import openai
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.model.failure import ModelFailed
from agents.model.faults import Fault, fault_of

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def refused(status: int, body: object = None, **headers: str) -> Fault:
    response = httpx2.Response(status, headers={k.replace("_", "-"): v for k, v in headers.items()}, request=REQUEST)
    return fault_of(openai.APIStatusError("said the server", response=response, body=body))


@pytest.mark.parametrize(
    ("status", "kind", "may_pass"),
    [
        (301, "unauthorised", False), (400, "refused", False), (401, "unauthorised", False),
        (402, "unauthorised", False), (403, "unauthorised", False), (404, "unauthorised", False),
        (408, "timeout", False), (413, "too_long", False), (422, "refused", False), (429, "rate_limited", True),
        (500, "unavailable", True), (502, "unavailable", True), (503, "unavailable", True), (529, "unavailable", True),
    ],
)  # fmt: skip
def test_a_status_says_what_went_wrong_and_whether_to_try_again(status, kind, may_pass):
    fault = refused(status, retry_after="3")
    assert (fault.kind, fault.may_pass, fault.is_unsent, fault.status) == (kind, may_pass, True, status)
    assert fault.retry_after_seconds == (3.0 if may_pass else 0.0)


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "This model's maximum context length is 8192 tokens.", "too_long"),
        (400, "prompt is too long: 9000 tokens", "too_long"),
        (400, "The response was filtered due to the prompt triggering content management policy.", "refused"),
        (403, "Your input was flagged by moderation.", "refused"),
        (403, "Country not supported.", "unauthorised"),
        (429, "insufficient_quota: you exceeded your current quota", "unauthorised"),
    ],
)
def test_what_is_about_one_message_is_nobodys_setting(status, message, kind):
    fault = refused(status, {"message": message})
    assert fault.kind == kind
    assert not fault.is_about_parameters


def test_what_a_server_repeats_of_the_request_is_not_read():
    body = {"detail": [{"loc": ["body", "store"], "msg": "Extra inputs are not permitted", "input": "my rash"}]}
    fault = refused(422, body)
    assert fault.is_about_parameters
    assert "store" in fault.complaint
    assert "rash" not in fault.complaint


@pytest.mark.parametrize("body", [None, "plain words", [], 7, {"detail": "no"}, {"detail": [1, None]}, {"message": {}}])
def test_any_body_of_an_error_is_read(body):
    assert isinstance(refused(400, body).complaint, str)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "2.5"}, 2.5), ({"retry_after_ms": "1500", "retry_after": "9"}, 1.5), ({}, 0.0),
        ({"retry_after": "-3"}, 0.0), ({"retry_after": "nan"}, 0.0), ({"retry_after": "inf"}, 0.0),
        ({"retry_after": "soon"}, 0.0), ({"retry_after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0.0),
    ],
)  # fmt: skip
def test_how_long_to_wait_is_read_in_every_spelling(headers, seconds):
    assert refused(429, None, **headers).retry_after_seconds == seconds


def test_how_long_to_wait_may_be_a_date():
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 50 < refused(503, None, retry_after=date).retry_after_seconds <= 60


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_any_words_in_the_header_are_survived(words):
    assert refused(429, None, retry_after=words).retry_after_seconds >= 0


def connection(cause: Exception) -> openai.APIConnectionError:
    error = openai.APIConnectionError(request=REQUEST)
    error.__cause__ = cause
    return error


def test_only_what_never_connected_is_sent_again():
    refused_at_once = fault_of(connection(httpx2.ConnectError("refused")))
    assert (refused_at_once.kind, refused_at_once.may_pass, refused_at_once.is_unsent) == ("unavailable", True, True)
    broken_off = fault_of(connection(httpx2.ReadError("reset")))
    assert (broken_off.kind, broken_off.may_pass, broken_off.is_unsent) == ("unavailable", False, False)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), "timeout"),
        (openai.APITimeoutError(request=REQUEST), "timeout"),
        (openai.APIError("overloaded", request=REQUEST, body=None), "unavailable"),
        (json.JSONDecodeError("no", "", 0), "invalid"),
        (RecursionError(), "invalid"),
        (ModelFailed("empty"), "empty"),
    ],
)
def test_every_other_error_is_a_kind_too(error, kind):
    fault = fault_of(error)
    assert (fault.kind, fault.may_pass) == (kind, False)
