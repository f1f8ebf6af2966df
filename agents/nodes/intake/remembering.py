"""What is kept in mind of a person: take it, show it, put it right, let it go. Nothing before consent.

Whatever belongs in the profile, orders the coach about or leads to somebody is not kept, and the person hears why.
"""

from collections.abc import Sequence
from uuid import UUID

from agents.domain import crockford
from agents.domain.blocks import Card
from agents.domain.changes import AllForgotten, Change, FactForgotten, FactRemembered
from agents.domain.context import Context
from agents.domain.remembering import LONGEST, MOST, Remembered, giving_way, meant, newest_first, same, unfit
from agents.ports import Ports
from agents.schemas import IntentName, Remember, Target, Understanding
from agents.state import Choice, Line, Part

FORGET, ALL, ALL_YES, KEEP, VIEW = (
    "memory:forget:", "memory:all", "memory:all_yes", "memory:keep", "memory:view",
)  # fmt: skip
_ORDER = 14
_BUTTONS_A_ROW = 5
_MOST_OFFERED = 6
_SHOWN = 40  # characters of a memory on a button
_ELSEWHERE: tuple[IntentName, ...] = ("pain", "illness")


async def remembering(context: Context, heard: Understanding, tap: str | None, ports: Ports) -> list[Part]:
    """Everything of this message that is about what is kept in mind; [] when nothing is."""
    is_tapped = tap is not None and tap.startswith("memory:")
    if not (is_tapped or heard.has("remember", "forget", "memory_view")):
        return []
    if not context.may_store_health:
        return [Part("intake_safety", lines=(Line("memory-after-consent"),), order=_ORDER)]
    known = list(newest_first(await ports.memory.remembered(), context.today))
    if is_tapped and tap is not None:
        return [_tapped(tap, known, context)]
    parts = []
    for intent in heard.intents:
        if intent.name == "remember" and isinstance(intent.payload, Remember):
            parts.append(_remember(intent.payload, known, context, heard, ports))
        elif intent.name == "forget" and isinstance(intent.payload, Target):
            parts.append(_forget(intent.payload, known))
        elif intent.name == "memory_view":
            parts.append(_view(known, context))
    return [part for part in parts if part.lines or part.cards]


def _remember(wish: Remember, known: list[Remembered], context: Context, heard: Understanding, ports: Ports) -> Part:
    """Keep it; the one it puts right goes, and with too many the least needed one, which is said."""
    text = " ".join(wish.text.split())[:LONGEST]
    if (reason := unfit(text)) is not None:
        is_said_elsewhere = reason == "profile" and (heard.facts or heard.has(*_ELSEWHERE))
        return Part("intake_safety", lines=() if is_said_elsewhere else (Line(f"memory-{reason}"),), order=_ORDER)
    replaced = _numbered(wish.number, known)
    if wish.number is not None and replaced is None:
        return Part("intake_safety", lines=(Line("memory-no-number", {"count": len(known)}),), order=_ORDER)
    replaced = replaced or _moved(wish, text, known)
    if replaced is None and any(same(one.text) == same(text) for one in known):
        return Part("intake_safety", lines=(Line("memory-known", {"text": text}),), order=_ORDER)
    fact = Remembered(ports.new_id(), wish.kind, text, context.today, wish.on, wish.confidence)
    return _kept(fact, replaced, known, context)


def _kept(fact: Remembered, replaced: Remembered | None, known: list[Remembered], context: Context) -> Part:
    kept = FactRemembered(fact)
    changes: list[Change] = []
    lines = [Line("done-remembered", {"text": fact.text}, (kept,))]
    gone = [replaced] if replaced else giving_way(known, context.today)
    for one in gone:
        forgotten = FactForgotten(one.id)
        changes.append(forgotten)
        key = "done-memory-replaced" if one is replaced else "done-memory-gave-way"
        lines.append(Line(key, {"text": one.text, "most": MOST}, (forgotten,)))
        known.remove(one)
    known.insert(0, fact)
    choices = ((Choice("opt-memory-forget", f"{FORGET}{crockford.encode(fact.id)}"), Choice("opt-memory", VIEW)),)
    return Part("intake_safety", changes=(*changes, kept), lines=tuple(lines), choices=choices, order=_ORDER)


def _moved(wish: Remember, text: str, known: Sequence[Remembered]) -> Remembered | None:
    """The same event under another date: what was said before no longer holds."""
    if wish.kind != "upcoming_event":
        return None
    events = [one for one in known if one.kind == "upcoming_event" and one.on != wish.on]
    same_event = [one for one in events if _event(one.text) == _event(text)]
    return same_event[0] if len(same_event) == 1 else None


def _event(text: str) -> str:
    """What an event is, without when: the words before "is on", "starts", "in May"."""
    words = same(text).split()
    return " ".join(word for word in words if not (any(c.isdigit() for c in word) or word[:3] in _TIMES))


_TIMES = frozenset(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu",
     "fri", "sat", "sun", "nex", "tom")
)  # fmt: skip


def _forget(wish: Target, known: list[Remembered]) -> Part:
    """Let go of the one that is meant; of several that fit the person chooses; all of them only after a second yes."""
    if wish.everything:
        return _sure_of_all(known)
    if wish.number is not None:
        one = _numbered(wish.number, known)
        return _gone(one, known) if one else Part(
            "intake_safety", lines=(Line("memory-no-number", {"count": len(known)}),), order=_ORDER
        )  # fmt: skip
    found = meant(known, wish.words)
    if len(found) == 1:
        return _gone(found[0], known)
    if not found:
        return Part("intake_safety", lines=(Line("memory-none-such"),), choices=_WAYS, order=_ORDER)
    rows = tuple(
        (Choice("opt-plain", f"{FORGET}{crockford.encode(one.id)}", {"text": one.text[:_SHOWN]}),)
        for one in found[:_MOST_OFFERED]
    )
    return Part("intake_safety", lines=(Line("memory-which"),), choices=rows, order=_ORDER)


def _gone(one: Remembered, known: list[Remembered]) -> Part:
    forgotten = FactForgotten(one.id)
    known.remove(one)
    line = Line("done-forgotten", {"text": one.text}, (forgotten,))
    return Part("intake_safety", changes=(forgotten,), lines=(line,), order=_ORDER)


def _numbered(number: int | None, known: Sequence[Remembered]) -> Remembered | None:
    """As numbered in the list; -1 is the last that was said, which stands first."""
    if number is None or not known:
        return None
    if number == -1:
        return max(known, key=lambda one: (one.since, one.id.int))
    return known[number - 1] if 1 <= number <= len(known) else None


def _sure_of_all(known: Sequence[Remembered]) -> Part:
    if not known:
        return Part("intake_safety", lines=(Line("memory-empty"),), order=_ORDER)
    choices = ((Choice("opt-memory-all-yes", ALL_YES, style="danger"),), (Choice("opt-memory-keep", KEEP),))
    return Part("intake_safety", lines=(Line("memory-all-sure", {"count": len(known)}),), choices=choices, order=_ORDER)


def _view(known: Sequence[Remembered], context: Context) -> Part:
    """Everything that is kept: what was said, by number, and the summary of the conversation."""
    if not known:
        lines = (Line("memory-empty"), Line("memory-how"), *_so_far(context))
        return Part("intake_safety", lines=lines, choices=_WAYS, order=_ORDER)
    rows = tuple((str(number), one.text, _when(one)) for number, one in enumerate(known, start=1))
    buttons = [
        Choice("opt-memory-forget-number", f"{FORGET}{crockford.encode(one.id)}", {"number": number})
        for number, one in enumerate(known, start=1)
    ]
    choices = tuple(tuple(buttons[i : i + _BUTTONS_A_ROW]) for i in range(0, len(buttons), _BUTTONS_A_ROW))
    return Part(
        "intake_safety",
        lines=(Line("memory-head", {"count": len(known)}), *_so_far(context)),
        cards=(Card("What you asked me to keep in mind", ("No.", "What you said", "When"), rows),),
        choices=(*choices, (Choice("opt-memory-all", ALL, style="danger"),)),
        order=_ORDER,
    )


def _so_far(context: Context) -> tuple[Line, ...]:
    if not context.summary:
        return ()
    return (Line("memory-summary", {"summary": context.summary.replace("\n", "\n• ")}),)


def _when(one: Remembered) -> str:
    return f"{one.since:%d %b %Y}" if one.on is None else f"for {one.on:%d %b %Y}, said {one.since:%d %b %Y}"


_WAYS = ((Choice("opt-memory", VIEW), Choice("opt-profile", "view:profile")),)


def _tapped(tap: str, known: list[Remembered], context: Context) -> Part:
    if tap == VIEW:
        return _view(known, context)
    if tap == ALL:
        return _sure_of_all(known)
    if tap == ALL_YES:
        forgotten = AllForgotten()
        if not known:
            return Part("intake_safety", lines=(Line("memory-empty"),), order=_ORDER)
        line = Line("done-memory-all", {"count": len(known)}, (forgotten,))
        return Part("intake_safety", changes=(forgotten,), lines=(line,), order=_ORDER)
    if tap == KEEP:
        return Part("intake_safety", lines=(Line("memory-kept"),), order=_ORDER)
    one = next((one for one in known if one.id == _id(tap.removeprefix(FORGET))), None)
    return _gone(one, known) if one else Part("intake_safety", lines=(Line("stale-button"),), order=_ORDER)


def _id(text: str) -> UUID | None:
    try:
        return crockford.decode(text)
    except ValueError:
        return None
