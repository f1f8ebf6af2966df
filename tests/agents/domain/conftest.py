"""Every run reads the domain's tables anew: a process that runs the tests twice (mutation) must not test old ones."""

import sys

import pytest


@pytest.fixture(scope="session", autouse=True)
def _fresh_tables():
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("agents.domain.")]
    for value in [value for module in modules for value in vars(module).values()]:
        if callable(clear := getattr(value, "cache_clear", None)):
            clear()
