"""Whether a value has the shape of a schema."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.model.shape import complaint
from agents.understanding.proposals import SCHEMA

PROPOSAL = SCHEMA["schema"]
INTENT = {"name": "today", "quote": "today", "button": ""}
FACT = {"field": "age", "value": "34", "op": "set", "quote": "34", "confidence": 0.9}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("confidence", [0.9, 0, 1, -3.5])
def test_a_whole_proposal_passes(confidence):
    assert complaint({"intents": [INTENT], "facts": [FACT | {"confidence": confidence}]}, PROPOSAL) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], "the answer must be of type object"),
        ({"intents": []}, "the answer needs facts"),
        ({"intents": [], "facts": [], "reply": "Hi"}, "the answer may only have intents, facts"),
        ({"intents": {}, "facts": []}, "the answer.intents must be of type array"),
        ({"intents": [INTENT, {"name": "today"}], "facts": []}, "the answer.intents[1] needs quote"),
        ({"intents": [], "facts": [FACT | {"confidence": "high"}]}, "the answer.facts[0].confidence must be of type n"),
        ({"intents": [], "facts": [FACT | {"confidence": True}]}, "the answer.facts[0].confidence must be of type n"),
        ({"intents": [INTENT | {"name": "launch"}], "facts": []}, "the answer.intents[0].name must be one of answer, "),
    ],
)
def test_what_is_wrong_is_said_with_its_place(value, expected):
    assert complaint(value, PROPOSAL).startswith(expected)


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": ["string", "null"]}, [None, "a"], [1, False]),
        ({"type": "integer"}, [1, 2.0], [1.5, True, "1"]),
        ({"type": "boolean"}, [True], [1, None]),
        ({"const": 3}, [3], [3.0, "3", True]),
        ({"enum": [1, "a", None]}, [1, "a", None], [True, "b"]),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, ["a", None], [1]),
        ({"allOf": [{"minimum": 1}, {"maximum": 2}]}, [1, 2], [0, 3]),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1}, [0.5, "text"], [0, 1]),
        ({"type": "number", "multipleOf": 5}, [10, 0], [7]),
        ({"minLength": 2, "maxLength": 3}, ["ab", 7], ["a", "abcd"]),
        ({"type": "string", "pattern": "^[a-z]+$"}, ["abc"], ["ABC"]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 2}, [[1]], [[], [1, 2, 3], ["a"]]),
        ({"type": "object", "additionalProperties": {"type": "string"}}, [{"a": "b"}], [{"a": 1}]),
        ({"type": "object", "required": ["a"]}, [{"a": 1}], [{}]),
    ],
)
def test_every_rule_is_kept(schema, good, bad):
    assert [complaint(value, schema) for value in good] == [""] * len(good)
    assert all(complaint(value, schema) for value in bad)


def test_a_schema_may_refer_to_itself():
    tree = {"$ref": "#/$defs/tree", "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}
    assert complaint([[], [[]]], tree) == ""
    assert complaint([[], ["leaf"]], tree) == "the answer[1][0] must be of type array"
    deep: list = []
    for _ in range(100):
        deep = [deep]
    assert "too deeply" in complaint(deep, tree)


def test_a_schema_that_refers_to_itself_alone_ends():
    assert complaint(1, {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}})


@pytest.mark.parametrize("schema", [{"not": {}}, {"$ref": "#/$defs/missing"}, {"properties": {"a": {"if": {}}}}])
def test_a_rule_that_is_not_understood_lets_nothing_pass(schema):
    assert complaint({"a": 1}, schema)


@given(JSON)
def test_any_value_is_judged_and_only_the_right_shape_passes(value):
    if complaint(value, PROPOSAL) == "":
        assert set(value) == {"intents", "facts"}
    assert isinstance(complaint({"intents": [value], "facts": []}, PROPOSAL), str)


def test_the_schemas_of_this_house_hold_no_unknown_rule():
    assert "unknown rule" not in complaint({"intents": [INTENT], "facts": [FACT]}, PROPOSAL)
    assert json.dumps(PROPOSAL)
