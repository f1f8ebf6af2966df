"""Telegram's way in: one POST for each update, answered 200 only when it is written down (telegram.md TG-65).

The secret comes first: who does not know it learns nothing else, and nothing of theirs is read.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response

log = logging.getLogger(__name__)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LARGEST_BYTES = 1_000_000  # of one body; Telegram's own updates have a few kilobytes
SLOWEST_S = 10.0  # for a body to arrive
RETRY_S = "5"
Take = Callable[[Any], Awaitable[bool]]  # False when it is no update; raises Unwritable


class Unwritable(Exception):
    """The update could not be written down; it is wanted again."""


def doorway(bot_id: int, secret: str, take: Take) -> APIRouter:
    """`POST /telegram/<bot_id>`. Raises ValueError without a secret: an open door would let anybody speak for all."""
    if not secret:
        raise ValueError("a webhook without a secret is open to everybody")
    router = APIRouter()
    expected = secret.encode()

    @router.post("/telegram/{bot}")
    async def update(bot: str, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=401)
        if bot != str(bot_id):
            return Response(status_code=404)
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Response(status_code=415)
        return await _taken(request, take)

    return router


async def _taken(request: Request, take: Take) -> Response:
    try:
        async with asyncio.timeout(SLOWEST_S):
            body = await _body(request)
    except TimeoutError:
        return Response(status_code=408)
    if body is None:
        return Response(status_code=413)
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError):
        return Response(status_code=400)
    try:
        is_update = await take(plain)
    except Unwritable:
        return Response(status_code=503, headers={"Retry-After": RETRY_S})
    return Response(status_code=200 if is_update else 400)


async def _body(request: Request) -> bytes | None:
    """The whole body; None as soon as it is, or says it is, too large."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > LARGEST_BYTES:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)
