"""What one person asks of a coach in eight messages, again and again, and what the model answers to each contender.

The words are the same for everybody. An agent is told by the scripted model which tool to call, with which arguments,
and what to say; Keel is given the same meaning as a proposal, for where it asks.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.support.model_server import Calls, Proposes, Reply, Says, fact, intent, proposes

ALLERGENS = ("sesame", "mustard", "celery", "lupin")
FOODS = (
    "had two eggs and a slice of toast for breakfast", "lunch: 150 g rice, 100 g lentils and a tomato",
    "I ate a bowl of oatmeal with a banana", "ate an apple",
)  # fmt: skip
WHY = "Protein repairs your muscles after training, and it keeps you full while you eat a little less."
TIRED = (
    "That sounds draining, and it makes sense to want a break from all of it. "
    "Rest counts as much as the work you put in. What would make today a little lighter for you?"
)
WARM = "Thank you for telling me that, it helps to know."
NOTHING = Proposes()
ARGUMENTS = {
    "log_food": "what", "log_weight": "kg", "show_day": "day", "look_up": "question", "add_allergy": "what",
    "set_reminder": "what", "save_fact": "value",
}  # fmt: skip


@dataclass(frozen=True)
class Job:
    """One message; whose it is among four specialists, and the tool for it. Without a tool it only wants an answer."""

    kind: str
    words: str
    specialist: str = ""
    tool: str = ""
    value: str = ""
    says: str = WARM
    proposal: Proposes = NOTHING


def job(number: int) -> Job:
    """The message of this turn (from 0): eight kinds in turn, each in other words when it comes again."""
    again, kind = divmod(number, len(_KINDS))
    return _KINDS[kind](again)


def cycle() -> int:
    """After how many turns the kinds begin again."""
    return len(_KINDS)


def _food(again: int) -> Job:
    words = FOODS[again % len(FOODS)]
    return Job("food", words, "meals", "log_food", words, proposal=proposes(intents=(intent("log_food", words),)))


def _weight(again: int) -> Job:
    words = f"weighed {73.8 - again / 10:.1f} kg this morning"
    meant = proposes(intents=(intent("log_weight", words),))
    return Job("weight", words, "profile", "log_weight", words.split()[1], proposal=meant)


def _today(again: int) -> Job:
    words = ("what's on today?", "what do I have to do today?")[again % 2]
    return Job("today", words, "planner", "show_day", "today", proposal=proposes(intents=(intent("today", words),)))


def _question(again: int) -> Job:
    words = ("why so much protein?", "why do I need that much protein?")[again % 2]
    meant = proposes(intents=(intent("question", words),))
    return Job("question", words, "meals", "look_up", words, WHY, meant)


def _allergy(again: int) -> Job:
    allergen = ALLERGENS[again % len(ALLERGENS)]
    words = f"I'm allergic to {allergen}"
    meant = proposes(facts=(fact("allergy", allergen, words, "add"),))
    return Job("allergy", words, "profile", "add_allergy", allergen, proposal=meant)


def _complaint(again: int) -> Job:
    return Job("complaint", ("I'm so tired of this", "honestly, I'm so tired of all this")[again % 2], says=TIRED)


def _reminder(again: int) -> Job:
    words = f"remind me to call mum tomorrow at {8 + again % 12}:00"
    meant = proposes(intents=(intent("remind", words),))
    return Job("reminder", words, "planner", "set_reminder", words, proposal=meant)


def _foreign(again: int) -> Job:
    height = f"{169 + again % 2} cm"
    meant = proposes(facts=(fact("height_cm", height, height),))
    return Job("foreign fact", f"ich bin {height} gross", "profile", "save_fact", height, proposal=meant)


_KINDS: tuple[Callable[[int], Job], ...] = (
    _food, _weight, _today, _question, _allergy, _complaint, _reminder, _foreign,
)  # fmt: skip


def replies(contender: str, one: Job) -> tuple[Reply, ...]:
    """What the model says to this contender, call by call. What Keel does not ask for is left over."""
    if contender == "keel":
        return one.proposal, Says(one.says)
    work = (_call(one.tool, {ARGUMENTS[one.tool]: one.value}),) if one.tool else ()
    if contender == "react" or not one.tool:
        return *work, Says(one.says)
    return _call(f"transfer_to_{one.specialist}", {}), *work, Says(one.says), Says(one.says)


def _call(name: str, arguments: Mapping[str, Any]) -> Calls:
    return Calls(json.dumps(arguments), name)
