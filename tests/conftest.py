"""What every test shares: loopback-only sockets, seeded hypothesis, and a word on which PostgreSQL was used."""

import os

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

settings.register_profile("keel", derandomize=True, deadline=None, print_blob=False, database=None)
settings.load_profile("keel")
os.environ.pop("OPENAI_API_KEY", None)


@pytest.fixture(autouse=True)
def _loopback_only():
    """No test reaches beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


def pytest_terminal_summary(terminalreporter):
    """Say which PostgreSQL the storage tests ran on: never skipped silently."""
    from tests.support import postgres

    terminalreporter.write_line(f"PostgreSQL for tests: {postgres.describe()}")
