"""A web server on a free port of this machine, and a client."""

import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.web.server import Server


@pytest.fixture
def serve():
    """Serve these routers for the length of a block; gives a client that knows the address."""

    @asynccontextmanager
    async def serving(*routers):
        server = Server("127.0.0.1", 0)
        for router in routers:
            server.mount(router)
        task = asyncio.create_task(server.run())
        try:
            async with aiohttp.ClientSession(f"http://127.0.0.1:{server.port}") as client:
                yield client
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return serving
