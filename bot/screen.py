"""`keel chat` for people: the main thread reads lines, an event loop in a thread of its own does everything else.

So typing never waits for work, and a reminder can appear while nobody types. One lock puts turns and ticks in order:
what a turn committed is printed by that turn, never by a tick that comes in between.
"""

import asyncio
import contextlib
import logging
import traceback
from collections.abc import Callable, Coroutine, Sequence
from concurrent import futures
from typing import Any, NoReturn

from rich.console import Console, RenderableType
from rich.text import Text

from agents.domain.blocks import File
from agents.domain.turn import Message
from bot import durations
from bot.app import App
from bot.console import Conversation
from bot.keepsakes import keep
from bot.line_editor import LineEditor, PipeSafeConsole, tolerate_any_bytes
from bot.loop_thread import LoopThread
from bot.render import terminal
from bot.spoken import Spoken
from storage.errors import StorageError

log = logging.getLogger(__name__)

PATIENCE_S = 0.3  # a turn that takes longer shows that it is being worked on
GRACE_S = 5.0  # how long leaving waits for a turn to commit
PROMPT_LEAD_S = 0.1  # the prompt is on the screen before the heavy imports compete for the processor
WIDEST = 100  # columns; longer lines are hard to read
LEAVING = ("/quit", "/exit")
GREETING = "Keel, your wellness coach. Write as you like; /help shows what I can do, /quit or Ctrl-D leaves."
FIRST_CONTACT = "Say hello to begin."
HOW_TO_CHOOSE = "To choose, type what stands in the brackets. Your own words work too."
WORKING = "Let me think about that…"
BROKEN = (
    "Sorry, something went wrong on my side. Please try again in a moment. "
    "If this is an emergency, call your local emergency number now."
)
ADVANCE_HELP = (
    "I did not get how far to move the clock. Try /advance 8h, /advance 1d 2h or /advance PT8H; ten years at most."
)
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
        grace_s: float = GRACE_S,
    ) -> None:
        self._grace_s = grace_s
        self._app, self._talk, self._read = app, talk, read
        self._console = console or PipeSafeConsole(highlight=False, markup=False, emoji=False)
        self._choices = terminal.Choices()
        self._has_explained_choices = False
        self._order = asyncio.Lock()
        self._background: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Talk until the person leaves. Ctrl-C lets a turn that is under way commit first."""
        tolerate_any_bytes()
        _keep_logs_short(self._app.settings.log_level)
        self._line = LineEditor(self._console, self._read)
        loop = LoopThread()
        try:
            self._note(GREETING)
            self._wait_for(loop.submit(self._in_order(self._open())))
            if self._talk.person is None:
                self._note(FIRST_CONTACT)
            self._converse(loop)
        except (KeyboardInterrupt, EOFError):
            pass  # the two ways to leave
        finally:
            # An impatient second Ctrl-C loses nothing: what was promised is committed.
            with contextlib.suppress(KeyboardInterrupt):
                futures.wait([loop.submit(self._close())], self._grace_s)
                loop.stop(within_s=1.0)

    def _converse(self, loop: LoopThread) -> NoReturn:
        """Lines in, turns out. Ends by EOFError or KeyboardInterrupt."""
        while True:
            line = self._line.next_line().strip()
            command, _, rest = line.partition(" ")
            if line.casefold() in LEAVING:
                raise EOFError
            if command.casefold() == "/advance":
                self._wait_for(loop.submit(self._in_order(self._advance(rest))))
            elif line:
                self._wait_for(loop.submit(self._in_order(self._turn(line))))

    def _wait_for(self, work: "futures.Future[None]") -> None:
        """Until it is done, with a sign of life when that takes long."""
        futures.wait([work], PATIENCE_S)
        with contextlib.nullcontext() if work.done() else self._sign_of_life():
            work.result()

    def _sign_of_life(self) -> contextlib.AbstractContextManager[object]:
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            return contextlib.nullcontext()
        spinner = "dots" if self._console.encoding.startswith("utf") else "line"
        return self._console.status(self._dim(WORKING), spinner=spinner)

    async def _in_order(self, work: Coroutine[Any, Any, None]) -> None:
        """One thing at a time. Whatever breaks, the person reads a sentence and the conversation goes on."""
        async with self._order:
            try:
                await work
            except BrokenPipeError:
                raise
            except Exception:
                log.exception("the conversation stumbled")
                self._remark(BROKEN)

    async def _open(self) -> None:
        """What the last session could not show any more; then the work that needs no words."""
        try:
            async for message in self._talk.open():
                self._show([message])
        finally:
            self._background = asyncio.create_task(self._keep_time())

    async def _turn(self, line: str) -> None:
        """One line, answered."""
        tap = self._choices.tapped(line)
        _, messages = await self._talk.say(Spoken(tap=tap) if tap else Spoken(text=line))
        self._choices.clear()
        await self._deliver(messages)

    async def _advance(self, by: str) -> None:
        """Move the clock and print what fires, in order."""
        try:
            durations.parse(by)
        except ValueError:
            self._remark(ADVANCE_HELP)
            return
        self._choices.clear()
        async for message in self._talk.advance(by):
            self._show([message])
        self._remark(f"It is now {terminal.moment(self._talk.clock(), self._talk.zone)}.")

    async def _keep_time(self) -> None:
        """After the first prompt: bring in what turns need, then look for what is due, again and again."""
        from bot.scheduler import Scheduler

        await asyncio.sleep(PROMPT_LEAD_S)
        import agents.graph  # noqa: F401 - the heavy one; loaded now, it does not hold up the first turn

        scheduler = Scheduler()
        scheduler.every(self._app.settings.tick_seconds, self._tick, "the tick")
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.stop()

    async def _tick(self) -> None:
        """What came due while nobody typed goes above the line being typed."""
        async with self._order:
            await self._app.tick()
            messages = await self._talk.pending()
            if messages:
                with self._line.aside():
                    self._show(messages)
                await self._talk.shown(messages)

    async def _close(self) -> None:
        """Once nothing is under way any more: goodbye, stop the clockwork, let go of the database."""
        async with self._order:
            try:
                self._remark(FAREWELL)
            finally:
                if self._background:
                    self._background.cancel()
                await self._app.close()

    async def _deliver(self, messages: Sequence[Message]) -> None:
        """Print, then note it. When that note fails they are shown again at the next start: twice beats never."""
        self._show(messages)
        try:
            await self._talk.shown(list(messages))
        except StorageError:
            log.exception("messages were shown but not noted as sent")

    def _show(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self._print(terminal.draw(message, self._talk.zone, self._choices, self._console.encoding))
            self._keep([block for block in message.cards if isinstance(block, File)])
            if any(message.buttons) and not self._has_explained_choices:
                self._has_explained_choices = True
                self._note(HOW_TO_CHOOSE)

    def _keep(self, files: Sequence[File]) -> None:
        for file in files:
            try:
                self._note(f"Saved as {keep(file, self._app.settings.data_dir / 'files')}")
            except OSError as error:
                self._note(f"{file.name} could not be saved here ({error.strerror}).")

    def _note(self, words: str) -> None:
        """Something the terminal itself says, quieter than the coach."""
        self._print(self._dim(words))

    def _remark(self, words: str) -> None:
        """A note with a line of air above it."""
        self._print(Text())
        self._note(words)

    def _dim(self, words: str) -> Text:
        return Text(terminal.legible(words, self._console.encoding), style="dim")

    def _print(self, what: RenderableType) -> None:
        self._console.print(what, width=min(self._console.width, WIDEST))


class _Terse(logging.Formatter):
    """A record as one line, without a traceback: a conversation is being read here, and errors may quote it."""

    def formatException(self, ei: Any) -> str:  # noqa: ANN401, N802 - logging's own signature
        """What broke and where, not what was said."""
        place = traceback.extract_tb(ei[2])[-1:]
        where = f" at {place[0].name}:{place[0].lineno}" if place else ""
        return f"      ({ei[0].__name__}{where})"


def _keep_logs_short(level: str) -> None:
    """Logs go to standard error; whole tracebacks only at level debug. Left alone where logging is set up already."""
    handler = logging.StreamHandler()
    if level != "debug":
        handler.setFormatter(_Terse("keel: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler])
