"""What was heard, as values of our own: no type of any Telegram library leaves the reading (TG-62)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.spoken import Spoken
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
    """One update. Without a sender, or with nothing said and no change of membership, nobody waits for an answer."""

    update_id: int
    kind: str
    sender: Sender | None = None
    spoken: Spoken | None = None
    sent_at: datetime | None = None
    membership: Membership | None = None

    def moment(self, now: datetime) -> datetime:
        """When it was said: a message that was under way for long counts at its own date (telegram.md TG-85)."""
        return self.sent_at if self.sent_at is not None and now - self.sent_at > FRESH else now

    def together(self, others: "tuple[Heard, ...]") -> "Heard":
        """With the rest of its album: all captions and all files (telegram.md TG-24)."""
        said = [heard.spoken for heard in (self, *others) if heard.spoken is not None]
        if self.spoken is None or len(said) < 2:
            return self
        text = "\n".join(dict.fromkeys(spoken.text for spoken in said if spoken.text))
        files = tuple(spoken.attachment for spoken in said if spoken.attachment is not None)
        spoken = replace(self.spoken, text=text, attachment=files[0] if files else None, more=files[1:])
        return replace(self, spoken=spoken)
