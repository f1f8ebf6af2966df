"""What a person said that matters later and fits no field of the profile: few, in their own words, theirs to forget.

Health, allergies and figures of the body never belong here: they count for the plans, so they go into the profile,
where they are asked about, vetted and shown (data-model 4.9). A remembered sentence is data: nobody obeys it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from agents.domain.safety import triage

FactKind = Literal["memory", "upcoming_event", "difficulty", "non_negotiable"]
Unfit = Literal["profile", "orders", "contact"]
MOST: Final = 20  # at a time; the least needed gives way
LONGEST: Final = 200  # characters of one
_BODY: Final = re.compile(
    r"allerg|anaphyla|epi-?pen|intoleran|c(?:o)?eliac|pregnan|expecting|due date|breast-?feed|nursing|postpartum|"
    r"diabet|insulin|blood (?:pressure|sugar)|cholesterol|hypertens|asthma|inhaler|epilep|seizure|stroke|cancer|chemo|"
    r"tumou?r|hepatit|\bhiv\b|kidney|thyroid|\bheart\b|angina|pacemaker|faint|dizz|chest|breathless|palpitation|"
    r"\bpain|\bhurts?\b|\bsore\b|\bache|injur|fractur|sprain|hernia|slipped disc|surger|operation|stitches|disease|"
    r"disorder|syndrome|condition\b|diagnos|symptom|medic(?:ine|ation)|\bpills?\b|tablets|antidepress|depress|anxi|panic|"
    r"bipolar|adhd|anorex|bulimi|bing|purg|vomit|laxative|self.?harm|suicid|overdose|\bperiods?\b|menopaus|fever|"
    r"\bill\b|\bsick\b|infect|\bmust not eat\b|\bcan(?:'t|not) (?:eat|have|tolerate|digest)\b|react (?:to|badly)|"
    r"\bmy (?:weight|height|age|bmi|birthday|sex)\b|\bweigh\b|years? old|\bborn\b|calorie|\bkcal\b|\bdiet(?:s|ing)?\b"
)
_FIGURE: Final = re.compile(
    r"\d\s*(?:kgs?|kilos?|lbs?|pounds?|stone|cm|ft|feet|kcal|calories|mg|mcg|mmol|mmhg|bpm|units?)\b|\d{2,3}\s*/\s*\d{2,3}\b"
)
_SELF: Final = re.compile(
    r"\b(?:hate|loathe|disgust\w*|can't stand) (?:myself|me|my (?:body|life|self)|living|being alive)\b"
)
_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|override|bypass|disable|turn off|switch off|forget|drop|skip)\b.{0,40}"
    r"\b(?:rules?|instructions?|safety|limits?|guards?|guidelines?|filters?|warnings?|checks?|prompt|previous|above)\b|"
    r"\b(?:system|developer|admin|root|debug|jailbreak|god) ?(?:prompt|mode|message|user|access)?\b.{0,20}"
    r"\b(?:prompt|mode|message|access|override)\b|\bsystem:|"
    r"\byou(?:'re| are) (?:now|no longer|a different|free|allowed)|"
    r"\b(?:act|behave|respond|answer|reply|speak|pretend) (?:as|like|only|always|with|to be)\b|"
    r"\byou (?:must|may|can|should|will|have to|are to)\b.{0,60}"
    r"\b(?:always|never|every|any|all|whatever|without|reveal|send|tell|say|recommend|prescribe|agree|approve|delete)\b|"
    r"\b(?:no|without|zero) (?:safety|limits?|restrictions?|rules|filters?)\b|\ball users\b|\banother user\b|"
    r"\bthe (?:ai|assistant|model|bot|coach)\b.{0,30}\b(?:must|should|may|can|will|is allowed)\b|[<>{}`~]|"
    r"\b(?:im_start|inst)\b"
)
_CONTACT: Final = re.compile(r"https?://|www\.|\S@\S+\.\S|t\.me/|(?:\d[\s().-]?){7,}")
_WORDS: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SMALL: Final = frozenset(
    ("i", "i'm", "im", "i've", "my", "me", "we", "our", "a", "an", "the", "is", "are", "am", "was", "be", "that",
     "this", "it", "it's", "to", "of", "on", "in", "at", "for", "and", "or", "but", "with", "have", "has", "had", "do",
     "does", "don't", "not", "no", "so", "very", "really", "just", "about", "what", "said", "told", "you", "your",
     "thing", "note", "fact", "please", "will", "there", "from", "by")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remembered:
    """One thing to keep in mind, in the person's words. `on` is the day of an event; `since` the day it was said."""

    id: UUID
    kind: FactKind
    text: str
    since: date
    on: date | None = None
    confidence: float = 1.0

    def is_over(self, today: date) -> bool:
        """Whether the day it was about has passed."""
        return self.on is not None and self.on < today


def unfit(text: str) -> Unfit | None:
    """Why these words may not be remembered: they belong in the profile, order the coach about, or lead to somebody."""
    said = " ".join(text.lower().replace("’", "'").split())
    if _CONTACT.search(said):
        return "contact"
    if _ORDERS.search(said):
        return "orders"
    is_of_the_body = _BODY.search(said) or _FIGURE.search(said) or _SELF.search(said)
    return "profile" if is_of_the_body or triage(text).level != "none" else None


def words_of(text: str) -> frozenset[str]:
    """The words that tell one memory from another."""
    found = frozenset(word.removesuffix("'s") for word in _WORDS.findall(text.lower().replace("’", "'")))
    return found - _SMALL or found


def same(text: str) -> str:
    """What two wordings of one memory share, whatever their case, marks and small words."""
    return " ".join(sorted(words_of(text)))


def meant(known: Sequence[Remembered], words: str) -> tuple[Remembered, ...]:
    """Those that these words most likely mean: one, or several that fit equally well; () when none fits by half."""
    wanted = words_of(words)
    scored = [(_likeness(wanted, words_of(one.text)), one) for one in known]
    best = max((score for score, _ in scored), default=0.0)
    return tuple(one for score, one in scored if score == best) if best >= 0.5 else ()


def _likeness(wanted: frozenset[str], said: frozenset[str]) -> float:
    """From 0 to 1: how much of the wish is found; words that differ by an ending are the same word."""
    found = sum(any(_alike(one, other) for other in said) for one in wanted)
    return found / len(wanted) if wanted else 0.0


def _alike(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    return one == other or (
        shortest > 3 and one[: shortest - 1] == other[: shortest - 1] and abs(len(one) - len(other)) < 4
    )


def giving_way(known: Iterable[Remembered], today: date, coming: int = 1) -> tuple[Remembered, ...]:
    """Those that leave so that `coming` new ones fit: first what is over, then the least certain, then the oldest."""
    ordered = sorted(known, key=lambda one: (not one.is_over(today), one.confidence, one.since, one.id.int))
    return tuple(ordered[: max(0, len(ordered) + coming - MOST)])


def newest_first(known: Iterable[Remembered], today: date) -> tuple[Remembered, ...]:
    """In the order in which they are numbered for the person and matter to a talk: what is over comes last."""
    ordered = sorted(known, key=lambda one: (one.since, one.id.int), reverse=True)
    return tuple(sorted(ordered, key=lambda one: one.is_over(today)))
