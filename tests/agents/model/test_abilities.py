"""What a server lacks, from what it refuses."""

import pytest

from agents.model.abilities import NOTHING, below, common, for_json, learned, told, way_of
from agents.model.faults import Fault
from tests.agents.model.conftest import SCHEMA

MESSAGES = (("system", "You read."), ("user", "hello"))


def refusal(complaint: str, status: int = 400) -> Fault:
    return Fault("refused", status, is_unsent=True, is_about_parameters=True, complaint=complaint.lower())


@pytest.mark.parametrize(
    ("complaint", "lacking"),
    [
        ("Unsupported value: 'temperature' does not support 0 with this model.", {"temperature"}),
        ("Unrecognized request argument supplied: store", {"store"}),
        ("body store Extra inputs are not permitted body max_completion_tokens Extra inputs are not permitted",
         {"store", "max_completion_tokens"}),
        ("This response_format type is unavailable now", {"json_schema"}),
        ("Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
         {"json_schema"}),
        ("no grammar for you", {"json_schema"}),
        ("Bad Request", {"json_schema"}),
    ],
)  # fmt: skip
def test_a_complaint_names_what_to_leave_out(complaint, lacking):
    assert learned(refusal(complaint), NOTHING, is_for_json=True) == lacking


def test_each_way_is_followed_by_the_next_and_the_last_are_plain_words():
    lacks, ways = NOTHING, []
    while way_of(lacks):
        ways.append(way_of(lacks))
        lacks = learned(refusal("response_format and tools are unknown"), lacks, is_for_json=True)
    assert ways == ["json_schema", "json_object", "tools"]
    assert learned(refusal("tools"), lacks, is_for_json=True) == lacks
    assert below(lacks) == lacks


def test_a_wrong_address_teaches_nothing_but_a_named_parameter_does():
    assert learned(refusal("The model `x` does not exist", 404), NOTHING, is_for_json=True) == NOTHING
    assert learned(refusal("no endpoint supports response_format", 404), NOTHING, is_for_json=True) == {"json_schema"}


def test_a_failure_that_is_not_about_parameters_teaches_nothing():
    assert learned(Fault("too_long", 400, complaint="temperature"), NOTHING, is_for_json=True) == NOTHING
    assert learned(refusal("Bad Request"), NOTHING, is_for_json=False) == NOTHING


def test_a_parameter_that_is_already_left_out_is_not_the_matter():
    assert learned(refusal("use store and temperature"), frozenset(("store", "temperature")), is_for_json=False) == {
        "store", "temperature",
    }  # fmt: skip


def test_what_is_lacking_is_left_out_and_the_limit_keeps_a_name():
    assert common(NOTHING, 50) == {"max_completion_tokens": 50, "temperature": 0, "store": False}
    assert common(frozenset(("max_completion_tokens", "temperature", "store")), 50) == {"max_tokens": 50}


def test_every_way_carries_the_schema_once():
    for lacks in (NOTHING, below(NOTHING), below(below(NOTHING)), below(below(below(NOTHING)))):
        everything = str((for_json(lacks, "understand", SCHEMA), told(MESSAGES, lacks, SCHEMA)))
        assert everything.count("additionalProperties") == 1


def test_the_schema_in_words_stands_behind_the_instructions_that_never_change():
    (role, instructions), user = told(MESSAGES, below(NOTHING), SCHEMA)
    assert (role, user) == ("system", MESSAGES[1])
    assert instructions.startswith("You read.\n\nAnswer with one JSON object")
