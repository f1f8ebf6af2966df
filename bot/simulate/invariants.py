"""What every simulated person was promised, checked against the ledger and the oracle."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from agents.domain.cadence import CHOSEN_DAILY_CAP
from bot.reminders.occasions import TRACED
from bot.simulate.oracle import Arrival, arrivals, is_quiet, shown, zone_at
from bot.simulate.people import Wish
from bot.simulate.run import TICK, Plan, Tally
from bot.simulate.world import Life
from storage.ledger import Fired, Standing

_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
_PUNCTUAL = timedelta(minutes=5)
_SETTLED = timedelta(hours=26)  # what came before the end by this much has had its time, quiet hours included
_AS_ASKED = timedelta(minutes=61)
_DAILY, _WEEKLY = 1, 5  # unasked messages (science.md B-3)
_EXAMPLES = 5
_WENT_OUT = ("queued", "sent")


@dataclass(slots=True)
class Invariant:
    """One promise: how often it was looked at, how often it was broken, and the first examples."""

    name: str
    promise: str
    checked: int = 0
    broken: int = 0
    examples: list[str] = field(default_factory=list)

    def check(self, holds: bool, example: str) -> None:  # noqa: FBT001 - the one thing a check is given
        """Look once."""
        self.checked += 1
        if not holds:
            self.broken += 1
            if len(self.examples) < _EXAMPLES:
                self.examples.append(example)


class Verifier:
    """Goes through all lives once and fills its invariants."""

    def __init__(self, plan: Plan, tally: Tally) -> None:
        self._plan, self._tally = plan, tally
        self.expected = 0
        self.once = Invariant("once", "no occurrence has two firings")
        self.none_lost = Invariant("none lost", "every occurrence that came has its firing")
        self.none_made_up = Invariant("none made up", "every firing stands for an occurrence or a snooze")
        self.snoozes = Invariant("snoozes", "what was put off comes back")
        self.quiet = Invariant("quiet hours", "nothing in the quiet hours but what was asked for that minute")
        self.lateness = Invariant("lateness", "nothing is sent later than it is useful")
        self.promptness = Invariant("promptness", "a typed time is kept to the tick while the coach runs")
        self.caps = Invariant("caps", "a day and a week hold no more than agreed")
        self.no_storm = Invariant("no storm", "what is late comes as one message")
        self.pauses = Invariant("pauses", "who asked for silence has it")
        self.bookkeeping = Invariant("bookkeeping", "each message has its firings, each active reminder a next time")

    @property
    def all(self) -> tuple[Invariant, ...]:
        """Every promise."""
        return (
            self.once, self.none_lost, self.none_made_up, self.snoozes, self.quiet, self.lateness, self.promptness,
            self.caps, self.no_storm, self.pauses, self.bookkeeping,
        )  # fmt: skip

    def verify(
        self, lives: dict[UUID, Life], fired: Sequence[Fired], messages: set[UUID], standing: Sequence[Standing]
    ) -> None:
        """Look at everything."""
        by_person: dict[UUID, list[Fired]] = defaultdict(list)
        for firing in fired:
            by_person[firing.user_id].append(firing)
        for user_id, life in lives.items():
            self._person(life, by_person[user_id])
        told = {firing.outbox_id for firing in fired if firing.state in _WENT_OUT}
        self.bookkeeping.check(told == messages, f"{len(told ^ messages)} messages without firings or the reverse")
        for row in standing:
            is_ahead = row.next_due_at is not None and row.next_due_at > self._plan.end - _DAY
            self.bookkeeping.check((row.state == "active") == (row.next_due_at is not None), f"{row.id}: {row.state}")
            self.bookkeeping.check(row.state != "active" or is_ahead, f"{row.id} is left behind: {row.next_due_at}")

    def _person(self, life: Life, fired: Sequence[Fired]) -> None:
        by_reminder: dict[UUID, list[Fired]] = defaultdict(list)
        for firing in fired:
            by_reminder[firing.reminder_id].append(firing)
        for reminder_id, (wish, made_at) in life.wishes.items():
            self._reminder(life, reminder_id, wish, made_at, by_reminder[reminder_id])
        sent = [firing for firing in fired if firing.state in _WENT_OUT]
        for firing in sent:
            self._sending(life, firing)
        self._count(life, sent)
        self._storms(sent)

    def _reminder(self, life: Life, id_: UUID, wish: Wish, made_at: datetime, fired: Sequence[Fired]) -> None:
        came = arrivals(wish.rule, life.stays, made_at, self._plan.end)
        self.expected += len(came)
        names = Counter((one.local_date, one.local_time) for one in fired)
        for name, count in names.items():
            self.once.check(count == 1, f"{_who(life, wish)} {name}: {count} firings")
        for arrival in came:
            if not self._may_be_missing(arrival):
                has_one = (arrival.day, arrival.at) in names
                self.none_lost.check(has_one, f"{_who(life, wish)} {arrival}")
        self._strangers(life, id_, wish, fired, came)
        if wish.quiet_policy == "ignore" and len(life.stays) == 1:
            self._prompt(life, wish, fired, came)

    def _may_be_missing(self, arrival: Arrival) -> bool:
        """Too young to have been settled, or one of many that came before an outage of more than a week ended."""
        if arrival.came_at > self._plan.end - _SETTLED:
            return True
        return any(
            gone <= arrival.came_at + TICK and arrival.came_at <= back - TRACED + 2 * TICK
            for gone, back in self._tally.outages
        )

    def _strangers(self, life: Life, id_: UUID, wish: Wish, fired: Sequence[Fired], came: Sequence[Arrival]) -> None:
        """A firing that is no occurrence is a snooze that is over; every snooze that was not put off again has one."""
        known = {(arrival.day, arrival.at) for arrival in came}
        by_due = Counter(one.due_at for one in fired)
        snoozes = [snooze for snooze in life.snoozes if snooze.reminder_id == id_]
        untils = {snooze.until for snooze in snoozes}
        for one in fired:
            is_known = (one.local_date, one.local_time) in known or one.due_at in untils
            self.none_made_up.check(is_known, f"{_who(life, wish)} {one.local_date} {one.local_time}")
        for number, snooze in enumerate(snoozes):
            is_replaced = any(later.made_at < snooze.until + TICK for later in snoozes[number + 1 :])
            if not is_replaced and snooze.until < self._plan.end - _SETTLED:
                self.snoozes.check(by_due[snooze.until] >= 1, f"{_who(life, wish)} put off to {snooze.until}")

    def _prompt(self, life: Life, wish: Wish, fired: Sequence[Fired], came: Sequence[Arrival]) -> None:
        at = {(arrival.day, arrival.at): arrival.came_at for arrival in came}
        for one in fired:
            came_at = at.get((one.local_date, one.local_time))
            if came_at is not None and not self._was_out(came_at):
                self.promptness.check(one.made_at - came_at <= 3 * TICK, f"{_who(life, wish)} {came_at} {one.made_at}")

    def _was_out(self, moment: datetime) -> bool:
        return any(gone - TICK <= moment <= back for gone, back in self._tally.outages)

    def _sending(self, life: Life, firing: Fired) -> None:
        wish, _ = life.wishes[firing.reminder_id]
        zone = self._zone(life, firing.made_at)
        label = f"{_who(life, wish)} due {firing.due_at} sent {firing.made_at}"
        late = firing.made_at - firing.due_at
        self.lateness.check(timedelta() <= late < (wish.max_age_minutes + 1) * _MINUTE, label)
        is_snooze = any(one.until == firing.due_at for one in life.snoozes)
        if is_quiet(firing.made_at, zone, life.synthetic.quiet):
            asked = (is_snooze or wish.quiet_policy == "ignore") and late < _AS_ASKED
            self.quiet.check(asked or wish.kind == "bedtime", label)
        else:
            self.quiet.check(holds=True, example=label)
        for pause in life.synthetic.breaks:
            self.pauses.check(not pause.at + 2 * TICK < firing.made_at < pause.until or self._was_out(pause.at), label)

    def _zone(self, life: Life, shown_at: datetime) -> str:
        """Where the wall hung when the machine's clock showed this."""
        return zone_at(life.stays, self._tally.setbacks.get(shown_at, shown_at))

    def _count(self, life: Life, sent: Sequence[Fired]) -> None:
        """Snoozes are left out: they were counted when they were first sent."""
        untils = {snooze.until for snooze in life.snoozes}
        chosen: Counter[object] = Counter()
        unasked: list[datetime] = []
        for firing in sent:
            wish, _ = life.wishes[firing.reminder_id]
            if firing.due_at in untils:
                continue
            if wish.source == "system":
                unasked.append(firing.made_at)
            else:
                zone = self._zone(life, firing.made_at)
                chosen[(zone, shown(firing.made_at, zone).date())] += 1
        for day, count in chosen.items():
            self.caps.check(count <= CHOSEN_DAILY_CAP, f"{life.synthetic.name} {day}: {count} chosen")
        for at in unasked:
            week = sum(at - 7 * _DAY < other <= at for other in unasked)
            zone = self._zone(life, at)
            today = sum(shown(other, zone).date() == shown(at, zone).date() for other in unasked)
            self.caps.check(today <= _DAILY and week <= _WEEKLY, f"{life.synthetic.name} {at}: {today}, {week} unasked")

    def _storms(self, sent: Sequence[Fired]) -> None:
        for at, together in _by_tick(sent):
            is_late = any(at - firing.due_at > _PUNCTUAL for firing in together)
            messages = {firing.outbox_id for firing in together}
            kinds = len(messages) == 1 or not is_late
            self.no_storm.check(kinds, f"{together[0].user_id} {at}: {len(messages)} messages, some of them late")


def _by_tick(sent: Sequence[Fired]) -> Iterator[tuple[datetime, list[Fired]]]:
    found: dict[datetime, list[Fired]] = defaultdict(list)
    for firing in sent:
        found[firing.made_at].append(firing)
    return iter(found.items())


def _who(life: Life, wish: Wish) -> str:
    return f"{life.synthetic.name} {wish.kind} {wish.quiet_policy}"
