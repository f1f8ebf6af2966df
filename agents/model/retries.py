"""When a request is made once more: soon, not often, and never before the server said."""

from typing import Final

from agents.model.faults import Fault

MOST_ATTEMPTS: Final = 3
_FIRST_PAUSE_SECONDS: Final = 0.5


def pause_seconds(fault: Fault, attempts: int, chance: float) -> float | None:
    """How long to wait after so many attempts; None when it is over. `chance` in [0, 1) keeps people apart."""
    if not fault.may_pass or attempts >= MOST_ATTEMPTS:
        return None
    own = jittered(_FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), chance)
    asked = fault.retry_after_seconds
    return max(own, asked + own / 10 if asked else 0.0)


def jittered(seconds: float, chance: float) -> float:
    """Three quarters to five quarters of these seconds."""
    return seconds * (0.75 + chance / 2)
