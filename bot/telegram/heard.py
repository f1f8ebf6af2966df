"""What the ear heard, as values of our own: no type of any Telegram library leaves the ear."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.turn import Spoken, payload_of, spoken_of
from storage.people import Contact

FRESH = timedelta(minutes=2)  # a message younger than this was said now
Membership = Literal["blocked", "active"]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, and where the answer goes."""

    chat_id: int
    is_private: bool = True
    name: str | None = None
    language_code: str | None = None

    def contact(self) -> Contact:
        """As the house knows people. Their clock is UTC until they say better."""
        locale = self.language_code or "en"
        return Contact("telegram", str(self.chat_id), name=self.name, language_code=self.language_code, locale=locale)


@dataclass(frozen=True, slots=True)
class Heard:
    """One update. Without a sender, or with nothing said and no change of membership, it is kept and ignored."""

    update_id: int
    kind: str
    sender: Sender | None = None
    spoken: Spoken | None = None
    sent_at: datetime | None = None
    membership: Membership | None = None
    callback_id: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """An update as it comes back out of the inbox."""

    sender: Sender
    spoken: Spoken
    sent_at: datetime | None
    membership: Membership | None

    def moment(self, now: datetime) -> datetime:
        """When it was said: a message that was under way for long counts at its own date (telegram.md TG-85)."""
        return self.sent_at if self.sent_at is not None and now - self.sent_at > FRESH else now


def payload(heard: Heard) -> dict[str, Any] | None:
    """An update as the inbox keeps it; None when there is nothing in it to answer."""
    sender = heard.sender
    if sender is None or (heard.spoken is None and heard.membership is None):
        return None
    return {
        **payload_of(heard.spoken or Spoken()),
        "sender": [sender.chat_id, sender.is_private, sender.name, sender.language_code],
        "sent_at": heard.sent_at.isoformat() if heard.sent_at else None,
        "membership": heard.membership,
    }


def letter_of(plain: dict[str, Any]) -> Letter:
    """The way back."""
    sent_at = plain.get("sent_at")
    return Letter(
        sender=Sender(*plain["sender"]),
        spoken=spoken_of(plain),
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
        membership=plain.get("membership"),
    )
