"""How to talk to somebody now: one move of motivational interviewing, chosen by rules and never by a model.

science.md B-1: reflect first, then one question or one offer, words of autonomy, never guilt. The moves are those of
the field (reflection, affirmation, evoking, rolling with resistance, elicit-provide-elicit, summary).
"""

import re
from collections.abc import Collection
from typing import Final, Literal

Move = Literal["roll", "evoke", "reflect", "affirm", "explain", "summarise", "clarify"]
PERSONAL: Final[frozenset[Move]] = frozenset(("roll", "evoke", "reflect"))
SEVERAL: Final = 3  # changes of one message that are worth being summed up

# Somebody who pushes back is not argued with.
_RESISTS: Final = re.compile(
    r"\b(?:leave me alone|stop (?:telling|nagging|pushing|bugging|asking)|none of your business|"
    r"(?:can't|cannot|can not|couldn't) be (?:bothered|arsed|asked)|"
    r"(?:won't|will not|don't want to|do not want to|not going to|refuse to|hate|sick of|fed up with|done with) "
    r"(?:\w+ ){0,3}?(?:do|doing|train|training|work ?outs?|exercis\w+|track\w*|log\w*|count\w*|diet\w*|plan\w*|run\w*|"
    r"gym|this|it|that|you|all)|"
    r"(?:this|it|that|all (?:of )?this) is (?:pointless|useless|stupid|a waste|not working)|what(?:'s| is) the point|"
    r"i give up|giving up|i quit)\b"
)
# Two sides in one sentence: a wish and what stands against it.
_TORN: Final = re.compile(
    r"\b(?:(?:i (?:really |do )?(?:want|'d like|would like|should|need|know i should|ought|mean|keep meaning) (?:to )?"
    r"(?:\w+[ ,]+){0,8}?(?:but|though|yet|however))|part of me|torn|in two minds|on the fence|"
    r"not sure (?:i (?:can|want|should)|if|whether|it's worth|about)|i wish i (?:could|had|was|were)|"
    r"(?:don't|do not) know (?:if i (?:can|should|want)|whether))\b"
)
_FEELS: Final = re.compile(
    r"\b(?:i(?:'m| am| feel| felt|'ve been| have been| was)(?: (?:so|really|very|just|too|a bit|quite|pretty|kind of|"
    r"feeling|getting|completely|totally))* (?:tired|exhausted|knackered|drained|stressed|sad|down|low|anxious|worried|"
    r"nervous|lonely|overwhelmed|frustrated|angry|annoyed|guilty|ashamed|embarrassed|disappointed|stuck|lost|"
    r"unmotivated|demotivated|discouraged|a failure|rubbish|awful|terrible|crap|burnt out|burned out|scared|afraid)|"
    r"no (?:motivation|energy|willpower)|"
    r"(?:bad|hard|rough|awful|terrible|long|stressful) (?:day|week|night|month|time)|"
    r"struggl\w+|i(?:'ve| have)? (?:failed|messed up|screwed up|blew it|slipped|fell off)|so hard|too hard|too much)\b"
)
_EFFORT: Final = re.compile(
    r"\b(?:i(?:'ve| have)? (?:finally |actually |even )?(?:managed|made it|did it|finished|completed|kept|stuck to)|"
    r"proud|new (?:pb|pr|record|best)|first time|went (?:really )?well|"
    r"feel(?:ing)? (?:great|strong|good|better|amazing))\b"
)
_DONE: Final = frozenset(("task_done", "log_sets", "log_activity"))


def move_for(text: str, intents: Collection[str], *, changes: int = 0) -> Move:
    """The move for what somebody wrote, with the names of what was understood and how many changes it led to.

    Pure and total; the words are English, any other language gets a plain reflection or what the intents ask for.
    """
    said = text.casefold().replace("’", "'")
    if _RESISTS.search(said):
        return "roll"
    if _TORN.search(said):
        return "evoke"
    if _FEELS.search(said):
        return "reflect"
    if changes >= SEVERAL:
        return "summarise"
    if _EFFORT.search(said) or _DONE.intersection(intents):
        return "affirm"
    if "question" in intents or "why_plan" in intents:
        return "explain"
    return "clarify"
