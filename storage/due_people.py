"""What a tick needs to know about many people at once: how to reach them and whether anything may be sent.

Four statements for a batch, whoever is in it. What a message is worded from is read afterwards, and only for those who
get one (`for_words`).
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from agents.domain.context import CareSettings, Context, PlannedMealView
from agents.domain.onboarding import OnboardingState
from agents.domain.profile import Profile
from storage import due_meals, firings, planned, recall, tasks
from storage.firings import Sent
from storage.models.conversation import Conversation
from storage.models.identity import ChannelAccount, User, UserSettings
from storage.people import Person

_PEOPLE = (
    select(
        User.id, User.status, User.timezone, User.locale, User.last_seen_at,
        UserSettings.quiet_start, UserSettings.quiet_end, UserSettings.paused_until, UserSettings.safety_quiet_until,
        UserSettings.tone, UserSettings.wake_time, UserSettings.bed_time,
        UserSettings.daily_unsolicited_cap,
        UserSettings.weekly_unsolicited_cap, ChannelAccount.id.label("account_id"), ChannelAccount.channel,
        ChannelAccount.state, Conversation.id.label("conversation_id"),
    )
    .join(UserSettings, UserSettings.user_id == User.id)
    .join(ChannelAccount, (ChannelAccount.user_id == User.id) & ChannelAccount.is_primary)
    .join(
        Conversation,
        (Conversation.user_id == User.id) & (Conversation.kind == "coach") & (Conversation.state == "open"),
    )
    .where(User.id.in_(bindparam("people", expanding=True)))
)  # fmt: skip

# What the words of a kind are made from (agents.domain.pushes); any kind that is not named here gets the whole picture.
_WORDED_ALONE = frozenset({"bedtime", "hydration", "check_in", "custom", "task", "habit", "follow_up", "expiry"})
_WORDED_FROM_MEALS = frozenset({"meal"})
_WORDED_FROM_THE_DAY = frozenset({"morning_brief"})


@dataclass(frozen=True, slots=True)
class DuePerson:
    """One person as the cadence sees them. `caps` are unasked messages a day and a week."""

    who: Person
    is_blocked: bool
    zone: str
    locale: str
    settings: CareSettings
    wake_time: time | None
    bed_time: time | None
    caps: tuple[int, int]
    last_seen_at: datetime | None
    sent: Sent
    meals: tuple[PlannedMealView, ...] = ()


def read(session: Session, kinds: Mapping[UUID, AbstractSet[str]], now: datetime) -> dict[UUID, DuePerson]:
    """Everybody of these who can be reached in principle; who has no account or no thread is left out.

    `kinds` are the kinds of reminders that are due for each; where they speak of meals, today's are read along.
    """
    rows = session.connection().execute(_PEOPLE, {"people": list(kinds)}).all()
    sent = firings.sent_lately(session, {row.id: row.timezone for row in rows}, now)
    eaters = [row for row in rows if kinds[row.id] & (_WORDED_FROM_MEALS | _WORDED_FROM_THE_DAY)]
    meals = due_meals.read(session, {row.id: now.astimezone(ZoneInfo(row.timezone)).date() for row in eaters})
    return {row.id: _person(row, sent[row.id], meals.get(row.id, ())) for row in rows}


def _person(row: Any, sent: Sent, meals: tuple[PlannedMealView, ...]) -> DuePerson:  # noqa: ANN401 - a row
    return DuePerson(
        who=Person(row.id, row.account_id, row.conversation_id, row.channel, row.status),
        is_blocked=row.state == "blocked" or row.status != "active",
        zone=row.timezone,
        locale=row.locale,
        settings=CareSettings(row.quiet_start, row.quiet_end, row.paused_until, row.safety_quiet_until, row.tone),
        wake_time=row.wake_time,
        bed_time=row.bed_time,
        caps=(row.daily_unsolicited_cap, row.weekly_unsolicited_cap),
        last_seen_at=row.last_seen_at,
        sent=sent,
        meals=meals,
    )


def for_words(session: Session, person: DuePerson, kinds: AbstractSet[str], now: datetime) -> Context:
    """The picture from which reminders of these kinds are worded: as little of it as they need.

    Needs the person's key scope.
    """
    if not kinds <= _WORDED_ALONE | _WORDED_FROM_MEALS | _WORDED_FROM_THE_DAY:
        return recall.recall(session, person.who, now)
    day: dict[str, Any] = {}
    if kinds & _WORDED_FROM_THE_DAY:
        user_id, today = person.who.user_id, now.astimezone(ZoneInfo(person.zone)).date()
        day["workouts"] = planned.workouts(session, user_id, today, today, lines=False)
        day["tasks"] = tasks.between(session, user_id, today, today)
        day["plans"] = recall.active_plans(session, user_id)
    return Context(
        user_id=person.who.user_id,
        account_id=person.who.account_id,
        conversation_id=person.who.conversation_id,
        now=now,
        profile=Profile(
            timezone=person.zone, locale=person.locale, wake_time=person.wake_time, bed_time=person.bed_time
        ),
        onboarding=OnboardingState(),
        settings=person.settings,
        meals=person.meals,
        **day,
    )
