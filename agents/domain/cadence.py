"""What is sent when: a due reminder and the person's state in, Send, Skip or Later out (science.md S-8, B-3..B-6).

The order of the questions is the order of their weight: may anything be sent at all (blocked, paused, safety), is it
still wanted, is it time, is it late, is it quiet, is it too much. Everything here is hard; learning (B-7) chooses only
among what is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from agents.domain.occurrence import instant

Kind = Literal[
    "morning_brief", "meal", "hydration", "workout", "bedtime", "weigh_in", "check_in", "expiry", "follow_up", "task",
    "habit", "weekly_report", "onboarding_resume", "custom",
]  # fmt: skip
QuietPolicy = Literal["drop", "shift", "ignore"]
SkipReason = Literal["quiet_hours", "cap", "paused", "safety", "late", "blocked", "not_needed"]
LaterReason = Literal["not_due", "snoozed", "quiet_hours"]
SnoozeChoice = Literal["10m", "1h", "tomorrow"]

DEFAULT_MAX_AGE_MINUTES = 60  # B-4, "all other kinds"
MAX_AGE_MINUTES: Mapping[Kind, int] = {  # B-4: how late each kind is still useful
    **dict.fromkeys(get_args(Kind), DEFAULT_MAX_AGE_MINUTES),
    "morning_brief": 180,
    "meal": 45,
    "workout": 60,
    "hydration": 30,
    "weigh_in": 240,
    "custom": 720,
}
QUIET_START, QUIET_END = time(21, 30), time(8, 0)  # B-4
CHOSEN_DAILY_CAP = 12  # B-3
UNSOLICITED_DAILY_CAP, UNSOLICITED_WEEKLY_CAP = 1, 5  # B-3, defaults
UNSOLICITED_HARD_CAP = 3  # B-3: no setting goes above
FAREWELL_AFTER_DAYS = 60  # B-5
MAX_SNOOZES = 3  # B-6
AS_ASKED_MINUTES = 60  # how long after its typed minute a message still counts as "sent as asked"
_MINUTE = timedelta(minutes=1)
_OWN_MATTER: frozenset[Kind] = frozenset({"custom", "task", "habit", "follow_up"})  # two of a kind may both matter
_BACKOFF_LADDER = ((2, 3), (10, 2), (30, 6), (FAREWELL_AFTER_DAYS, 15))  # B-5: silent for less than n days, every m


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """One occurrence that wants to be sent.

    `due_at` is aware. `is_chosen`: the person asked for it, otherwise it is unsolicited (B-3). `is_needed` is False
    once the plan made it pointless (the workout is done). `subject` tells apart two reminders of one kind, such as
    two wishes typed by the person: give the reminder's id.
    """

    kind: Kind
    due_at: datetime
    quiet_policy: QuietPolicy = "shift"
    max_age_minutes: int | None = None
    is_chosen: bool = True
    snoozed_until: datetime | None = None
    is_needed: bool = True
    subject: str | None = None

    def is_late(self, sent_at: datetime, due_at: datetime) -> bool:
        """Whether sending then is past its own limit, else that of its kind; seconds of a tick do not count."""
        limit = default_max_age(self.kind) if self.max_age_minutes is None else self.max_age_minutes
        return (sent_at - due_at) // _MINUTE > limit


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonState:
    """What decides about sending to one person now.

    "Today" is the person's local day, "week" the last seven days. `days_since_unsolicited` is None when nothing
    unsolicited was ever sent; 0 = today.
    """

    zone: str
    quiet_start: time = QUIET_START
    quiet_end: time = QUIET_END
    paused_until: datetime | None = None
    safety_quiet_until: datetime | None = None
    is_blocked: bool = False
    sent_chosen_today: int = 0
    sent_unsolicited_today: int = 0
    sent_unsolicited_week: int = 0
    daily_cap: int = UNSOLICITED_DAILY_CAP
    weekly_cap: int = UNSOLICITED_WEEKLY_CAP
    days_since_action: int = 0
    days_since_unsolicited: int | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now. `is_farewell`: in the words of the one last "I'll be quiet, write any time" (B-5)."""

    is_farewell: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """Never send this occurrence; the reason is stored with the firing."""

    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Later:
    """Ask again at `until` (UTC, after now)."""

    until: datetime
    reason: LaterReason


Decision = Send | Skip | Later


def default_max_age(kind: Kind) -> int:
    """Minutes of lateness allowed for a kind (B-4)."""
    return MAX_AGE_MINUTES[kind]


def decide(item: DueItem, state: PersonState, *, now: datetime) -> Decision:
    """Whether this occurrence goes out now. `now` is aware. Never Send inside the quiet hours unless asked for."""
    if reason := _barred(item, state, now):
        return Skip(reason)
    due_at = item.snoozed_until or goes_out_at(item, state)
    if now < due_at:
        return Later(due_at.astimezone(UTC), "snoozed" if item.snoozed_until else "not_due")
    if item.is_late(now, due_at):
        return Skip("late")
    if quiet := _held_by_quiet_hours(item, state, due_at, now):
        return quiet
    return Send() if item.snoozed_until else _within_caps(item, state)  # a snoozed one was counted when first sent


def goes_out_at(item: DueItem, state: PersonState) -> datetime:
    """When to look at an occurrence: its due instant, but bedtime inside the quiet hours at their start (B-4).

    Schedule by this instant: at the nominal bedtime the quiet hours have already begun.
    """
    if item.kind == "bedtime" and item.quiet_policy == "shift":
        span = quiet_span(item.due_at, state)
        return span[0] if span else item.due_at
    return item.due_at


def quiet_span(moment: datetime, state: PersonState) -> tuple[datetime, datetime] | None:
    """The quiet hours around an instant as UTC (begin included, end not), None outside. Equal times: no quiet hours."""
    today = moment.astimezone(ZoneInfo(state.zone)).date()
    crosses_midnight = state.quiet_end < state.quiet_start
    for opens_on in (today - timedelta(days=1), today):
        begin = instant(opens_on, state.quiet_start, state.zone)
        end = instant(opens_on + timedelta(days=crosses_midnight), state.quiet_end, state.zone)
        if begin <= moment < end:
            return begin, end
    return None


def backoff_days(days_since_action: int) -> int | None:
    """Least days between two unsolicited messages to someone silent this long (B-5); None = silence."""
    return next((every for below, every in _BACKOFF_LADDER if days_since_action < below), None)


def coalesce(items: Iterable[DueItem]) -> tuple[tuple[DueItem, ...], tuple[DueItem, ...]]:
    """What of one person's overdue items to keep, for one message together, and what to drop (B-4, after downtime).

    The newest of each kind is kept; of what the person typed and of tasks, habits and follow-ups, the newest of each
    subject. Both parts are ordered by due time.
    """
    ordered = sorted(items, key=lambda item: item.due_at)
    newest = {_matter(item): position for position, item in enumerate(ordered)}
    kept = set(newest.values())
    keep = tuple(item for position, item in enumerate(ordered) if position in kept)
    drop = tuple(item for position, item in enumerate(ordered) if position not in kept)
    return keep, drop


def can_snooze(snooze_count: int) -> bool:
    """Whether an occurrence snoozed this often may be snoozed once more (B-6)."""
    return snooze_count < MAX_SNOOZES


def snooze_until(choice: SnoozeChoice, now: datetime, zone: str, *, nominal: time | None = None) -> datetime:
    """The UTC instant a snooze ends (B-6). "tomorrow" keeps the wall time: the occurrence's own where given."""
    if choice == "10m":
        return now.astimezone(UTC) + timedelta(minutes=10)
    if choice == "1h":
        return now.astimezone(UTC) + timedelta(hours=1)
    local = now.astimezone(ZoneInfo(zone))
    return instant(local.date() + timedelta(days=1), nominal or local.time(), zone)


def _barred(item: DueItem, state: PersonState, now: datetime) -> SkipReason | None:
    if state.is_blocked:
        return "blocked"
    if state.paused_until is not None and now < state.paused_until:
        return "paused"
    is_own_wish = item.is_chosen and item.kind == "custom"  # S-8: the only ones that go on after a danger
    if state.safety_quiet_until is not None and now < state.safety_quiet_until and not is_own_wish:
        return "safety"
    return None if item.is_needed else "not_needed"


def _held_by_quiet_hours(item: DueItem, state: PersonState, due_at: datetime, now: datetime) -> Skip | Later | None:
    span = quiet_span(now, state)
    if span is None or _is_as_asked(item, due_at, now):
        return None
    begin, end = span
    if item.quiet_policy == "drop":
        return Skip("quiet_hours")
    if item.kind == "bedtime" and due_at == begin:
        return None  # B-4: it goes out at their start
    return Skip("late") if item.is_late(end, due_at) else Later(end, "quiet_hours")


def _is_as_asked(item: DueItem, due_at: datetime, now: datetime) -> bool:
    """A typed time and a snooze are the person's own minute, also at night, but not hours after it (an outage)."""
    is_own_minute = item.quiet_policy == "ignore" or item.snoozed_until is not None
    return is_own_minute and now - due_at <= AS_ASKED_MINUTES * _MINUTE


def _within_caps(item: DueItem, state: PersonState) -> Send | Skip:
    if item.is_chosen:
        return Send() if state.sent_chosen_today < CHOSEN_DAILY_CAP else Skip("cap")
    if state.sent_unsolicited_today >= min(state.daily_cap, UNSOLICITED_HARD_CAP):
        return Skip("cap")
    if state.sent_unsolicited_week >= state.weekly_cap:
        return Skip("cap")
    return _within_backoff(state)


def _within_backoff(state: PersonState) -> Send | Skip:
    every, since = backoff_days(state.days_since_action), state.days_since_unsolicited
    if every is not None:
        return Send() if since is None or since >= every else Skip("cap")
    # After 60 silent days one farewell, unless one was sent since then; who never heard from us needs none.
    is_farewell = since is not None and since > state.days_since_action - FAREWELL_AFTER_DAYS
    return Send(is_farewell=True) if is_farewell else Skip("cap")


def _matter(item: DueItem) -> tuple[Kind, str | None]:
    return item.kind, item.subject if item.kind in _OWN_MATTER else None
