"""Ticking things off: done, skip, snooze ("done with the walk", "skip the run today", "snooze it 20 minutes")."""

import re
from dataclasses import replace
from typing import Final

from agents.schemas import Intent, IntentName, Moment, Target
from agents.understanding import activities, exercises, logs, patterns, slots, word_lists
from agents.understanding.clauses import Clause
from agents.understanding.targets import day_in, target

_THE: Final = re.compile(
    r"(?:all (?:of )?)?(?:the|my|today's|tonight's|this morning's|task|number|no\.|item|#)(?: |$|\d)|#?\d{1,3}$"
)
_TAKEN: Final = re.compile(r"\b(?:had|ate|took|taken)\b")  # with these an article proves no task: "had the flu"
_CANNOT: Final = re.compile(r"(?:i )?(?:can't|cannot|can not|couldn't) do\b")
_DISLIKES: Final = re.compile(
    r"(?:i |just |really )*(?:don't|do not|dont) (?:really )?(?:like|want|fancy|feel like)|"
    r"(?:i'm |i am )?not (?:feeling|in the mood for|keen on)"
)
_OWNED: Final = re.compile(r"^(?:the|my|to do|to have|having|doing|a|any|today's|tonight's|tomorrow's) ")
_ALL: Final = re.compile(r"\b(?:all|everything|both|them)\b")
LONGEST_NAME_WORDS: Final = 6
# Confidence: a word that tasks are made of; free words that the list of open tasks decides on; "did the taxes".
KNOWN, NAMED, DOUBTFUL = 0.9, 0.8, 0.5
_GIVES_UP: Final = re.compile(r"(?:i(?:'m| am)|im|we(?:'re| are)) (?:\w+ )?(?:done|finished) with\b")
_BOASTS: Final = re.compile(r"(?:i |just )*(?:smashed|nailed|crushed|aced)\b")  # a big mac may be smashed as well
_TICK_MARK: Final = re.compile(r"\w.*[✅✔☑]\ufe0f?\s*$|^\s*[✅✔☑]\ufe0f?\s*\w")
_DONE_MARKS: Final = ("done", "finished", "completed", "complete", "ticked", "checked", "✅", "✔️", "✔")
_TICKS: Final = re.compile(
    r"(?:(?:i|we)(?:'ve| have)? )?(?:just |already |also |finally |all )*(?:tick|check|cross|mark|complete|"
    r"finish|done\b|"
    r"smashed|nailed|crushed|aced)"
)
_SKIPS: Final = re.compile(
    r"(?:(?:i|we)(?:'ve| have|'m| am|'ll| will)? )?(?:just |have to |had to |need to |gonna |going to |not gonna |"
    r"not going to )*(?:skip|leave out|miss|pass on|not doing|bail|giv(?:e|ing)|gave|do\b|(?:can't|cant|cannot) be)"
)
_NO_NAME: Final = re.compile(
    r"^(?:(?:the )?end|start|to|on|ahead|over|past|through|until|for|by|from|in|of|than|as|if|when|it|that|"
    r"this|him|her|them|me|us|and|or|"
    r"early|late|later|well|great|good|bad|nothing|something|someone|anything|right|wrong|\w+ed)\b|"
    r"\b(?:is|are|was|were|am|will|would|should|can|could|hurts?|aches?|i|i'm|he|she|they|it's|if|when|but|cos|"
    r"because|think|feel|feeling|lol)\b|^(?!.*[a-z]{3})"
)


def task(clause: Clause, moment: Moment) -> Intent | None:
    """task_done, task_skip or task_snooze with its Target; None when nothing is ticked."""
    if clause.asks:
        return None
    match = patterns.found("tasks", clause.plain) or patterns.found("tasks", clause.order)
    if match is None and _TICK_MARK.search(clause.text):
        match = patterns.found("tasks", f"{clause.order} done")
        clause = replace(clause, order=f"{clause.order} done")
    if match is None or (clause.order.startswith("check ") and patterns.matches("views", clause.order)):
        return None
    name, caught = match
    if name == "task_snooze":
        return _snooze(clause, moment, caught.get("thing", ""))
    thing = caught.get("thing")
    if thing is None:
        words = "everything" if _ALL.search(clause.plain) else ""
        return Intent(name, payload=target(words, moment), quote=clause.text.strip())
    return _named(name, thing, clause, moment)


def _named(name: IntentName, thing: str, clause: Clause, moment: Moment) -> Intent | None:
    """The order if its object can be a task: "the walk" with an article, or a word that tasks are made of."""
    if name == "task_skip" and _CANNOT.match(clause.plain) and exercises.known_in(thing):
        return None  # a move that cannot be done is swapped, not skipped (product.md F34)
    if name == "task_skip" and _DISLIKES.match(clause.plain) and _is_to_be_swapped(thing):
        return None
    if word_lists.pattern("not_a_task").search(clause.plain) or len(thing.split()) > LONGEST_NAME_WORDS:
        return None
    with_article = bool(_THE.match(thing)) and name == "task_done" and not _TAKEN.search(clause.plain)
    if name == "task_done" and not with_article and not _is_done_for_sure(clause, thing):
        return None
    if thing.lstrip("#").isdigit() or _is_a_task(thing):
        sure = KNOWN
    elif _names_something(name, thing, clause, moment):
        sure = NAMED
    elif with_article:
        sure = DOUBTFUL
    else:
        return None
    return Intent(name, payload=target(thing, moment), confidence=sure, quote=clause.text.strip())


def _is_to_be_swapped(thing: str) -> bool:
    """Whether what is not liked is a dish or a move: "soup for lunch" and "burpees", not "lunch" or "the run"."""
    is_a_dish = slots.inside(thing) is not None and slots.code(_OWNED.sub("", thing)) is None
    return is_a_dish or exercises.known_in(thing) is not None


def _names_something(name: IntentName, thing: str, clause: Clause, moment: Moment) -> bool:
    """Whether free words ("lights out") may be the name of a task: said with a verb of ticking or skipping, no sentence
    of their own, no idiom ("done deal"), no food, sport or set that is logged.
    """
    if (
        _BOASTS.match(clause.order)
        or _GIVES_UP.match(clause.plain)
        or _NO_NAME.search(thing)
        or word_lists.pattern("not_a_task_name").search(thing)
    ):
        return False
    ticks = _TICKS if name == "task_done" else _SKIPS
    if not (ticks.match(clause.order) or ticks.match(clause.plain) or clause.order.endswith(_DONE_MARKS)):
        return False
    return logs.log(clause, moment) is None


def _is_done_for_sure(clause: Clause, thing: str) -> bool:
    """Whether the words tick ("mark 2 as done", "workout done") or take a thing of the day ("took my vitamins")."""
    said = clause.order
    ticked = said.startswith(("tick", "check", "cross", "mark", "complete", "done")) or said.endswith(_DONE_MARKS)
    owned = thing.startswith(("my ", "the ", "today's "))
    return (
        ticked
        or owned
        or bool(re.match(r"smashed|nailed|crushed|aced", said))
        or said.startswith(("finished ", "i finished ", "i'm done", "completed ", "i completed "))
    )


def _is_a_task(words: str) -> bool:
    known = bool(word_lists.words("task_words") & set(words.split())) or slots.inside(words) is not None
    return known or activities.noun_in(words) is not None or exercises.known_in(words) is not None


def _snooze(clause: Clause, moment: Moment, thing: str) -> Intent | None:
    said = clause.order
    minutes = activities.minutes_in(said.replace(" more ", " "))
    bare = said.startswith(("give", "ask me again", "ping me again", "nudge me again", "in "))
    if bare and (minutes is None or moment.expecting is not None):
        return None
    about = target(thing, moment).words
    payload = Target(words=about, on=day_in(said, moment), minutes=None if minutes is None else round(minutes))
    return Intent("task_snooze", payload=payload, quote=clause.text.strip())
