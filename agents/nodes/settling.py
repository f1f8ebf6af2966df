"""A tap changes the message it was on: what was settled stands there, used buttons go (telegram.md TG-14).

Where the answer says no more than that, there is no second message. Channels without such messages are not concerned:
then `tapped` is None and nothing changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from langgraph.runtime import Runtime

from agents.domain.blocks import Block, Card, Checklist, Paragraph
from agents.domain.changes import (
    AccountErased,
    Change,
    FiringAnswered,
    LogRemoved,
    ReminderCancelled,
    TaskMarked,
    TaskSnoozed,
)
from agents.domain.context import Context
from agents.domain.turn import Button, Draft, MemoryUnavailable, Message
from agents.ports import Ports, Speech
from agents.state import Line, Part, State

_STAYS = ("view", "see", "profile:history", "profile:view")  # ways to somewhere else, as good the second time
_REFUSED = frozenset({"stale-button", "firing-already", "task-already", "nothing-to-undo", "meal-offer-old"})
_ASKS_BACK = ("ctl_why", "consent:more")  # the question comes again, nothing was chosen
_FIXED = ("urgent", "emergency", "crisis")
_OPEN, _MARKS = "○", {"completed": "✓", "skipped": "–"}


@dataclass(frozen=True, slots=True)
class _Tap:
    """One tap on a message that is known."""

    data: str
    label: str
    shown: Message
    parts: Sequence[Part]
    context: Context
    speech: Speech

    def say(self, key: str, **args: str) -> str:
        return self.speech.say(self.context.profile.locale, key, args)

    def clock(self, at: datetime) -> str:
        """A wall time of the person, with its day where that is not today."""
        local = at.astimezone(self.context.local_now.tzinfo)
        return f"{local:%H:%M}" if local.date() == self.context.today else f"{local:%a %H:%M}"


async def settle(state: State, runtime: Runtime[Ports]) -> State:
    """The drafts of this turn, the tapped message among them where it has to change."""
    context, inbound, drafts = state["context"], state["inbound"], state["drafts"]
    if context is None or not inbound.tap or inbound.tapped is None or _begins(inbound.tap, _STAYS):
        return {}
    if any(isinstance(change, AccountErased) for part in state["vetted"] for change in part.changes):
        return {}  # the last words are all that is said, and nothing of the old ones is kept to be shown again
    try:
        shown = await runtime.context.memory.shown(inbound.tapped)
    except MemoryUnavailable:
        return {}  # the answer is worth more than the looks of an old message
    label = _label(shown.buttons, inbound.tap) if shown is not None else None
    if shown is None or label is None or shown.level in _FIXED:
        return {}
    tap = _Tap(inbound.tap, label, shown, state["vetted"], context, runtime.context.speech)
    return {"drafts": _settled(tap, inbound.tapped, drafts)}


def _settled(tap: _Tap, number: int, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The changed message first; the answer after it, unless the change says it all."""
    cards, line = _with_state(tap)
    buttons = _unused(tap)
    if not _says_it_all(tap.parts) or len(drafts) != 1:
        edited = replace(_draft(tap.shown, line, cards), buttons=buttons, edits=number)
        return (edited, *drafts)
    answer = drafts[0]
    edited = replace(
        _draft(tap.shown, line, cards), agent=answer.agent, rules=answer.rules, claims=answer.claims,
        buttons=(*buttons, *answer.buttons), edits=number,
    )  # fmt: skip
    return (edited,)


def _draft(shown: Message, line: str, cards: tuple[Block, ...]) -> Draft:
    """The message as it was, and what became of it."""
    if line and cards:
        cards = (*cards, Paragraph(line))
    text = f"{shown.text}\n\n{line}".strip() if line and not cards else shown.text
    return Draft(shown.agent, "reply", text, cards=cards)


def _with_state(tap: _Tap) -> tuple[tuple[Block, ...], str]:
    """The tables with a tick where the task stands in one, else a line that says what was settled."""
    lines = [line for part in tap.parts for line in part.lines]
    if any(line.key in _REFUSED for line in lines) or tap.data.endswith(_ASKS_BACK):
        return tap.shown.cards, ""
    changes = [change for part in tap.parts for change in part.changes]
    cards = _ticked(tap.shown.cards, lines, changes)
    if cards != tap.shown.cards:
        return cards, ""
    said = (_state_line(tap, change) for change in changes)
    return cards, next((line for line in said if line), tap.say("state-chosen", label=tap.label))


def _state_line(tap: _Tap, change: Change) -> str:
    now = tap.clock(tap.context.now)
    if isinstance(change, TaskMarked):
        keys = {"completed": "state-done", "skipped": "state-skipped"}
        return tap.say(keys.get(change.status, "state-undone"), at=now)
    if isinstance(change, FiringAnswered) and change.response in ("done", "skipped"):
        return tap.say("state-done" if change.response == "done" else "state-skipped", at=now)
    until = getattr(change, "until", None)
    if isinstance(change, TaskSnoozed | FiringAnswered) and isinstance(until, datetime):
        return tap.say("state-snoozed", at=tap.clock(until))
    if isinstance(change, LogRemoved | ReminderCancelled):
        return tap.say("state-undone", at=now)
    return ""


def _ticked(blocks: tuple[Block, ...], lines: Iterable[Line], changes: Iterable[Change]) -> tuple[Block, ...]:
    marks = [_MARKS[change.status] for change in changes if isinstance(change, TaskMarked) and change.status in _MARKS]
    names = [str(line.args["task"]) for line in lines if line.key.startswith("done-task-") and "task" in line.args]
    if len(marks) != 1 or len(names) != 1:
        return blocks
    return tuple(_with_tick(block, names[0], marks[0]) if isinstance(block, Card) else block for block in blocks)


def _with_tick(card: Card, task: str, mark: str) -> Card:
    rows = tuple(tuple(f"{mark} {task}" if cell == f"{_OPEN} {task}" else cell for cell in row) for row in card.rows)
    if not isinstance(card, Checklist):
        return replace(card, rows=rows)
    is_done = mark == _MARKS["completed"]
    marks = tuple(
        is_done or None if task in row and was is False else was for row, was in zip(card.rows, card.marks, strict=True)
    )
    return replace(card, rows=rows, marks=marks)


def _unused(tap: _Tap) -> tuple[tuple[Button, ...], ...]:
    """The buttons that still mean something: ways to elsewhere, and the other tasks of a list."""
    subject = tap.data.rpartition(":")[2] if tap.data.startswith("task:") else None

    def is_used(button: Button) -> bool:
        if _begins(button.data, _STAYS):
            return False
        return subject is None or not button.data.startswith("task:") or button.data.endswith(f":{subject}")

    rows = (tuple(button for button in row if not is_used(button)) for row in tap.shown.buttons)
    return tuple(row for row in rows if row)


def _says_it_all(parts: Sequence[Part]) -> bool:
    """Whether the answer only confirms the tap."""
    lines = [line for part in parts for line in part.lines]
    confirms = ("done-task-", "done-firing-", "done-log-removed", "done-reminder-cancelled")
    is_plain = not any(part.cards or part.fixed_text or part.level != "none" for part in parts)
    return bool(lines) and is_plain and all(line.key.startswith(confirms) for line in lines)


def _label(rows: Iterable[Iterable[Button]], data: str) -> str | None:
    return next((button.label for row in rows for button in row if button.data == data), None)


def _begins(data: str, names: tuple[str, ...]) -> bool:
    return any(data == name or data.startswith(f"{name}:") for name in names)
