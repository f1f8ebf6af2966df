"""The weekly report (product.md J3, F81): one picture, three sentences, and what comes next. No blame in any of them.

A person in care mode is not sent one; somebody who did and told nothing all week has nothing to be reported (B-1).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from agents.domain import charts
from agents.domain.achievements import Achievement, earned
from agents.domain.charts import Chart, History, Say, View
from agents.domain.charts.shown import is_in_care, shows_body, shows_figures
from agents.domain.charts.words import weekdays
from agents.domain.context import WorkoutView
from agents.domain.life_stage import spares_weight
from agents.domain.profile import Profile
from agents.domain.safety import profile_findings

LOOKED_BACK: Final = timedelta(weeks=12)  # how far the curves of the picture reach
WEEK: Final = timedelta(days=7)
FEWEST_WEIGH_INS: Final = 3  # K-33 wants four; three a week keep the trend honest enough to look at
FEWEST_NIGHTS: Final = 3
FEWEST_PLANNED, LOW_SHARE = 6, 0.5  # things in a week; below half of them the plan may be too much
MOST_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class Report:
    """What is said and shown. `sentences` are three at most, `steps` two; `achievements` are new with it."""

    sentences: tuple[str, ...]
    steps: tuple[str, ...]
    chart: Chart | None
    achievements: tuple[Achievement, ...] = ()

    @property
    def words(self) -> str:
        """All of it as one text."""
        return "\n".join(filter(None, (" ".join(self.sentences), *self.steps)))


def is_worth_sending(history: History, profile: Profile) -> bool:
    """Whether it may go out unasked: something was done or told this week, and nobody is in care mode."""
    return not is_in_care(profile) and any(on > history.last - WEEK for on in history.active_days)


def report(history: History, profile: Profile, ahead: Sequence[WorkoutView], say: Say) -> Report:
    """The week up to the last day of this history; `ahead` are the sessions of the next seven days."""
    week = _week(history)
    views = [view for view in seen(history, profile, say) if view is not None]
    new = earned(history, profile)
    sentences = tuple(_sentences(week, history, profile, new, say))[:3]
    chart = charts.chart_together(say("week-title"), views, say) if views else None
    may_train = profile_findings(profile, on=history.last).training_cap != "none"
    steps = tuple(_steps(week, profile, ahead if may_train else (), say))[:MOST_STEPS]
    return Report(sentences or (say("week-nothing"),), steps, chart, new)


def seen(history: History, profile: Profile, say: Say) -> tuple[View | None, ...]:
    """The views of a week, the plan's before the body's; weight is left out for who is to be spared it."""
    weight = None if spares_weight(profile) else charts.weight(history, profile, say)
    return (
        charts.adherence(history, profile, say), weight, charts.strength(history, profile, say),
        charts.sleep(history, profile, say),
    )  # fmt: skip


def _week(history: History) -> History:
    first = history.last - WEEK + timedelta(days=1)
    return replace(
        history,
        first=first,
        kept=tuple(day for day in history.kept if day.on >= first),
        weights=tuple(point for point in history.weights if point[0] >= first),
        sleep=tuple(point for point in history.sleep if point[0] >= first),
        trained=tuple(on for on in history.trained if on >= first),
    )


def _sentences(
    week: History, history: History, profile: Profile, new: Sequence[Achievement], say: Say
) -> Iterator[str]:
    """What was done, what changed, what there is to be glad of."""
    planned, done = sum(day.planned for day in week.kept), sum(day.done for day in week.kept)
    if done and planned and shows_figures(profile) and not is_in_care(profile):
        yield say("week-done", done=round(done), planned=planned)
    elif week.trained and shows_figures(profile):
        yield say("week-sessions", count=len(week.trained))
    elif done or week.trained:
        yield say("week-done-hidden")
    yield from _changed(week, history, profile, say)
    if new:
        yield say("week-new", what=say(f"achievement-{new[-1].code.replace('_', '-')}"))
    elif done and week.trained and shows_figures(profile):
        yield say("week-sessions", count=len(week.trained))


def _changed(week: History, history: History, profile: Profile, say: Say) -> Iterator[str]:
    """The trend of the weight, for who may see it, else how the nights were."""
    if week.weights and shows_body(profile) and not spares_weight(profile) and not is_in_care(profile):
        yield charts.weight_trend(history, profile, say)
        return
    if week.sleep and shows_figures(profile):
        mean = sum(hours for _, hours in week.sleep) / len(week.sleep)
        yield say("week-sleep", hours=f"{mean:.1f}", count=len(week.sleep))


def _steps(week: History, profile: Profile, ahead: Sequence[WorkoutView], say: Say) -> Iterator[str]:
    """The next session, and one thing that would help most."""
    first = min(
        (each for each in ahead if each.status == "planned" and each.local_date > week.last),
        key=lambda each: each.local_date,
        default=None,
    )
    if first is not None:
        yield say("week-next", day=_day(first.local_date, say), name=first.name, minutes=first.minutes)
    planned, done = sum(day.planned for day in week.kept), sum(day.done for day in week.kept)
    may_weigh = shows_body(profile) and not spares_weight(profile) and profile.target_weight_kg is not None
    if planned >= FEWEST_PLANNED and done < LOW_SHARE * planned:
        yield say("week-step-easier")
    elif may_weigh and len(week.weights) < FEWEST_WEIGH_INS:
        yield say("week-step-weigh")
    elif len(week.sleep) < FEWEST_NIGHTS:
        yield say("week-step-sleep")


def _day(on: date, say: Say) -> str:
    return weekdays(say)[on.weekday()]
