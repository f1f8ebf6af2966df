""" "Remind me ..." in English: what to be reminded of, and when.

"tomorrow at 7 remind me to call mum", "remind me every weekday at 7:30 to stretch", "wake me at 6", "don't let me
forget to drink water every 2 hours between 9 and 6". The words about time are taken out; the rest is the title, turned
from "my" to "your".
"""

import re
from collections.abc import Mapping
from datetime import time
from itertools import islice

from agents.domain.profile import Profile
from agents.domain.recurrence import Recurrence
from agents.schemas import Moment, Remind
from agents.understanding.clock_times import Problem
from agents.understanding.number_words import HOUR_WORD
from agents.understanding.recurrences import Lean, Reading, build
from agents.understanding.sentence import Sentence, tidy
from agents.understanding.time_parts import TimeParts, read_time_parts
from agents.understanding.weekdays import WEEKDAY

TITLE_LIMIT = 200  # characters
_READ_LIMIT = 1000  # characters after the wish: no one says when further on
_TRIGGER_LIMIT = 5  # "don't remind me of X but remind me of Y" needs two
_LEAD_LIMIT = 120  # characters before it that may say when

_ME = r"(?:me|us)"
_TRIGGER = re.compile(
    r"\b(?:"
    rf"(?:do not|don't) (?:let {_ME} forget|forget to remind {_ME})|remind {_ME}|(?P<wake>wake {_ME}(?: up)?)"
    rf"|help {_ME} (?:to )?remember"
    rf"|(?:ping|nudge|notify|alert|buzz) {_ME}"
    rf"|(?:set|add|create|make|schedule|give|send|need|want|like|put)(?: up| in)? (?:{_ME} )?(?:an?|another) "
    r"(?P<kind>\w+ )?(?:reminder|alarm|nudge|ping)"
    r"|(?:like|want|need) to be reminded"
    r"|(?<=^)(?:new )?reminder(?= ?[:-] | (?:to|for|about|at) )"
    rf"|(?P<soft>tell {_ME}(?= to )|(?:text|message|poke|write) {_ME}(?= (?:to|at|in|on|every|when|about|tomorrow)\b)"
    r"|make sure (?:that )?I)"
    r")\b(?: again)?",
    re.IGNORECASE,
)
_FILLER = r"(?: (?:to|ever|even|want|need|have|going|supposed|get|you|please|always|just|me))*"
_NEGATED = re.compile(
    r"\b(?:stop|quit|don't|do not|doesn't|didn't|did not|did|never|no longer|not|why|were|how (?:do|can) (?:i|you)|"
    r"how to)"
    rf"{_FILLER} ?$",
    re.IGNORECASE,
)
_YOU = re.compile(r"(?<!can )(?<!could )(?<!will )(?<!would )\byou ?$", re.IGNORECASE)  # "you remind me of my aunt"
_QUESTION = re.compile(r" ?(?:what|how|why|which|who|whether|when|where|if)\b", re.IGNORECASE)
_BODY_AT_ONCE = re.compile(r",? ?(?:(?:of|about|that|to) |[:-] ?)", re.IGNORECASE)
_BODY = re.compile(
    rf" (?:that|to (?!\d|(?:{HOUR_WORD}|noon|midnight|{WEEKDAY}|be reminded)\b)(?:remember to )?)|: | - ", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<!\b[ap])(?<![ap]\.m)[.!?;]+ |\n")
_POLITE = re.compile(
    r"(?:(?:hey|hi|hello|ok|okay|so|and|also|please|pls|keel|can|could|would|will|you|i|i'd|just|kindly|then|do)(?!\w)|"
    r"[ ,])*",
    re.IGNORECASE,
)
_LOOSE_START = re.compile(
    r"(?:[\s,.;:!?&-]+|(?:to|that|about|of|and|or|at|on|in|by|for|from|please|pls|then|also|is|it's|time)(?: |$))+",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(
    r"(?:[\s,.;:!?&-]|(?:^| )(?:and|or|at|on|in|by|from|to|for|every|each|starting|please|pls|the|thanks|"
    r"thank you))+$",
    re.IGNORECASE,
)
_EVENING_MATTER = re.compile(r"\b(?:bed|sleep|asleep|dinner|supper|wind down|evening)\b", re.IGNORECASE)
_MORNING_MATTER = re.compile(r"\b(?:breakfast|wake|get up|getting up|sunrise|morning)\b", re.IGNORECASE)
_TO_YOU = {
    "i'm": "you're", "i am": "you are", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "i was": "you were",
    "am i": "are you", "myself": "yourself", "mine": "yours", "my": "your", "me": "you", "i": "you",
}  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:" + "|".join(_TO_YOU) + r")\b", re.IGNORECASE)


def remind(text: str, *, moment: Moment) -> Remind | None:
    """The reminder a message asks for, or None. Without a time its recurrence is None: then it is to be asked.

    A time that cannot be is told by `problem`: impossible_time, in_the_past, unsupported_repeat (months and years).
    """
    text = tidy(text)
    for trigger in islice(_TRIGGER.finditer(text), _TRIGGER_LIMIT):
        begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, trigger.start())), default=0)
        before = text[begin : trigger.start()]
        if _NEGATED.search(before) or _YOU.search(before):
            continue
        stop = _SENTENCE_END.search(text, trigger.end())
        after = text[trigger.end() : stop.start() if stop else None][:_READ_LIMIT]
        reading, words = _read(before, trigger["kind"] or "", after, moment, _lean(trigger, after))
        if not isinstance(reading.rule, Recurrence) and (trigger["soft"] or _QUESTION.match(after)):
            continue  # "remind me how to squat" is a question, "make sure I eat enough" no appointment
        title = title_of(words) or ("wake up" if trigger["wake"] else "")
        if isinstance(reading.rule, Problem):
            return Remind(title, None, reading.is_explicit, reading.rule.reason)
        return Remind(title, reading.rule, reading.is_explicit)
    return None


def anchors_of(profile: Profile) -> dict[str, time]:
    """The person's own times behind "after dinner" and the like."""
    anchors = {"snack" if "snack" in meal.slot else meal.slot: meal.at for meal in profile.meal_times}
    own = {"wake": profile.wake_time, "bed": profile.bed_time, "workout": profile.workout_time}
    return anchors | {name: at for name, at in own.items() if at is not None}


def title_of(words: str) -> str:
    """What to be reminded of, said to the person: "to take my vitamins," is "take your vitamins"."""
    words = _LOOSE_START.sub("", words, count=1) if _LOOSE_START.match(words) else words
    words = _LOOSE_END.sub("", words)
    words = _FIRST_PERSON.sub(_to_you, words)
    return words if len(words) <= TITLE_LIMIT else words[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _to_you(match: re.Match[str]) -> str:
    said = match.group()
    you = _TO_YOU[said.lower()]
    if len(said) > 1 and said.isupper():
        return you.upper()
    return you.capitalize() if said[0].isupper() and not said.startswith("I") else you


def _read(before: str, kind: str, after: str, moment: Moment, lean: Lean | None) -> tuple[Reading, str]:
    """The time in the words around a wish, and the words that are left.

    Time said before what it is about ("at 8 to ...") counts alone: what follows is the matter, also with a time in it
    ("... to book a table for friday"), unless only the day is missing there ("at 8 to stretch every day").
    """
    lead = _time_before(before, moment) + kind
    text = lead + after
    body = _BODY_AT_ONCE.match(text, len(lead)) or _BODY.search(text, len(lead))
    body_start = body.end() if body else len(text)
    whole = Sentence(text)
    chosen, parts = whole, _parts(whole, moment, body_start)
    head = Sentence(text)
    head.hide(body_start, len(text))
    head_parts = _parts(head, moment, body_start)
    if head_parts.says_time and not _adds_only_the_day(parts, head_parts):
        chosen, parts = head, head_parts
    return build(parts, now=moment.now, anchors=anchors_of(moment.profile), lean=lean), chosen.left_over()


def _adds_only_the_day(whole: TimeParts, head: TimeParts) -> bool:
    if head.says_day or not whole.says_day:
        return False
    return len(whole.clocks) == len(head.clocks) and whole.anchored == head.anchored and whole.moment is None


def _parts(sentence: Sentence, moment: Moment, body_start: int) -> TimeParts:
    anchors: Mapping[str, time] = anchors_of(moment.profile)
    return read_time_parts(sentence, now=moment.now, anchors=anchors, locale=moment.locale, body_start=body_start)


def _time_before(before: str, moment: Moment) -> str:
    """The words before a wish where they are nothing but its time ("tomorrow at 7, could you"), else nothing."""
    if len(before) > _LEAD_LIMIT:
        return ""
    sentence = Sentence(before)
    _parts(sentence, moment, len(before))
    if not sentence.taken or not _POLITE.fullmatch(sentence.left_over()):
        return ""
    return before[min(start for start, _ in sentence.taken) : max(end for _, end in sentence.taken)] + " "


def _lean(trigger: re.Match[str], after: str) -> Lean | None:
    """Which half of the day the matter itself suggests: waking and breakfast, or dinner and going to bed."""
    is_morning = bool(trigger["wake"]) or bool(_MORNING_MATTER.search(after))
    is_evening = bool(_EVENING_MATTER.search(after))
    if is_morning == is_evening:
        return None
    return "am" if is_morning else "pm"
