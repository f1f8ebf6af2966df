"""Conditions, signs of science.md S-101, pregnancy and birth; medicines are in `agents.understanding.medicines`."""

import re
from collections.abc import Iterator

from agents.schemas import Moment
from agents.understanding.findings import Found, fact, measured
from agents.understanding.goals import WEEKS_PER_MONTH
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Match, phrases
from agents.understanding.named_conditions import OTHER, codes_for

POSTPARTUM_WEEKS = 52  # science.md S-100: a birth within twelve months
_NONE = re.compile(
    r"\b(?:no|zero|without|not have any|not got any)\s+(?:known\s+|other\s+|major\s+|existing\s+|chronic\s+|"
    r"current\s+|particular\s+)*(?:(?:medical|health)\s+)?(?:conditions?|health problems|health issues|"
    r"medical problems|medical issues|illness(?:es)?|diseases?|diagnos[ei]s)\b|\b(?:medical\s+|"
    r"health\s+)?conditions?\s*[:=-]\s*(?:none|no|nil|nope|nothing)\b"
)
_NO_SYMPTOMS = re.compile(
    r"\b(?:no|none of the|zero|not have any(?: of those)?|not any)\s+(?:symptoms?|signs?|of (?:these|those))\b|"
    r"\bsymptoms?\s*[:=-]?\s*(?:none|no|nope)\b"
)
_NOT_MINE = re.compile(
    r"\b(?:prevent|avoid|risk of|risk for|afraid of|scared of|worried about|fear of|screened for|tested for|"
    r"test for|donate (?:to|for)|against|for|about|charity|article on|read about|instead of|like|similar to|"
    r"reverse|cure|"
    r"raise money for|ruled out|negative for|research|awareness|vaccine for)\s+(?:getting\s+|developing\s+|"
    r"having\s+|becoming\s+)?(?:any\s+|my\s+|the\s+)?$"
)
_OVER = re.compile(r"\b(?:no longer|not)\s+(?:\w+\s+){0,2}$")
_ANY_MORE = re.compile(r"\b(?:any ?more|any longer)\b")
_PREGNANT = re.compile(
    r"\bpregnan(?:t|cy)\b|\bexpecting (?:a baby|my \w+ (?:baby|child)|twins|a child|our \w+ (?:baby|child))\b|"
    r"\bwith child\b|\bpreggo\b|\b(?:1st|first|2nd|second|3rd|third) trimester\b|\btrimester\b"
)
_FAR_GONE = re.compile(
    r"\W*(?:(?:yes|yeah|yep|i am|about|around|nearly|almost|currently|now|just)\W+)*(?P<n>\d{1,2})\s*"
    r"(?P<unit>weeks?|wks?|months?)(?:\s*(?:and|\+)\s*\d\s*(?:days?)?)?(?:\W+(?:gone|along|in|now|today|so far|"
    r"yes))*\W*"
)
_NURSING = re.compile(
    r"\bnursing\b(?!\s+(?:home|degree|student|school|job|a (?:bad|sore|knee)))|\bstill (?:feeding|pumping)\b"
)
_HOPED = re.compile(r"\b(?:get|getting|become|becoming|be|fall|trying|ttc|hoping|planning|want)\b[^,.;]*$")
_MAYBE = re.compile(r"\b(?:might|maybe|perhaps|could|may|think|possibly|probably)\b[^,.;]*$")
_WEEKS = re.compile(
    r"(?<![\d.])(?P<n>-?\d{1,3})\s*(?:\+\s*\d)?\s*-?\s*(?P<unit>weeks?|wk|months?)"
    r"\s*(?:and \d days?\s*)?(?:along\s+)?(?=pregnan|into (?:my |the )?pregnan|in(?:to)?\b|along|$|[,.;])|"
    r"\bweek\s*(?P<m>\d{1,3})\b"
)
_BIRTH = re.compile(
    r"\b(?:gave birth|given birth|had (?:twins|triplets)|had (?:a|my|our) (?:\w+ )?(?:baby|child|son|daughter|"
    r"little one|kid|c-?section|caesarean)|"
    r"(?:just )?delivered (?:a|my) (?:baby|child)|post ?-?partum|postnatal|c-?section|caesarean)\b"
)
_AGO = re.compile(
    r"\b(?P<n>\d{1,3}|an?|few|a few|a couple of|couple of)\s*-?\s*(?P<unit>day|week|month|year)s?\b(?:\s*(?:ago|"
    r"post ?-?partum|postnatal|old|back))?"
)
_RECENTLY = re.compile(r"\b(?:just|recently|last (?:week|month)|yesterday|this (?:week|month|year)|newborn)\b")
_LONG_AGO = re.compile(r"\b(?:last year|years ago|in (?:19|20)\d\d|long ago)\b")
_SIGN_HABIT = re.compile(
    r"\b(?:i|get|gets|getting|have|having|feel|felt|experience|suffer|sometimes|often|when|on|during|climbing|had|am|"
    r"notice|my)\b"
)


def health(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Conditions, symptoms and pregnancy."""
    text = heard.asserted
    if match := _NONE.search(text):
        yield fact(heard, "condition", "", match.span(), op="none")
    if match := _NO_SYMPTOMS.search(text):
        yield fact(heard, "symptom", "", match.span(), op="none")
    yield from _conditions(heard)
    yield from _symptoms(heard, moment)
    yield from _pregnancy(heard)
    if moment.expecting == "pregnancy":
        yield from _with_child(heard)
    yield from _births(heard)


def _conditions(heard: Heard) -> Iterator[Found]:
    table = phrases("health", "conditions")
    if not table.touches(heard.stems):
        return
    seen: set[str] = set()
    for match in table.find(heard.asserted, heard.words):
        before = heard.before(match.start)
        span = (match.start, match.end)
        if _NOT_MINE.search(before) or heard.scope.is_logged(match.start) or _is_food_word(heard, match):
            continue
        if _is_over(heard, match, before):
            for code in _codes(match):
                yield fact(heard, "condition", code, span, op="remove")
        elif not heard.scope.is_denied(match.start):
            for code in (code for code in _codes(match) if code not in seen):
                seen.add(code)
                yield fact(heard, "condition", code, span, op="add", confidence=_confidence(match))
            if match.phrase in ("heart failure", "dialysis"):  # science.md S-181
                yield fact(heard, "condition", "fluid_restriction", span, op="add", confidence=0.9)


def _codes(match: Match) -> tuple[str, ...]:
    return codes_for(match.phrase) if match.code == OTHER else (match.code,)


def _confidence(match: Match) -> float:
    """A diabetes without its type is taken as type 2 and worth asking about."""
    return 0.7 if match.phrase in ("diabetes", "diabetic", "gestational diabetes") else 1.0


def _is_food_word(heard: Heard, match: Match) -> bool:
    after = heard.asserted[match.end : match.end + 14]
    return bool(re.match(r"[\s-]*(?:friendly|free|safe|recipes?|cookbook|charity|run\b|walk\b)", after))


def _is_over(heard: Heard, match: Match, before: str) -> bool:
    if "no longer" in before[-24:]:
        return True
    return bool(_OVER.search(before) and _ANY_MORE.search(heard.after(match.end)))


def _symptoms(heard: Heard, moment: Moment) -> Iterator[Found]:
    table = phrases("health", "symptoms")
    if not table.touches(heard.stems):
        return
    seen: set[str] = set()
    is_asked = moment.expecting in ("symptoms", "symptom")
    for match in table.find(heard.asserted, heard.words):
        if heard.scope.is_denied(match.start) or match.code in seen or _NOT_MINE.search(heard.before(match.start)):
            continue
        if is_asked or _SIGN_HABIT.search(heard.asserted[slice(*heard.clause(match.start))]):
            seen.add(match.code)
            yield fact(heard, "symptom", match.code, (match.start, match.end), op="add")


def _pregnancy(heard: Heard) -> Iterator[Found]:
    match = _PREGNANT.search(heard.asserted)
    if match is None:
        return
    before = heard.before(match.start())
    clause_start = heard.clause(match.start())[0]
    if "no longer" in before or (heard.scope.is_denied(match.start()) and _ANY_MORE.search(heard.after(match.end()))):
        yield fact(heard, "condition", "pregnancy", match.span(), op="remove")
        return
    if (
        heard.scope.is_denied(match.start())
        or _NOT_MINE.search(before)
        or re.match(r"\s*(?:test|yoga|friend|women)", heard.asserted[match.end() :])
    ):
        return
    week = _week(heard, match, clause_start)
    if _MAYBE.search(before):
        yield fact(heard, "condition", "pregnancy", match.span(), op="add", confidence=0.5)
        return
    if (week is None and _HOPED.search(before)) or re.search(
        r"\b(?:before|after|since|during|lost in|gained in|until)\s+(?:my\s+|the\s+)?$", before
    ):
        return
    yield fact(heard, "condition", "pregnancy", match.span(), op="add")
    if week is not None:
        yield week


def _with_child(heard: Heard) -> Iterator[Found]:
    """The bare answer to "are you pregnant, did you give birth, are you breastfeeding?": "14 weeks gone", "nursing"."""
    text = heard.asserted
    if (match := _FAR_GONE.fullmatch(text)) and not _PREGNANT.search(text):
        months = match["unit"].startswith("month")
        weeks = round(int(match["n"]) * WEEKS_PER_MONTH) if months else int(match["n"])
        yield fact(heard, "condition", "pregnancy", match.span("n"), op="add")
        yield measured(heard, "pregnancy_week", weeks, (match.start("n"), match.end("unit")))
    match = _NURSING.search(text)
    if match and not heard.scope.is_denied(match.start()):
        yield fact(heard, "condition", "breastfeeding", match.span(), op="add")


def _week(heard: Heard, match: re.Match[str], start: int) -> Found | None:
    _, end = heard.clause(match.start())
    found = _WEEKS.search(heard.asserted, start, end)
    if found is None:
        return None
    if found["m"]:
        return measured(heard, "pregnancy_week", int(found["m"]), (found.start(), match.end()))
    months = found["unit"].startswith("month")
    weeks = round(int(found["n"]) * WEEKS_PER_MONTH) if months else int(found["n"])
    span = (min(found.start(), match.start()), max(found.end(), match.end()))
    return measured(heard, "pregnancy_week", weeks, span, confidence=0.8 if months else 1.0)


def _births(heard: Heard) -> Iterator[Found]:
    """A birth within twelve months: postpartum."""
    match = _BIRTH.search(heard.asserted)
    if match is None or heard.scope.is_denied(match.start()):
        return
    sentence = heard.asserted[slice(*heard.sentence(match.start()))]
    if _LONG_AGO.search(sentence):
        return
    ago = _AGO.search(sentence)
    end = match.end()
    if ago:
        count = int(ago["n"]) if ago["n"].isdigit() else 1 if ago["n"] in ("a", "an") else 3
        weeks = count * {"day": 1 / 7, "week": 1.0, "month": WEEKS_PER_MONTH, "year": 52.2}[ago["unit"]]
        if weeks > POSTPARTUM_WEEKS:
            return
        end = max(end, heard.sentence(match.start())[0] + ago.end())
    elif not _RECENTLY.search(sentence) and not match[0].startswith("post"):
        yield fact(heard, "condition", "postpartum", match.span(), op="add", confidence=0.5)
        return
    yield fact(heard, "condition", "postpartum", (match.start(), end), op="add")
