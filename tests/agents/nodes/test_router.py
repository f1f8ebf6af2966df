"""Every intent has an owner, and every order reaches exactly that one."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from agents.domain.context import OpenQuestion
from agents.nodes.logistics import _HANDLERS, _TAPS
from agents.nodes.router import (
    _TAP_OWNER,
    _VIEWS,
    OWNER,
    _button_meant,
    _concerned,
    _no_order,
    _of_link,
    _orders,
    _outage,
    moment_of,
)
from agents.schemas import Agent, Fact, Intent, IntentName, Target, Understanding
from prompts.loader import Catalogue
from tests.support.cases import for_each
from tests.support.mind import asked, newcomer, settled

NAMES: tuple[Any, ...] = get_args(IntentName)


@for_each("name", NAMES)
def test_an_intent_goes_to_one_specialist(name: Any) -> None:
    orders = _orders(Understanding((Intent(name),)), None, settled())
    assert set(orders) == {OWNER.get(name, "intake_safety")}
    assert set(orders) <= set(get_args(Agent))


def test_logistics_can_do_everything_it_owns() -> None:
    owned = {name for name, agent in OWNER.items() if agent == "logistics"}
    assert owned - _HANDLERS.keys() == set()
    assert {prefix for prefix, agent in _TAP_OWNER.items() if agent == "logistics"} == set(_TAPS)


def test_every_view_button_is_an_intent() -> None:
    assert set(_VIEWS.values()) <= set(NAMES)


def test_before_consent_only_intake_hears_anything() -> None:
    heard = Understanding((Intent("log_water"), Intent("remind"), Intent("today")))
    assert set(_orders(heard, None, newcomer())) == {"intake_safety"}
    assert set(_orders(Understanding(), "task:done:x", newcomer())) == {"intake_safety"}


def test_facts_always_reach_intake_beside_the_other_orders() -> None:
    heard = Understanding((Intent("log_water"),), (Fact("weight_kg", 80.0, "80"),))
    assert set(_orders(heard, None, settled())) == {"logistics", "intake_safety"}


def test_during_onboarding_intake_has_a_say_in_every_message() -> None:
    assert set(_orders(Understanding((Intent("today"),)), None, asked("age"))) == {"logistics", "intake_safety"}


def test_a_message_without_any_meaning_still_reaches_somebody() -> None:
    assert set(_orders(Understanding(), None, settled())) == {"intake_safety"}


def test_the_moment_carries_an_open_question_outside_onboarding() -> None:
    question = OpenQuestion("profile_change", (("Yes", "profile:confirm"),))
    moment = moment_of(settled(question=question), Catalogue())
    assert (moment.expecting, moment.options) == ("profile_change", (("Yes", "profile:confirm"),))
    assert moment_of(settled(), Catalogue()).expecting is None


@dataclass(frozen=True)
class Share:
    """A day's share of the model."""

    is_spent: bool = True
    was_told: bool = False
    renews_at: datetime = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("share", "has_failed_before", "key"),
    [
        (None, False, "model-offline"),
        (None, True, None),
        (Share(is_spent=False), False, "model-offline"),
        (Share(), False, "model-share-spent"),
        (Share(), True, "model-share-spent"),
        (Share(was_told=True), False, None),
    ],
)
def test_why_the_rules_answered_alone_is_said_once_a_day(
    share: Share | None, has_failed_before: bool, key: str | None
) -> None:
    context = settled(model_failed_today=has_failed_before)
    said = [line.key for part in _outage(Understanding(is_degraded=True), context, share) for line in part.lines]
    assert said == ([key] if key else [])
    assert _outage(Understanding(), context, share) == []


@pytest.mark.parametrize(
    ("zone", "now", "time", "day"),
    [
        ("Europe/Berlin", "2026-11-23T20:00+01:00", "01:00", "tomorrow"),
        ("Europe/Berlin", "2026-11-24T00:20+01:00", "01:00", "today"),
        ("America/Los_Angeles", "2026-11-23T14:00-08:00", "16:00", "today"),
        ("Asia/Kolkata", "2026-11-24T04:00+05:30", "05:30", "today"),
    ],
)
def test_when_there_is_a_new_share_is_told_by_the_persons_clock(zone: str, now: str, time: str, day: str) -> None:
    context = settled(now=datetime.fromisoformat(now).astimezone(UTC))
    context = replace(context, profile=replace(context.profile, timezone=zone))
    (part,) = _outage(Understanding(is_degraded=True), context, Share())
    assert part.lines[0].args == {"time": time, "day": day}


def test_option_labels_with_a_colon_are_found_in_the_catalogue() -> None:
    moment = moment_of(asked("wake_time"), Catalogue())
    assert moment.options[0] == ("07:00", "onb:wake_time:07:00")


OFFER = OpenQuestion("meal_offer", (("Soup", "meal:use:1"), ("Something else", "meal:more:x:1"), ("Keep", "meal:keep")))


@pytest.mark.parametrize(
    ("intent", "tap"),
    [
        (Intent("answer", payload="meal:use:1"), "meal:use:1"),
        (Intent("answer", payload="meal:more:x:1"), "meal:more:x:1"),
        (Intent("yes"), "meal:use:1"),
        (Intent("no"), "meal:keep"),
        (Intent("answer", payload="meal:use:2"), None),
        (Intent("thanks"), None),
    ],
)
def test_words_that_choose_an_offer_are_its_tap(intent: Intent, tap: str | None) -> None:
    context = settled(question=OFFER)
    assert _button_meant(Understanding(intents=(intent,)), context) == tap


def test_a_yes_to_several_offers_or_to_an_old_one_takes_none() -> None:
    several = replace(OFFER, options=(("A", "meal:use:1"), ("B", "meal:use:2")))
    yes = Understanding(intents=(Intent("yes"),))
    assert _button_meant(yes, settled(question=several)) is None
    assert _button_meant(yes, settled(question=replace(OFFER, is_fresh=False))) is None


@pytest.mark.parametrize(
    ("words", "agents"),
    [
        ("new meal plan", ("meal_planner",)),
        ("make me a workout plan", ("exercise_coach",)),
        ("make me a new plan", ("meal_planner", "exercise_coach")),
    ],
)
def test_a_new_plan_is_made_by_those_whom_the_words_name(words: str, agents: tuple[Agent, ...]) -> None:
    assert _concerned(Intent("replan", payload=Target(words=words))) == agents
    assert _concerned(Intent("replan", payload="reminders")) == ("logistics",)


@pytest.mark.parametrize(
    ("context", "payload", "view"),
    [
        (settled(), "plan", "plan_view"),
        (settled(), "today", "today"),
        (settled(), "nonsense", "start"),
        (settled(), None, "start"),
        (newcomer(), "plan", "start"),
    ],
)
def test_a_link_into_the_bot_opens_what_it_names_or_is_a_plain_start(context: Any, payload: Any, view: str) -> None:
    heard = _of_link(Understanding(intents=(Intent("start", payload=payload),)), context)
    assert [intent.name for intent in heard.intents] == [view]


@pytest.mark.parametrize("name", ["pause", "resume"])
def test_who_wants_silence_need_not_agree_to_anything_first(name: Any) -> None:
    heard = Understanding((Intent(name), Intent("greeting")))
    assert _orders(heard, None, newcomer()) == {"logistics": (Intent(name),)}


def test_words_that_end_an_alarm_are_no_mood() -> None:
    heard = Understanding((Intent("check_in"),))
    assert set(_orders(heard, None, settled(last_safety="emergency"), "it stopped, i'm fine now")) == {"intake_safety"}
    assert set(_orders(heard, None, settled(), "it stopped, i'm fine now")) == {"logistics"}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("i hate this plan", "feedback"),
        ("this plan is boring", "feedback"),
        ("i don't like this plan, make me a new one", "replan"),
        ("i'm bored, give me something else", "replan"),
        ("new plan please", "replan"),
    ],
)
def test_p4_a_dislike_orders_nothing(words: str, name: str) -> None:
    heard = _no_order(Understanding((Intent("replan", payload=Target(words=words)),)))
    assert [intent.name for intent in heard.intents] == [name]
