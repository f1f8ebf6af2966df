"""Yes and no with a tail, to a question that is open: "yeah pretty much", "nah I'd get annoyed", "yes my mum says ok".

Only yes-or-no questions are read this way, and never a tail that takes something back ("yes but …"). Consent and the
final confirmation need a tail of agreement alone (science.md S-103: unknown is not "no", and half a yes is none).
"""

import re
from typing import Final

from agents.schemas import Fact, Intent, IntentName, Moment
from agents.understanding.clauses import Clause

LEAST_DAYS_A_WEEK: Final = 3  # science.md S-100 (1): regular exercise means at least this many days

_TRUTHS: Final = frozenset(
    ("guardian", "regular_exercise", "water_reminders", "timezone", "review", "pregnancy", "morning_brief_time",
     "evening_checkin_time")
)  # fmt: skip
_BINDING: Final = frozenset(("consent", "confirm"))
WHOLEHEARTED: Final = _BINDING | {"guardian", "regular_exercise"}  # "yes, but …" to these is asked again
_YES: Final = re.compile(
    r"(?:oh |well |hell |of |why )?(?:yes+|yeah+|yep|yup|yea|yh|aye|ja|yessir|sure|course|"
    r"definitely|absolutely|ok(?:ay)?|fine|correct|right|go on|go for it|lock (?:it|that)(?: in)?|lock)\b(?P<tail>.*)"
)
_NO: Final = re.compile(
    r"(?:oh |well |hell |god |definitely |absolutely |thanks but |sadly |unfortunately |i'm afraid |alas |honestly )*"
    r"(?:no+(?! (?:idea|clue|problem|worries|longer|more|need|matter|doubt))|nope|nah|naw|never|"
    r"not (?:really|at all|that i know|yet|once|a chance))\b(?P<tail>.*)"
)
_LOST: Final = re.compile(r"(?:(?:i(?:'ve)? (?:have |got )?|got )?(?:no|not a|haven't a) (?:idea|clue)|dunno|idk)\b.*")
_CONFIRMED: Final = re.compile(
    r"(?:yes |yeah )?i(?:'m| am) (?:absolutely |quite |very |totally )?(?:sure|certain)|(?:yes )?i (?:do |hereby )?"
    r"(?:confirm|approve)(?: it| that| this)?|(?:that(?:'s| is) |it(?:'s| is) )?all correct|"
    r"(?:yes |yeah |yep )?(?:it |that |this |all |everything )?looks (?:good|right|correct)(?: to me)?"
)
_TAKEN_BACK: Final = re.compile(
    r"\b(?:but|not|\w+n't|except|though|tho|unless|if|wait|wrong|change|should|no|nope|never|hardly|barely|used to|"
    r"stopped|until|only|although|asks?|maybe|might|idk|unsure)\b"
)
_GUARDIAN: Final = (
    r"(?:(?:my|both|the) )*(?:mum|mom|mam|dad|parents?|folks|guardian|gran\w*|carer|they|she|he|aunt\w*|uncle)"
    r"(?:'s|'re)?"
)
_GUARDIAN_AGREES: Final = re.compile(
    rf"{_GUARDIAN} (?:(?:is|are|both|all|totally|really) )*(?:(?:fine|ok(?:ay)?|cool|happy|good|alright) (?:with|"
    r"about) (?:it|this|that)|(?:says?|said) (?:that )?(?:(?:it's|its|that's|it is|i) )?(?:ok(?:ay)?|fine|yes|can|cool|"
    r"alright)|agree[sd]?|allows? (?:it|me)|approved?|knows? (?:about (?:it|this))?(?: and .*)?)"
)
_GUARDIAN_REFUSES: Final = re.compile(
    rf"{_GUARDIAN} (?:doesn't|don't|do not|does not|didn't|won't|wouldn't|isn't|aren't|said no|says no|would kill|"
    r"would never|would say no)\b.*"
)
_NO_TARGET: Final = re.compile(
    r"(?:no|none|not|don't|i don't|haven't)\b\D*\b(?:target|goal|number|weight|fussed|mind|particular)\b\D*"
)
_UNDONE: Final = re.compile(r"\b(?:but|yes|yeah|wait|except|actually|although|unless|if|kidding|joking)\b")
_MAY_BE_WITH_CHILD: Final = re.compile(
    r"\b(?:only|just|though|tho|had|gave|birth|breast\w*|nurs\w*|feed\w*|weeks?|months?|baby|miscarr\w*|trying|might|"
    r"maybe|not sure|could)\b"
)
_AGREEING: Final = frozenset(
    ("save", "confirm", "confirmed", "everything", "correct", "sounds", "looks", "great", "perfect", "absolutely",
     "definitely", "this", "it's", "right", "yes", "yep", "yeah",
     "whatever", "then", "fine", "ok", "okay", "sure", "i", "guess", "suppose", "please", "go", "ahead", "on", "that's",
     "thats", "is", "all", "good", "by", "me", "with", "it", "in", "do", "agree", "of", "course", "thanks", "you",
     "can", "happy", "am", "i'm", "for", "let's", "lets", "lock")
)  # fmt: skip
_LONGEST_TAIL_WORDS: Final = 9


def leaning(clause: Clause, moment: Moment) -> Intent | None:
    """yes, no or dont_know where the clause begins with it and the rest only says more of the same."""
    if moment.expecting is None or clause.asks or len(clause.plain.split()) > _LONGEST_TAIL_WORDS + 2:
        return None
    if _LOST.fullmatch(clause.plain):
        return Intent("dont_know", confidence=0.8, quote=clause.text.strip())
    if moment.expecting == "target_weight_kg" and _NO_TARGET.fullmatch(clause.plain):
        return Intent("no", confidence=0.8, quote=clause.text.strip())
    if moment.expecting not in _TRUTHS | _BINDING:
        return None
    name = _leans(clause.plain, moment)
    return Intent(name, confidence=0.8, quote=clause.text.strip()) if name else None


def _leans(said: str, moment: Moment) -> IntentName | None:
    if moment.expecting == "guardian" and _GUARDIAN_AGREES.fullmatch(said):
        return "yes"
    if moment.expecting == "guardian" and _GUARDIAN_REFUSES.fullmatch(said):
        return "no"
    if moment.expecting == "confirm" and _CONFIRMED.fullmatch(said):
        return "yes"
    if match := _YES.fullmatch(said):
        return "yes" if _agrees(match["tail"], moment) else None
    match = _NO.fullmatch(said)
    if match is None or _UNDONE.search(match["tail"]):
        return None
    if moment.expecting == "pregnancy" and _MAY_BE_WITH_CHILD.search(match["tail"]):
        return None
    return "no"


def _agrees(tail: str, moment: Moment) -> bool:
    if moment.expecting in _BINDING:
        return set(re.findall(r"[\w']+", tail)) <= _AGREEING
    return moment.expecting != "pregnancy" and not _TAKEN_BACK.search(tail)


def checked(wanted: tuple[Intent, ...], found: tuple[Fact, ...], moment: Moment) -> tuple[Intent, ...]:
    """ "yes, once a week" to "30 minutes on 3 days a week?" is a no (science.md S-100 (1)); "yes and no" is neither."""
    if moment.expecting in _TRUTHS | _BINDING and {"yes", "no"} <= {each.name for each in wanted}:
        wanted = tuple(each for each in wanted if each.name not in ("yes", "no"))
    if moment.expecting != "regular_exercise":
        return wanted
    days = next((each.value for each in found if each.field == "workout_days_count"), None)
    if not isinstance(days, int) or days >= LEAST_DAYS_A_WEEK:
        return wanted
    return tuple(Intent("no", confidence=0.8, quote=each.quote) if each.name == "yes" else each for each in wanted)
