"""One HTTP server inside the process, started and stopped with it. It never touches signals or the process itself."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import APIRouter, FastAPI

BACKLOG = 256
IDLE_S = 75  # a proxy in front usually keeps its connections for a minute
STOP_S = 2  # for requests that are being answered when it ends


class _Guest(uvicorn.Server):
    """A server in somebody else's event loop: whoever started it stops it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """Takes its address when it is made: raises OSError when that is in use or not ours."""

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=BACKLOG)
        self._app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @property
    def port(self) -> int:
        """The port in use."""
        found: int = self._socket.getsockname()[1]
        return found

    def mount(self, router: APIRouter) -> None:
        """Answer these paths too."""
        self._app.include_router(router)

    async def run(self) -> None:
        """Serve until cancelled; what is being answered then may end."""
        config = uvicorn.Config(
            self._app,
            access_log=False,
            log_config=None,
            lifespan="off",
            http="h11",  # the parser of the plain installation, whatever else is installed
            ws="none",
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=IDLE_S,
            timeout_graceful_shutdown=STOP_S,
        )
        server = _Guest(config)
        serving = asyncio.create_task(server.serve(sockets=[self._socket]))
        try:
            await asyncio.shield(serving)
        finally:
            server.should_exit = True
            await asyncio.wait({serving})
            self.close()

    def close(self) -> None:
        """Give the address back."""
        self._socket.close()
