"""Who is concerned: one message may go to several specialists at once."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal
from zoneinfo import ZoneInfo

from langgraph.runtime import Runtime
from langgraph.types import Command, Send

from agents.domain.context import Context
from agents.domain.questions import BY_CODE
from agents.domain.safety import is_all_clear
from agents.domain.turn import Inbound
from agents.nodes.looking import amount_meant, looked_at
from agents.ports import Allowance, CoachModel, Ports, Speech
from agents.schemas import Agent, Amount, Fact, Intent, IntentName, Moment, Target, Understanding
from agents.state import Line, Part, State

Specialists = Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"]

_OWNERS: Mapping[Agent, tuple[IntentName, ...]] = {
    "meal_planner": (
        "meals_view", "swap_meal", "renew_day", "fill_day", "scale_meal", "log_food", "shopping_view", "look",
    ),
    "exercise_coach": (
        "workout_view", "swap_exercise", "shorten_workout", "move_workout", "log_sets", "log_activity", "sleep_view",
    ),
    "logistics": (
        "today", "plan_view", "calendar_view", "task_done", "task_skip", "task_snooze", "remind", "reminders_view",
        "reminder_cancel",
        "pause", "resume", "quiet_hours", "units", "timezone", "language", "settings_view", "log_water", "log_weight",
        "check_in", "progress_view", "goals_view", "undo", "why_plan", "replan", "cancel",
        "model_consent", "model_withdraw",
    ),
}  # fmt: skip
OWNER: Mapping[IntentName, Agent] = {name: agent for agent, names in _OWNERS.items() for name in names}
_TAP_OWNER: Mapping[str, Agent] = {
    "task": "logistics",
    "firing": "logistics",
    "undo": "logistics",
    "water": "logistics",
    "checkin": "logistics",
    "weighin": "logistics",
    "see": "logistics",
    "week": "logistics",
    "meal": "meal_planner",
    "seen": "meal_planner",
    "relax": "meal_planner",
    "workout": "exercise_coach",
}
TAKES, KEEPS = ("meal:use:", "relax:", "seen:log:", "seen:cook:"), ("meal:keep", "seen:not")
CONSENT_GIVEN = "onb:consent:yes"
SILENCE: tuple[IntentName, ...] = ("pause", "resume")  # needs no consent: it is about our messages, not about health
_VIEWS: Mapping[str, IntentName] = {
    "today": "today",
    "help": "help",
    "meals": "meals_view",
    "workout": "workout_view",
    "reminders": "reminders_view",
    "profile": "profile_view",
    "plan": "plan_view",
    "calendar": "calendar_view",
    "progress": "progress_view",
}


async def route(state: State, runtime: Runtime[Ports]) -> Command[Specialists]:
    """Understand the message, or take the button's word, and hand each specialist its own orders."""
    context, inbound = state["context"], state["inbound"]
    if context is None:
        raise ValueError("the router needs a context")
    tap = inbound.tap
    if not tap and inbound.attachment and not inbound.text:
        heard = await _of_place(inbound, context, runtime.context)
    elif tap:
        heard = _of_tap(tap)
        if tap == CONSENT_GIVEN and inbound.held_text:
            moment = moment_of(context, runtime.context.speech)
            heard = await _with_held(heard, inbound.held_text, moment, runtime.context.model)
    else:
        heard = await _understand(state, context, runtime.context)
    heard = _once(_first_weight(_of_link(_no_order(heard), context), context))
    if not tap and (looked := looked_at(heard, inbound, context)) is not heard:
        heard, inbound = looked, replace(inbound, attachment=None, more=())
    meant = None if tap else amount_meant(inbound.text, context) or _button_meant(heard, context)
    if meant:
        inbound = replace(inbound, tap=meant)
    orders = _orders(heard, tap or meant, context, inbound.text)
    sends = [
        Send(agent, {**state, "inbound": inbound, "parts": [], "understanding": heard, "orders": intents})
        for agent, intents in orders.items()
    ]
    allowance = runtime.context.allowance
    parts = [*_outage(heard, context, allowance), *_beside(inbound, heard, context)]
    if allowance is not None and allowance.is_spent:
        heard = replace(heard, is_degraded=False)  # nothing failed: a failure later today is still to be owned up to
    return Command(update={"understanding": heard, "parts": parts}, goto=sends)


PLANNER: Mapping[str, Specialists] = {
    "nutrition": "meal_planner",
    "exercise": "exercise_coach",
    "sleep": "exercise_coach",
    "reminders": "logistics",
}


async def gather(state: State) -> Command[Specialists | Literal["vet"]]:
    """Everybody has answered. After a lock or a change the planners follow, once; then all goes to the vet."""
    wanted = state.get("replan", ())
    orders: dict[Specialists, tuple[Intent, ...]] = {}
    for kind in wanted:
        orders[PLANNER[kind]] = (*orders.get(PLANNER[kind], ()), Intent("replan", payload=kind))
    if not orders:
        return Command(goto="vet")
    inbound = replace(state["inbound"], tap=None)
    sends = [
        Send(node, {"inbound": inbound, "context": state["context"], "orders": intents})
        for node, intents in orders.items()
    ]
    return Command(update={"replan": ()}, goto=sends)


_DISLIKES = re.compile(
    r"\b(?:hate|boring|bored|dislike|(?:do not|don't) (?:really |much )?like|sick of|tired of|fed up|sucks?|awful|"
    r"terrible|rubbish|useless|not for me)\b"
)
_ORDERS = re.compile(
    r"\b(?:new|another|again|redo|re-?do|re-?plan|re-?make|make|create|build|change|different|else|fresh|"
    r"start over|give)\b"
)


def _no_order(heard: Understanding) -> Understanding:
    """ "I hate this plan" says how somebody feels and orders nothing: no plan is made anew unasked (promise P4)."""

    def is_told(intent: Intent) -> bool:
        words = intent.payload.words if intent.name == "replan" and isinstance(intent.payload, Target) else ""
        return bool(_DISLIKES.search(words)) and not _ORDERS.search(words)

    told = tuple(Intent("feedback", payload="plan", quote=i.quote) if is_told(i) else i for i in heard.intents)
    return replace(heard, intents=told)


def _once(heard: Understanding) -> Understanding:
    """What was said as a fact needs no order beside it: "use pounds" is one change, not two."""
    fields = {fact.field for fact in heard.facts}
    double = {"units": fields & {"units"}, "timezone": fields & {"timezone", "country"}}
    return replace(heard, intents=tuple(intent for intent in heard.intents if not double.get(intent.name)))


def _first_weight(heard: Understanding, context: Context) -> Understanding:
    """A weigh-in is a log, but the very first weight of a locked profile is what its meal plan waits for: a fact."""
    weighing = heard.first("log_weight")
    amount = weighing.payload if weighing else None
    if weighing is None or not isinstance(amount, Amount) or not context.profile.is_locked:
        return heard
    if context.profile.weight_kg is not None:
        return heard
    fact = Fact("weight_kg", amount.value, weighing.quote or f"{amount.value:g} kg")
    rest = tuple(intent for intent in heard.intents if intent is not weighing)
    return replace(heard, intents=(*rest, Intent("give_facts")), facts=(*heard.facts, fact))


def _outage(heard: Understanding, context: Context, allowance: Allowance | None) -> list[Part]:
    """One honest line, once a day, when the rules answered alone: the model failed, or its share is used up (P5)."""
    if not heard.is_degraded:
        return []
    if allowance is not None and allowance.is_spent:
        return [] if allowance.was_told else [Part("intake_safety", lines=(_spent(context, allowance),), order=6)]
    return [] if context.model_failed_today else [Part("intake_safety", lines=(Line("model-offline"),), order=6)]


def _spent(context: Context, allowance: Allowance) -> Line:
    """Shares begin with the UTC day, so the person is told when that is on their own clock."""
    renewal = allowance.renews_at.astimezone(ZoneInfo(context.profile.timezone))
    day = "today" if renewal.date() == context.today else "tomorrow"
    return Line("model-share-spent", {"time": f"{renewal:%H:%M}", "day": day})


def _button_meant(heard: Understanding, context: Context) -> str | None:
    """The button of an open question that words chose, as if tapped: "the first one", its name, a plain yes or no.

    Only for buttons that have a specialist of their own; what concerns the profile is decided by intake. A yes needs
    that one thing alone was offered.
    """
    question = context.question
    if question is None or not question.hears_words(context.now):
        return None
    taps = [data for _, data in question.options if data.partition(":")[0] in _TAP_OWNER]
    chosen = [intent.payload for intent in heard.intents if intent.name == "answer" and intent.payload in taps]
    if len(chosen) == 1 and isinstance(chosen[0], str):
        return chosen[0]
    said = [intent.name for intent in heard.intents]
    offered = [tap for tap in taps if tap.startswith(TAKES)]
    if said == ["yes"] and len(offered) == 1:
        return offered[0]
    return next((tap for tap in taps if tap in KEEPS), None) if said == ["no"] else None


def _of_tap(tap: str) -> Understanding:
    prefix, _, rest = tap.partition(":")
    if prefix == "view" and rest in _VIEWS:
        return Understanding(intents=(Intent(_VIEWS[rest]),))
    return Understanding()


def _of_link(heard: Understanding, context: Context) -> Understanding:
    """A link into the bot opens what it names, for who is past the beginning; any other link is a plain start."""
    start = heard.first("start")
    view = _VIEWS.get(start.payload) if start and isinstance(start.payload, str) else None
    if start is None or view is None or not context.profile.is_locked:
        return heard
    return replace(heard, intents=tuple(Intent(view) if one is start else one for one in heard.intents))


async def _of_place(inbound: Inbound, context: Context, ports: Ports) -> Understanding:
    """Where somebody is tells their clock, and nothing else of it is kept. A forwarded place is somebody else's."""
    place = inbound.attachment
    if place is None or place.latitude is None or place.longitude is None:
        return Understanding()
    if inbound.is_forwarded or not context.may_store_health:
        return Understanding()
    zone = await asyncio.to_thread(ports.zone_at, place.latitude, place.longitude)
    if zone is None:
        return Understanding()
    return Understanding(intents=(Intent("give_facts"),), facts=(Fact("timezone", zone, "your place"),))


def _beside(inbound: Inbound, heard: Understanding, context: Context) -> list[Part]:
    """What is said beside the answer. A file that came with words: what cannot be used.

    Words that took the place of others: that what those had led to is taken back.
    A clock that was read off a place is coarse at borders, so it is shown (libraries.md L-73).
    """
    file = inbound.attachment
    if inbound.took_back:
        return [Part("intake_safety", lines=(Line("edit-took-back"),), order=2)]
    if file is not None and not inbound.text and heard.facts:
        there = context.now.astimezone(ZoneInfo(str(heard.facts[0].value)))
        return [Part("intake_safety", lines=(Line("zone-check", {"time": f"{there:%H:%M}"}),), order=8)]
    if file is None or not inbound.text:
        return []
    key = f"attach-{file.problem or file.kind}" if file.problem or file.kind != "photo" else "see-words-stand"
    return [Part("intake_safety", lines=(Line(key),), order=4)]


async def _understand(state: State, context: Context, ports: Ports) -> Understanding:
    inbound = state["inbound"]
    moment = moment_of(context, ports.speech, is_forwarded=inbound.is_forwarded, model_host=ports.model_host)
    heard = await ports.model.understand(inbound.text, moment)
    if inbound.held_text:
        return await _with_held(heard, inbound.held_text, moment, ports.model)
    return heard


async def _with_held(heard: Understanding, text: str, moment: Moment, model: CoachModel) -> Understanding:
    """What was said before consent counts as soon as consent is given; until then it was only kept in memory."""
    before = await model.understand(text, replace(moment, expecting=None, options=()))
    return replace(heard, facts=(*before.facts, *heard.facts), rejected=(*before.rejected, *heard.rejected))


def moment_of(context: Context, speech: Speech, *, is_forwarded: bool = False, model_host: str | None = None) -> Moment:
    """What surrounds the words: the open question with its buttons, the local time, the profile."""
    expecting: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    pending = context.onboarding.pending if context.onboarding.is_open else None
    if pending is not None and pending in BY_CODE:
        expecting = pending
        locale = context.profile.locale
        options = tuple(
            (speech.say(locale, f"opt-{pending}-{data}".replace(":", ""), {}), f"onb:{pending}:{data}")
            for data in BY_CODE[pending].options
        )
    elif context.question is not None and context.question.hears_words(context.now):
        expecting, options = context.question.code, context.question.options
    return Moment(
        now=context.local_now,
        expecting=expecting,
        options=options,
        profile=context.profile,
        locale=context.profile.locale,
        is_forwarded=is_forwarded,
        may_ask_model=context.may_store_health and context.allows_model(model_host),
    )


_MEAL_WORDS = re.compile(r"\b(?:meals?|menu|food|eat(?:ing)?|diet|nutrition|calories|macros|targets)\b")
_TRAINING_WORDS = re.compile(r"\b(?:workouts?|training|exercise|fitness|sessions?|gym)\b")


def _concerned(intent: Intent) -> tuple[Agent, ...]:
    """Whose an intent is. A new plan that was asked for in words is made by those whom the words name, else by both."""
    if intent.name != "replan" or not isinstance(intent.payload, Target):
        return (OWNER.get(intent.name, "intake_safety"),)
    words = intent.payload.words
    named: list[Agent] = ["meal_planner"] if _MEAL_WORDS.search(words) else []
    named += ["exercise_coach"] if _TRAINING_WORDS.search(words) else []
    return tuple(named) or ("meal_planner", "exercise_coach")


def _orders(heard: Understanding, tap: str | None, context: Context, said: str = "") -> dict[Agent, tuple[Intent, ...]]:
    """Which intents go to whom. Before consent and during onboarding intake has a say, except in when to be silent."""
    if not context.may_store_health:
        silence = tuple(intent for intent in heard.intents if intent.name in SILENCE)
        return {"logistics": silence} if silence else {"intake_safety": heard.intents}
    owner = _TAP_OWNER.get(tap.partition(":")[0]) if tap else None
    if owner:
        return {owner: ()}
    if context.last_safety == "emergency" and is_all_clear(said):
        return {"intake_safety": heard.intents}  # "I'm fine now" is no mood to be logged
    orders: dict[Agent, tuple[Intent, ...]] = {}
    for intent in heard.intents:
        for agent in _concerned(intent):
            orders[agent] = (*orders.get(agent, ()), intent)
    needs_intake = heard.facts or heard.rejected or not orders or context.onboarding.is_open
    if needs_intake:
        orders.setdefault("intake_safety", ())
    return orders
