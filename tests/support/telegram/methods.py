"""Which family answers which method of the Bot API."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.telegram.drafting import Drafting
from tests.support.telegram.editing import Editing
from tests.support.telegram.facts import Facts
from tests.support.telegram.menus import Menus
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import Refusal
from tests.support.telegram.schema import METHODS
from tests.support.telegram.sending import Sending
from tests.support.telegram.updates import Updates
from tests.support.telegram.world import BOT, Sent, World

Perform = Callable[[Arguments], Awaitable[Any]]
_NAMES = {name.lower(): name for name in METHODS}


def method_named(name: str) -> str | None:
    """The method as the API writes it, whatever the case."""
    return _NAMES.get(name.lower())


def snake(name: str) -> str:
    """sendMessage → send_message."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


class Families:
    """All methods of one bot."""

    def __init__(self, world: World) -> None:
        self.updates, self.facts, self.menus = Updates(world), Facts(world), Menus(world)
        self.drafting = Drafting(world)
        self._all = (self.updates, self.facts, self.menus, self.drafting, Sending(world), Editing(world))

    def answering(self, method: str) -> Perform:
        """The coroutine function of a method."""
        found: Perform = next(getattr(one, snake(method)) for one in self._all if hasattr(one, snake(method)))
        return found


__all__ = ["BOT", "Families", "Refusal", "Sent", "method_named", "snake"]
