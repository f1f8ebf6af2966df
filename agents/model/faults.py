"""What went wrong with a request, from whatever the client library raised."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Final

from agents.model.failure import FailureKind, ModelFailed

_OPERATORS: Final = frozenset((401, 402, 403, 404, 405))
_PARAMETER: Final = frozenset((400, 404, 415, 422))
_TOO_LONG: Final = ("context_length", "context length", "context window", "too long", "maximum context")
_FILTERED: Final = ("content_filter", "content filter", "content management policy", "moderation", "flagged")
_NO_CREDIT: Final = "insufficient_quota"  # said with 429, but no waiting brings money
_MOST_READ: Final = 2000  # characters of a server's complaint


@dataclass(frozen=True, slots=True)
class Fault:
    """One request that gave nothing.

    `is_unsent`: no model can have seen it, so it cost nothing. `may_pass`: the same request may be answered soon.
    `is_about_parameters`: another request may be. `complaint`: the server's own words, in lower case; they may repeat
    what a person wrote, so they are searched and never shown or logged.
    """

    kind: FailureKind
    status: int | None = None
    retry_after_seconds: float = 0.0
    is_unsent: bool = False
    may_pass: bool = False
    is_about_parameters: bool = False
    complaint: str = ""


def fault_of(error: Exception) -> Fault:
    """The fault behind an error. Nothing that is not understood is worth another try."""
    import openai

    if isinstance(error, ModelFailed):
        return Fault(error.kind)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Fault("timeout", is_unsent=_never_connected(error), may_pass=_never_connected(error))
    if isinstance(error, openai.APIStatusError):
        return _refused_by_status(error.status_code, error.response.headers, error.body)
    if isinstance(error, openai.APIConnectionError):
        return Fault("unavailable", is_unsent=_never_connected(error), may_pass=_never_connected(error))
    if isinstance(error, openai.APIError):
        return Fault("unavailable")  # an error that a server reports inside a stream it had begun
    return Fault("invalid")


def _refused_by_status(status: int, headers: Mapping[str, str], body: object) -> Fault:
    complaint = _complaint(body)
    kind = _kind(status, complaint)
    may_pass = kind in ("rate_limited", "unavailable")
    return Fault(
        kind,
        status,
        retry_after_seconds=_retry_after(headers) if may_pass else 0.0,
        is_unsent=True,
        may_pass=may_pass,
        is_about_parameters=status in _PARAMETER and not _is_about_content(status, complaint),
        complaint=complaint,
    )


def _kind(status: int, complaint: str) -> FailureKind:
    if status == 429:
        return "unauthorised" if _NO_CREDIT in complaint else "rate_limited"
    if status >= 500:
        return "unavailable"
    if status == 408:
        return "timeout"
    if about := _is_about_content(status, complaint):
        return about
    return "unauthorised" if status < 400 or status in _OPERATORS else "refused"


def _is_about_content(status: int, complaint: str) -> FailureKind | None:
    """Whether this very message is the matter, which is nobody's setting."""
    if status == 413 or (status in _PARAMETER and any(word in complaint for word in _TOO_LONG)):
        return "too_long"
    if status in (*_PARAMETER, 403) and any(word in complaint for word in _FILTERED):
        return "refused"
    return None


def _never_connected(error: BaseException) -> bool:
    """Whether there never was a connection, by the causes the client library gives."""
    import httpx2

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.PoolTimeout):
            return True
        seen = seen.__cause__
    return False


def _complaint(body: object) -> str:
    """The words in which a server says what it does not like, without what it repeats of the request."""
    if isinstance(body, str):
        return body[:_MOST_READ].lower()
    if not isinstance(body, Mapping):
        return ""
    parts: list[Any] = [body.get(name) for name in ("message", "param", "code", "type")]
    detail = body.get("detail")
    for each in detail if isinstance(detail, list) else [detail]:
        parts += [each.get("loc"), each.get("msg")] if isinstance(each, Mapping) else [each]
    return " ".join(str(part) for part in parts if part)[:_MOST_READ].lower()


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait, said in milliseconds, in seconds or as a date; 0.0 where nothing usable is said."""
    in_ms, said = headers.get("retry-after-ms"), headers.get("retry-after", "")
    try:
        seconds = float(in_ms) / 1000 if in_ms else float(said)
    except ValueError:
        seconds = _until(said)
    return seconds if math.isfinite(seconds) and seconds > 0 else 0.0


def _until(date: str) -> float:
    """Seconds to an HTTP date. The wall clock is read because the date is one of the wall's."""
    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return 0.0
