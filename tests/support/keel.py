"""How tests start `keel`: warm as a rule, from nothing where the test is about the start itself."""

import signal
import subprocess
import sys
from collections.abc import Callable

from tests.support.surroundings import ROOT, environment
from tests.support.warm import WarmProcess

COMMAND = (sys.executable, "-m", "bot")
PATIENCE_SECONDS = 60.0
Process = subprocess.Popen[bytes] | WarmProcess


def started(
    *arguments: str,
    env: dict[str, str] | None = None,
    stdin: int = subprocess.PIPE,
    preexec: Callable[[], None] | None = None,
    is_cold: bool = False,
) -> Process:
    """A running `keel …`, its streams being pipes; it is cold as well when settings of Python itself are asked for."""
    is_about_the_start = is_cold or preexec is not None or any(name.startswith("PYTHON") for name in env or ())
    if not is_about_the_start:
        return WarmProcess(list(arguments), environment(env), stdin)
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(env),
        preexec_fn=preexec,  # noqa: PLW1509 - only limits of the new process are set there
    )


def run(
    *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None, is_cold: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Run `keel …` to its end. Raises subprocess.TimeoutExpired; the process is killed then."""
    process = started(*arguments, env=env, is_cold=is_cold)
    try:
        said, errors = process.communicate(stdin, PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        raise
    assert process.returncode is not None
    return subprocess.CompletedProcess(arguments, process.returncode, said, errors)
