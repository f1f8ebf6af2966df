"""The counter where calls are taken: admitted, read, checked, carried out, recorded (telegram.md TG-90 to TG-93)."""

import asyncio
from typing import Any

from aiohttp import web

from tests.support.telegram import wire
from tests.support.telegram.clock import Clock
from tests.support.telegram.courier import Courier
from tests.support.telegram.faults import DROP, DROP_AFTER, Call, Fault, Faults
from tests.support.telegram.methods import Families, method_named
from tests.support.telegram.narration import narrate
from tests.support.telegram.parameters import Arguments, arguments
from tests.support.telegram.rates import Police
from tests.support.telegram.refusal import Refusal
from tests.support.telegram.world import World


class Office:
    """Everything of one bot that runs in the server's loop."""

    def __init__(self, token: str, clock: Clock | None) -> None:
        self.token = token
        self.world = World(clock)
        self.families = Families(self.world)
        self.courier = Courier(self.world, self.families.updates, self._replied)
        self.faults = Faults()
        self.police: Police | None = None
        self.calls: list[Call] = []
        self.port = 0

    async def open(self) -> None:
        """Listen; a second time at the same address."""
        app = web.Application(client_max_size=wire.MAX_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._fetch)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def shut(self) -> None:
        """Cut all connections."""
        await self._runner.cleanup()

    def heard(self) -> None:
        """There may be something to deliver."""
        self.families.updates.heard()
        self.courier.heard()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = method_named(request.match_info["method"])
        call = self._call(method or request.match_info["method"], request.headers.get("User-Agent", ""))
        fault: Fault | None = None
        try:
            self._admit(request, method)
            raw, files = await wire.read(request)
            call.data, call.files = wire.shown(raw), tuple(upload.name for upload in files.values())
        except Refusal as refusal:
            self._record(call)
            return self._refused(call, refusal, None)
        self._record(call)
        try:
            given = arguments(call.method, raw, files)
            fault = self.faults.take(call)
            return await self._carried(request, call, given, fault)
        except Refusal as refusal:
            return self._refused(call, refusal, fault)

    async def _carried(
        self, request: web.Request, call: Call, given: Arguments, fault: Fault | None
    ) -> web.StreamResponse:
        """The call, with what is scripted to go wrong on its way there and back. Raises Refusal."""
        fault = fault or Fault(call.method)
        await asyncio.sleep(fault.before_s)
        if fault.status == DROP:
            return self._cut(request, call)
        if (refusal := fault.refusal()) is not None:
            raise refusal
        response = wire.granted(await self._performed(call, given))
        await asyncio.sleep(fault.after_s)
        if fault.status == DROP_AFTER:
            return self._cut(request, call)
        call.status, call.done_at = 200, self.world.clock.now()
        return await wire.dripping(request, response, fault.drip_s) if fault.drip_s else response

    async def _performed(self, call: Call, given: Arguments) -> Any:
        if self.police is not None and (wait := self.police.judge(call)):
            raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
        result = await self.families.answering(call.method)(given)
        one = result[0] if isinstance(result, list) and result else result
        if isinstance(one, dict) and "message_id" in one:
            call.message_id = one["message_id"]
        narrate(self.world, self.families.facts, call, result)
        return result

    async def _fetch(self, request: web.Request) -> web.StreamResponse:
        """A file, by the path that getFile gave."""
        call = self._call("file", request.headers.get("User-Agent", ""))
        call.data = {"path": request.match_info["path"]}
        self._record(call)
        stored = self.world.files.at(request.match_info["path"])
        fault = self.faults.take(call) or Fault("file")
        try:
            self._admit(request, "file")
            if refusal := fault.refusal() or (Refusal(404, "Not Found") if stored is None else None):
                raise refusal
        except Refusal as refusal:
            return self._refused(call, refusal, fault)
        assert stored is not None
        await asyncio.sleep(fault.before_s)
        if fault.status in (DROP, DROP_AFTER):
            return self._cut(request, call)
        call.status = 200
        response = web.Response(body=stored.content, content_type="application/octet-stream")
        return await wire.dripping(request, response, fault.drip_s) if fault.drip_s else response

    async def _replied(self, said: dict[str, Any]) -> None:
        """A call made by answering a webhook."""
        call = self._call(str(said.pop("method")), "webhook reply")
        call.data = wire.shown(said)
        self._record(call)
        try:
            call.method = method_named(call.method) or self._unknown()
            await self._performed(call, arguments(call.method, said, {}))
            call.status = 200
        except Refusal as refusal:
            call.status, call.description, call.is_mistake = refusal.status, refusal.description, True

    def _admit(self, request: web.Request, method: str | None) -> None:
        """Raises Refusal for a token that is none or not this bot's, and for an unknown method."""
        token = request.match_info["token"]
        if not wire.TOKEN.match(token):
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        if method is None:
            raise Refusal(404, "Not Found")

    def _unknown(self) -> str:
        raise Refusal(404, "Not Found")

    def _call(self, method: str, agent: str) -> Call:
        return Call(method, {}, self.world.clock.now(), agent, wall=self.world.clock.wall())

    def _record(self, call: Call) -> None:
        with self.world.lock:
            self.calls.append(call)

    def _refused(self, call: Call, refusal: Refusal, fault: Fault | None) -> web.Response:
        call.status, call.description, call.done_at = refusal.status, refusal.description, self.world.clock.now()
        is_scripted = fault is not None and fault.status == refusal.status
        call.is_mistake = not is_scripted and refusal.status in (400, 404, 413)
        if fault is not None and fault.is_page and is_scripted:
            return wire.page(refusal.status)
        return wire.refused(refusal)

    def _cut(self, request: web.Request, call: Call) -> web.Response:
        call.status, call.done_at = -1, self.world.clock.now()
        return wire.cut_off(request)
