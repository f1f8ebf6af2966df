"""Plays a conversation: a person of the emulator talks with the real process, and every event is told as it happens."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer
from tests.support.telegram.story import WIDTH, shown
from tests.support.telegram.world import Sent

PATIENCE_SECONDS = 180.0  # the first plans are much work for a machine that has other work


class Stuck(Exception):
    """The bot did not do what the play needs next; the sentence says what."""


@dataclass
class Play:
    """One person's evening with the bot. `tell` gets each piece of text as it happens."""

    server: TelegramServer
    keel: KeelRun
    person: int
    name: str
    tell: Callable[[str], None]
    _told: int = 0

    def scene(self, title: str) -> None:
        """A line that says where we are."""
        self.tell(f"\n{f' {title} ':─^{WIDTH}}")

    def say(self, text: str) -> list[Sent]:
        """Words, and what came back."""
        return self._after(lambda: self.server.say(self.person, text), text)

    def tap(self, wanted: str) -> list[Sent]:
        """A button that is there, by the beginning of its data or its label."""
        return self._after(lambda: self.server.tap(self.person, wanted), f"the tap on {wanted}")

    def offered(self, *wanted: str) -> str | None:
        """The data of a button of the newest message: the first that holds the first of these words, or the next."""
        newest = self.server.inbox_of(self.person)[-1]
        keys = [key.get("callback_data", "") for row in newest.buttons for key in row]
        return next((data for words in wanted for data in keys if words in data), None)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for something that nobody asked for."""
        try:
            self.server.wait(condition, what, PATIENCE_SECONDS)
        except AssertionError:
            raise Stuck(f"waited in vain for {what}") from None
        self._quiet()
        self.catch_up()

    def catch_up(self) -> None:
        """Tell what happened since the last time."""
        story = list(self.server.world.room(self.person).story)
        for event in story[self._told :]:
            self.tell(shown(event, self.name))
        self._told = len(story)

    def _after(self, act: Callable[[], int], what: str) -> list[Sent]:
        before = len(self.server.inbox_of(self.person))
        seen = len(self.server.world.room(self.person).story)
        try:
            update = act()
            done = "SELECT count(*) FROM inbox WHERE update_id = ? AND state = 'done'"
            self.server.wait(lambda: self.keel.rows(done, update) == [(1,)], what, PATIENCE_SECONDS)
        except AssertionError:
            raise Stuck(f"no answer to {what!r}") from None
        self._quiet()
        if not any(event.who == "bot" for event in self.server.world.room(self.person).story[seen:]):
            raise Stuck(f"not a word after {what!r}")
        self.catch_up()
        return self.server.inbox_of(self.person)[before:]

    def _quiet(self) -> None:
        """Everything that was to be sent has been sent."""
        waiting = "SELECT count(*) FROM outbox WHERE state = 'pending'"
        self.server.wait(lambda: self.keel.rows(waiting) == [(0,)], "an empty outbox", PATIENCE_SECONDS)
