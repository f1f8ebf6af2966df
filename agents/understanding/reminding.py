"""Reminders: wishing for one (parsed by `reminders`), and taking one back."""

import re
from typing import Final

from agents.schemas import Intent, Moment, Target
from agents.understanding import patterns
from agents.understanding.clauses import Clause
from agents.understanding.targets import target

WISHES: Final = re.compile(
    r"\b(?:remind(?!ers?\b)|reminder (?:to|for|at|that|every|about)|set (?:me )?(?:a|an) (?:\w+ )?(?:reminder|"
    r"alarm)|(?:alert|ping|nudge|notify|poke|tell|text|message|wake) me (?:to|at|when|every|in|about|that|up)|"
    r"reminder(?= ?[:-])|help me (?:to )?remember|"
    r"(?:add|create|make|new|put in) (?:a |an )?(?:new |daily |weekly )?(?:reminder|alarm)|don't let me forget|"
    r"make sure i)\b"
)
_FILLERS: Final = re.compile(r"^(?:(?:about|for|to|at|on|number|no\.|#|the|my|a) ?)+(?=\S)")
_OF_OTHERS: Final = re.compile(r"\b(?:her|his|their) (?:\w+ )?(?:reminders?|alarms?)\b")
_DONT: Final = re.compile(r"\bdont\b", re.IGNORECASE)
_MANY: Final = re.compile(r"\b(?:all|any|reminders|alarms|every|reminding|remind)\b")


def taken_back(clause: Clause, moment: Moment) -> Intent | None:
    """reminder_cancel with what it was about: words, its number in the list, or all of them."""
    match = patterns.found("reminders", clause.order)
    if match is None or clause.asks or _OF_OTHERS.search(clause.order):
        return None
    about = target(_FILLERS.sub("", match[1].get("what", "")), moment)
    if not about.words and about.number is None and _MANY.search(clause.order):
        about = Target(everything=True)
    return Intent("reminder_cancel", payload=about, quote=clause.text.strip())


def wish(clause: Clause, moment: Moment) -> Intent | None:
    """remind, where the words wish for one; None otherwise."""
    if not WISHES.search(clause.plain):
        return None
    from agents.understanding.reminders import remind

    found = remind(_DONT.sub("don't", clause.text.strip()), moment=moment)
    return Intent("remind", payload=found, quote=clause.text.strip()) if found else None
