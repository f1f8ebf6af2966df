"""Which occurrences of a due reminder have come: its own, those missed since, and a snooze that is over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from agents.domain.cadence import DueItem
from agents.domain.occurrence import Occurrence, instant, next_occurrence
from storage.due import DueRow
from storage.firings import Name

TRACED = timedelta(days=7)  # what was missed longer ago leaves no row of its own, so that a year off costs no more


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occurrence whose time has come. Local day and wall time name it; a snooze is an occurrence of its own."""

    row: DueRow
    local_date: date
    local_time: time
    due_at: datetime
    is_snooze: bool = False

    @property
    def name(self) -> Name:
        """What makes it unique."""
        return self.row.id, self.local_date, self.local_time

    def item(self) -> DueItem:
        """As the cadence sees it."""
        row = self.row
        return DueItem(
            kind=row.kind,  # type: ignore[arg-type]  # the column's CHECK lists the same words
            due_at=self.due_at,
            quiet_policy=row.quiet_policy,  # type: ignore[arg-type]  # as above
            max_age_minutes=row.max_age_minutes,
            is_chosen=row.source != "system",
            snoozed_until=self.due_at if self.is_snooze else None,
            subject=str(row.id),
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """Where the clock has got to with one row: what has come, oldest first, and the first occurrence still ahead."""

    row: DueRow
    come: tuple[Occasion, ...]
    ahead: Occurrence | None


def reached(row: DueRow, zone: str, now: datetime) -> Reached:
    """The occurrence the row stands for, those missed after it (of the last week), a snooze that is over.

    A row whose own occurrence is still ahead keeps it: the names of a person who travelled west lie behind it already.
    """
    come: list[Occasion] = []
    ahead: Occurrence | None = Occurrence(row.local_date, row.local_time, instant(row.local_date, row.local_time, zone))
    while ahead is not None and ahead.due_at <= now:
        come.append(Occasion(row, ahead.local_date, ahead.local_time, ahead.due_at))
        ahead = next_occurrence(row.rule, zone, after=max(ahead.due_at, now - TRACED))
    if row.snoozed_until is not None and row.snoozed_until <= now:
        over = _over(row, row.snoozed_until, zone)
        if over.name not in {one.name for one in come}:  # put off to the very minute at which it comes anyway
            come.append(over)
            come.sort(key=lambda one: one.due_at)
    return Reached(row, tuple(come), ahead)


def _over(row: DueRow, until: datetime, zone: str) -> Occasion:
    """A snooze that is over. An hour put off in the hour that comes twice ends at the wall time it began with: the
    second passing has a name of its own, a microsecond later.
    """
    local = until.astimezone(ZoneInfo(zone))
    named = local.replace(tzinfo=None) + timedelta(microseconds=local.fold)
    return Occasion(row, named.date(), named.time().replace(fold=0), until, is_snooze=True)
