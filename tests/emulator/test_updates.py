"""How updates reach the bot: asked for or brought, in order or not, once or more (telegram.md TG-6, TG-80 to TG-86)."""

import asyncio

import pytest
from aiohttp import web

from tests.emulator.conftest import ANN, BEN, call, eventually, poll
from tests.support.telegram.courier import SECRET_HEADER

SECRET = "s3cret"  # noqa: S105 - of a bot that lives in this test only
KINDS = ["message", "callback_query"]


def numbers(updates):
    return [update["update_id"] for update in updates]


async def test_an_update_comes_again_until_a_later_offset_is_asked_for(server):
    first, second = server.say(ANN, "one"), server.say(BEN, "two")
    assert numbers(await poll(server)) == numbers(await poll(server)) == [first, second]
    assert numbers(await poll(server, limit=1)) == [first]
    assert numbers(await poll(server, offset=second)) == [second]
    assert server.confirmed == second
    assert await poll(server, offset=second + 1) == []


async def test_a_negative_offset_counts_from_the_end(server):
    for word in ("one", "two", "three"):
        server.say(ANN, word)
    assert [one["message"]["text"] for one in await poll(server, offset=-1)] == ["three"]
    assert len(await poll(server)) == 1, "what was before it is gone"


async def test_an_open_question_is_answered_at_once(server):
    asked = asyncio.create_task(poll(server, timeout=20))
    await asyncio.sleep(0.05)
    number = server.say(ANN, "now")
    assert numbers(await asyncio.wait_for(asked, 5)) == [number]


async def test_a_second_question_ends_the_first(server):
    first = asyncio.create_task(call(server, "getUpdates", timeout=20, allowed_updates=KINDS))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(poll(server, timeout=20))
    refused = await asyncio.wait_for(first, 5)
    assert (refused.status, "terminated by other getUpdates request" in refused.why) == (409, True)
    server.say(ANN, "hello")
    assert len(await asyncio.wait_for(second, 5)) == 1


async def test_repeats_and_late_updates_come_after_they_were_confirmed(server):
    first, second = server.say(ANN, "one"), server.say(ANN, "two")
    server.hold(first)
    assert numbers(await poll(server)) == [second]
    assert await poll(server, offset=second + 1) == []
    server.repeat(first)
    server.repeat(second)
    assert sorted(numbers(await poll(server, offset=second + 1))) == [first, second]
    assert await poll(server, offset=second + 1) == []


async def test_kinds_that_were_not_asked_for_never_arrive(server):
    await call(server, "getUpdates", allowed_updates=["callback_query"])
    assert server.say(ANN, "unheard") == 0
    forced = server.push(poll_of_the_future={"id": 1})
    assert numbers(await poll(server, allowed_updates=KINDS)) == [forced]
    assert server.say(ANN, "heard") == forced + 1
    assert "must be named" in (await call(server, "getUpdates")).why
    assert "lose messages" in (await call(server, "deleteWebhook", drop_pending_updates=True)).why


async def test_what_nobody_fetches_for_a_day_is_gone(still, clock):
    still.say(ANN, "yesterday")
    clock.advance(23 * 3600)
    kept = still.say(ANN, "today")
    assert len(await poll(still)) == 2
    clock.advance(3601)
    assert numbers(await poll(still)) == [kept]


async def test_the_queue_outlives_a_restart_of_the_server(server):
    address, number = server.address, server.say(ANN, "still here")
    server.restart()
    assert server.address == address
    assert numbers(await poll(server)) == [number]
    server.go_down()
    with pytest.raises(OSError, match=r"."):
        await poll(server)
    server.come_back()
    assert numbers(await poll(server)) == [number]


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://bot.example/x"}, "HTTPS URL must be provided"),
        ({"url": "https://bot.example:8080/x"}, "only on ports 80, 88, 443, 8443"),
        ({"url": "https://bot/x"}, "Failed to resolve host"),
        ({"url": "https://bot.example/x", "secret_token": "ü"}, "unallowed characters"),
        ({"url": "https://bot.example/x", "secret_token": "x" * 257}, "unallowed characters"),
        ({"url": "https://bot.example/x", "max_connections": 101}, "from 1 to 100"),
    ],
)
async def test_a_webhook_has_an_address_that_telegram_can_reach(server, parameters, words):
    assert words in (await call(server, "setWebhook", allowed_updates=KINDS, **parameters)).why
    assert (await call(server, "getWebhookInfo")).result["url"] == ""


class Hook:
    """A bot's web server. `statuses` are used up one a delivery; after them everything is taken."""

    def __init__(self):
        self.heard, self.secrets, self.statuses, self.reply = [], [], [], None
        self.at_once = self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __aenter__(self):
        app = web.Application()
        app.router.add_post("/{any:.*}", self._hear)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_exc):
        self.gate.set()
        await self._runner.cleanup()

    async def _hear(self, request):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        self.at_once -= 1
        self.heard.append((await request.json())["update_id"])
        self.secrets.append(request.headers.get(SECRET_HEADER))
        if self.reply is not None:
            return web.json_response(self.reply)
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def until(self, count):
        await eventually(lambda: len(self.heard) >= count)


async def test_updates_are_brought_with_the_secret_until_they_are_taken(server):
    async with Hook() as hook:
        hook.statuses = [500, 503]
        first = server.say(ANN, "waiting")
        await call(server, "setWebhook", url=f"{hook.address}/in", secret_token=SECRET, allowed_updates=KINDS)
        await hook.until(3)
        second = server.say(ANN, "next")
        await hook.until(4)
        assert hook.heard == [first, first, first, second]
        assert set(hook.secrets) == {SECRET}
        assert [one.status for one in server.deliveries] == [500, 503, 200, 200]
        info = (await call(server, "getWebhookInfo")).result
        assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
        assert (info["pending_update_count"], info["allowed_updates"]) == (0, KINDS)
        server.repeat(first)
        await hook.until(5)
        assert hook.heard[4] == first


async def test_no_more_connections_than_the_bot_allows(server):
    async with Hook() as hook:
        hook.gate.clear()
        for number in range(7):
            server.say(ANN, f"{number}")
        await call(server, "setWebhook", url=hook.address, max_connections=3, allowed_updates=KINDS)
        await eventually(lambda: hook.at_once == 3)
        hook.gate.set()
        await hook.until(7)
        assert hook.most_at_once == 3
        assert sorted(hook.heard) == list(range(700, 707))


async def test_with_a_webhook_there_is_nothing_to_ask_and_the_queue_survives_the_change(server):
    asked = asyncio.create_task(call(server, "getUpdates", timeout=20, allowed_updates=KINDS))
    await asyncio.sleep(0.05)
    await call(server, "setWebhook", url="https://bot.example/x", allowed_updates=KINDS)
    assert "terminated by setWebhook request" in (await asyncio.wait_for(asked, 5)).why
    number = server.say(ANN, "kept")
    refused = await call(server, "getUpdates", allowed_updates=KINDS)
    assert (refused.status, "webhook is active" in refused.why) == (409, True)
    await eventually(lambda: server.deliveries)
    info = (await call(server, "getWebhookInfo")).result
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)
    await call(server, "deleteWebhook")
    assert numbers(await poll(server)) == [number]


async def test_a_public_address_is_reached_through_what_stands_before_it(server):
    async with Hook() as hook:
        server.courier.fronts["https://bot.example"] = hook.address
        await call(server, "setWebhook", url="https://bot.example/telegram", allowed_updates=KINDS)
        number = server.say(ANN, "hello")
        await hook.until(1)
        assert (hook.heard, hook.secrets) == ([number], [None])


async def test_a_call_in_the_answer_to_a_webhook_is_carried_out_and_seen(server):
    async with Hook() as hook:
        hook.reply = {"method": "sendMessage", "chat_id": ANN, "text": "by the way"}
        await call(server, "setWebhook", url=hook.address, allowed_updates=KINDS)
        server.say(ANN, "hello")
        await eventually(lambda: server.inbox_of(ANN))
        assert [one.agent for one in server.made("sendMessage")] == ["webhook reply"]
