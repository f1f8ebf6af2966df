"""What is kept, and what leaves this machine: to whom, since when allowed, and word for word what went last."""

from agents.domain.blocks import Block, Details
from agents.domain.context import Context
from agents.domain.sent import LastSent
from agents.domain.turn import MemoryUnavailable
from agents.ports import Ports
from agents.schemas import Understanding
from agents.state import Choice, Line, Part

_ORDER = 20
_CELL = 3500  # characters of one text in one row; what is longer goes on in the next


async def privacy(context: Context, heard: Understanding, ports: Ports) -> list[Part]:
    """The answer to /privacy; [] when nobody asked. Before consent onboarding answers."""
    if not heard.has("privacy") or not context.may_store_health:
        return []
    lines = [Line("privacy-short"), *_whether(context, ports.model_host)]
    cards: tuple[Block, ...] = ()
    try:
        last = await ports.memory.last_sent()
        lines += _last(last, context)
        cards = _word_for_word(last) if last else ()
    except MemoryUnavailable:
        lines.append(Line("privacy-unread"))
    return [Part("intake_safety", lines=tuple(lines), cards=cards, choices=_WAYS, order=_ORDER)]


def _whether(context: Context, host: str | None) -> tuple[Line, ...]:
    if host is None:
        return (Line("privacy-no-model"),)
    if not context.allows_model(host):
        return (Line("privacy-model-off", {"host": host}),)
    return (Line("privacy-model-on", {"host": host}),)


def _last(last: LastSent | None, context: Context) -> list[Line]:
    if last is None:
        return [Line("privacy-nothing-sent")]
    at = last.at.astimezone(context.local_now.tzinfo)
    return [Line("privacy-last-sent", {"host": last.host, "day": f"{at:%d %B %Y}", "time": f"{at:%H:%M}"})]


def _word_for_word(last: LastSent) -> tuple[Block, ...]:
    """One foldable list: what each question was for, who speaks in it, and its words as they went out."""
    rows = tuple(
        row
        for number, one in enumerate(last.sent, start=1)
        for row in (
            *((f"{number}. {one.purpose}, {role}", piece) for role, words in one.texts for piece in _pieces(words)),
            *((f"{number}. {one.purpose}, attached", name) for name in one.attached),
        )
    )
    return (Details(f"Sent to {last.host}", ("Part", "Words"), rows, shown=1),)


def _pieces(words: str) -> list[str]:
    return [words[i : i + _CELL] for i in range(0, len(words), _CELL)] or [""]


_WAYS = ((Choice("opt-memory", "memory:view"), Choice("opt-profile", "view:profile")),)
