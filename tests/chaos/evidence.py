"""What is left after a story: rows of the database and screens of people, as plain values for the judge."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tests.chaos import cast, hurry
from tests.chaos.stage import CALM_S, Played


@dataclass(frozen=True, slots=True)
class Update:
    """What became of one update. `state` None: the bot does not know it."""

    id: int
    who: int
    state: str | None
    attempts: int = 0
    effect: tuple[str, str] | None = None
    is_red_flag: bool = False
    wants_answer: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the outbox. `update_id` is None for reminders; `unasked` says that nobody named its minute."""

    who: int
    key: str
    state: str
    category: str
    reason: str | None
    maybe_twice: bool
    message_id: int | None
    update_id: int | None = None
    number: int = 0
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """One message on somebody's screen; `at` is the instant of the story, `words` all it ever said."""

    message_id: int
    text: str
    at: float
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One firing of a reminder."""

    who: int
    reminder: str
    when: str
    state: str
    kind: str
    is_shy: bool  # keeps out of the quiet hours
    message_id: int | None
    row_state: str | None


@dataclass(frozen=True)
class Evidence:
    """Everything the promises are judged by."""

    updates: tuple[Update, ...]
    rows: tuple[Row, ...]
    screens: dict[int, tuple[Screen, ...]]
    occurrences: tuple[Occurrence, ...]
    effects: dict[int, Counter[tuple[str, str]]]
    erased: frozenset[int]
    shut_out: frozenset[int]
    said_straight: frozenset[str]
    certificate: str
    honest_words: frozenset[str]
    kills: int
    unsure: int
    may_fail: bool
    overdue: tuple[str, ...] = ()
    unsound: tuple[str, ...] = ()
    quiet: tuple[time, time] = (time(21, 30), time(8, 0))
    zone: str = "Europe/Berlin"
    complaints: tuple[str, ...] = ()
    log: str = ""


def gather(played: Played) -> Evidence:
    """Look at the database with the bot's own models, and at the screens."""
    from storage.engines import sync_url

    engine = create_engine(sync_url(played.url), poolclass=NullPool)
    try:
        with Session(engine) as session:
            return _gather(played, session, engine)
    finally:
        engine.dispose()


def _gather(played: Played, session: Session, engine: Engine) -> Evidence:
    owners = _owners(session, played)
    chats = {p.who for p in played.pushed} | {*cast.REGULARS, cast.NEARLY}
    words = _words(played)
    erasers = {p.who for p in played.pushed if p.effect is not None and p.effect.kind == "erased"}
    return Evidence(
        updates=tuple(_updates(session, played)),
        rows=tuple(_rows(session, owners, played)),
        screens={chat: tuple(_screens(played, chat)) for chat in chats},
        occurrences=tuple(_occurrences(session, owners)),
        effects=_effects(session, owners),
        erased=frozenset(chat for chat in erasers if chat not in owners.values()),
        shut_out=frozenset(played.shut_out),
        said_straight=words["straight"],
        certificate=next(iter(words["certificate"])),
        honest_words=words["honest"],
        kills=len(played.story.falls),
        unsure=played.log.count(" is unsure"),
        may_fail=played.story.breaks_database,
        overdue=tuple(_overdue(session, owners)),
        unsound=tuple(_unsound(session, engine)),
        complaints=tuple(played.complaints),
        log=played.log,
    )


def _owners(session: Session, played: Played) -> dict[UUID, int]:
    """Whose rows are whose."""
    from storage.crypto import MasterKey
    from storage.keyring import KeyRing
    from storage.models.identity import ChannelAccount
    from storage.people import Contact, contact_key

    ring = KeyRing(MasterKey.parse(cast.MASTER_KEY))
    chats = {p.who for p in played.pushed if p.who > 0} | {*cast.REGULARS, cast.NEARLY, *cast.NEWCOMERS}
    keys = {contact_key(ring, Contact("telegram", str(chat))): chat for chat in chats}
    found = session.execute(select(ChannelAccount.user_id, ChannelAccount.external_hmac))
    return {row.user_id: keys[row.external_hmac] for row in found if row.external_hmac in keys}


def _words(played: Played) -> dict[str, frozenset[str]]:
    """What may be said past the outbox."""
    from bot.turn import alarm_for
    from prompts.loader import Catalogue

    speech = Catalogue()
    honest = {speech.say("en", key, {}) for key in ("error-not-saved", "error-not-read")}
    certificate = speech.say("en", "erased", {})
    flagged = [alarm_for(p.text, hurry.now()) for p in played.pushed if p.act.is_red_flag]
    alarms = {alarm.text for alarm in flagged if alarm is not None}
    group = speech.say("en", "group-only-private", {"link": "https://t.me/keel_test_bot"})
    straight = {" ".join(words.split()) for words in (*honest, certificate, *alarms, group)}
    return {
        "straight": frozenset(straight), "certificate": frozenset({" ".join(certificate.split())}),
        "honest": frozenset(" ".join(words.split()) for words in honest),
    }  # fmt: skip


def _updates(session: Session, played: Played) -> list[Update]:
    from storage.models.delivery import InboxRow

    found = {
        row.update_id: row
        for row in session.execute(select(InboxRow.update_id, InboxRow.state, InboxRow.attempts, InboxRow.kind))
    }
    updates = []
    for pushed in played.pushed:
        row = found.get(pushed.update_id)
        effect = (pushed.effect.kind, pushed.effect.value) if pushed.effect else None
        if effect is not None and effect[0] == "reminder":
            effect = (effect[0], clock_face(effect[1]))
        says = pushed.act.what in ("say", "tap", "tap_newest", "swap", "file")
        updates.append(
            Update(
                pushed.update_id, pushed.who, row.state if row else None, row.attempts if row else 0, effect,
                pushed.act.is_red_flag, says, pushed.act.what,
            )
        )  # fmt: skip
    return updates


def _rows(session: Session, owners: dict[UUID, int], played: Played) -> list[Row]:
    from storage.models.delivery import OutboxRow as Table

    columns = (
        Table.id, Table.user_id, Table.dedup_key, Table.state, Table.category, Table.drop_reason, Table.maybe_twice,
        Table.telegram_message_id,
    )  # fmt: skip
    begins = played.story.starts_at.timestamp() - 120  # rows of the evening before are older
    ends = (
        played.stopped_at - CALM_S[played.story.engine] * hurry.speed()
    )  # what came up later was cut short by the end of the story
    rows: list[Row] = []
    for row in session.execute(select(*columns).order_by(Table.id)):
        made_at = (row.id.int >> 80) / 1000
        if made_at < begins or (row.state == "pending" and made_at > ends):
            continue
        who, (update_id, number) = owners.get(row.user_id, 0), _place(row.dedup_key)
        stands = row.telegram_message_id is not None
        is_edit = stands and any(r.who == who and r.message_id == row.telegram_message_id for r in rows)
        rows.append(
            Row(
                who, row.dedup_key, row.state, row.category, row.drop_reason, row.maybe_twice,
                row.telegram_message_id, update_id, number, is_edit,
            )
        )  # fmt: skip
    return rows


def _place(key: str) -> tuple[int | None, int]:
    """`<bot>-<update>-<n>` of a reply; reminders have other keys."""
    parts = key.split("-")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        return int(parts[1]), int(parts[2])
    return None, 0


def _screens(played: Played, chat: int) -> list[Screen]:
    """Every message with the date that Telegram gave it: the story's wall clock may have jumped since."""
    found = []
    for sent in played.server.inbox_of(chat):
        words = frozenset(" ".join(text.split()) for text in (sent.text, *sent.history))
        found.append(Screen(sent.message_id, " ".join(sent.text.split()), float(sent.body["date"]), words))
    return found


def _occurrences(session: Session, owners: dict[UUID, int]) -> list[Occurrence]:
    from storage.models.delivery import OutboxRow
    from storage.models.reminders import Reminder, ReminderFiring

    query = (
        select(
            ReminderFiring.user_id, ReminderFiring.reminder_id, ReminderFiring.local_date, ReminderFiring.local_time,
            ReminderFiring.state, ReminderFiring.outbox_id, Reminder.kind, Reminder.quiet_policy,
        )
        .join(Reminder, (Reminder.user_id == ReminderFiring.user_id) & (Reminder.id == ReminderFiring.reminder_id))
    )  # fmt: skip
    sent: dict[Any, Any] = {
        row.id: row for row in session.execute(select(OutboxRow.id, OutboxRow.telegram_message_id, OutboxRow.state))
    }
    found = []
    for row in session.execute(query):
        mail = sent.get(row.outbox_id)
        found.append(
            Occurrence(
                owners.get(row.user_id, 0), str(row.reminder_id), f"{row.local_date} {row.local_time}", row.state,
                row.kind, row.quiet_policy != "ignore" and row.kind != "bedtime",
                mail.telegram_message_id if mail else None, mail.state if mail else None,
            )
        )  # fmt: skip
    return found


def _effects(session: Session, owners: dict[UUID, int]) -> dict[int, Counter[tuple[str, str]]]:
    """What the stories' updates can have changed, by person."""
    from storage.models.activities import Activity
    from storage.models.measurements import HealthMetric
    from storage.models.profile import ProfileVersion
    from storage.models.reminders import Reminder

    found: dict[int, Counter[tuple[str, str]]] = {chat: Counter() for chat in owners.values()}
    for row in session.execute(select(HealthMetric.user_id, HealthMetric.metric_code, HealthMetric.value)):
        if row.metric_code == "water_ml":
            found[owners[row.user_id]]["water", str(int(row.value))] += 1
        elif row.metric_code == "weight_kg":
            found[owners[row.user_id]]["weight", f"{row.value:.1f}"] += 1
    for row in session.execute(select(Activity.user_id, Activity.duration_minutes)):
        found[owners[row.user_id]]["activity", str(int(row.duration_minutes or 0))] += 1
    for row in session.execute(select(Reminder.user_id, Reminder.recurrence).where(Reminder.kind == "custom")):
        found[owners[row.user_id]]["reminder", clock_face(row.recurrence["times"][0])] += 1
    for row in session.execute(select(ProfileVersion.user_id, ProfileVersion.version)):
        found[owners[row.user_id]]["lock", str(row.version)] += 1
    return found


def _overdue(session: Session, owners: dict[UUID, int]) -> list[str]:
    """Reminders that should have been looked at long ago."""
    from storage.models.reminders import Reminder

    now = hurry.now()
    rows = session.execute(select(Reminder.user_id, Reminder.kind, Reminder.next_due_at, Reminder.state))
    return [
        f"{owners.get(row.user_id)}'s {row.kind} of {row.next_due_at}"
        for row in rows
        if row.state == "active" and row.next_due_at and (now - _aware(row.next_due_at)).total_seconds() > 120
    ]


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _unsound(session: Session, engine: Engine) -> list[str]:
    if engine.dialect.name != "sqlite":
        return []
    broken = [str(row[0]) for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    return broken + [str(row) for row in session.execute(text("PRAGMA foreign_key_check"))]


def clock_face(time_of_day: str) -> str:
    """A typed hour may be meant for the evening: what counts is where the hands stand."""
    hour, _, minute = time_of_day.partition(":")
    return f"{int(hour) % 12:02}:{minute}"


def local_time(at: float, zone: str) -> datetime:
    """An instant of the story on a person's clock."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))
