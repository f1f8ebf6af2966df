"""A server that fails again and again is left alone for a while, longer each time, and then tried by one request."""

import logging
from collections.abc import Callable
from typing import Final

from agents.model.failure import ModelFailed
from agents.model.faults import Fault
from agents.model.retries import jittered

log = logging.getLogger(__name__)

FAILURES_IN_A_ROW: Final = 3
FIRST_REST_SECONDS: Final = 15.0
LONGEST_REST_SECONDS: Final = 600.0
OPERATORS_REST_SECONDS: Final = 900.0  # a wrong key or address is mended by a person, not by waiting
_OF_TRANSPORT: Final = frozenset(("timeout", "unavailable", "rate_limited"))


class Breaker:
    """The state of one address. `clock` is monotonic, in seconds; `chance` gives numbers in [0, 1)."""

    def __init__(self, host: str, clock: Callable[[], float], chance: Callable[[], float]) -> None:
        self._host, self._clock, self._chance = host, clock, chance
        self._failures = 0  # in a row
        self._rests = 0  # in a row
        self._rests_until = float("-inf")
        self._is_tried = False
        self._has_told = False

    def enter(self) -> bool:
        """Before a request: whether it is the one that tries a rested server. Raises ModelFailed("resting")."""
        if self._clock() < self._rests_until or (self._rests and self._is_tried):
            raise ModelFailed("resting")
        self._is_tried = self._rests > 0
        return self._is_tried

    def leave(self, *, was_trial: bool) -> None:
        """After a request, whatever became of it, and exactly once."""
        if was_trial:
            self._is_tried = False

    def answered(self) -> None:
        """The server is there."""
        self._failures = self._rests = 0

    def failed(self, fault: Fault) -> None:
        """A request is given up. Only what the server is to blame for counts."""
        if fault.kind == "unauthorised":
            self._tell(fault)
            self._rest(OPERATORS_REST_SECONDS)
        elif fault.kind in _OF_TRANSPORT:
            self._failures += 1
            self._rests_until = max(self._rests_until, self._clock() + _asked(fault))
            if self._failures >= FAILURES_IN_A_ROW or self._is_tried:
                self._rest(min(LONGEST_REST_SECONDS, FIRST_REST_SECONDS * 2 ** min(self._rests, 10)))
        else:
            self.answered()

    def _rest(self, seconds: float) -> None:
        if self._clock() < self._rests_until and self._rests:
            return  # requests that were under way when the rest began do not make it longer
        self._rests += 1
        pause = jittered(seconds, self._chance())
        self._rests_until = max(self._rests_until, self._clock() + pause)
        log.warning("the model at %s is left alone for %.0f s: it failed %d times", self._host, pause, self._failures)

    def _tell(self, fault: Fault) -> None:
        """One sentence for the operator, once a process. Never the server's own words: they may hold the key."""
        if not self._has_told:
            log.error(
                "the model at %s turns us away (status %s): check OPENAI_API_KEY and its credit, OPENAI_BASE_URL and "
                "the model's name; everybody is answered by the offline rules until then",
                self._host,
                fault.status,
            )
        self._has_told = True


def _asked(fault: Fault) -> float:
    """How long the server asked to be left alone, within reason."""
    return min(fault.retry_after_seconds, LONGEST_REST_SECONDS)
