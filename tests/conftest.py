"""What every test shares: loopback-only sockets, seeded hypothesis, and a word on which PostgreSQL was used."""

import gc
import os
import signal

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

settings.register_profile("keel", derandomize=True, deadline=None, print_blob=False, database=None)
settings.load_profile("keel")
os.environ.pop("OPENAI_API_KEY", None)
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what it starts in the background


@pytest.fixture(autouse=True)
def _loopback_only():
    """No test reaches beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is imported and collected stays to the end: looking for rubbish in it takes seconds, now and later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """The workers of a parallel run begin with what takes long."""
    if hasattr(config, "workerinput"):
        from tests.support import shares

        shares.order(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A parallel run keeps together what shares processes, unless it was asked for another distribution."""
    if config.getoption("dist") != "loadscope":
        return None
    from tests.support.shares import Shares

    return Shares(config, log)


_servers: set[str] = set()


def pytest_sessionfinish(session):
    """A worker of a parallel run tells the main process which PostgreSQL it used."""
    from tests.support import postgres

    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["postgres"] = postgres.describe()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Collect what the workers told."""
    _servers.add(getattr(node, "workeroutput", {}).get("postgres", "unknown: a worker broke off"))


def pytest_terminal_summary(terminalreporter):
    """Say which PostgreSQL the storage tests ran on: never skipped silently."""
    from tests.support import postgres

    for line in sorted(_servers) or [postgres.describe()]:
        terminalreporter.write_line(f"PostgreSQL for tests: {line}")
