"""What a server can do, learned from what it refuses: OpenAI-compatible servers differ in the parameters they take.

A lack is believed once a request without that parameter was answered, so that one odd message teaches nothing.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from agents.model.asking import Purpose
from agents.model.faults import Fault
from agents.model.size import schema_text
from agents.model.wording import AS_JSON

Way = Literal["json_schema", "json_object", "tools"]  # the ways to ask for JSON, the surest first
Parameter = Literal["temperature", "store", "max_completion_tokens", "stream_options"]
Lack = Way | Parameter
Lacks = frozenset[Lack]

NOTHING: Final[Lacks] = frozenset()
WAYS: Final[tuple[Way, ...]] = get_args(Way)
_PARAMETERS: Final[tuple[Parameter, ...]] = get_args(Parameter)
_NAMES_OF_WAYS: Final = re.compile(
    r"response_?format|json[_ ](?:schema|object|mode)|structured[_ ]outputs?|grammar|"
    r"tool(?:s|_choice| use|[ _]calling)|function[ _]calling"
)


def way_of(lacks: Lacks) -> Way | None:
    """How to ask this server for JSON; None when it has to be asked in words alone."""
    return next((way for way in WAYS if way not in lacks), None)


def below(lacks: Lacks) -> Lacks:
    """The same without the way that would be used now."""
    way = way_of(lacks)
    return lacks if way is None else lacks | {way}


def learned(fault: Fault, lacks: Lacks, *, is_for_json: bool) -> Lacks:
    """What the server seems not to take; `lacks` itself when the fault teaches nothing."""
    if not fault.is_about_parameters:
        return lacks
    named: Lacks = frozenset(each for each in _PARAMETERS if re.search(rf"\b{each}\b", fault.complaint))
    if is_for_json and _NAMES_OF_WAYS.search(fault.complaint):
        named |= below(lacks)
    if named - lacks or fault.status == 404:  # a 404 that names nothing means the address or the model
        return lacks | named
    return below(lacks) if is_for_json else lacks


def common(lacks: Lacks, most_tokens_out: int) -> dict[str, Any]:
    """The parameters of every request. Nothing is to be stored, and the same question gets the same answer."""
    limit = "max_tokens" if "max_completion_tokens" in lacks else "max_completion_tokens"
    body: dict[str, Any] = {limit: most_tokens_out, "temperature": 0, "store": False}
    return {name: value for name, value in body.items() if name not in lacks}


def for_json(lacks: Lacks, purpose: Purpose, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that ask for this schema."""
    way = way_of(lacks)
    if way == "json_schema":
        strict = {"name": purpose, "strict": True, "schema": schema}
        return {"response_format": {"type": "json_schema", "json_schema": strict}}
    if way == "json_object":
        return {"response_format": {"type": "json_object"}}
    if way == "tools":
        function = {"name": purpose, "description": "Give the answer.", "parameters": schema}
        chosen = {"type": "function", "function": {"name": purpose}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}
    return {}


def told(messages: tuple[tuple[str, str], ...], lacks: Lacks, schema: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The messages, with the schema behind the first, which never changes, where no parameter carries it."""
    if way_of(lacks) in ("json_schema", "tools"):
        return messages
    (role, text), *others = messages
    return (role, f"{text}\n\n{AS_JSON}\n{schema_text(schema)}"), *others
