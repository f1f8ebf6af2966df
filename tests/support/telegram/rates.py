"""How fast and when the bot spoke, judged from the record of calls (telegram.md TG-5, TG-70, TG-93)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from math import ceil
from zoneinfo import ZoneInfo

from tests.support.telegram.faults import Call
from tests.support.telegram.world import Sent

PASSING = ("sendMessageDraft", "sendRichMessageDraft", "sendChatAction")
JITTER_SECONDS = 0.08  # a call that was in time may arrive this much nearer to the one before


@dataclass
class Bucket:
    """Holds `burst` calls and gets `rate` a second back."""

    rate: float
    burst: float
    left: float = 0.0
    at: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.burst

    def wait(self, at: float) -> float:
        """Take one at this time; the seconds by which it came too early, 0 when it was in time."""
        self.left = min(self.burst, self.left + (at - self.at) * self.rate)
        self.at = at
        if self.left >= 1 - JITTER_SECONDS * self.rate:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.rate


def speaks(call: Call) -> bool:
    """Whether this call counts: messages, edits, drafts and typing do, questions and acknowledgements do not."""
    return call.method.startswith(("send", "edit", "delete", "setMessageReaction", "pin"))


def too_fast(calls: Iterable[Call], *, per_chat: float = 1.0, burst: int = 1, overall: float = 30.0) -> list[str]:
    """What broke the limits: in one chat `burst` messages at once and then `per_chat` a second, passing signs counted
    apart from messages; and no more than `overall` in any second.
    """
    chats: dict[tuple[int | None, bool], Bucket] = defaultdict(lambda: Bucket(per_chat, burst))
    found, recent = [], list[float]()
    for call in sorted((call for call in calls if speaks(call)), key=lambda call: call.at):
        early = chats[(call.chat_id, call.method in PASSING)].wait(call.at)
        if early:
            found.append(f"{call.method} to {call.chat_id} came {early:.2f} s too early")
        recent = [at for at in recent if call.at - at < 1.0 - JITTER_SECONDS] + [call.at]
        if len(recent) > overall:
            found.append(f"{len(recent)} calls within a second at {call.at:.2f}")
    return found


def loud_at_night(messages: Iterable[Sent], zone: str, start: time, end: time) -> list[str]:
    """Messages that came with a sound within quiet hours (local time, may span midnight)."""
    found = []
    for sent in messages:
        local = datetime.fromtimestamp(sent.body["date"], ZoneInfo(zone)).time()
        is_quiet = start <= local < end if start <= end else local >= start or local < end
        if sent.by_bot and is_quiet and not sent.is_silent:
            found.append(f"{local:%H:%M} {sent.text[:60]!r}")
    return found


class Police:
    """Answers 429 by itself, as Telegram does, to a bot that speaks too fast. It cannot know Telegram's real limits."""

    def __init__(self, *, per_chat: float = 1.0, burst: int = 3, overall: int = 30) -> None:
        self._chats: dict[int | None, Bucket] = defaultdict(lambda: Bucket(per_chat, burst))
        self._all = Bucket(overall, overall)

    def judge(self, call: Call) -> int:
        """The seconds to wait, 0 to let it pass."""
        if not speaks(call):
            return 0
        early = max(self._chats[call.chat_id].wait(call.at), self._all.wait(call.at))
        return ceil(early)
