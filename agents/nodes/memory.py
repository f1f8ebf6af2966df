"""The first and the last node: read everything once, write everything once."""

from dataclasses import replace

from langgraph.runtime import Runtime

from agents.domain.changes import Change, ConsentGranted, ConsentWithdrawn, QuestionOpened, WordsSent
from agents.domain.context import Context
from agents.domain.sent import LastSent
from agents.domain.so_far import rolled
from agents.domain.turn import LEVELS, ClaimUnproven, MemoryUnavailable, Message, TurnRecord
from agents.ports import Ports
from agents.state import Part, State


async def recall(state: State, runtime: Runtime[Ports]) -> State:
    """Read the person in one go. When that fails the context is None: `screen` still runs."""
    try:
        return {"context": await runtime.context.memory.recall(state["inbound"].at)}
    except MemoryUnavailable:
        return {"context": None}


async def commit(state: State, runtime: Runtime[Ports]) -> State:
    """Write the turn, all or nothing. A turn that cannot be written claims nothing (promise P1)."""
    context = state["context"]
    if context is None:
        return {"messages": _unrecorded(state)}
    parts = state["vetted"]
    level = max((part.level for part in parts), key=LEVELS.index, default="none")
    changes = tuple(change for part in parts for change in part.changes)
    may_store = context.may_store_health or _grants_consent(parts)
    intents = _intents(state)
    record = TurnRecord(
        context=context,
        inbound=state["inbound"],
        changes=(*_with_aged_question(context, changes), *_with_what_was_sent(context, changes, runtime.context)),
        drafts=state["drafts"],
        intents=intents,
        level=level,
        store_text=may_store,
        is_degraded=_is_degraded(state),
        summary=rolled(context.summary, (name for name, _ in intents), changes, context.today) if may_store else "",
    )
    try:
        return {"messages": await runtime.context.memory.commit(record)}
    except (MemoryUnavailable, ClaimUnproven):
        return {"messages": _failed(state, runtime.context), "is_failed": True}


def _with_aged_question(context: Context, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """A question this turn left open is not answered by a plain "yes" any more: that may mean something else."""
    question = context.question
    if question is None or not question.is_fresh or any(isinstance(change, QuestionOpened) for change in changes):
        return changes
    return (*changes, QuestionOpened(replace(question, is_fresh=False)))


def _with_what_was_sent(context: Context, changes: tuple[Change, ...], ports: Ports) -> tuple[Change, ...]:
    """What this turn sent to a model is kept for the person to see; not after they took their consent back."""
    sent, host = ports.sent(), ports.model_host
    if not sent or host is None or any(isinstance(change, ConsentWithdrawn) for change in changes):
        return ()
    return (WordsSent(LastSent(context.now, host, sent)),)


def _intents(state: State) -> tuple[tuple[str, float], ...]:
    understanding = state.get("understanding")
    return tuple((i.name, i.confidence) for i in understanding.intents) if understanding else ()


def _is_degraded(state: State) -> bool:
    understanding = state.get("understanding")
    return understanding is not None and understanding.is_degraded


def _grants_consent(parts: list[Part]) -> bool:
    return any(isinstance(change, ConsentGranted) for part in parts for change in part.changes)


def _unrecorded(state: State) -> tuple[Message, ...]:
    """What is said when nothing could be read: safety texts go out as they are, unrecorded (science.md S-62)."""
    at = state["inbound"].at
    return tuple(Message(d.agent, d.kind, d.text, at, d.buttons, d.cards, d.level, d.rules) for d in state["drafts"])


def _failed(state: State, ports: Ports) -> tuple[Message, ...]:
    """What is said when the write failed: safety texts as they are, everything else becomes one honest sentence."""
    at = state["inbound"].at
    context = state["context"]
    locale = context.profile.locale if context else "en"
    kept = tuple(m for m in _unrecorded(state) if m.level in ("urgent", "emergency", "crisis"))
    sorry = Message("intake_safety", "reply", ports.speech.say(locale, "error-not-saved", {}), at)
    return (*kept, sorry)
