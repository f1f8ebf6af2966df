"""One tick: claim what is due, decide, and enqueue. Firing, outbox row and next due time are one transaction."""

import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from agents.domain import cadence
from agents.domain.cadence import DueItem, Later, PersonState, Send
from agents.domain.context import Context
from agents.domain.crockford import encode
from agents.domain.pushes import Push, push_of
from agents.domain.turn import Button, Draft, Message
from agents.ports import Speech
from storage import firings, messages, outbox, people, recall, reminders
from storage.db import Database
from storage.errors import StorageError
from storage.keyring import KeyRing
from storage.keyscope import entered
from storage.reminders import DueReminder

log = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=5)
BATCH = 200  # due rows in one transaction
_BUTTONS = ("done", "snooze10", "snooze60", "skip")


@dataclass(slots=True)
class _Person:
    """What one person's due rows are decided with; `state` counts on as rows of this tick go out."""

    who: people.Person
    context: Context
    state: PersonState

    def count(self, *, is_chosen: bool) -> None:
        """One more was sent."""
        now = self.state
        if is_chosen:
            self.state = replace(now, sent_chosen_today=now.sent_chosen_today + 1)
            return
        self.state = replace(
            now,
            sent_unsolicited_today=now.sent_unsolicited_today + 1,
            sent_unsolicited_week=now.sent_unsolicited_week + 1,
        )


class Ticker:
    """Looks for due reminders and puts them into the outbox."""

    def __init__(self, database: Database, ring: KeyRing, speech: Speech) -> None:
        self._database, self._ring, self._speech = database, ring, speech

    async def tick(self, now: datetime) -> int:
        """Handle everything that is due. Returns how many occurrences were decided."""
        total = 0
        while True:
            handled = await self._database.run_write(lambda session: self._batch(session, now))
            total += handled
            if handled < BATCH:
                return total

    async def next_instant(self) -> datetime | None:
        """When the next reminder is due."""
        return await self._database.run_read(reminders.next_instant)

    def _batch(self, session: Session, now: datetime) -> int:
        by_person: dict[UUID, list[DueReminder]] = defaultdict(list)
        rows = reminders.due(session, now, BATCH, is_postgres=self._database.is_postgres)
        for row in rows:
            by_person[row.user_id].append(row)
        for user_id, due in by_person.items():
            self._serve_alone(session, user_id, due, now)
        return len(rows)

    def _serve_alone(self, session: Session, user_id: UUID, due: list[DueReminder], now: datetime) -> None:
        """One person's fault must not stop everybody's reminders: theirs are tried again a little later."""
        try:
            with session.begin_nested(), entered(self._ring.scope(session, user_id)):
                self._serve(session, user_id, due, now)
                session.flush()
        except StorageError:
            raise
        except Exception:  # an edge: whatever broke for this person
            log.exception("the reminders of one person could not be served")
            for row in due:
                reminders.put_off(session, row.user_id, row.id, now + RETRY_AFTER)

    def _serve(self, session: Session, user_id: UUID, due: list[DueReminder], now: datetime) -> None:
        person = self._person(session, user_id, now)
        pairs = [(row, _item(row)) for row in due]
        keep, _ = cadence.coalesce(item for _, item in pairs)
        kept = {id(item) for item in keep}
        for row, item in pairs:
            self._decide(session, person, row, item, now, is_kept=id(item) in kept)

    def _decide(
        self, session: Session, person: _Person, row: DueReminder, item: DueItem, now: datetime, *, is_kept: bool
    ) -> None:
        zone = person.context.profile.timezone
        reminder = reminders.get(session, row.user_id, row.id)
        occurrence = _occurrence(row, zone)
        if firings.exists(session, row.user_id, row.id, occurrence[0], occurrence[1]):
            reminders.advance(reminder, zone, now)
            return
        push = push_of(row.kind, reminder.title or "", person.context)
        decision = cadence.decide(replace(item, is_needed=push.is_needed), person.state, now=now)
        if isinstance(decision, Later):
            reminder.next_due_at = decision.until
            return
        if not is_kept:
            firings.add(session, row.user_id, row.id, occurrence, "coalesced")
        elif isinstance(decision, Send):
            count = firings.snoozes(session, row.user_id, row.id) if row.is_snooze else 0
            firing = firings.add(session, row.user_id, row.id, occurrence, "queued", snooze_count=count)
            person.count(is_chosen=item.is_chosen)
            firing.outbox_id = self._enqueue(session, person, row, push, firing.id, now)
        else:
            firings.add(session, row.user_id, row.id, occurrence, "suppressed", decision.reason)
        reminders.advance(reminder, zone, now)

    def _enqueue(
        self, session: Session, person: _Person, row: DueReminder, push: Push, firing_id: UUID, now: datetime
    ) -> UUID:
        locale = person.context.profile.locale
        text = "\n".join(self._speech.say(locale, line.key, line.args) for line in push.lines)
        draft = Draft(
            agent=push.agent,
            kind="check_in" if row.kind == "check_in" else "reminder",
            text=text,
            buttons=self._buttons(row.kind, firing_id, locale),
        )
        who = person.who
        local_now = now.astimezone(ZoneInfo(person.context.profile.timezone))
        message = Message(draft.agent, draft.kind, draft.text, local_now, draft.buttons)
        place = (who.conversation_id, who.channel, None)
        message_id = messages.add_outbound(session, who.user_id, place, draft, (), now)
        key = f"reminder:{encode(row.id)}:{encode(firing_id)}"
        envelope = outbox.Envelope(who.user_id, who.account_id, key, "reminder", now)
        return outbox.add(session, envelope, message, message_id)

    def _buttons(self, kind: str, firing_id: UUID, locale: str) -> tuple[tuple[Button, ...], ...]:
        say = self._speech.say
        if kind == "check_in":
            levels = (("low", 3), ("okay", 6), ("high", 9))
            taps = tuple(
                Button(say(locale, f"opt-energy-{word}", {}), f"checkin:energy_level:{score}") for word, score in levels
            )
            return (taps, (Button(say(locale, "opt-skip", {}), f"firing:skip:{encode(firing_id)}"),))
        if kind == "onboarding_resume":
            return ()
        row = tuple(Button(say(locale, f"opt-{name}", {}), f"firing:{name}:{encode(firing_id)}") for name in _BUTTONS)
        if kind == "morning_brief":
            return (row, (Button(say(locale, "opt-today", {}), "view:today"),))
        return (row,)

    def _person(self, session: Session, user_id: UUID, now: datetime) -> _Person:
        who, is_blocked, caps = people.reach(session, user_id)
        context = recall.recall(session, who, now)
        sent = firings.sent_lately(session, user_id, context.today, now)
        settings = context.settings
        state = PersonState(
            zone=context.profile.timezone,
            quiet_start=settings.quiet_start,
            quiet_end=settings.quiet_end,
            paused_until=settings.paused_until,
            safety_quiet_until=settings.safety_quiet_until,
            is_blocked=is_blocked,
            sent_chosen_today=sent.chosen_today,
            sent_unsolicited_today=sent.unsolicited_today,
            sent_unsolicited_week=sent.unsolicited_week,
            daily_cap=caps[0],
            weekly_cap=caps[1],
        )
        return _Person(who, context, state)


def _item(row: DueReminder) -> DueItem:
    return DueItem(
        kind=row.kind,  # type: ignore[arg-type]  # the column's CHECK lists the same words
        due_at=row.due_at,
        quiet_policy=row.quiet_policy,  # type: ignore[arg-type]  # as above
        max_age_minutes=row.max_age_minutes,
        is_chosen=row.source != "system",
        snoozed_until=row.due_at if row.is_snooze else None,
        subject=str(row.id),
    )


def _occurrence(row: DueReminder, zone: str) -> tuple[date, time, datetime]:
    """The nominal occurrence; a snooze that is over is an occurrence of its own."""
    if not row.is_snooze:
        return row.local_date, row.local_time, row.due_at
    local = row.due_at.astimezone(ZoneInfo(zone))
    return local.date(), local.time().replace(tzinfo=None), row.due_at
