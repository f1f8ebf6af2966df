"""Understanding without a model: the offline implementation of the port `CoachModel`.

Deterministic, no I/O beyond the word lists beside it, never raises for content. Red flags are none of its business:
they were screened before (science.md S-20 ff.).
"""

import re
from collections.abc import Iterator
from typing import Final

from agents.domain.profile import Injury
from agents.schemas import Correction, Fact, Intent, IntentName, Moment, Understanding
from agents.understanding import answerable, answers, clauses, commands, intents, language, leaning, pains, remembering
from agents.understanding.bends import CHANGED
from agents.understanding.facts import correction, facts
from agents.understanding.intents import Reading
from agents.understanding.own_words import own_words

_NOT_ABOUT_ME: Final = frozenset(
    ("log_food", "log_sets", "log_activity", "log_water", "log_weight", "check_in", "remind", "quiet_hours", "feedback",
     "why_plan", "why_ask", "pause", "resume", "swap_meal", "renew_day", "fill_day",
     "scale_meal", "swap_exercise", "shorten_workout", "move_workout",
     "meals_view", "workout_view", "task_done", "task_skip", "task_snooze", "reminder_cancel", "privacy", "about_bot",
     "cancel", "undo", "remember", "forget", "memory_view")
)  # fmt: skip
_SAYS_THE_SAME: Final[dict[str, tuple[str, ...]]] = {
    "pain": ("injury",), "units": ("units",), "timezone": ("timezone", "country"), "log_weight": ("weight_kg",),
}  # fmt: skip
FEWEST_WORDS_OF_A_QUESTION: Final = 3
_ANSWERS: Final = frozenset(("yes", "no", "skip", "back", "later", "dont_know", "cancel", "undo", "why_ask", "answer"))
_AFTER_A_CHANGE: Final = frozenset(
    ("replan", "renew_day", "remind", "plan_view", "meals_view", "workout_view", "today", "shopping_view", "log_weight",
     "profile_view", "goals_view", "swap_meal", "swap_exercise", "pause", "resume", "thanks")
)  # fmt: skip
# Said beside something else and to no question, these are only manners.
_MANNERS: Final = frozenset(
    ("great", "cool", "nice", "awesome", "amazing", "perfect", "brilliant", "lovely", "ok", "okay", "alright", "fine",
     "good", "right", "excellent", "fantastic", "wonderful", "sweet", "super", "sure", "let's go", "wow", "sounds good")
)  # fmt: skip
_FIRST_SENTENCE: Final = re.compile(r"\s*(?P<first>[^\n.!?]{3,200}\?)(?=\s|$)")


class Rules:
    """The port `CoachModel` by rules."""

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """Typed intents and facts of this text at this moment; never waits."""
        return self.read(text, moment)

    def read(self, text: str, moment: Moment) -> Understanding:
        """The same, without an event loop."""
        text = clauses.clean(text)
        if moment.is_forwarded:
            return _forwarded(text, moment)
        if text.startswith("/"):
            return Understanding(commands.command(text, moment), language=moment.locale)
        if not (own := own_words(text)).strip():
            return Understanding((Intent("unknown", confidence=0.0, quote=text[:200]),), language=moment.locale)
        text = own
        whole = _answer(text, moment)
        if whole is not None:
            return whole
        return _read(text, moment)


def _read(text: str, moment: Moment) -> Understanding:
    tongue = language.guess(text, moment.locale)
    read = intents.readings(text, moment)
    found, rejected = facts(_about_the_person(text, read, moment), moment)
    wanted = leaning.checked(_wanted(read, found, moment), found, moment)
    found = (*found, *_set_by_orders(wanted, found))
    if found or rejected:
        wanted = _with_question(_with_facts(wanted, read, found), text, read, found, tongue)
    if not wanted:
        wanted = _nothing(text, read, tongue)
    wanted = answerable.known_question(text, wanted, found, moment)
    return Understanding(_distinct(wanted), found, rejected, tongue)


def _answer(text: str, moment: Moment) -> Understanding | None:
    """A correction or a named button: the whole message is one answer. Facts in it are read as well."""
    tongue = language.guess(text, moment.locale)
    if (corrected := correction(text, moment)) is not None:
        return _corrected(text, corrected, moment)
    chosen = answers.chosen(text, moment) or answers.named_by_a_short_reply(text, moment)
    if not chosen or _is_an_order(text, moment):
        return None
    found, rejected = facts(text, moment)
    if _says_more(text, found, moment):
        return None
    return Understanding(chosen, found, rejected, tongue)


def _says_more(text: str, found: tuple[Fact, ...], moment: Moment) -> bool:
    """Whether a reply that only resembles a button says two things itself: "lose weight and build muscle" is no tap
    on "Build muscle", and "dodgy left knee" is more than "Knee".
    """
    if answers.is_a_button(text, moment):
        return False
    fields = {fact.field for fact in found}
    return {"primary_goal", "secondary_goal"} <= fields or (moment.expecting == "injuries" and "injury" in fields)


def _corrected(text: str, corrected: Correction, moment: Moment) -> Understanding | None:
    """ "no, 82 not 28" corrects; "change my goal to strength" is an order that says the new value."""
    ordered = intents.recognise(clauses.clause(text), moment)
    name: IntentName = "correct"
    if ordered is not None and corrected.old is None and ordered.name not in _ANSWERS:
        if ordered.name != "profile_change":
            return None
        name = "profile_change"
    further: tuple[Intent, ...] = ()
    if name == "profile_change":
        head, further = _and_then(text, moment)
        corrected, text = correction(head, moment) or corrected, head
    found, rejected = facts(text, moment) if name == "profile_change" else ((), ())
    intent = Intent(name, payload=corrected, quote=text)
    return Understanding((intent, *further), found, rejected, language.guess(text, moment.locale))


def _and_then(text: str, moment: Moment) -> tuple[str, tuple[Intent, ...]]:
    """An ordered change, and the orders that stand behind it: "change my goal to strength | and make a new plan"."""
    pieces = clauses.split(text)
    for at, piece in enumerate(pieces[1:], start=1):
        ordered = intents.recognise(piece, moment)
        if ordered is not None and ordered.name in _AFTER_A_CHANGE:
            behind = (intents.recognise(each, moment) for each in pieces[at:])
            return text[: pieces[at - 1].end], tuple(each for each in behind if each is not None)
    return text, ()


def _is_an_order(text: str, moment: Moment) -> bool:
    """Whether the words are a message of their own that only resembles a button ("show my plan" beside "Plan")."""
    if any(text.strip().lower() == label.lower() or text.strip() == data for label, data in moment.options):
        return False
    found = intents.recognise(clauses.clause(text), moment)
    return found is not None and found.name not in _ANSWERS and found.confidence >= 0.9 and len(text.split()) > 2


def _about_the_person(text: str, read: tuple[Reading, ...], moment: Moment) -> str:
    """The text without what was logged, ordered or asked, so that "slept 6 hours" does not become a habit."""
    kept = list(text)
    for reading in read:
        if reading.name in _NOT_ABOUT_ME and not _is_still_a_fact(reading, moment):
            for start, end in reading.spans:
                kept[start:end] = [" "] * (end - start)
    for start, end in remembering.openers(text):
        kept[start:end] = [" "] * (end - start)
    return "".join(kept).strip()


def _is_still_a_fact(reading: Reading, moment: Moment) -> bool:
    """While the profile is being filled, "stress 7, energy low" is what was asked about."""
    weak = reading.intent is not None and reading.intent.confidence <= 0.5
    return reading.name == "check_in" and weak and not moment.profile.is_locked


def _wanted(read: tuple[Reading, ...], found: tuple[Fact, ...], moment: Moment) -> tuple[Intent, ...]:
    wanted = []
    for reading in read:
        if reading.intent is None or (_is_still_a_fact(reading, moment) and (found or moment.expecting)):
            continue
        if _is_beside(reading, read, moment):
            continue
        wanted.append(_with_injury(reading.intent, reading.clause.text, found))
    return tuple(wanted)


def _is_beside(reading: Reading, read: tuple[Reading, ...], moment: Moment) -> bool:
    """Whether this only leads to another wish of the message: "perfect, thank you", "I hate burpees, swap them"."""
    others = {each.name for each in read if each is not reading and each.name}
    if reading.name in ("small_talk", "yes"):
        is_asked = moment.expecting is not None or bool(moment.options)
        return bool(others) and not is_asked and reading.clause.plain in _MANNERS
    is_only_told = reading.intent is not None and reading.name == "remember" and reading.intent.confidence < 1
    return is_only_told and bool(others & {"swap_meal", "swap_exercise"})


def _with_injury(intent: Intent, said: str, found: tuple[Fact, ...]) -> Intent:
    if intent.name != "pain":
        return intent
    injuries = [
        fact.value
        for fact in found
        if isinstance(fact.value, Injury) and fact.op == "add" and fact.quote.lower() in said.lower()
    ]
    return pains.with_injury(intent, tuple(injuries))


def _with_facts(wanted: tuple[Intent, ...], read: tuple[Reading, ...], found: tuple[Fact, ...]) -> tuple[Intent, ...]:
    """give_facts, or profile_change where the words say that something is different now; nothing where another intent
    says the same already.
    """
    names = {intent.name for intent in wanted}
    covered = {field for name in names for field in _SAYS_THE_SAME.get(name, ())}
    if "profile_change" in names or (found and covered.issuperset(fact.field for fact in found)):
        return wanted
    rest = " ".join(reading.clause.plain for reading in read if reading.intent is None)
    changed = any(CHANGED.search(piece) for piece in _pieces_with(read, found))
    return (*wanted, Intent("profile_change" if changed else "give_facts", quote=rest))


def _pieces_with(read: tuple[Reading, ...], found: tuple[Fact, ...]) -> Iterator[str]:
    """The pieces that a fact rests on: only what stands beside it can say that it is new."""
    quotes = [fact.quote.lower() for fact in found]
    for reading in read:
        if reading.intent is None:
            pieces = clauses.split(reading.clause.text)
            yield from (piece.plain for piece in pieces if any(quote in piece.text.lower() for quote in quotes))


def _set_by_orders(wanted: tuple[Intent, ...], found: tuple[Fact, ...]) -> Iterator[Fact]:
    """ "Can we use metric" is a question by its form and a setting by its meaning."""
    if any(fact.field == "units" for fact in found):
        return
    for intent in wanted:
        if intent.name == "units" and isinstance(intent.payload, str):
            yield Fact("units", intent.payload, intent.quote)


def _with_question(
    wanted: tuple[Intent, ...], text: str, read: tuple[Reading, ...], found: tuple[Fact, ...], tongue: str
) -> tuple[Intent, ...]:
    """A question asked beside what is told about oneself: "I'm allergic to soy, can I have tofu?"."""
    if not found or tongue != "en" or "?" not in text:
        return wanted
    quotes = [fact.quote.lower() for fact in found]
    taken = [span for reading in read if reading.intent for span in reading.spans]
    open_ones = (
        piece
        for piece in clauses.split(text)
        if intents.is_question(piece)
        and piece.asks
        and len(piece.plain.split()) >= FEWEST_WORDS_OF_A_QUESTION
        and not any(start < piece.end and piece.start < end for start, end in taken)
        and not any(quote in piece.text.lower() for quote in quotes)
    )
    asked = next(open_ones, None)
    return wanted if asked is None else (*wanted, Intent("question", quote=asked.text.strip(), confidence=0.6))


def _nothing(text: str, read: tuple[Reading, ...], tongue: str) -> tuple[Intent, ...]:
    """A question, or nothing understood; a question in another language is not understood."""
    asked = next((reading.clause for reading in read if intents.is_question(reading.clause)), None)
    if asked is not None and tongue == "en" and any(character.isalpha() for character in asked.plain):
        return (Intent("question", quote=asked.text.strip(), confidence=0.6),)
    return (Intent("unknown", confidence=0.0, quote=text[:200]),)


def _distinct(wanted: tuple[Intent, ...]) -> tuple[Intent, ...]:
    seen: dict[tuple[object, object], Intent] = {}
    for intent in wanted:
        seen.setdefault((intent.name, intent.payload), intent)
    return tuple(seen.values())


def _forwarded(text: str, moment: Moment) -> Understanding:
    """Somebody else's words: nothing in them is a fact or an order; a question put before them is the person's own."""
    asked = _FIRST_SENTENCE.match(text)
    intent = Intent("question", quote=asked["first"]) if asked else Intent("unknown", confidence=0.0, quote=text[:200])
    return Understanding((intent,), language=language.guess(text, moment.locale))
