"""Pain and illness in plain words.

Emergencies were answered before (science.md S-20 ff.); soreness is no pain but a check-in (T-60).
"""

import re
from typing import Final

from agents.domain.profile import Injury
from agents.schemas import Intent, Moment
from agents.understanding import word_lists
from agents.understanding.clauses import Clause

_PART: Final = (
    r"(?:knees?|(?:lower |low |upper )?back|shoulders?|wrists?|elbows?|ankles?|hips?|neck|foot|feet|hands?|"
    r"achilles|groins?|"
    r"hamstrings?|calf|calves|quads?|thighs?|shins?|legs?|arms?|ribs?|toes?|fingers?|thumbs?|heels?|glutes?|"
    r"joints?|spine|"
    r"tailbone|muscles?|head|stomach|tummy|belly|rotator cuff|it band|sciatica|hernia|jaw|side|body|everything)"
)
_SOFTLY: Final = (
    r"(?: (?:really|still|also|just|always|kind of|now|sometimes|a bit|suddenly|again|is|are|has been|very|so))*"
)
_HURTS: Final = (
    r"(?:hurts?|hurting|aches?|aching|painful|killing me|swollen|inflamed|tender|throbbing|stabbing|in pain|injured|"
    r"in agony|busted|knackered|buggered|giving me (?:grief|gyp|jip|trouble|hell|issues|problems|bother)|"
    r"acting up|playing up|plays up|(?:gave|gives) way|went (?:pop|ping|snap|twang|crack)|snapped|"
    r"lock(?:s|ed) up|popped|clicks?|started hurting|bothers me|bothering me|"
    r"feels? (?:sharp|painful|bad|wrong|weird|unstable|off))"
)
_BY: Final = r"(?: (?:my|the|a|both|one|left|right|lower|upper|inner|outer|some|muscle in my))*"
_HURT_VERBS: Final = (
    r"(?:hurt|injured|twisted|sprained|strained|pulled|tweaked|tore|bruised|rolled|wrenched|banged|broke|broken|"
    r"threw out|put out)"
)
_PAIN: Final = re.compile(
    rf"\b{_PART}(?:'s)?{_SOFTLY} {_HURTS}\b|\b{_PART} (?:pain|ache|injury|strain|sprain|cramps?)\b|"
    r"(?:head|stomach|back|tooth|ear|belly|tummy)aches?\b|"
    rf"\b(?:pain|ache|twinge|stabbing|discomfort|strain|cramps?) (?:in|around|behind|near|on|at|"
    rf"under){_BY} {_PART}\b|"
    rf"\b{_HURT_VERBS} (?:my|the|a|both){_BY} {_PART}\b|\bpulled a muscle\b|\bit hurts\b|"
    r"\b(?:in|have|having|got)(?: a lot of| so much| some)? pain\b|\bi(?:'m| am) (?:hurt|injured)\b|"
    r"\bi hurt myself\b|"
    r"\bgot injured\b"
)
_FEELING: Final = (
    r"(?: (?:really|so|very|a bit|feeling|still|getting|down with|quite|pretty|also|now|today|kind of|kinda))*"
)
_STATE: Final = re.compile(
    r"\b(?:i(?:'m| am| feel| got| have been| was|'ve been)?|we(?:'re| are)|feeling|feel|being|got|been|im)"
    rf"{_FEELING} (?P<word>sick|ill|unwell|poorly|under the weather|feverish|nauseous|queasy|run down)\b(?! of)|"
    r"^(?P<bare>sick|ill|unwell)(?: today| again)?$"
)
_DISEASE: Final = re.compile(
    r"(?:\b(?:have|got|caught|having|with|running|had|'ve got|down with)"
    r"(?: (?:a|an|the|some|bad|high|mild|slight|nasty|terrible|stomach|head|chest|really|stinking|rotten|awful|"
    r"horrible|horrid|proper|raging|streaming|massive|heavy|touch of|bout of|right|case of|bit of|little|"
    r"man))* |^(?:the |a )?)"
    r"(?P<word>fever|flu|cold|covid|corona|infection|bug|temperature|sore throat|cough|food poisoning|diarrh?o?ea|"
    r"norovirus|bronchitis|pneumonia|tonsillitis|migraine|virus|sinusitis)\b(?! (?:and|all|today)? ?\w* ?outside)|"
    r"\b(?P<bare>throwing up|vomiting|vomited|threw up|food poisoning|sore throat|runny nose|stomach flu|"
    r"stomach bug|coming down with (?:something|a bug))\b"
)


_NOT_WELL: Final = re.compile(
    r"(?:i(?:'m| am)|im|i)?(?: (?:really|still|just|do))* ?(?:not feeling|not|don't feel|do not feel) "
    r"(?:(?:too|very|so|that|at all) )?(?P<well>well|good at all)"
    r"(?: (?:today|tonight|again|at all|this morning|since \w+))*|"
    r"(?:i(?:'m| am)|im|feeling|been|a bit|bit| )*(?P<weather>under the weather)(?: today| again| lately)*|"
    r"(?:i(?:'ve)? )?(?:just )?tested positive(?: for (?P<test>covid|flu|corona|influenza))?(?: today| yesterday)*"
)
_ASKED: Final = re.compile(
    r"(?:should|can|could|may|is it|are|do|does|what|how|why|when|would) (?:i|it|you|we|one|my)?\b"
)


def pain(clause: Clause, _moment: Moment) -> Intent | None:
    """pain; its Injury payload is added from the facts of the same words (`agents.understanding.rules`)."""
    if clause.asks or not _PAIN.search(clause.plain) or word_lists.pattern("not_pain").search(clause.plain):
        return None
    return Intent("pain", confidence=0.9, quote=clause.text.strip())


def illness(clause: Clause, _moment: Moment) -> Intent | None:
    """illness with the word used for it; a named disease tells more than "sick"."""
    if (unwell := _NOT_WELL.fullmatch(clause.plain)) and not clause.asks:
        named = unwell["test"] or unwell["weather"] or "unwell"
        return Intent("illness", payload=named, confidence=0.9, quote=clause.text.strip())
    match = _DISEASE.search(clause.plain) or _STATE.search(clause.plain)
    if match is None or clause.asks or _ASKED.match(clause.plain) or word_lists.pattern("not_ill").search(clause.plain):
        return None
    return Intent("illness", payload=match["word"] or match["bare"], quote=clause.text.strip())


def with_injury(intent: Intent, injuries: tuple[Injury, ...]) -> Intent:
    """The pain intent with the injury its own words named, if the facts found one."""
    if not injuries:
        return intent
    return Intent("pain", payload=injuries[0], confidence=intent.confidence, quote=intent.quote)
