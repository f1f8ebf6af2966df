"""One turn as values: what came in, what will be written and said, what was written and said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agents.domain.blocks import Block, Button, Card
from agents.domain.changes import Change
from agents.domain.context import Context

__all__ = [
    "LEVELS", "Agent", "Attachment", "AttachmentKind", "Block", "Button", "Card", "ClaimUnproven", "ContentUnavailable",
    "Draft", "Inbound", "Kind", "MemoryUnavailable", "Message", "Problem", "Receipt", "TurnRecord",
]  # fmt: skip
Agent = Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"]
Kind = Literal["reply", "reminder", "check_in", "alert", "document", "photo"]
AttachmentKind = Literal["photo", "document", "voice", "location", "sticker", "contact", "other"]
Problem = Literal[
    "missing", "too_large", "archive", "empty", "unreadable", "",
    "not_fetched", "not_a_picture", "too_many_pixels",  # of pictures, once they are wanted
    "not_a_recording", "too_long", "is_video",  # of voice notes
    "voice_no_consent", "voice_not_heard", "voice_over_budget", "voice_silent",
]  # fmt: skip
LEVELS = ("none", "caution", "urgent", "emergency", "crisis")  # science.md S-1, in order


class MemoryUnavailable(Exception):
    """The database cannot be read or written now. The sentence is fit for a log, not for a person."""


class ClaimUnproven(Exception):
    """A reply claimed a change that no committed row proves; the turn was rolled back."""


class ContentUnavailable(Exception):
    """A file that was offered cannot be had or used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it was offered: what kind, how large, and why it cannot be read, if so.

    `source` is where its channel finds the content again: a path, or Telegram's id of the file.
    """

    kind: AttachmentKind
    size_bytes: int = 0
    problem: Problem = ""
    mime_type: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    seconds: int = 0  # of a recording, as its channel says; 0 where it does not


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message, tap or file from a person, free of any channel. `at` is aware UTC."""

    text: str
    at: datetime
    tap: str | None = None
    attachment: Attachment | None = None
    is_forwarded: bool = False
    held_text: str | None = None  # said before consent, kept in memory only
    was_cut: bool = False  # longer than what is read of one message
    tapped: int | None = None  # the channel's number of the message whose button was tapped
    message_id: int | None = None  # the channel's number of this message
    is_edit: bool = False  # it takes the place of what was said under the same number before
    took_back: bool = False  # and what that had led to was taken back
    more: tuple[Attachment, ...] = ()  # the rest of an album

    @property
    def photos(self) -> tuple[Attachment, ...]:
        """The pictures of this message that may be looked at."""
        files = (self.attachment, *self.more) if self.attachment is not None else self.more
        return tuple(file for file in files if file.kind == "photo" and not file.problem)


@dataclass(frozen=True, slots=True)
class Draft:
    """A worded message that has not been committed yet."""

    agent: Agent
    kind: Kind
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    cards: tuple[Block, ...] = ()
    level: str = "none"
    rules: tuple[str, ...] = ()
    claims: tuple[Change, ...] = ()
    edits: int | None = None  # the channel's number of the message this one takes the place of
    live: str = ""  # what this message is kept up to date about, such as "today:2026-11-23"
    expects: str = ""  # an example of what is to be typed next, where nothing but words can follow


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of one committed row: singular table name, id as 26 characters, past participle."""

    entity: str
    id: str
    action: str


@dataclass(frozen=True, slots=True)
class Message:
    """What a person is shown, after the commit."""

    agent: Agent
    kind: Kind
    text: str
    at: datetime
    buttons: tuple[tuple[Button, ...], ...] = ()
    cards: tuple[Block, ...] = ()
    level: str = "none"
    rules: tuple[str, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    outbox_id: str | None = None
    edits: int | None = None
    is_quiet: bool = False  # it may arrive without a sound (telegram.md TG-17)
    live: str = ""  # as in Draft, and so is the next
    expects: str = ""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """Everything `commit` writes in its one transaction."""

    context: Context | None
    inbound: Inbound
    changes: tuple[Change, ...]
    drafts: tuple[Draft, ...]
    intents: tuple[tuple[str, float], ...] = ()
    level: str = "none"
    store_text: bool = True
    is_degraded: bool = False  # the model failed and the turn finished offline
    summary: str = ""  # of the conversation, this turn included
