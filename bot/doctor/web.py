"""Questions over HTTP whose failures never show an address: it may hold a token."""

from dataclasses import dataclass
from typing import Any

import httpx

PATIENCE_S = 8.0


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is 0 when nobody answered; `problem` then says why in a word."""

    status: int
    body: Any = None
    date: str = ""
    problem: str = ""


async def ask(url: str, headers: dict[str, str] | None = None) -> Answer:
    """GET, once. Never raises for what the network does."""
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
            reply = await client.get(url, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        return Answer(0, problem=type(problem).__name__)
    try:
        body = reply.json()
    except ValueError:
        body = None
    return Answer(reply.status_code, body, reply.headers.get("Date", ""))
