"""From a text to its intents: cut into clauses, recognise each, join what belongs together, read the joined clauses.

A clause nobody recognises belongs to the log or reminder before it ("had 2 eggs | a slice of toast"), and lists of one
kind are read as one ("bench 60x8 | 3x5x100"). The order of the recognisers is the order of certainty: fixed replies,
reminders, settings, orders, logs, body, talk.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from agents.schemas import Intent, IntentName, Moment, Target
from agents.understanding import (
    answers,
    bends,
    clauses,
    consents,
    cooking,
    leaning,
    meal_orders,
    pains,
    remembering,
    reminding,
    slots,
    swaps,
    switches,
    talk,
    tasks,
    told,
    views,
)
from agents.understanding.clauses import Clause
from agents.understanding.logs import log

Recogniser = Callable[[Clause, Moment], Intent | None]

RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    answers.phrase,
    reminding.taken_back,
    consents.model_choice,
    tasks.task,
    reminding.wish,
    switches.switch,
    meal_orders.meal_order,
    bends.bend,
    swaps.swap,
    views.view,
    talk.talk,
    log,
    pains.pain,
    pains.illness,
    leaning.leaning,
    told.told,
)
_LISTS: Final = frozenset(("log_food", "log_sets", "check_in"))
_OPEN_ENDED: Final = frozenset(
    ("log_food", "log_sets", "log_activity", "check_in", "remind", "quiet_hours", "pain", "illness", "feedback",
     "profile_change")
)  # fmt: skip
_STATEMENT: Final = re.compile(r"(?:i|i'm|i've|my|im|we|it|it's|he|she|no|vegan|vegetarian|\d+ (?:years?|yo))\b")
_STRONG: Final = re.compile(
    r"\b(?:i(?:'m| am|'ve| have| had| did)|ate|drank|had|ran|walked|slept|weighed|finished|did|done|my|what|why|"
    r"how|show|"
    r"swap|skip|remind)\b"
)
_IMPERATIVE: Final = re.compile(r"(?:log|add|track|delete|cancel|set|change|move|snooze|mark|tick|stop|pause|update)\b")
_ABOUT_ME: Final = re.compile(
    r"allerg|intoleran|pregnan|breast-?feed|postpartum|diabet|c(?:o)?eliac|asthma|epilep|blood pressure|heart|"
    r"kidney|thyroid|"
    r"\b(?:vegan|vegetarian|pescatarian|"
    r"halal|kosher|keto|paleo|medication|injur\w*|surgery|condition|years? old|goal)\b"
)  # what must never be swallowed by a log beside it: it may decide what is safe
_EATING: Final[frozenset[IntentName]] = frozenset(("log_food", "task_done", "task_skip"))
_STATES: Final[frozenset[IntentName]] = frozenset(("check_in", "task_done", "task_skip"))
_TRAINING: Final[frozenset[IntentName]] = frozenset(("log_activity", "task_done", "task_skip", "workout_view"))
_CANNOT_BE: Final[dict[str, frozenset[IntentName]]] = {
    **dict.fromkeys(("meal_times", "meals_per_day", "diet_type", "dislikes", "max_prep_minutes"), _EATING),
    **dict.fromkeys(("conditions", "symptoms", "medications", "allergies", "pregnancy", "injuries"), _STATES),
    "equipment": frozenset(("log_sets", "log_activity")),
    "primary_goal": frozenset(("check_in", "log_activity", "log_food")),
    **dict.fromkeys(
        ("fitness_level", "regular_exercise", "leisure_activity", "workout_days", "workout_time"), _TRAINING
    ),
}  # while these are asked, "lunch at 1" and "been lifting for 3 years" are answers, not logs
_TAKES_ALL: Final = frozenset(("log_food", "log_sets", "remind", "quiet_hours"))  # lists; the rest may hold facts
_HEDGES: Final = frozenset(("ok", "okay", "fine", "alright", "all right", "right", "good", "cool", "sure", "i see"))
_LEADS_IN: Final = re.compile(
    r"(?:at|every|on|in|tomorrow|each|from|daily|before|after|tonight|by|for|this|today|yesterday|next)\b"
)
_ASKING: Final = re.compile(
    r"(?:what|why|how|when|where|which|who|is|are|can|could|should|do|does|did (?:you|i|we)|will|would|may|am i|"
    r"tell me|(?:remind|show|teach) me how|explain|what's|how's|any tips|give me tips|i wonder|recommend)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause with what it was read as; `intent` None means nothing was recognised."""

    clause: Clause
    intent: Intent | None
    spans: tuple[tuple[int, int], ...] = ()  # the parts of the text that this intent rests on

    @property
    def name(self) -> IntentName | None:
        """The intent's name, if there is one."""
        return self.intent.name if self.intent else None


def readings(text: str, moment: Moment) -> tuple[Reading, ...]:
    """The clauses of a cleaned text, joined where they belong together, each with its intent."""
    groups: list[list[Reading]] = []
    wholes = _wholes(text, moment)
    taken = [span for spans, _ in wholes for span in spans]
    for piece in clauses.split(text):
        if any(piece.start < end and piece.end > start for start, end in taken):
            continue
        if piece.joint == "but" and groups and _is_hedge(groups[-1][0], moment):
            groups.pop()  # "okay but I hate running" agrees to nothing
        reading = Reading(piece, recognise(piece, moment), ((piece.start, piece.end),))
        if groups and _joins(groups[-1], reading):
            groups[-1].append(reading)
        else:
            groups.append([reading])
    read = [_read(text, group, moment) for group in groups]
    for spans, intent in wholes:
        start, end = spans[0] if spans else (len(text), len(text))
        read.append(Reading(clauses.clause(text[start:end], start=start, end=end), intent, spans))
    return tuple(sorted(read, key=lambda reading: reading.clause.start))


def _wholes(text: str, moment: Moment) -> tuple[tuple[tuple[tuple[int, int], ...], Intent], ...]:
    """Sentences that are read as a whole, each with the parts of the text it rests on."""
    kept = remembering.sentences(text, moment)
    at_home = None if kept else cooking.from_home(text, moment)
    return (*kept, ((at_home[0],), at_home[1])) if at_home else kept


def _is_hedge(reading: Reading, moment: Moment) -> bool:
    """Whether a "but" takes this piece back; a yes too where half a yes must not count (consent, S-100), and a no
    that may hide a pregnancy.
    """
    if moment.expecting == "pregnancy" and reading.name == "no":
        return True
    return reading.clause.plain in _HEDGES or (reading.name == "yes" and moment.expecting in leaning.WHOLEHEARTED)


def recognise(clause: Clause, moment: Moment) -> Intent | None:
    """What one clause wants, or None."""
    cannot = _CANNOT_BE.get(moment.expecting or "", frozenset())
    found = (intent for each in RECOGNISERS if (intent := each(clause, moment)) is not None)
    return next((intent for intent in found if intent.name not in cannot), None)


def is_question(clause: Clause) -> bool:
    """Whether a clause asks something: by its mark, or by its first word."""
    return clause.asks or (bool(_ASKING.match(clause.plain)) and len(clause.plain.split()) > 2)


def _joins(group: list[Reading], new: Reading) -> bool:
    kind = _kind(group)
    joint = new.clause.joint
    if joint not in ("soft", "comma"):
        return kind == new.name and kind in ("log_sets", "check_in")
    if kind is None:
        return new.name is None or _leads_in(group, new)
    if new.name is None:
        said = new.clause.plain
        return kind in _OPEN_ENDED and not (new.clause.asks or _STATEMENT.match(said) or _ABOUT_ME.search(said))
    if kind == "remind":
        own = _STRONG.search(new.clause.plain) or (joint == "comma" and _IMPERATIVE.match(new.clause.plain))
        return not own
    return (kind == new.name and kind in _LISTS) or _continues(kind, new) or _names_nothing_new(kind, new)


def _kind(group: list[Reading]) -> IntentName | None:
    return next((reading.name for reading in group if reading.name), None)


def _continues(kind: IntentName, new: Reading) -> bool:
    """A piece that means something else alone but belongs to the list before it ("slept 6 h, fine, sore")."""
    return kind == "check_in" and new.name in ("small_talk", "yes")


def _names_nothing_new(kind: IntentName, new: Reading) -> bool:
    """Whether the piece only says what to do about the dish before it: "no fish tonight, give me something else"."""
    payload = new.intent.payload if new.intent else None
    return kind == new.name == "swap_meal" and isinstance(payload, Target) and not payload.words


def _leads_in(group: list[Reading], new: Reading) -> bool:
    """ "at 8, remind me …", "for breakfast, 2 eggs": an opening that only gives the time or the meal."""
    first = group[0].clause.plain
    if new.name not in ("remind", "log_food", "log_activity", "log_water", "log_sets", "check_in", "log_weight"):
        return False
    return (
        len(group) == 1 and len(first.split()) <= 6 and (bool(_LEADS_IN.match(first)) or slots.code(first) is not None)
    )


def _read(text: str, group: list[Reading], moment: Moment) -> Reading:
    if len(group) == 1:
        return group[0]
    whole = clauses.join(text, tuple(reading.clause for reading in group))
    found = recognise(whole, moment)
    if found is None or found.name != (_kind(group) or "log_food"):  # "toast and jam": only together a list of foods
        found = next((reading.intent for reading in group if reading.intent), None)
    if found is not None and found.name in _TAKES_ALL:
        return Reading(whole, found, ((whole.start, whole.end),))
    return Reading(whole, found, tuple(span for reading in group if reading.intent for span in reading.spans))
