"""A clinician's permission to train: "my doctor cleared me for moderate exercise" (science.md S-107).

"My doctor" is another person, so the asserted part of the text does not hold these sentences: the full text is read,
and questions, conditions and denials are kept out here.
"""

import re
from collections.abc import Iterator

from agents.domain.profile import Intensity
from agents.schemas import Moment
from agents.understanding.findings import Found, fact
from agents.understanding.hearing import Heard

_WHO = r"(?:doctor|doc|gp|cardiologist|physician|consultant|specialist|clinician|surgeon|midwife|physio(?:therapist)?)"
_TO_TRAIN = (
    r"(?:exercise|exercising|train|training|work ?outs?|working out|sports?|activity|lift|lifting|run|running|walk|"
    r"walking|gym)"
)
_YES = r"(?:cleared|okayed|approved|released|green ?lit|gave me (?:the )?(?:ok|okay|all clear|green light|go ahead))"
_GAP, _SHORT = r"\b[^.?!;]{0,30}\b", r"\b[^.?!;]{0,20}\b"
_CLEARED = re.compile(
    rf"\b(?:{_WHO}{_GAP}{_YES}"
    rf"|(?:i am|i have been|got|been)\s+(?:medically )?cleared{_GAP}(?:{_WHO}|{_TO_TRAIN})"
    rf"|{_WHO}{_SHORT}sa(?:ys|id){_SHORT}(?:can|may|fine|ok|okay|safe){_SHORT}{_TO_TRAIN})"
    r"\b[^.?!;]{0,60}"
)
_NOT = re.compile(r"\b(?:not|never|no|until|unless|if|when|before|has to|must|should|will|wait|waiting)\b|\?")
_VIGOROUS = re.compile(
    r"\b(?:vigorous|hard|intense|high intensity|any|all|everything|full|unrestricted|no limits?|hiit)\b"
)
_LIGHT = re.compile(r"\b(?:light|easy|gentle|walk|walking)\b")


def clearances(heard: Heard, moment: Moment) -> Iterator[Found]:  # noqa: ARG001 - one signature for all rules
    """The permission and up to which intensity; a bare one counts up to moderate."""
    match = _CLEARED.search(heard.text)
    if match is None or _NOT.search(heard.text[max(0, match.start() - 30) : match.end() + 1]):
        return
    yield fact(heard, "clearance", _intensity(match.group()), match.span())


def _intensity(words: str) -> Intensity:
    if _VIGOROUS.search(words):
        return "vigorous"
    return "light" if _LIGHT.search(words) else "moderate"
