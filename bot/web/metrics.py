"""`GET /metrics`: what Prometheus asks for. For the inside only: the proxy in front answers 404 (deploy/nginx)."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Response

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def metrics(text: Callable[[], Awaitable[bytes]]) -> APIRouter:
    """One path, whose answer `text` gives in Prometheus' text format."""
    router = APIRouter()

    @router.get("/metrics")
    async def read() -> Response:
        return Response(await text(), headers={"Content-Type": TEXT_FORMAT, "Cache-Control": "no-store"})

    return router
