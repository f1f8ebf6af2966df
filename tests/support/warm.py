"""Real processes of `keel` that need not load it anew: one process loads everything and forks once a conversation.

Such a process is what `python -m bot …` is: arguments, surroundings, pipes, exit code and signals are its own, and no
database or event loop was opened before. Only the imports and the reading of fixed tables have happened. Tests about
the start itself use cold processes.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

from tests.support.surroundings import ROOT, environment

_one_at_a_time = threading.Lock()


class WarmProcess:
    """A forked `keel`, with as much of the face of `subprocess.Popen` as the tests need."""

    def __init__(self, arguments: list[str], env: dict[str, str], stdin: int = subprocess.PIPE) -> None:
        """`stdin` is a pipe or nothing (subprocess.DEVNULL); the other streams are pipes."""
        listens = stdin == subprocess.PIPE
        said = os.pipe() if listens else (os.open(os.devnull, os.O_RDONLY), -1)
        stdout, stderr, told = (os.pipe() for _ in range(3))
        theirs = [said[0], stdout[1], stderr[1], told[1]]
        with _one_at_a_time:
            _nursery().ask(arguments, env, theirs)
        for file in theirs:
            os.close(file)
        self.stdin = os.fdopen(said[1], "wb") if listens else None
        self.stdout, self.stderr = os.fdopen(stdout[0], "rb"), os.fdopen(stderr[0], "rb")
        self._told = os.fdopen(told[0], "rb")
        self.pid = int(self._told.readline() or 0)
        if not self.pid:
            raise _nursery().obituary()
        self.returncode: int | None = None
        self._watch = threading.Thread(target=self._await_end, daemon=True)
        self._watch.start()

    def poll(self) -> int | None:
        """The exit code, None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, awaited. Raises subprocess.TimeoutExpired."""
        self._watch.join(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("keel", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """A signal, unless it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def communicate(self, said: bytes = b"", timeout: float | None = None) -> tuple[bytes, bytes]:
        """Say this, hear everything, await the end. Raises subprocess.TimeoutExpired."""
        with self.stdout, self.stderr, ThreadPoolExecutor(3) as hands:
            hands.submit(self._say_all, said)
            heard = [hands.submit(stream.read) for stream in (self.stdout, self.stderr)]
            try:
                self.wait(timeout)
            except subprocess.TimeoutExpired:
                self.send_signal(signal.SIGKILL)
                raise
            words, errors = (one.result() for one in heard)
        return words, errors

    def _say_all(self, said: bytes) -> None:
        if self.stdin is not None:
            with suppress(BrokenPipeError), self.stdin:
                self.stdin.write(said)

    def _await_end(self) -> None:
        with self._told:
            self.returncode = int(self._told.readline())


class _Nursery:
    """The process that forks, and the way to it; it ends when this end of the way is closed."""

    def __init__(self) -> None:
        self._way, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.nursery", str(theirs.fileno())],
                stdin=subprocess.PIPE,  # pipes as its forks have them: Python looks at them once, at its start
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                env=environment({"OPENBLAS_NUM_THREADS": "1"}),  # numpy would begin with threads, which no fork has
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self._end)

    def ask(self, arguments: list[str], env: dict[str, str], files: list[int]) -> None:
        """A `keel` that reads and writes these files."""
        request = json.dumps({"arguments": arguments, "env": env}).encode()
        socket.send_fds(self._way, [request], files)

    def _end(self) -> str:
        self._way.close()
        _, errors = self._process.communicate(timeout=60)
        return errors.decode(errors="replace")

    def obituary(self) -> RuntimeError:
        """Why no fork answers."""
        return RuntimeError(f"the nursery of warm processes ended: {self._end()}")


@cache
def _nursery() -> _Nursery:
    return _Nursery()
