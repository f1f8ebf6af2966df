"""`keel chat` for people: the main thread reads lines, an event loop in a thread of its own does everything else.

So typing never waits for work, and a reminder can appear while nobody types. One lock puts turns and ticks in order:
what a turn committed is printed by that turn, never by a tick that comes in between.
"""

import asyncio
import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent import futures
from typing import Any, NoReturn, TextIO, TypeVar

from rich.console import Console
from rich.control import Control
from rich.text import Text

from agents.domain.turn import Message
from bot import durations
from bot.app import App
from bot.console import Conversation, lines
from bot.render import terminal
from bot.turn import Spoken

T = TypeVar("T")
log = logging.getLogger(__name__)

PATIENCE_S = 0.3  # a turn that takes longer shows that it is being worked on
GRACE_S = 5.0  # how long leaving waits for a turn to commit
PROMPT_LEAD_S = 0.05  # the prompt is on the screen before the heavy imports compete for the processor
WIDEST = 100  # columns; longer lines are hard to read
PROMPT = "> "
LEAVING = ("/quit", "/exit")
GREETING = "Keel, your wellness coach. Write as you like; /help shows what I can do, /quit or Ctrl-D leaves."
FIRST_CONTACT = "Say hello to begin."
HOW_TO_CHOOSE = "To choose, type the letter; or answer in your own words."
WORKING = "Let me think about that…"
BROKEN = (
    "Sorry, something went wrong on my side and I could not answer that. Please try again in a moment. "
    "If this is an emergency, call your local emergency number now."
)
ADVANCE_HELP = "I did not get how far to move the clock. Try /advance 8h, /advance 1d 2h or /advance PT8H (up to ten years)."
FAREWELL = "See you soon."


class Screen:
    """One person's conversation at a terminal, or line by line over a pipe."""

    def __init__(
        self,
        app: App,
        talk: Conversation,
        *,
        console: Console | None = None,
        read: Callable[[str], str] | None = None,
    ) -> None:
        self._app, self._talk = app, talk
        self._console = console or _PipeSafeConsole(highlight=False, markup=False, emoji=False)
        self._read = read or _reader(sys.stdin)
        self._is_live = self._console.is_terminal and not self._console.is_dumb_terminal
        self._choices = terminal.Choices()
        self._order = asyncio.Lock()
        self._is_prompting = self._knows_choosing = False

    def run(self) -> None:
        """Talk until the person leaves. Ctrl-C lets a turn that is under way commit first."""
        _prepare_streams(self._app.settings.log_level)
        self._note(GREETING)
        loop = LoopThread()
        try:
            self._wait_for(loop.submit(self._open()))
            if self._talk.person is None:
                self._note(FIRST_CONTACT)
            loop.submit(self._live())
            self._converse(loop)
        except (KeyboardInterrupt, EOFError):
            self._leave(loop)
        finally:
            loop.stop()

    def _converse(self, loop: "LoopThread") -> NoReturn:
        """Lines in, turns out. Ends by EOFError or KeyboardInterrupt."""
        while True:
            line = self._next_line().strip()
            command, _, rest = line.partition(" ")
            if line.casefold() in LEAVING:
                raise EOFError
            if command.casefold() == "/advance":
                self._wait_for(loop.submit(self._advance(rest)))
            elif line:
                self._wait_for(loop.submit(self._turn(line)))

    def _next_line(self) -> str:
        if self._console.is_terminal:
            self._print(Text())
        self._is_prompting = self._console.is_terminal
        try:
            return self._read(PROMPT)
        finally:
            self._is_prompting = False

    def _wait_for(self, work: "futures.Future[None]") -> None:
        """Until it is done, with a sign of life when it takes long. Ctrl-C gives it a moment to end well."""
        try:
            futures.wait([work], PATIENCE_S)
            with self._sign_of_life(is_needed=not work.done()):
                work.result()
        except KeyboardInterrupt:
            futures.wait([work], GRACE_S)
            raise

    def _sign_of_life(self, *, is_needed: bool) -> contextlib.AbstractContextManager[object]:
        if not (is_needed and self._is_live):
            return contextlib.nullcontext()
        is_unicode = self._console.encoding.startswith("utf")
        words = Text(terminal.legible(WORKING, self._console.encoding), style="dim")
        return self._console.status(words, spinner="dots" if is_unicode else "line")

    def _leave(self, loop: "LoopThread") -> None:
        with contextlib.suppress(KeyboardInterrupt):  # impatience changes nothing: everything is committed already
            if self._console.is_terminal:
                self._print(Text())
            self._note(FAREWELL)
            futures.wait([loop.submit(self._app.close())], GRACE_S)

    async def _open(self) -> None:
        """What the last session could not show any more."""
        async with self._order:
            async for message in self._talk.open():
                self._show([message])

    async def _live(self) -> None:
        """After the first prompt: bring in what turns need, then look for what is due, again and again."""
        from bot.scheduler import Scheduler

        await asyncio.sleep(PROMPT_LEAD_S)
        with contextlib.suppress(ImportError):  # a turn that needs it will say so
            import agents.graph  # noqa: F401
        scheduler = Scheduler()
        scheduler.every(self._app.settings.tick_seconds, self._tick, "tick")
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.stop()

    async def _turn(self, line: str) -> None:
        """One line, answered. Whatever breaks, the person reads a sentence and the conversation goes on."""
        async with self._order:
            tap = self._choices.tapped(line)
            try:
                _, messages = await self._talk.say(Spoken(tap=tap) if tap else Spoken(text=line))
            except Exception:
                log.exception("a turn failed")
                self._note(BROKEN)
                return
            self._choices.clear()
            self._show(messages)
            await self._talk.shown(messages)

    async def _advance(self, by: str) -> None:
        """Move the clock and print what fires, in order."""
        try:
            durations.parse(by)
        except ValueError:
            self._note(ADVANCE_HELP)
            return
        async with self._order:
            self._choices.clear()
            async for message in self._talk.advance(by):
                self._show([message])
            self._note(f"It is now {terminal.moment(self._talk.clock(), self._talk.zone)}.")

    async def _tick(self) -> None:
        """What came due while nobody typed goes above the line being typed."""
        async with self._order:
            await self._app.tick()
            messages = await self._talk.pending()
            if messages:
                with self._above_the_prompt():
                    self._show(messages)
                await self._talk.shown(messages)

    def _show(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._print(terminal.draw(message, self._talk.zone, self._choices, self._console.encoding))
            if any(message.buttons) and not self._knows_choosing:
                self._knows_choosing = True
                self._note(HOW_TO_CHOOSE)
