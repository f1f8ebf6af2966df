"""Talk beside the work: greetings inside longer sentences, questions about the bot, help, feedback, why."""

import re
from typing import Final

from agents.schemas import Intent, Moment, Target
from agents.understanding import exercises, patterns, word_lists
from agents.understanding.clauses import Clause

_WHY: Final = re.compile(
    r"(?:but |and |so )?(?:why|how come|what's the reason|explain(?: to me)? why)\b(?: (?P<rest>.+))?"
)
_WHY_ASK: Final = re.compile(
    r"(?:do|are|would|did|must|should) (?:you|i) (?:even |really |keep )?(?:need|want|ask|asking|have to|tell|"
    r"care|require|"
    r"say|answer)\b.*|(?:is|does) (?:that|this|it) (?:important|matter|needed|necessary|relevant)\b.*|"
    r"ask(?:ing)?(?: .*)?"
)


_PLANNED: Final = re.compile(
    r"(?:am i|are we|do i|do we)(?: always| still| only)? (?:eating|doing|having|training|lifting)\b"
)
_BODY_QUESTION: Final = re.compile(
    r"(?:am i (?:always|so|still|never|not|feeling|gaining|losing)|do i (?:feel|get|always|keep|never)|"
    r"(?:is|are|does) my (?:weight|body|heart|pulse|skin|stomach|sleep)|did i (?:feel|sleep)|can't i)\b"
)  # about the body, not about the plan


def talk(clause: Clause, moment: Moment) -> Intent | None:
    """Talk that is more than a fixed phrase; None for everything else."""
    quote = clause.text.strip()
    match = patterns.found("talk", clause.said) or patterns.found("talk", clause.plain)
    if match is not None and match[0] == "why_plan":
        return Intent("why_plan", payload=Target(words=clause.plain), quote=quote)
    if match is not None:
        return Intent(match[0], confidence=0.9, quote=quote)
    opinion = patterns.found("feedback", clause.plain)
    if opinion is not None:
        return Intent("feedback", payload=_as_typed(opinion[1].get("words"), clause), quote=quote)
    return _why(clause, moment)


def _as_typed(words: str | None, clause: Clause) -> str | None:
    """The opinion from its first caught word on, in the spelling it was typed in."""
    if words is None:
        return None
    at = clause.text.lower().find(words.split()[0])
    return clause.text[at:].strip() if at >= 0 else words


def _why(clause: Clause, moment: Moment) -> Intent | None:
    match = _WHY.fullmatch(clause.plain)
    if match is None:
        return None
    rest, quote = (match["rest"] or "").strip(), clause.text.strip()
    if _WHY_ASK.fullmatch(rest) or (not rest and moment.expecting is not None):
        return Intent("why_ask", quote=quote)
    about_plan = word_lists.pattern("plan_words").search(rest) or exercises.known_in(rest) or _PLANNED.match(rest)
    if not rest or (about_plan and not _BODY_QUESTION.match(rest)):
        return Intent("why_plan", payload=Target(words=rest), quote=quote)
    return None
