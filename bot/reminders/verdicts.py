"""One person's due reminders judged together: what is sent, what never will be, and when each row is due next."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from agents.domain import cadence
from agents.domain.cadence import AS_ASKED_MINUTES, Decision, Later, PersonState, Send, Skip
from agents.domain.occurrence import instant
from bot.reminders.occasions import Occasion, Reached, reached
from storage.due import DueRow, Move
from storage.firings import Name

_MINUTE = timedelta(minutes=1)
IsNeeded = Callable[[DueRow], bool]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one occurrence for good. `reason` is given with "suppressed"."""

    occasion: Occasion
    outcome: Literal["queued", "suppressed", "coalesced"]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All verdicts, and every row's next due time."""

    verdicts: tuple[Verdict, ...]
    moves: tuple[Move, ...]


@dataclass(slots=True)
class _Pass:
    """One occurrence on its way to a verdict."""

    occasion: Occasion
    decision: Decision
    is_dropped: bool = field(default=False)

    def is_of(self, row: DueRow) -> bool:
        """Whether it is an occurrence of this row."""
        return self.occasion.row is row

    def goes_out(self) -> bool:
        """Whether it is sent now."""
        return isinstance(self.decision, Send) and not self.is_dropped

    def waits_until(self) -> tuple[Occasion, datetime] | None:
        """The occurrence and when to ask again, where it has to wait."""
        is_waiting = isinstance(self.decision, Later) and not self.is_dropped
        return (self.occasion, self.decision.until) if is_waiting else None  # type: ignore[union-attr]  # a Later

    def verdict(self) -> Verdict | None:
        """What is settled about it."""
        if self.is_dropped:
            return Verdict(self.occasion, "coalesced")
        if isinstance(self.decision, Skip):
            return Verdict(self.occasion, "suppressed", self.decision.reason)
        return Verdict(self.occasion, "queued") if isinstance(self.decision, Send) else None


def judge(
    rows: Sequence[DueRow], state: PersonState, handled: AbstractSet[Name], is_needed: IsNeeded, now: datetime
) -> Judgement:
    """Decide every occurrence that has come and was not handled before.

    Of what may be sent, the cadence keeps the newest of each kind (B-4); caps count on from one to the next.
    """
    clocks = [reached(row, state.zone, now) for row in rows]
    passes = [
        _Pass(occasion, _decided(occasion, state, is_needed, now))
        for clock in clocks
        for occasion in clock.come
        if occasion.name not in handled
    ]
    passes.sort(key=lambda one: one.occasion.due_at)
    sendable = [one for one in passes if isinstance(one.decision, Send)]
    _drop_what_is_outdated(sendable)
    _count(sendable, state, now)
    _drop_what_waited_too_long(passes)
    verdicts = tuple(verdict for one in passes if (verdict := one.verdict()) is not None)
    return Judgement(verdicts, tuple(_move(clock, passes, now) for clock in clocks))


def _decided(occasion: Occasion, state: PersonState, is_needed: IsNeeded, now: datetime) -> Decision:
    """Whether it is still needed is asked last, because that alone takes reading."""
    item = occasion.item()
    decision = cadence.decide(item, state, now=now)
    if isinstance(decision, Send) and not is_needed(occasion.row):
        return cadence.decide(replace(item, is_needed=False), state, now=now)
    return decision


def _drop_what_is_outdated(sendable: Sequence[_Pass]) -> None:
    items = [one.occasion.item() for one in sendable]
    kept = {id(item) for item in cadence.coalesce(items)[0]}
    for one, item in zip(sendable, items, strict=True):
        one.is_dropped = id(item) not in kept


def _drop_what_waited_too_long(passes: Sequence[_Pass]) -> None:
    """What a reminder's newer occurrence overtakes while it waits for the morning is outdated too."""
    newest = {one.occasion.row.id: one.occasion.due_at for one in passes if one.goes_out()}
    for one in passes:
        if one.waits_until() and not one.occasion.is_snooze:
            one.is_dropped = one.occasion.due_at < newest.get(one.occasion.row.id, one.occasion.due_at)


def _count(sendable: Iterable[_Pass], state: PersonState, now: datetime) -> None:
    """What this tick sends counts for what follows in it."""
    for number, one in enumerate(one for one in sendable if not one.is_dropped):
        item = one.occasion.item()
        if number:
            one.decision = cadence.decide(item, state, now=now)
        if isinstance(one.decision, Send):
            state = _one_more(state, is_chosen=item.is_chosen)


def _one_more(state: PersonState, *, is_chosen: bool) -> PersonState:
    if is_chosen:
        return replace(state, sent_chosen_today=state.sent_chosen_today + 1)
    return replace(
        state,
        sent_unsolicited_today=state.sent_unsolicited_today + 1,
        sent_unsolicited_week=state.sent_unsolicited_week + 1,
        days_since_unsolicited=0,
    )


def expires_at(occasion: Occasion, state: PersonState, now: datetime) -> datetime:
    """Until when a message that could not be sent at once may still go out: its lateness, and no quiet hours (B-4).

    A clock time the person typed, and a snooze, may reach into the quiet hours as far as the cadence lets them.
    """
    item = occasion.item()
    due_at = item.snoozed_until or cadence.goes_out_at(item, state)
    limit = due_at + (occasion.row.max_age_minutes + 1) * _MINUTE
    is_asked = item.quiet_policy == "ignore" or occasion.is_snooze
    as_asked_until = due_at + (AS_ASKED_MINUTES + 1) * _MINUTE
    if cadence.quiet_span(now, state) is not None:
        return min(limit, as_asked_until) if is_asked else limit
    begin = _quiet_from(state, now)
    if begin is None:
        return limit
    return min(limit, max(begin, as_asked_until) if is_asked else begin)


def _quiet_from(state: PersonState, now: datetime) -> datetime | None:
    """When the next quiet hours begin."""
    if state.quiet_start == state.quiet_end:
        return None
    today = now.astimezone(ZoneInfo(state.zone)).date()
    begins = (instant(today + timedelta(days), state.quiet_start, state.zone) for days in (0, 1, 2))
    return next(begin for begin in begins if begin > now)


def _move(clock: Reached, passes: Iterable[_Pass], now: datetime) -> Move:
    """Where a row stands next: at what has to wait, else at what is ahead; a snooze may come in between."""
    row, ahead = clock.row, clock.ahead
    day, at = (ahead.local_date, ahead.local_time) if ahead else (row.local_date, row.local_time)
    due_at = ahead.due_at if ahead else None
    is_asleep = row.snoozed_until is not None and row.snoozed_until > now
    wakes_at = snoozed_until = row.snoozed_until if is_asleep else None
    for occasion, until in reversed([waiting for one in passes if (waiting := one.waits_until()) and one.is_of(row)]):
        if occasion.is_snooze:
            wakes_at, snoozed_until = until, row.snoozed_until
        else:
            # It keeps its name; the next occurrence may come before its waiting is over.
            day, at = occasion.local_date, occasion.local_time
            due_at = min(until, ahead.due_at) if ahead else until
    return Move(row.user_id, row.id, min(filter(None, (due_at, wakes_at)), default=None), day, at, snoozed_until)
