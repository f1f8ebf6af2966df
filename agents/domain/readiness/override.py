"""One day's change as a value, and what a person may still say to it (science.md R-10, E10).

An override lowers sets and effort, never food: the type refuses anything else. What belongs to safety holds without an
answer, and no answer takes it away.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final, Literal

from agents.domain.readiness.effect import Effect, Offer
from agents.domain.readiness.trigger import AT_ONCE, Reason, Trigger
from agents.domain.safety.levels import Level

Status = Literal["pending", "approved", "rejected", "undone", "expired"]
DecidedBy = Literal["user", "coach", "system"]
Answer = Literal["approve", "reject", "undo"]
Closed = Literal["safety", "expired", "decided"]
MOST_SETS_OFF: Final = -40
LEAST_INTENSITY: Final = 0.3  # of the working load; also where nothing is trained at all
MOST_KCAL: Final = 800
QUIET_DAYS: Final = 14  # data-model 5.9: after two rejections within as many days

_FROM: Final[dict[Answer, tuple[Status, ...]]] = {
    "approve": ("pending", "rejected", "undone"),  # a change of mind is welcome until the day ends
    "reject": ("pending",),
    "undo": ("approved",),
}
_TO: Final[dict[Answer, Status]] = {"approve": "approved", "reject": "rejected", "undo": "undone"}


class OverrideClosed(Exception):
    """This answer no longer fits. `why`: it belongs to safety, its day is over, or something else was decided."""

    def __init__(self, why: Closed) -> None:
        super().__init__(f"the override does not take this answer: {why}")
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """R-10. `volume_adj` are sets (none or fewer), `intensity` the share of the load, `kcal_adj` energy on top.

    `sets` are those of each planned lift, `minutes` those of the session. `triggers` are the evidence, strongest first.
    Raises ValueError where a day would become harder or poorer.
    """

    local_date: date
    reason_code: Reason
    volume_adj: int
    intensity: float
    kcal_adj: int
    effect: Effect
    sets: tuple[int, ...] = ()
    minutes: int = 0
    triggers: tuple[Trigger, ...] = ()
    rules: tuple[str, ...] = ()
    level: Level = "none"
    status: Status = "pending"
    decided_by: DecidedBy | None = None

    def __post_init__(self) -> None:
        if not MOST_SETS_OFF <= self.volume_adj <= 0 or not LEAST_INTENSITY <= self.intensity <= 1:
            raise ValueError("an override never makes a day harder")
        if not 0 <= self.kcal_adj <= MOST_KCAL:
            raise ValueError("an override never cuts food (E10)")

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What to offer with it, by code."""
        return self.effect.offers

    @property
    def is_safety(self) -> bool:
        """Whether all of it holds without an answer."""
        return bool(self.triggers) and all(trigger.is_at_once for trigger in self.triggers)

    @property
    def content(self) -> tuple[object, ...]:
        """What it says, whatever became of it: two with the same content are the same proposal."""
        effect = replace(self.effect, offers=())
        reasons = frozenset(trigger.reason for trigger in self.triggers)
        return (
            self.local_date,
            reasons,
            self.volume_adj,
            self.intensity,
            self.kcal_adj,
            self.sets,
            self.minutes,
            effect,
        )

    def expires_at(self, zone: tzinfo) -> datetime:
        """The end of its local day: the midnight after it, in this zone."""
        return datetime.combine(self.local_date + timedelta(days=1), time(), zone)


def answered(override: Override, answer: Answer, *, by: DecidedBy, on: date) -> Override:
    """The override after this answer, given on the local day `on`; a second tap of the same kind changes nothing.

    Raises OverrideClosed for an answer that no longer fits. Undoing one that safety is part of leaves that part to
    `proposing.safety_part`.
    """
    if override.status == _TO[answer]:
        return override
    if override.is_safety:
        raise OverrideClosed("safety")
    if on > override.local_date or override.status == "expired":
        raise OverrideClosed("expired")
    if override.status not in _FROM[answer]:
        raise OverrideClosed("decided")
    return replace(override, status=_TO[answer], decided_by=by)


def expired(override: Override, *, on: date) -> Override:
    """R-10: unanswered at the end of its day, it is over and the plan stood."""
    is_over = override.status == "pending" and on > override.local_date
    return replace(override, status="expired") if is_over else override


def quiet_reasons(rejections: Iterable[tuple[Reason, date]], *, on: date) -> frozenset[Reason]:
    """Reasons turned down on two days within 14, for the 14 days after the second; never what holds at once."""
    days: dict[Reason, set[date]] = {}
    for reason, day in rejections:
        if reason not in AT_ONCE and day <= on:
            days.setdefault(reason, set()).add(day)
    return frozenset(reason for reason, found in days.items() if _is_quiet(sorted(found), on))


def _is_quiet(days: list[date], on: date) -> bool:
    return any((b - a).days < QUIET_DAYS and (on - b).days <= QUIET_DAYS for a, b in pairwise(days))


def agreed_reasons(overrides: Iterable[Override], *, on: date, always: Collection[Reason] = ()) -> frozenset[Reason]:
    """What a person said yes to for this day, so that it is kept when something new comes on top.

    `always` are the reasons they never want to be asked about; a no or an undo of today is stronger for today.
    """
    of_day = [each for each in overrides if each.local_date == on]
    approved = _reasons(each for each in of_day if each.status == "approved")
    return approved | (frozenset(always) - _reasons(each for each in of_day if each.status in ("rejected", "undone")))


def _reasons(overrides: Iterable[Override]) -> frozenset[Reason]:
    return frozenset(trigger.reason for each in overrides for trigger in each.triggers)


def said_no(overrides: Collection[Override], new: Override) -> bool:
    """Whether just this was turned down or undone already; it is not asked about again."""
    return any(each.status in ("rejected", "undone") and each.content == new.content for each in overrides)
