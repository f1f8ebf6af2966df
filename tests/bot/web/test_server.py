"""The server inside the process: it takes its address at once and gives it back."""

import asyncio

import aiohttp
import pytest
from fastapi import APIRouter

from bot.web.server import Server


def test_an_address_in_use_is_refused_at_once():
    server = Server("127.0.0.1", 0)
    with pytest.raises(OSError, match="in use"):
        Server("127.0.0.1", server.port)
    server.close()


async def test_a_request_that_is_being_answered_may_end_and_the_address_is_free_then():
    router, has_come, may_go = APIRouter(), asyncio.Event(), asyncio.Event()

    @router.get("/slow")
    async def slow() -> str:
        has_come.set()
        await may_go.wait()
        return "done"

    server = Server("127.0.0.1", 0)
    server.mount(router)
    port = server.port
    running = asyncio.create_task(server.run())
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        asked = asyncio.create_task(client.get("/slow"))
        await has_come.wait()
        running.cancel()
        await asyncio.sleep(0)
        may_go.set()
        async with await asked as response:
            assert (response.status, await response.json()) == (200, "done")
    await asyncio.wait({running})
    assert running.cancelled()
    Server("127.0.0.1", port).close()
