"""Where the processes under test run, and what surrounds them."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """The surroundings of a process under test: no keys, no settings of this machine, UTC where no zone is named.

    Compiled modules are kept whatever this machine's settings are: compiling anew would double every start.
    """
    strange = ("KEEL_", "OPENAI_", "PYTEST", "PYTHONDONTWRITEBYTECODE", "COV_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    return {**kept, "TZ": "UTC", "PYTHONHASHSEED": "0", **(extra or {})}
