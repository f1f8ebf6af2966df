"""From a judgement to rows: messages and outbox for each person, firings and next due times for everybody at once."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from agents.domain.cadence import PersonState
from agents.domain.context import Context
from agents.domain.crockford import encode
from agents.domain.pushes import Push, is_quiet, push_of
from agents.domain.turn import Message
from agents.ports import Speech
from bot.reminders import reporting
from bot.reminders.verdicts import Verdict, expires_at, judge
from bot.reminders.wording import Sending, draft_of
from storage import achievements, due, due_people, firings, messages, outbox, plain
from storage.due import DueRow, Move
from storage.due_people import DuePerson
from storage.firings import Firing, Name
from storage.keyscope import KeyScope, entered

PUNCTUAL = timedelta(minutes=5)  # what is sent later than this comes after an outage or a night


@contextmanager
def enqueuing(session: Session, speech: Speech, now: datetime) -> "Iterator[Enqueuing]":
    """A tick's rows, written in bulk at the end of the block; nothing after an error."""
    work = Enqueuing(session, speech, now)
    with plain.gathering(session):
        yield work
    work.write()


class Enqueuing:
    """One transaction's work: each person is served, and at the end everything is written."""

    def __init__(self, session: Session, speech: Speech, now: datetime) -> None:
        self._session, self._speech, self._now = session, speech, now
        self._firings: list[Firing] = []
        self._moves: list[Move] = []

    def serve(self, person: DuePerson, scope: KeyScope, rows: Sequence[DueRow], handled: AbstractSet[Name]) -> None:
        """Judge one person's due rows and enqueue what goes out."""
        with entered(scope):
            words = _Words(self._session, self._speech, person, rows, self._now)
            state = _state(person, self._now)
            judgement = judge(rows, state, handled, lambda row: words.of(row).is_needed, self._now)
            self._moves += judgement.moves
            queued = [verdict for verdict in judgement.verdicts if verdict.outcome == "queued"]
            for verdict in judgement.verdicts:
                if verdict.outcome != "queued":
                    self._firings.append(self._firing(verdict))
            for together in _messages(queued, self._now):
                self._enqueue(person, state, together, words)

    def write(self) -> None:
        """The rows that need nobody's key."""
        firings.add(self._session, self._firings, self._now)
        due.move_on(self._session, self._moves, self._now)

    def _enqueue(self, person: DuePerson, state: PersonState, verdicts: Sequence[Verdict], words: "_Words") -> None:
        """One message for one or several occurrences."""
        ids = [self._new_id() for _ in verdicts]
        sendings = [
            Sending(id_, verdict.occasion.row.kind, words.of(verdict.occasion.row))
            for id_, verdict in zip(ids, verdicts, strict=True)
        ]
        who, lead = person.who, verdicts[-1].occasion
        draft = draft_of(sendings, person.locale, self._speech)
        local_now = self._now.astimezone(ZoneInfo(person.zone))
        is_soft = all(words.are_quiet(verdict.occasion.row) for verdict in verdicts)
        message = Message(draft.agent, draft.kind, draft.text, local_now, draft.buttons, draft.cards, is_quiet=is_soft)
        place = (who.conversation_id, who.channel, None)
        message_id = messages.add_outbound(self._session, who.user_id, place, draft, (), self._now)
        key = f"reminder:{encode(lead.row.id)}:{lead.local_date:%Y%m%d}T{lead.local_time:%H%M%S.%f}:0"
        ends = max(expires_at(verdict.occasion, state, self._now) for verdict in verdicts)
        category = "report" if all(one.kind == reporting.KIND for one in sendings) else "reminder"
        envelope = outbox.Envelope(who.user_id, who.account_id, key, category, self._now, ends)
        outbox_id = outbox.add(self._session, envelope, message, message_id)
        for one in sendings:
            achievements.add(self._session, who.user_id, one.push.earned)
        for id_, verdict in zip(ids, verdicts, strict=True):
            self._firings.append(self._firing(verdict, id_, outbox_id))

    def _firing(self, verdict: Verdict, id_: UUID | None = None, outbox_id: UUID | None = None) -> Firing:
        occasion = verdict.occasion
        count = 0
        if occasion.is_snooze and verdict.outcome == "queued":
            count = firings.snoozes(self._session, occasion.row.user_id, occasion.row.id)
        return Firing(
            id=id_ or self._new_id(),
            user_id=occasion.row.user_id,
            name=occasion.name,
            due_at=occasion.due_at,
            state=verdict.outcome,
            reason=verdict.reason,
            outbox_id=outbox_id,
            snooze_count=count,
        )

    def _new_id(self) -> UUID:
        made: UUID = self._session.info["ids"]()
        return made


class _Words:
    """What a person's due reminders say; read only when one of them may go out."""

    def __init__(
        self, session: Session, speech: Speech, person: DuePerson, rows: Sequence[DueRow], now: datetime
    ) -> None:
        self._session, self._speech, self._person, self._now = session, speech, person, now
        self._kinds = {row.kind for row in rows}
        self._context: Context | None = None
        self._known: dict[UUID, Push] = {}

    def of(self, row: DueRow) -> Push:
        """The words of one reminder."""
        if row.id not in self._known:
            self._known[row.id] = self._worded(row)
        return self._known[row.id]

    def are_quiet(self, row: DueRow) -> bool:
        """Whether they come without a sound."""
        return is_quiet(row.kind, self._picture())

    def _worded(self, row: DueRow) -> Push:
        if row.kind == reporting.KIND:
            return reporting.weekly_push(self._session, self._picture(), self._speech)
        return push_of(row.kind, row.title(), self._picture())

    def _picture(self) -> Context:
        if self._context is None:
            self._context = due_people.for_words(self._session, self._person, self._kinds, self._now)
        return self._context


def _messages(queued: Sequence[Verdict], now: datetime) -> list[Sequence[Verdict]]:
    """What goes out on time goes out alone; once something is late, all of it is one message (science.md B-4)."""
    if any(now - verdict.occasion.due_at > PUNCTUAL for verdict in queued):
        return [queued]
    return [(verdict,) for verdict in queued]


def _state(person: DuePerson, now: datetime) -> PersonState:
    settings, sent, zone = person.settings, person.sent, ZoneInfo(person.zone)
    today = now.astimezone(zone).date()

    def days_since(at: datetime | None) -> int | None:
        return None if at is None else max(0, (today - at.astimezone(zone).date()).days)

    return PersonState(
        zone=person.zone,
        quiet_start=settings.quiet_start,
        quiet_end=settings.quiet_end,
        paused_until=settings.paused_until,
        safety_quiet_until=settings.safety_quiet_until,
        is_blocked=person.is_blocked,
        sent_chosen_today=sent.chosen_today,
        sent_unsolicited_today=sent.unsolicited_today,
        sent_unsolicited_week=sent.unsolicited_week,
        daily_cap=person.caps[0],
        weekly_cap=person.caps[1],
        days_since_action=days_since(person.last_seen_at) or 0,
        days_since_unsolicited=days_since(sent.last_unsolicited_at),
    )
