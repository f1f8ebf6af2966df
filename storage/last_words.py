"""Last words: what has to be said although nothing is left that could hold it in an outbox.

Who is erased has no outbox any more, and a turn that failed wrote nothing into it. So the update stays open in the
inbox: in place of what came in it holds, sealed, what is to be said and where to, and nothing else. It ends when that
was told or never can be; a process that dies in between leaves it to the next one. After two days it ends anyway.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agents.domain.turn import Message
from storage.inbox import LAST_WORDS, Origin, row_of
from storage.models.delivery import InboxRow
from storage.outbox import body_of, message_of

KEPT = timedelta(hours=48)
IN_LINE = timedelta(minutes=1)  # so long the person's next messages wait for them
Ending = Literal["erased", "failed", "said"]
_NO_ROW = UUID(int=0)


@dataclass(frozen=True, slots=True)
class LastWords:
    """What is to be said in this chat, and how the update ends after it: done, or failed, or done and nobody's."""

    chat_id: int
    messages: tuple[Message, ...]
    ending: Ending
    left_at: datetime


def leave(
    session: Session, origin: Origin, chat: str, messages: Iterable[Message], ending: Ending, now: datetime,
    error: str = "",
) -> None:  # fmt: skip
    """The update is over but for these words, which whoever takes it up next says.

    Only Telegram is told later; everywhere else a turn's words are said where it runs, so the update ends here.
    """
    if origin.channel != "telegram":
        return end(session, origin, ending, now, error)
    payload = {
        "v": 1, "kind": LAST_WORDS, "chat": int(chat), "ending": ending, "left_at": now.isoformat(),
        "messages": [body_of(message) for message in messages],
    }  # fmt: skip
    free = {"lease_until": None, "lease_holder": None, "not_before": None, "group_key": None}
    return _set(session, origin, kind=LAST_WORDS, payload=payload, last_error=error or None, **free)


def found_in(payload: dict[str, Any]) -> LastWords | None:
    """The last words that an update's payload holds; None for one that is still to be answered."""
    if payload.get("kind") != LAST_WORDS:
        return None
    messages = tuple(replace(message_of(_NO_ROW, body), outbox_id=None) for body in payload["messages"])
    return LastWords(payload["chat"], messages, payload["ending"], datetime.fromisoformat(payload["left_at"]))


def put_off(session: Session, origin: Origin, until: datetime, error: str, *, out_of_line: bool) -> None:
    """Say them later. Out of line they keep nobody waiting, and nothing but themselves leads to the person."""
    values: dict[str, Any] = {"lease_until": None, "lease_holder": None, "not_before": until, "last_error": error[:300]}
    if out_of_line:
        values["external_hmac"] = token_bytes(32)  # a line of their own
    _set(session, origin, **values)


def end(session: Session, origin: Origin, ending: Ending, now: datetime, error: str = "") -> None:
    """They were told, or never can be: what was to be said goes, and after an erasure what leads to the person."""
    gone: dict[str, Any] = {"payload": None, "done_at": now, "lease_until": None, "not_before": None}
    if ending == "erased":
        result = {"v": 1, "erased": True}
        gone |= {"state": "done", "user_id": None, "external_hmac": None, "group_key": None, "result": result}
    else:
        gone |= {"state": "failed" if ending == "failed" else "done"}
    if error:
        gone["last_error"] = error[:300]
    _set(session, origin, **gone)


def were_left(session: Session, sender: bytes, since: datetime) -> bool:
    """Whether something was said to this sender in this way since then."""
    row = (InboxRow.external_hmac == sender, InboxRow.kind == LAST_WORDS, InboxRow.received_at > since)
    return session.scalar(select(InboxRow.update_id).where(*row).limit(1)) is not None


def _set(session: Session, origin: Origin, **values: Any) -> None:  # noqa: ANN401 - any column
    session.execute(update(InboxRow).where(*row_of(origin), InboxRow.state == "received").values(**values))
