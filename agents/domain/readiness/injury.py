"""A hurt told in words or by a tap: what it closes at once, when it is asked about again (science.md R-6, T-31, T-60).

Until the person said where and how bad, an unknown place leaves easy walking and an unknown severity is moderate. A
hurt ends when the person says so, never because a day has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agents.domain.injuries import limits, region_of, severity_of
from agents.domain.profile import Injury, Profile, Severity
from agents.domain.readiness.effect import Effect, Offer
from agents.domain.readiness.trigger import Trigger
from agents.domain.safety.levels import Level
from agents.domain.training.pain import GO_ON_UNTIL, PainRoute, pain_route

SEVERE_PAIN: Final = 8  # of 10; own caution: the highest band of R-1 closes the whole region
UNKNOWN: Final = "unknown"  # the region nobody named yet
# The person is asked again after so many days; T-60 watches a modified pattern for 24 hours.
ASK_AGAIN_DAYS: Final[dict[Severity, int]] = {"mild": 3, "moderate": 7, "severe": 7}
WATCH_DAYS: Final = 1
HOURS_A_DAY: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class HurtReport:
    """What was said on a local day. None: not said yet. `pain` is 0 to 10, `severity` the person's own word.

    `is_sharp` also stands for pain along the joint line. Raises ValueError for pain outside its scale.
    """

    told_on: date
    region: str | None = None
    pain: int | None = None
    severity: Severity | None = None
    began_on: date | None = None
    is_sharp: bool = False
    is_worsening: bool = False

    def __post_init__(self) -> None:
        if self.pain is not None and not 0 <= self.pain <= 10:
            raise ValueError("pain is scored from 0 to 10")

    @property
    def route(self) -> PainRoute:
        """T-60 for this report; without a score as for one that asks for change."""
        hours = 0 if self.began_on is None else max(0, (self.told_on - self.began_on).days) * HOURS_A_DAY
        score = GO_ON_UNTIL + 1 if self.pain is None else self.pain
        return pain_route(score, is_sharp=self.is_sharp, is_worsening=self.is_worsening, hours=hours)


def injury_of(report: HurtReport) -> Injury:
    """The constraint to keep: of the said severity and the one its pain speaks for, the worse; with its day to ask."""
    severity = _severity(report)
    days = WATCH_DAYS if report.route == "modify" and report.pain is not None else ASK_AGAIN_DAYS[severity]
    return Injury(
        region=report.region or UNKNOWN,
        severity=severity,
        pain_score=report.pain,
        expires_on=report.told_on + timedelta(days=days - 1),  # the last day on which nobody asks
    )


def injury_trigger(injuries: Sequence[Injury], *, on: date) -> Trigger | None:
    """R-6 on this local day for every hurt on file; None without one. An expired one holds and is asked about."""
    if not injuries:
        return None
    found = limits(Profile(injuries=tuple(injuries)), on=on)
    offers = tuple(dict.fromkeys(offer for injury in injuries for offer in _offers(injury, on)))
    effect = Effect(
        mode="recovery" if found.easy_only else "train",
        volume=0.0 if found.easy_only else 1.0,
        time=0.0 if found.easy_only else 1.0,
        may_drop_lifts=True,
        forbidden_tags=found.forbidden,
        limited_tags=found.limited,
        closed_areas=found.closed,
        offers=offers,
    )
    evidence = tuple(sorted((region_of(each.region) or UNKNOWN, severity_of(each)) for each in injuries))
    return Trigger("injury", "R-6", effect, evidence, _level(injuries))


def is_due_again(injury: Injury, *, on: date) -> bool:
    """T-31: whether the person is to be asked how it is."""
    return injury.expires_on is not None and injury.expires_on < on


def _severity(report: HurtReport) -> Severity:
    order: tuple[Severity, ...] = ("mild", "moderate", "severe")
    return max(report.severity or _by_pain(report), _by_pain(report), key=order.index)


def _by_pain(report: HurtReport) -> Severity:
    if report.pain is None:
        # A word alone counts as said, unless something else speaks against "mild".
        return "mild" if report.severity is not None and report.route != "stop" else "moderate"
    if report.pain >= SEVERE_PAIN:
        return "severe"
    return "mild" if report.route == "go_on" else "moderate"


def _offers(injury: Injury, on: date) -> tuple[Offer, ...]:
    offers: list[Offer] = []
    if region_of(injury.region) is None:
        offers.append("ask_where")
    if injury.pain_score is None:
        offers.append("ask_pain")
    if is_due_again(injury, on=on):
        offers.append("ask_again")
    if severity_of(injury) == "severe":
        offers.append("see_clinician")
    return tuple(offers)


def _level(injuries: Sequence[Injury]) -> Level:
    severities = {severity_of(injury) for injury in injuries}
    if "severe" in severities:
        return "urgent"
    return "caution" if "moderate" in severities else "none"
