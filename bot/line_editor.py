"""The line a person is typing: reading it, and printing above it without disturbing it."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console

from bot.console import lines

PROMPT = "> "
Read = Callable[[str], str]  # shows the prompt, returns a line, raises EOFError at the end, as `input` does


class LineEditor:
    """Reads lines from a keyboard, or from a pipe without a prompt."""

    def __init__(self, console: Console, read: Read | None = None) -> None:
        self._console = console
        self._is_keyboard = read is not None or _is_terminal(sys.stdin)
        self._read = read or _reader(sys.stdin)
        self._is_waiting = False

    def next_line(self) -> str:
        """The next line. Raises EOFError at the end of input."""
        if not self._is_keyboard:
            return self._read("")
        self._console.print()
        self._is_waiting = True
        try:
            return self._read(PROMPT)
        finally:
            self._is_waiting = False

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Inside, the prompt is out of the way; afterwards it stands below what was printed, with what was typed."""
        if not self._is_waiting:
            yield
            return
        typed = PROMPT + _typed()
        self._write(self._erasing(typed))
        yield
        self._console.print()
        self._write(typed)

    def _erasing(self, typed: str) -> str:
        """What takes the typed line and the empty one above it off the screen; a dumb terminal gets a new line."""
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            return "\n"
        rows_up = cell_len(typed) // self._console.width + 1
        return f"\r\x1b[{rows_up}A\x1b[J"

    def _write(self, text: str) -> None:
        self._console.file.write(text)
        self._console.file.flush()


class PipeSafeConsole(Console):
    """A console whose reader may go away: that ends the program quietly, not the process from within a thread."""

    def on_broken_pipe(self) -> None:
        """Send what is still buffered nowhere, and let the caller end. Raises BrokenPipeError."""
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())
        raise BrokenPipeError


def tolerate_any_bytes() -> None:
    """A byte that is not in the terminal's encoding becomes a mark, in either direction, never an error."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _reader(stream: TextIO | None) -> Read:
    if stream is None or stream.closed:
        return _nothing
    if not stream.isatty():
        return _piped(stream)
    # Line editing, and a history that lives as long as the process: on disk it would be a diary in clear text.
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - importing it is what switches it on
    return input


def _nothing(_prompt: str) -> str:
    raise EOFError


def _piped(stream: TextIO) -> Read:
    source = lines(stream.buffer)

    def read(_prompt: str) -> str:
        raw = next(source, None)
        if raw is None:
            raise EOFError
        return raw.decode("utf-8", errors="replace")

    return read


def _typed() -> str:
    """What stands on the line so far, where the line editing can tell."""
    readline = sys.modules.get("readline")
    return str(readline.get_line_buffer()) if readline else ""
