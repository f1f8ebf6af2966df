"""Reading an answer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.model.answers import NotJsonError, check_ending, object_in, written
from agents.model.failure import ModelFailed


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', ' \n{"a": 1}\n', '```json\n{"a": 1}\n```', 'Sure! {"a": 1}', '<think>hm</think>{"a": 1}'],
)
def test_the_object_is_found_where_models_put_it(text):
    assert object_in(text) == {"a": 1}


@pytest.mark.parametrize(
    "text",
    ["", "no", "[]", "null", "{", '{"a": 1', '{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud800"}',
     '{"a": "\\u0000"}', "{" * 5000 + "}" * 5000, '{"a":' * 5000 + "1" + "}" * 5000, '{"a": ' + "9" * 5000 + "}"],
)  # fmt: skip
def test_what_is_no_clean_object_is_refused(text):
    with pytest.raises(NotJsonError):
        object_in(text)


@given(st.text())
def test_any_text_is_an_object_or_refused(text):
    try:
        found = object_in(text)
    except NotJsonError:
        return
    json.dumps(found, allow_nan=False).encode()


@pytest.mark.parametrize(
    ("reason", "kind"),
    [("content_filter", "refused"), ("length", "invalid"), (None, "unavailable"), ("", "unavailable"),
     ("error", "unavailable")],
)  # fmt: skip
def test_an_answer_that_is_not_whole_fails(reason, kind):
    with pytest.raises(ModelFailed, match=kind):
        check_ending(reason, may_be_missing=False)


@pytest.mark.parametrize("reason", ["stop", "STOP", "eos", "tool_calls", "end_turn"])
def test_any_other_reason_is_an_end(reason):
    check_ending(reason, may_be_missing=False)
    check_ending(None, may_be_missing=True)


@pytest.mark.parametrize("text", ["half a \ud83d", "a\0b"])
def test_words_that_cannot_be_kept_are_no_words(text):
    with pytest.raises(ModelFailed, match="invalid"):
        written(text)
