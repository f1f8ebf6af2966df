"""Age and birthday: "29yo", "I'm 34", "turning 40", "born 3 May 1990", "dob 03/05/1990"."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from agents.schemas import Moment
from agents.understanding.findings import LIMITS, Found, fact, measured, refused
from agents.understanding.hearing import Heard
from agents.understanding.quantities import quantities

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH = rf"(?P<{{}}>{_MONTHS})[a-z]*\.?"
# What may follow a bare "I'm 34": an end, a joining word, the person; a unit never.
_ENDS = r"(?=\s*(?:$|[,.;!?)\n]|(?:and|but|so)\b))"
_GOES_ON = (
    r"(?=\s*(?:$|[,.;!?)\n\d]|(?:and|but|so|years|now|male|female|woman|man|guy|with|weigh|weighing|living|"
    r"living in|from|vegan|vegetarian)\b))"
)
_OLD = re.compile(
    r"(?<![\w./])(?P<n>-?\d{1,4})(?:\.\d+)?\s*-?\s*(?:yo\b|y\s?/\s?o\b|y\.o\b\.?|years?\s*-?\s*(?:old|of age|young)"
    r"\b|yr\s*-?\s*old\b)"
    r"(?!\s+(?:\w+\s+)?(?:injur|problem|issue|dog|cat|scar|kid|child|son|daughter|fracture))"
)
_AGE = re.compile(r"\bage[d]?\s*(?:is|:|=|of)?\s*(?P<n>-?\d{1,4})\b(?!\s*(?:kg|cm|lb|%|[.,]\d))")
_I_AM = re.compile(
    rf"\bi am\s+(?:(?:just|only|already|now|currently)\s+)*(?P<n>-?\d{{1,3}})(?![\d.,]*\d)(?:{_GOES_ON})"
)
_TURNED = re.compile(r"\bturned\s+(?P<n>\d{2,3})\b(?!\s*(?:kg|%))")
_TURNING = re.compile(
    r"\b(?:turning|about to turn|will turn|turn|going to be|will be|(?:i am\s+)?(?:almost|nearly))\s+"
    rf"(?P<n>\d{{2,3}})(?![\d.,]*\d){_GOES_ON[:-1]}|\s+(?:next|in|this|soon|on|tomorrow)\b)"
)
_DECADE = re.compile(
    r"\bin my (?:early |mid |late |mid-)?(?:\d0'?s|twenties|thirties|forties|fifties|sixties|seventies|teens)"
)
_NOT_OWN = re.compile(r"(?:\b(?:my|our|his|her|their)\s*(?:\d\s*)?|\b(?:have|has|got|with|for)\s+an?\s*)$")
_AT_AGE = re.compile(r"\b(?:at|since|from|until|till|by|the|before|after|under|over)\s*$")
_ALONE = re.compile(r"\W*(?P<n>\d{2})\s*/?\s*(?:m|f|male|female|man|woman|guy|girl)?\W*")
_ALONE_SEX_FIRST = re.compile(r"\W*(?:m|f|male|female)\s*/?\s*(?P<n>\d{2})\W*")
_BEFORE_A_WEIGHT = re.compile(
    r"\W*(?:(?:i am|an?|male|female|man|woman|guy|girl|m|f)\b\W*)*(?P<n>[1-9]\d)\s*(?:m|f|male|"
    r"female)?\s+(?:and\s+|&\s*)?(?=\d)"
)
_SLASHED = re.compile(r"\W*(?P<n>\d{2})\s*/\s*[mf]\b")
_INTRODUCED = re.compile(r"\W*(?:(?:hi|hello|hey)\b\W*)?(?:i am|my name is|it is|name:)\s+[^\W\d]+(?:\s[^\W\d]+)?\W*")
_BORN = re.compile(
    r"\b(?:born|b(?=\.? ?(?:19|20)\d\d\b)|birth ?day|birth ?date|date of birth|d\.?o\.?b)\b"
    r"(?!\s+(?:party|cake|dinner|present|gift|meal))"
    r"\.?[^\d\n]{0,20}?"
)
_ISO = r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
_DAY_FIRST = rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?{_MONTH.format('m2')},?\s*(?P<y2>\d{{4}}|'?\d\d\b)"
_MONTH_FIRST = rf"{_MONTH.format('m3')}\s*(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})"
_SLASHES = r"(?P<a4>\d{1,2})[-/.](?P<b4>\d{1,2})[-/.](?P<y4>\d{4}|\d{2})(?!\d)"
_YEAR = rf"(?:(?:{_MONTHS})[a-z]*\s+)?(?P<y5>(?:18|19|20)\d\d)(?![\d-])"
_DATE = re.compile("|".join((_ISO, _DAY_FIRST, _MONTH_FIRST, _SLASHES, _YEAR)))
_WEIGHED_BEFORE = re.compile(
    r"\b(?:was|were|from|weighed|used to)\b[^.;!?\n]{0,80}\b(?:kg|kilos?|lbs?|pounds?|stone|cm)\b|"
    r"\b(?:kg|kilos?|lbs?|pounds?|stone|cm)\b[^.;!?\n]{0,40}\b(?:now|down to|currently|these days)\b"
)
_BODY_UNITS: dict[str, tuple[str, ...]] = {
    "weight_kg": ("kg", "lb", "st"), "target_weight_kg": ("kg", "lb", "st"), "height_cm": ("cm", "m", "ft", "in"),
}  # fmt: skip
_LEAST_INCHES = 48  # a height said in inches is no less; in centimetres far more
_YOUNGEST_GUESSED = 13  # years; below, a wrong guess would close the account (science.md S-120)


def births(heard: Heard, moment: Moment) -> Iterator[Found]:
    """The age or the birthday, where the words tell them."""
    text = heard.asserted
    if not any(character.isdigit() for character in text) and "in my" not in text:
        return
    found = list(_birthdays(heard, moment)) or list(_ages(heard, moment)) or list(_bare_ages(heard, moment))
    yield from found
    if not found and (match := _DECADE.search(text)):
        yield refused(heard, "age", match.span(), "ambiguous")


def birthday(text: str, moment: Moment) -> tuple[date | int | None, tuple[int, int]] | None:
    """The first date in a canonical text as a birthday: a date, a bare year, or None for an impossible date."""
    match = _DATE.search(text)
    if match is None:
        return None
    if match["y5"]:
        return int(match["y5"]), match.span()
    try:
        return _date(match, moment), match.span()
    except ValueError:
        return None, match.span()


def _date(match: re.Match[str], moment: Moment) -> date:
    if match["y1"]:
        return date(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    for n in "23":
        if match[f"d{n}"]:
            named = _MONTHS.split("|").index(match[f"m{n}"]) + 1
            return date(_century(match[f"y{n}"], moment), named, int(match[f"d{n}"]))
    one, two = int(match["a4"]), int(match["b4"])
    month_first = two > 12 or (one <= 12 and moment.profile.units == "imperial")
    month, day = (one, two) if month_first else (two, one)
    return date(_century(match["y4"], moment), month, day)


def _century(digits: str, moment: Moment) -> int:
    year = int(digits.strip("'"))
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= moment.now.year else 1900 + year


def _birthdays(heard: Heard, moment: Moment) -> Iterator[Found]:
    text = heard.asserted
    for cue in _BORN.finditer(text):
        match = _DATE.match(text, cue.end()) or _DATE.search(text, cue.end(), cue.end() + 45)
        if match is None or re.search(r"[\d\n.,]|\bago\b|.{22}", text[cue.end() : match.start()]):
            continue
        said = birthday(match[0], moment)
        if said is not None:
            yield from born(heard, moment, said[0], (cue.start(), match.end()))
        return


def born(heard: Heard, moment: Moment, when: date | int | None, span: tuple[int, int]) -> Iterator[Found]:
    """The fact of a birthday, or of the age a birth year means."""
    today = moment.now.date()
    if when is None:
        yield refused(heard, "birth_date", span, "unknown_word")
    elif isinstance(when, int):
        years = today.year - when
        # Either age is possible; at the edges of S-120 the younger one counts.
        age = years - 1 if years in (13, 16, 18) else years
        yield (
            measured(heard, "age", age, span, confidence=0.8)
            if years >= 0
            else refused(heard, "age", span, "in_the_future")
        )
    elif when > today:
        yield refused(heard, "birth_date", span, "in_the_future")
    elif today.year - when.year > LIMITS["age"][1]:
        yield refused(heard, "birth_date", span)
    else:
        yield fact(heard, "birth_date", when, span)


def _ages(heard: Heard, moment: Moment) -> Iterator[Found]:
    text = heard.asserted
    for pattern in (_OLD, _AGE):
        for match in pattern.finditer(text):
            before = heard.before(match.start())
            if not _NOT_OWN.search(before) and not _AT_AGE.search(before) and not heard.scope.is_denied(match.start()):
                yield measured(heard, "age", int(match["n"]), match.span())
                return
    if _answers_another_question(text, moment):
        return
    if turned := _TURNED.search(text):
        yield measured(heard, "age", int(turned["n"]), turned.span())
    elif turning := _TURNING.search(text):  # the birthday is still to come: the age now is one less
        yield measured(heard, "age", int(turning["n"]) - 1, turning.span(), confidence=0.8)
    elif (said := _I_AM.search(text)) and _is_age(text, heard.text[: said.start()], said):
        yield measured(heard, "age", int(said["n"]), said.span())


def _answers_another_question(text: str, moment: Moment) -> bool:
    """ "I'm 82" where the weight was asked for; with a weight beside it ("82 kg and I'm 34") it is the age again."""
    asked = moment.expecting
    if asked == "age" or asked not in (*LIMITS, "sleep", "height", "weight"):
        return False
    said = {each.unit for each in quantities(text)}
    if (
        asked == "height_cm"
        and (age := _I_AM.search(text))
        and int(age["n"]) < _LEAST_INCHES
        and said & {"kg", "lb", "st"}
    ):
        return False  # 35 beside a weight is no height in any unit
    return said.isdisjoint(_BODY_UNITS.get(asked, ()))


def _is_age(text: str, text_before: str, match: re.Match[str]) -> bool:
    age = int(match["n"])
    if _WEIGHED_BEFORE.search(text_before):
        return False  # "I was 90 kg, now I'm 82"
    if age > LIMITS["age"][1]:
        return False  # "I'm 180" is a height or a weight without its unit
    return age >= _YOUNGEST_GUESSED or bool(re.match(_ENDS + r"|\s*years\s*(?:$|[,.!])", text[match.end() :]))


def _bare_ages(heard: Heard, moment: Moment) -> Iterator[Found]:
    """ "34, 82 kg, 1.80 m": a bare whole number beside a weight or height is the age; so is "34 f"."""
    text = heard.asserted
    starts = (*heard.scope.clause_starts, len(text))
    body = {q.dimension for q in quantities(text) if q.unit in ("kg", "lb", "st", "cm", "ft", "m")}
    for start, end in pairwise(starts):
        part = text[start:end]
        match = _ALONE.fullmatch(part) or _SLASHED.match(part) or _ALONE_SEX_FIRST.fullmatch(part)
        introduced = start > 0 and bool(_INTRODUCED.fullmatch(text[:start]))
        if match is None and body:
            match = _BEFORE_A_WEIGHT.match(part)
        if match is None or int(match["n"]) < _YOUNGEST_GUESSED:
            continue
        has_sex = bool(re.search(r"[a-z]", match[0]))
        if body or introduced or (has_sex and moment.expecting in (None, "age", "sex")):
            at = start + match.start("n")
            yield fact(heard, "age", int(match["n"]), (at, at + 2))
            return
