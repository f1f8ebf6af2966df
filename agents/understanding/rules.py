"""Understanding without a model: the offline implementation of the port `CoachModel`.

Deterministic, no I/O beyond the word lists beside it, never raises for content. Red flags are none of its business:
they were screened before (science.md S-20 ff.).
"""

import re
from typing import Final

from agents.domain.profile import Injury
from agents.schemas import Correction, Fact, Intent, IntentName, Moment, Understanding
from agents.understanding import answerable, answers, clauses, commands, intents, language, leaning, pains, remembering
from agents.understanding.bends import CHANGED
from agents.understanding.facts import correction, facts
from agents.understanding.intents import Reading

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
_ANSWERS: Final = frozenset(("yes", "no", "skip", "back", "later", "dont_know", "cancel", "undo", "why_ask", "answer"))
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
        whole = _answer(text, moment)
        if whole is not None:
            return whole
        return _read(text, moment)


def _read(text: str, moment: Moment) -> Understanding:
    tongue = language.guess(text, moment.locale)
    read = intents.readings(text, moment)
    found, rejected = facts(_about_the_person(text, read, moment), moment)
    wanted = leaning.checked(_wanted(read, found, moment), found, moment)
    if found or rejected:
        wanted = _with_facts(wanted, read, found)
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
    found, rejected = facts(text, moment) if name == "profile_change" else ((), ())
    intent = Intent(name, payload=corrected, quote=text)
    return Understanding((intent,), found, rejected, language.guess(text, moment.locale))


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
        wanted.append(_with_injury(reading.intent, reading.clause.text, found))
    return tuple(wanted)


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
    changed = bool(found) and bool(CHANGED.search(rest))
    return (*wanted, Intent("profile_change" if changed else "give_facts", quote=rest))


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
