"""Hurt regions with side, severity and pain score (science.md T-31).

A region counts with a word of trouble near it ("bad left knee, about 4/10") or by a name of its own ("slipped disc").
Soreness from training is no injury (T-60).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Literal

from agents.domain.profile import Injury, Severity
from agents.schemas import Moment
from agents.understanding.findings import Found, Op, fact, refused
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Match, Phrases, phrases, table

_MOST_REGIONS = 60  # mentions; nobody names more hurt places in one message
_REACH = 34  # characters between a region and its word of trouble
_SIDE = re.compile(r"\b(left|right|both)\b")
_LEVELS: tuple[tuple[Severity, re.Pattern[str]], ...] = (
    (
        "severe",
        re.compile(
            r"\b(?:severe|severely|really bad|very bad|pretty bad|terrible|awful|excruciating|agony|unbearable|"
            r"extremely|horrible)\b"
        ),
    ),
    ("moderate", re.compile(r"\b(?:moderate|moderately|medium)\b")),
    (
        "mild",
        re.compile(
            r"\b(?:mild|mildly|slight|slightly|minor|a little|a bit|a touch|niggle|niggling|not too bad|not bad)\b"
        ),
    ),
)
_SCORE = re.compile(
    r"(?<![\d.])(?P<n>-?\d{1,3})\s*(?:/\s*10\b(?!/)|out of (?:10|ten)\b)|\bpain(?:\s+(?:level|score))?(?:\s+(?:is|"
    r"of|at|about|around))*\s*[:=]?\s*(?P<m>\d{1,3})\b(?!\s*(?:kg|days?|weeks?|months?|years?|/|%))"
)
_OTHER_SCALE = re.compile(r"\b(?:energy|stress|sleep|mood|motivation)\b")
_NONE = re.compile(
    r"\b(?:no|zero|without|not have any|not got any)\s+(?:current\s+|known\s+|real\s+|major\s+|particular\s+|"
    r"other\s+)*(?:injur(?:y|ies)|aches or pains|joint problems|aches|pains?\b(?=\s*(?:$|[,.;!]|or injur))|"
    r"pain or injur(?:y|ies))\b|"
    r"\binjur(?:y|ies)\s*[:=-]?\s*(?:none|no|nil|nope|nothing)\b|\b(?:not|never been) injured\b|\binjury[- ]free\b|"
    r"\bnothing hurts\b|\bpain[- ]free\b"
)
_BUT_SOME = re.compile(r"\s*,?\s*(?:except|but|apart from|other than|just|only)\b")
_HEALED = re.compile(
    r"\b(?:healed|recovered|cured|fine (?:now|again)|ok(?:ay)? (?:now|again)|good (?:now|again)|all (?:good|better|"
    r"clear)|better now|completely better|fully better|"
    r"back to normal|(?:no longer|not|does not|do not)\s+(?:hurt|hurts|hurting|bother|bothers|sore|painful|"
    r"a problem|an issue)(?:ing)?(?:\s+me)?(?:\s+(?:any ?more|now|any longer))?)\b"
)
_DONE_NOW = re.compile(r"\b(?:any ?more|now|longer)\b")
_FROM_TRAINING = re.compile(
    r"\b(?:sore|stiff|ache|aching|achy|tight|tender)\b.*\b(?:from|after|since)\s+(?:yesterday|the gym|training|"
    r"my workout|the workout|working out|leg day|last night|today|squats|deadlifts|pull|push|my run|the run|"
    r"our session|the session)|\bdoms\b"
)
_NOT_BODY = re.compile(
    r"(?:\b(?:come|came|go|going|get|getting|got|bounce|be|am|welcome|right|call|write|i am|straight|way|give|hold|"
    r"cut|step|text|log|coming|went|look|front|from|at the|in the|my way|day|days)\s+back\b(?!\s*(?:pain|ache|"
    r"injury|problem|issue|hurts|trouble))|"
    r"\bback\s+(?:to|in|from|on|at|home|up|then|again|into|day|squats?|days|and forth|workout|exercises|online|"
    r"soon|for|with)\b|\bon (?:the )?one hand\b|\bon the other hand\b|\bby hand\b|\bon foot\b|"
    r"\b(?:\d|five|six)\s*(?:foot|feet)\b|\bfoot\s*\d|\bhand (?:weights|towel|cream)\b|\bfirst hand\b|"
    r"\bsecond hand\b|\bat hand\b|\bhip (?:thrust|hop)s?\b|\bcalf raises?\b|\bneck (?:of|and neck)\b|"
    r"\bshoulder press\b|\bhands? on\b)"
)
_WEIGHTLESS_TROUBLE = frozenset(["tight", "weak", "stiff", "sore", "bad"])  # need the region right beside or "my"
_GENERAL_WORDS = frozenset(["injury", "injuries", "joint", "joints"])


def injuries(heard: Heard, moment: Moment) -> Iterator[Found]:
    """The injuries named, healed ones as "remove", and "no injuries"."""
    text = heard.asserted
    if (match := _NONE.search(text)) and not _BUT_SOME.match(text, match.end()):
        yield fact(heard, "injury", "", match.span(), op="none")
    is_asked = moment.expecting in ("injuries", "injury") or bool(match and _BUT_SOME.match(text, match.end()))
    found: dict[tuple[str, str | None], tuple[Injury, tuple[int, int], Op]] = {}
    for match_, is_named in list(_regions(heard))[:_MOST_REGIONS]:
        injury = _injury(heard, match_, is_named=is_named, is_asked=is_asked)
        if injury is None:
            continue
        what, span, op = injury
        key = (what.region, what.side)
        found[key] = (_merged(found[key][0], what), found[key][1], op) if key in found else (what, span, op)
    yield from _scored(heard, list(found.values()))


def _regions(heard: Heard) -> Iterator[tuple[Match, bool]]:
    """Regions and named injuries, left to right; a named injury hides the region inside it."""
    named_table, region_table = phrases("injuries", "named"), phrases("injuries", "regions")
    named = list(named_table.find(heard.asserted, heard.words)) if named_table.touches(heard.stems) else []
    plain = list(region_table.find(heard.asserted, heard.words)) if region_table.touches(heard.stems) else []
    free = [match for match in plain if not any(n.start < match.end and match.start < n.end for n in named)]
    marked = [(match, True) for match in named] + [(match, False) for match in free]
    yield from sorted(marked, key=lambda pair: pair[0].start)


def _injury(heard: Heard, match: Match, *, is_named: bool, is_asked: bool) -> tuple[Injury, tuple[int, int], Op] | None:
    start, end = heard.clause(match.start)
    clause = heard.asserted[start:end]
    near = heard.asserted[max(start, match.start - 12) : min(end, match.end + 12)]
    if _NOT_BODY.search(near) or _FROM_TRAINING.search(clause):
        return None
    side = _side(heard, match, (start, end))
    healed = _HEALED.search(heard.asserted, match.end, end)
    if healed:
        return Injury(match.code, side=side), (match.start, healed.end()), "remove"
    denied = heard.scope.is_denied(match.start)
    trouble = None if is_named else _trouble(heard, match, (start, end)) or _scored_span(heard, match)
    if denied or (not is_named and trouble is None and not is_asked):
        return None
    span = _widened(heard, match, trouble, start)
    note = match.phrase if is_named else ""
    return Injury(match.code, _severity(clause), side, note=note), span, "add"


def _scored_span(heard: Heard, match: Match) -> tuple[int, int] | None:
    """ "lower back 3/10": a score right after the region is trouble enough."""
    score = re.match(r"\s*(?:is |at |about |around |:)*\d{1,2}\s*/\s*10\b", heard.asserted[match.end : match.end + 24])
    return (match.start, match.end) if score else None


@cache
def _trouble_table() -> Phrases:
    return Phrases(table("injuries")["trouble"])


def _trouble(heard: Heard, match: Match, clause: tuple[int, int]) -> tuple[int, int] | None:
    """The nearest word of trouble in the clause that is not denied, within reach of the region."""
    low, high = max(clause[0], match.start - _REACH), min(clause[1], match.end + _REACH)
    words = heard.words_between(low, high)
    nearest: tuple[int, tuple[int, int]] | None = None
    for trouble in _trouble_table().find(heard.asserted, words):
        if heard.scope.is_denied(trouble.start) or match.start <= trouble.start < match.end:
            continue
        distance = match.start - trouble.end if trouble.end <= match.start else trouble.start - match.end
        between = heard.asserted[min(match.end, trouble.end) : max(match.start, trouble.start)]
        if re.search(
            r"\b(?:bad|good) (?:at|for|about|night|habits?|sleep)\b", heard.asserted[trouble.start : trouble.end + 8]
        ):
            continue
        if trouble.phrase in _WEIGHTLESS_TROUBLE and len(between.split()) > 4:
            continue
        if nearest is None or distance < nearest[0]:
            nearest = (distance, (trouble.start, trouble.end))
    return nearest[1] if nearest else None


def _widened(heard: Heard, match: Match, trouble: tuple[int, int] | None, clause_start: int) -> tuple[int, int]:
    start, end = match.start, match.end
    if trouble:
        start, end = min(start, trouble[0]), max(end, trouble[1])
    side = re.search(r"\b(?:left|right|both)\s+$", heard.asserted[clause_start:start])
    return (clause_start + side.start() if side else start), end


def _side(heard: Heard, match: Match, clause: tuple[int, int]) -> Literal["left", "right", "both"] | None:
    before = list(_SIDE.finditer(heard.asserted, max(clause[0], match.start - 20), match.end))
    if before and re.search(r"\band\b|,", heard.asserted[before[-1].end() : match.start]):
        before = []  # "left shoulder and lower back": the side is the other's
    after = _SIDE.search(heard.asserted, match.end, min(clause[1], match.end + 14))
    word = before[-1][1] if before else after[1] if after else None
    return "left" if word == "left" else "right" if word == "right" else "both" if word == "both" else None


def _severity(words: str) -> Severity | None:
    return next((level for level, pattern in _LEVELS if pattern.search(words)), None)


def _merged(one: Injury, two: Injury) -> Injury:
    return replace(one, severity=one.severity or two.severity, note=one.note or two.note)


def _scored(heard: Heard, found: list[tuple[Injury, tuple[int, int], Op]]) -> Iterator[Found]:
    """The injuries with the pain score and the severity that are said after them ("bad knee, mild, about 4/10")."""
    found = sorted(found, key=lambda entry: entry[1])
    for at, (injury, span, op) in enumerate(found):
        until = found[at + 1][1][0] if at + 1 < len(found) else heard.sentence(span[0])[1]
        if op == "remove":
            yield fact(heard, "injury", injury, span, op="remove")
            continue
        rest = heard.asserted[span[1] : until]
        following = _trailing(rest)
        score = _SCORE.search(following)
        severity = injury.severity or _severity(following)
        end = span[1]
        points = int(score["n"] or score["m"]) if score else None
        if score and points is not None and not 0 <= points <= 10:
            yield refused(heard, "injury", (span[1] + score.start(), span[1] + score.end()))
            points = None
        elif score:
            end = span[1] + score.end()
        yield fact(heard, "injury", replace(injury, severity=severity, pain_score=points), (span[0], end), op="add")


def _trailing(rest: str) -> str:
    """What still speaks of the injury: up to the first part that is about another scale or another topic."""
    kept: list[str] = []
    for at, part in enumerate(re.split(r"(?<=,)", rest)):
        words = re.findall(r"[a-z]+", part)
        if _OTHER_SCALE.search(part) or (at > 0 and len(words) > 5):
            break
        kept.append(part)
    return "".join(kept)
