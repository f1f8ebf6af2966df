"""Reading what a model answered: the words or the JSON in a message of the client library, its tokens, its refusals."""

import json
from typing import Any, Final

from agents.model.failure import ModelFailed

_CUT_SHORT: Final = frozenset(("length", "max_tokens"))
_FILTERED: Final = frozenset(("content_filter", "safety"))
_CALLS: Final = frozenset(("tool_calls", "function_call"))
_BROKEN: Final = frozenset(("error", "abort", "aborted", "cancelled"))
_MOST_TOKENS: Final = 10_000_000  # a server that counts more than this miscounts


class NotJsonError(ValueError):
    """No JSON object that can be used; the sentence says so to whoever wrote it."""


def check_ending(reason: object, *, may_be_missing: bool) -> None:
    """Whether the answer is whole, by the reason the server gives for its end. Raises ModelFailed."""
    ended = str(reason or "").lower()
    if ended in _FILTERED:
        raise ModelFailed("refused")
    if ended in _CUT_SHORT:
        raise ModelFailed("invalid")
    if ended in _BROKEN or not (ended or may_be_missing):
        raise ModelFailed("unavailable")


def is_call(reason: object) -> bool:
    """Whether the model ended in order to call a tool."""
    return str(reason or "").lower() in _CALLS


def check_refusal(message: Any) -> None:  # noqa: ANN401 - a message of the client library
    """Raises ModelFailed when the model declined."""
    if message.additional_kwargs.get("refusal"):
        raise ModelFailed("refused")


def words_in(message: Any) -> str:  # noqa: ANN401 - as above
    """The text of an answer or of a piece of one. Raises ModelFailed for text that cannot be written down."""
    return written(message.content if isinstance(message.content, str) else "")


def written(text: str) -> str:
    """The text, if it can be kept and sent. Raises ModelFailed."""
    if not _can_be_written(text):
        raise ModelFailed("invalid")
    return text


def raw_json(message: Any) -> str:  # noqa: ANN401 - as above
    """What should be JSON: the arguments of the first tool call, else the text."""
    for call in message.tool_calls:
        return json.dumps(call["args"])
    for broken in message.invalid_tool_calls:
        return str(broken["args"] or "")
    return message.content if isinstance(message.content, str) else ""


def object_in(text: str) -> dict[str, Any]:
    """The JSON object in a text, which may stand in a fence or behind thoughts. Raises NotJsonError."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise NotJsonError("it is no JSON object")
    try:
        found = json.loads(text[start : end + 1], parse_constant=_no_such_number)
        is_clean = _can_be_written(json.dumps(found, ensure_ascii=False, allow_nan=False)) and _NUL not in text
    except (ValueError, RecursionError):
        raise NotJsonError("it is no valid JSON") from None
    if not isinstance(found, dict) or not is_clean:
        raise NotJsonError("it is no JSON object of plain text")
    return found


_NUL: Final = "\\u0000"  # as JSON spells what no database takes


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def _can_be_written(text: str) -> bool:
    """Half a surrogate pair cannot leave this process, and a NUL cannot be kept."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def counted(message: Any) -> tuple[int, int] | None:  # noqa: ANN401 - as above
    """Tokens in and out as the server counts them; None where it does not, or nonsense."""
    usage = message.usage_metadata or {}
    into, out = usage.get("input_tokens", 0), usage.get("output_tokens", 0)
    if 0 <= into <= _MOST_TOKENS and 0 <= out <= _MOST_TOKENS and into + out > 0:
        return into, out
    return None
