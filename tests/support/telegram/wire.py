"""Requests as both clients write them, and answers as Telegram writes them (telegram.md TG-90, TG-91)."""

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from tests.support.telegram.files import MAX_UPLOAD
from tests.support.telegram.parameters import Upload
from tests.support.telegram.refusal import Refusal, bad

MAX_BODY = MAX_UPLOAD + 1_000_000
TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+$")
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters by name, and files by the name of their part. Raises Refusal."""
    raw: dict[str, Any] = dict(request.query)
    try:
        if request.content_type == "application/json":
            body = await request.json()
            return {**raw, **body}, {}
        if request.can_read_body and request.content_length != 0 and request.content_type not in _FORMS:
            raise bad(f"unsupported content type {request.content_type}")
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    except ValueError:
        raise bad("can't parse the body") from None
    files = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            raw[name] = value.decode() if isinstance(value, bytes | bytearray) else value
    return raw, files


def granted(result: Any) -> web.Response:
    """ok, with the result."""
    return web.json_response({"ok": True, "result": result})


def refused(refusal: Refusal, *, status: int | None = None) -> web.Response:
    """Not ok; the HTTP status is the error code unless told otherwise."""
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    hints = {"retry_after": refusal.retry_after, "migrate_to_chat_id": refusal.migrate_to}
    if any(value is not None for value in hints.values()):
        body["parameters"] = {name: value for name, value in hints.items() if value is not None}
    return web.json_response(body, status=status or refusal.status)


def page(status: int) -> web.Response:
    """What a proxy in front of Telegram says when nothing is behind it."""
    words = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}.get(status, "Error")
    html = f"<html><head><title>{status} {words}</title></head><body><h1>{status} {words}</h1></body></html>"
    return web.Response(status=status, text=html, content_type="text/html")


def cut_off(request: web.Request) -> web.Response:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def dripping(request: web.Request, response: web.Response, seconds: float) -> web.StreamResponse:
    """The same answer, in ten pieces over so many seconds."""
    body = response.body if isinstance(response.body, bytes) else b""
    slow = web.StreamResponse(status=response.status, headers={"Content-Type": response.content_type})
    slow.content_length = len(body)
    await slow.prepare(request)
    step = max(1, len(body) // 10)
    for at in range(0, len(body), step):
        await asyncio.sleep(seconds / 10)
        await slow.write(body[at : at + step])
    await slow.write_eof()
    return slow


def shown(raw: dict[str, Any]) -> dict[str, str]:
    """Parameters as text, for the record of calls."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in raw.items()}
