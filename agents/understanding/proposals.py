"""What a model may propose, and how a proposal becomes typed intents and facts.

A model only points: at words of the message and at what they are about. Every value is read from those words by the
parsers the rules use, so a number, a unit or a date can never come from the model. What lifts a protection (an allergy
taken back, "no conditions", a clearance, a consent, a confirmation) is never taken from a model (science.md S-3).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final, get_args

from pydantic import BaseModel, ConfigDict, WithJsonSchema

from agents.domain.profile import Injury, MealTime, Restriction
from agents.domain.safety import account_allowed
from agents.schemas import (
    Fact,
    FactValue,
    Intent,
    IntentName,
    Moment,
    Payload,
    ProfileField,
    Rejected,
    Target,
    Understanding,
)
from agents.understanding import clauses, intents, language, targets
from agents.understanding.facts import facts
from agents.understanding.hearing import Heard, hear
from agents.understanding.quotes import spans

INTENTS: Final[tuple[IntentName, ...]] = (
    "answer", "skip", "back", "later", "dont_know", "why_ask",
    "greeting", "thanks", "goodbye", "small_talk", "about_bot", "privacy", "help", "feedback",
    "profile_view", "profile_history", "goals_view",
    "today", "plan_view", "calendar_view", "meals_view", "workout_view", "sleep_view", "shopping_view", "why_plan",
    "progress_view",
    "task_done", "task_skip", "task_snooze", "swap_meal", "swap_exercise", "shorten_workout", "move_workout",
    "log_food", "log_sets", "log_activity", "log_water", "log_weight", "check_in", "pain", "illness",
    "remind", "reminders_view", "reminder_cancel", "pause", "resume", "quiet_hours", "units", "timezone", "language",
    "settings_view", "question",
)  # fmt: skip
# Silence and its end are only ordered by words that the rules can read as such an order.
_ONLY_AS_READ: Final = frozenset(("pause", "resume"))
_ABOUT_A_THING: Final = frozenset(("task_done", "task_skip", "task_snooze", "reminder_cancel"))
# What opens the way to a plan is answered by the person's own tap or by words the rules know.
_OWN_ANSWER_ONLY: Final = frozenset(
    ("consent", "guardian", "regular_exercise", "conditions", "symptoms", "medications", "pregnancy", "clearance",
     "injuries", "allergies", "confirm", "delete_me", "profile_change")
)  # fmt: skip
FIELDS: Final[tuple[ProfileField, ...]] = tuple(
    field for field in get_args(ProfileField) if field not in ("clearance", "regular_exercise")
)
_PROTECTING: Final = frozenset(("condition", "symptom", "medication", "injury", "allergy", "intolerance", "religious"))
_ASKED_BACK: Final[tuple[ProfileField, ...]] = ("allergy", "intolerance", "condition", "medication")
_LEAST_CONFIDENCE: Final = 0.5
_MOST: Final = 20  # intents, and facts, that are read of one answer


def _one_of(*names: str) -> WithJsonSchema:
    """A closed list in the schema that is sent; whatever comes back is dropped here when it is not on the list."""
    return WithJsonSchema({"type": "string", "enum": list(names)})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProposedIntent(_Strict):
    """One thing the person wants. `button` is the label meant by an answer, else empty."""

    name: Annotated[str, _one_of(*INTENTS)]
    quote: str
    button: str


class ProposedFact(_Strict):
    """One thing said about the person."""

    field: Annotated[str, _one_of(*FIELDS)]
    value: str
    op: Annotated[str, _one_of("set", "add", "remove", "none")]
    quote: str
    confidence: float


class Proposal(_Strict):
    """The whole answer of a model."""

    intents: tuple[ProposedIntent, ...]
    facts: tuple[ProposedFact, ...]


SCHEMA: Final[dict[str, Any]] = {"name": "understanding", "strict": True, "schema": Proposal.model_json_schema()}


def read(proposal: Proposal, text: str, moment: Moment) -> Understanding:
    """The proposal's intents and facts that rest on words of the text, with values read from those words."""
    said = clauses.clean(text)
    heard = hear(said, is_answer=moment.expecting is not None)
    wanted = (_intent(each, said, moment) for each in proposal.intents[:_MOST])
    stated = (fact for each in proposal.facts[:_MOST] for fact in _facts(each, said, heard, moment))
    return Understanding(
        intents=tuple(dict.fromkeys(intent for intent in wanted if intent is not None)),
        facts=tuple(dict.fromkeys(stated)),
        rejected=tuple(_unread(proposal.facts[:_MOST], said, moment))[:1],
        language=language.guess(said, moment.locale),
        is_from_model=True,
    )


def _unread(proposed: Iterable[ProposedFact], said: str, moment: Moment) -> Iterator[Rejected]:
    """What may protect somebody, in words no parser of ours reads: it is asked about, never dropped (N-33)."""
    for each in proposed:
        is_said = each.confidence >= _LEAST_CONFIDENCE and bool(spans(each.quote, said))
        field = next((name for name in _ASKED_BACK if name == each.field), None)
        if field and each.op == "add" and is_said and not _agreeing(each, field, moment):
            yield Rejected(field, each.quote.strip(), "unknown_word")


def _intent(proposed: ProposedIntent, said: str, moment: Moment) -> Intent | None:
    """The intent with the payload that our own recognisers read in its words; None when it may not be taken."""
    quote = proposed.quote.strip()
    if proposed.name not in INTENTS or not spans(quote, said):
        return None
    name = proposed.name
    if name == "answer":
        data = _chosen(proposed.button, moment)
        return Intent("answer", payload=data, confidence=0.8, quote=quote) if data else None
    read_so = intents.recognise(clauses.clause(quote), replace(moment, expecting=None, options=()))
    if read_so is not None and read_so.name == name:
        return replace(read_so, quote=quote)
    return (
        None
        if name in _ONLY_AS_READ
        else Intent(name, payload=_thing(name, quote, moment), confidence=0.8, quote=quote)
    )


def _thing(name: IntentName, quote: str, moment: Moment) -> Payload:
    """What an order is about, in the person's words; "all" is only taken where the rules read it."""
    if name not in _ABOUT_A_THING:
        return None
    about: Target = targets.target(quote.lower(), moment)
    return replace(about, everything=False)


def _chosen(label: str, moment: Moment) -> str | None:
    """The data of the button with this label, where a model may choose one."""
    if moment.expecting is None or moment.expecting in _OWN_ANSWER_ONLY:
        return None
    meant = label.strip().casefold()
    return next((data for known, data in moment.options if known.strip().casefold() == meant), None)


def _facts(proposed: ProposedFact, said: str, heard: Heard, moment: Moment) -> Iterator[Fact]:
    is_sure = proposed.confidence >= _LEAST_CONFIDENCE  # false for NaN as well
    if proposed.field not in FIELDS or not is_sure or not spans(proposed.quote, said):
        return
    for fact in _agreeing(proposed, proposed.field, moment):
        if fact.op == proposed.op and _may_be_taken(fact, heard, moment):
            yield replace(fact, confidence=min(fact.confidence, proposed.confidence, 1.0))


def _agreeing(proposed: ProposedFact, field: ProfileField, moment: Moment) -> tuple[Fact, ...]:
    """What our parsers read in the quote, where it is what the model says it means; "none" needs no value."""
    meant = _as_asked(proposed.value.replace("_", " "), field, moment)

    def agrees(fact: Fact) -> bool:
        is_same = any(_same(fact.value, other.value) for other in meant)
        return is_same or _code(fact.value) == proposed.value.lower() or fact.op == "none"

    return tuple(fact for fact in _as_asked(proposed.quote, field, moment) if agrees(fact))


def _as_asked(words: str, field: ProfileField, moment: Moment) -> tuple[Fact, ...]:
    """These words read plainly, else as the answer to a question about this field."""
    for expecting in (None, field):
        found, _ = facts(words, replace(moment, expecting=expecting, options=(), is_forwarded=False))
        if mine := tuple(fact for fact in found if fact.field == field):
            return mine
    return ()


def _may_be_taken(fact: Fact, heard: Heard, moment: Moment) -> bool:
    """Whether the words assert this about the person here and now, and nothing protective is lifted by it."""
    if fact.field in _PROTECTING and fact.op != "add":
        return False
    if not _is_of_age(fact, moment):
        return False
    is_denial = fact.op in ("remove", "none") or fact.value is False
    return any(_is_asserted(place, fact, heard, is_denial=is_denial) for place in _places(fact.quote, heard))


def _is_of_age(fact: Fact, moment: Moment) -> bool:
    """An age under 13 ends an account (science.md S-120): that is never a model's word, the person is asked again."""
    if fact.field not in ("age", "birth_date"):
        return True
    if isinstance(fact.value, date):
        today = moment.now.date()
        years = today.year - fact.value.year - ((today.month, today.day) < (fact.value.month, fact.value.day))
        return account_allowed(years).allowed
    return isinstance(fact.value, int | float) and account_allowed(int(fact.value)).allowed


def _places(quote: str, heard: Heard) -> tuple[tuple[int, int], ...]:
    """Where the quote stands in the canonical text."""
    return spans(hear(quote).text.strip(" .,;:!?"), heard.text)


def _is_asserted(place: tuple[int, int], fact: Fact, heard: Heard, *, is_denial: bool) -> bool:
    start, end = place
    if heard.asserted[start:end] != heard.text[start:end]:
        return False
    if isinstance(fact.value, int | float) and heard.scope.is_logged(start):
        return False
    return is_denial or not heard.scope.is_denied(start)


def _same(one: FactValue, two: FactValue) -> bool:
    """Whether two readings mean the same entry; how severe it is may differ."""
    return one == two or (type(one) is type(two) and _code(one) == _code(two) != "")


def _code(value: FactValue) -> str:
    if isinstance(value, Restriction):
        return value.code
    if isinstance(value, Injury):
        return value.region
    if isinstance(value, MealTime):
        return ""
    return value.lower() if isinstance(value, str) else ""
