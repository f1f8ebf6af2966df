"""One thing looked at: what was found, and what mends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """`mend` is empty where nothing needs mending. No sentence holds a secret."""

    name: str
    state: State
    finding: str
    mend: str = ""


def ok(name: str, finding: str) -> Check:
    """All is well."""
    return Check(name, "ok", finding)


def warning(name: str, finding: str, mend: str) -> Check:
    """It runs, but somebody should look."""
    return Check(name, "warning", finding, mend)


def error(name: str, finding: str, mend: str) -> Check:
    """It cannot run like this."""
    return Check(name, "error", finding, mend)


def is_healthy(checks: Iterable[Check]) -> bool:
    """Whether nothing is an error."""
    return all(check.state != "error" for check in checks)
