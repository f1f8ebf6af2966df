"""Several real processes of one bot on one real PostgreSQL, as a login that is no superuser and owns its database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.support import postgres
from tests.support.keel import PATIENCE_SECONDS
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

LOGIN = "keel_test_login"
MASTER_KEY = "5a" * 64
START_SECONDS = 240.0  # five processes begin side by side, perhaps on a busy machine


@contextmanager
def database() -> Iterator[str]:
    """The address of a new database for a login with as few rights as an operator should give."""
    with postgres.fresh_database() as url, psycopg.connect(postgres.server_url(), autocommit=True) as connection:
        name = url.partition("?")[0].rpartition("/")[2]
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone():
            connection.execute(f"CREATE ROLE {LOGIN} LOGIN NOSUPERUSER CREATEROLE")
        for role in ("keel_app", "keel_system"):
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(f"GRANT {role} TO {LOGIN}")
        connection.execute(f"ALTER DATABASE {name} OWNER TO {LOGIN}")
        yield as_login(url)


def as_login(url: str) -> str:
    """The same address for our login."""
    from sqlalchemy import make_url

    return make_url(url).set(username=LOGIN, password=None).render_as_string()


class Replica(KeelRun):
    """One process of one role."""

    READY = ("Listening", "Standing by", "Running as")

    def __init__(self, server: TelegramServer, url: str, role: str, folder: Path, **env: str) -> None:
        more = {"KEEL_MASTER_KEY": MASTER_KEY, "KEEL_DATA_DIR": str(folder), "KEEL_MESSAGES_A_MINUTE": "1000"}
        super().__init__(server, folder, KEEL_LOG_LEVEL="info", **{**more, **env})
        self.url, self.role = url, role

    @property
    def pid(self) -> int:
        """Its number; 0 when it does not run."""
        return self._process.pid if self._process is not None else 0

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process is not None and self._process.poll() is None

    def ready(self) -> None:
        """Wait until it does its part, or stands by for it."""
        assert self._is_listening.wait(START_SECONDS), self.errors
        assert self._process is not None
        assert self._process.poll() is None, self.errors

    def _arguments(self) -> list[str]:
        return ["run", "--role", self.role, "--database", self.url]


class Fleet:
    """Replicas by name, and the database as an operator sees it."""

    def __init__(self, server: TelegramServer, url: str, folder: Path, roles: dict[str, str]) -> None:
        self.server, self.url = server, url
        self.replicas = {name: Replica(server, url, role, folder) for name, role in roles.items()}

    def __getitem__(self, name: str) -> Replica:
        return self.replicas[name]

    def start(self) -> "Fleet":
        """All of them, ready."""
        for replica in self.replicas.values():
            if not replica.pid:
                replica.start()
        for replica in self.replicas.values():
            replica.ready()
        return self

    def close(self) -> None:
        """All of them ended, whatever happens."""
        for replica in self.replicas.values():
            replica.kill()

    def rows(self, query: str, *values: Any) -> list[Any]:
        """What the database holds, past every policy."""
        admin = postgres.database_url(self.url.partition("?")[0].rpartition("/")[2])
        with psycopg.connect(admin, autocommit=True) as connection:
            cursor = connection.execute(query, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def holder(self, office: str) -> str:
        """Which replica has an office."""
        found = self.rows("SELECT holder FROM leases WHERE name LIKE %s AND expires_at > clock_timestamp()", office)
        pid = int(found[0][0].split(":")[1]) if found and found[0][0] else 0
        return next((name for name, replica in self.replicas.items() if replica.pid == pid), "")

    def wait(self, condition: Callable[[], Any], what: str, seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until it holds; its value."""
        end = time.monotonic() + seconds
        while not (value := condition()):
            assert time.monotonic() < end, f"waited in vain: {what}; {self.said()}"
            time.sleep(0.02)
        return value

    def state(self) -> list[Any]:
        """What became of everything, for the reader of a failed test."""
        inbox = self.rows("SELECT state, kind, attempts, last_error, count(*) FROM inbox GROUP BY 1, 2, 3, 4")
        outbox = self.rows("SELECT state, category, maybe_twice, last_error, count(*) FROM outbox GROUP BY 1, 2, 3, 4")
        return [inbox, outbox]

    def said(self) -> str:
        """The end of everybody's log."""
        return "\n".join(f"--- {name}\n{replica.errors[-3000:]}" for name, replica in self.replicas.items())
