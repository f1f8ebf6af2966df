"""How someone says they usually are, on science.md's scales R-1: "energy 4/10", "stress is high", "I sleep badly"."""

import re
from collections.abc import Iterator

from agents.schemas import ProfileField
from agents.understanding.findings import Found, fact, measured, refused
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Match, phrases

_SCORE = (
    r"(?P<n>-?\d{1,3}(?:[.,]\d)?)\s*(?:/\s*(?P<of>\d{1,3})|out of\s*(?P<outof>\d{1,3}))?(?![\d.,]*\d)"
    r"(?!\s*(?:%|kg|h\b|hours?|hrs?|min|days?|weeks?|nights?|am\b|pm\b|times|x\b|:|o'?clock|years?|-\s*\d|to \d|or \d))"
)
_LINK = (
    r"(?:\s+(?:levels?|score|is|are|was|at|of|about|around|right now|now|usually|currently|these days|lately|today|"
    r"quality|my|a|an|generally|mostly|normally|often))*\s*[:=]?\s*"
)
_CUES: dict[ProfileField, str] = {
    "energy_level": r"(?:energy)",
    "stress_level": r"(?:stress)",
    "sleep_quality": r"(?:sleep quality|quality of (?:my )?sleep|sleep)",
}
_TABLES: dict[ProfileField, str] = {"energy_level": "energy", "stress_level": "stress", "sleep_quality": "sleep"}
_PATTERNS = {field: re.compile(rf"\b{cue}\b{_LINK}{_SCORE}") for field, cue in _CUES.items()}
_MENTIONS = {field: re.compile(rf"\b{cue}(?:ing)?\b") for field, cue in _CUES.items()}
_OTHER_CUES = {
    field: re.compile(
        r"\b(?:" + "|".join(cue for other, cue in _CUES.items() if other != field) + r")\b|[.;!?\n]|"
        r"\band (?:my|i am|i have)\b|\bbut\b"
    )
    for field in _CUES
}
_NUMBER = re.compile(
    rf"\W*(?:it is |about |around |maybe |a |an |i am (?:at )?(?:a )?|like |probably |say )*{_SCORE}\W*(?:stars?)?\W*"
)
_EITHER = re.compile(
    r"\W*(?:about |around |maybe |a |like |probably )*(?P<n>\d{1,2})\s*(?:-|to|or|or maybe|maybe)\s*"
    r"(?P<top>\d{1,2})\W*"
)
_TOP = 10
_NAMED = re.compile(r"\b(?:energy|stress|stressed|sleep(?:ing)?)\b")
_REACH = 26  # characters between a scale's name and its word
_STRESSED = re.compile(
    r"\b(?P<how>very|really|super|extremely|so|always|constantly|quite|pretty|totally|completely|a bit|a little|"
    r"slightly|not very|not really|not|never|rarely)?\s*stressed(?: out)?\b(?!\s+(?:by|about) (?:this|that))"
)
_HOW = {"a bit": 5, "a little": 5, "slightly": 5, "not very": 3, "not really": 3, "not": 3, "never": 3, "rarely": 3}
_HIGH_STRESS = 8
_ONE_DAY = re.compile(r"\b(?:last night|yesterday|tonight|this morning|today)\b")
_WISHED = re.compile(
    r"\b(?:more|boost|need|want|gain|balls?|bars?|drinks?|reduce|manage|less|lower|relief|eating|test)\b"
)
_AFTERTHOUGHT = ("ly", "well")
_OTHER_SUBJECT = re.compile(r"\b(?:mood|knee|back|pain|shoulder|job|food|work)\b")
_SLEEP_NOUN = re.compile(r"\s*sleep\b(?!\s+(?:at|by|in|until|when|after))")


def baselines(heard: Heard) -> Iterator[Found]:
    """The usual levels said in this message; today's belong to the check-in."""
    text = heard.asserted
    if not _NAMED.search(text):
        return
    for field, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match and _is_usual(heard, match) and not (field == "sleep_quality" and _is_hours(match)):
            yield _scored(heard, field, match)
        else:
            yield from _worded(heard, field)
    if (match := _STRESSED.search(text)) and _is_usual(heard, match) and not re.search(r"\bstress\b", text):
        yield fact(heard, "stress_level", _HOW.get(match["how"] or "", _HIGH_STRESS), match.span(), confidence=0.9)


def bare_level(heard: Heard, field: ProfileField) -> Found | None:
    """The level of a bare answer: "7", "4/10", "high", "pretty good"."""
    text = heard.asserted.rstrip()
    if (either := _EITHER.fullmatch(text)) and int(either["top"]) <= _TOP:
        middle = round((int(either["n"]) + int(either["top"])) / 2 + 0.01)  # a half rounds up
        return measured(heard, field, middle, (either.start("n"), either.end("top")), confidence=0.8)
    match = _NUMBER.fullmatch(text)
    return _scored(heard, field, match) if match else level_word(heard, field)


def level_word(heard: Heard, field: ProfileField) -> Found | None:
    """The level the first word of the scale in the message stands for."""
    first = next(phrases("lifestyle", _TABLES[field]).find(heard.asserted, heard.words), None)
    return fact(heard, field, _level(heard, first), (first.start, first.end)) if first else None


def _is_usual(heard: Heard, match: re.Match[str]) -> bool:
    if heard.scope.is_logged(match.start()):
        return False
    return not _ONE_DAY.search(heard.asserted[slice(*heard.clause(match.start()))])


def _is_hours(match: re.Match[str]) -> bool:
    """ "sleep 7" are hours, "sleep 7/10" and "sleep quality 7" are not."""
    return "quality" not in match[0] and not (match["of"] or match["outof"])


def _scored(heard: Heard, field: ProfileField, match: re.Match[str]) -> Found:
    """The level of "4/10" or "3/5" (doubled), refused outside 0..10 or on another scale."""
    number = float(match["n"].replace(",", "."))
    of = int(match["of"] or match["outof"] or 10)
    if of not in (5, 10, 100) or number > of:
        return refused(heard, field, match.span())
    return measured(heard, field, round(number * 10 / of), match.span())


def _level(heard: Heard, match: Match) -> int:
    """The level of a word; "not good" is the poor end, "not bad" the middle."""
    level = int(match.code)
    is_negated = heard.scope.is_denied(match.start) and not match.phrase.startswith(("not ", "no ", "hardly"))
    if not is_negated:
        return level
    return 5 if level <= 4 else 3


def _worded(heard: Heard, field: ProfileField) -> Iterator[Found]:
    for match in _MENTIONS[field].finditer(heard.asserted):
        clause = heard.asserted[slice(*heard.clause(match.start()))]
        if not _is_usual(heard, match) or (field != "sleep_quality" and _WISHED.search(clause)):
            continue
        start, end = heard.sentence(match.start())
        low, high = max(start, match.start() - _REACH), min(end, match.end() + _REACH)
        found = next(_near(heard, field, match, (low, high)), None)
        if found:
            span = (min(match.start(), found.start), max(match.end(), found.end))
            yield fact(heard, field, _level(heard, found), span)
            return


def _near(heard: Heard, field: ProfileField, cue: re.Match[str], reach: tuple[int, int]) -> Iterator[Match]:
    """The words of the scale directly before the cue ("low energy") or after it ("energy is low", "6 hours, badly")."""
    words = heard.words_between(*reach)
    for found in phrases("lifestyle", _TABLES[field]).find(heard.asserted, words):
        overlaps = found.start < cue.end() and found.end > cue.start()
        between = heard.asserted[min(cue.end(), found.end) : max(cue.start(), found.start)]
        if overlaps or _OTHER_CUES[field].search(between):
            continue
        if found.end <= cue.start():
            fits = not between.strip(" -") and _is_name(heard, field, cue)
        else:
            fits = "," not in between or (field == "sleep_quality" and found.phrase.endswith(_AFTERTHOUGHT))
        if fits and not _OTHER_SUBJECT.match(heard.asserted[found.end : found.end + 12].strip()):
            yield found


def _is_name(heard: Heard, field: ProfileField, cue: re.Match[str]) -> bool:
    """Whether the cue is the scale's name, and not the verb of "good, sleep at 11"."""
    return field != "sleep_quality" or bool(_SLEEP_NOUN.match(heard.asserted, cue.start()))
