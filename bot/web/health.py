"""Whether this process lives, and whether it can work: for a load balancer, without a word about anybody."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

Checks = Callable[[], Awaitable[Mapping[str, bool]]]


def health(checks: Checks) -> APIRouter:
    """`/healthz` answers while the event loop turns; `/readyz` when each check holds, else 503 with their names."""
    router = APIRouter()

    @router.get("/healthz")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def readyz() -> JSONResponse:
        found = await checks()
        is_ready = all(found.values())
        body = {"status": "ready" if is_ready else "not ready", "checks": dict(found)}
        return JSONResponse(body, 200 if is_ready else 503)

    return router
