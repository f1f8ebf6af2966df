"""Body data: sex, name, height and weight, in whatever units people use."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from agents.schemas import Moment, ProfileField
from agents.understanding.findings import LIMITS, Found, fact, measured, refused
from agents.understanding.goals import Role, role, weight_found
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import word_set
from agents.understanding.numbers import NUMBER, value
from agents.understanding.quantities import GRAMS_PER_POUND, METRES_PER_FOOT, METRES_PER_INCH, Quantity, quantities

# Words that may stand between the start of a clause and a body measure: "I'm a woman, about 5'6\" and 82 kg".
_TOKEN = re.compile(r"[^\W_]+")
_NOT_A_BODY = re.compile(
    r"\s*(?:dumb ?bells?|kettle ?bells?|barbells?|plates?|weights?\b|bench|squat|deadlift|press|of\b|for\b|x\b|"
    r"heavier|lighter|less|more\b|"
    r"mat\b|box\b|bands?\b|each\b|chicken|away|long|wide|per\b|(?:a|every|/)\s*(?:day|week|month|set|rep)|to lose|"
    r"to go|overweight|underweight|"
    r"too (?:much|heavy)|from)"
)
_OTHER_MEASURE = re.compile(
    r"\b(?:waist|hips?|neck|chest|arms?|biceps?|thighs?|bust|wrist|inseam|jump|mat|box|lift|bench|squat|deadlift|"
    r"dumbbells?|"
    r"kettlebells?|max|pr|pb|1rm|press)\b"
)
_TALL = re.compile(r"\b(?:height|tall)\b")
_HEIGHT_WORDS = re.compile(
    rf"\b(?:height\b(?:\s+(?:is|now|about|around|of|at|to|=))*\s*[:=]?\s*(?P<a>-?(?:{NUMBER}))|(?P<b>(?:{NUMBER}))"
    r"\s*tall)"
    r"(?![\d.,]*\d)(?!\s*(?:cm|m\b|met|ft|foot|feet|'|\"|in\b|inch))"
)
_WEIGHT_WORDS = re.compile(
    r"\b(?P<cue>weigh(?:ing|ed)?|(?:body ?)?weight)\b(?:\s+(?:is|now|in|currently|about|around|approx|roughly|"
    r"only|just|at|to|of|myself|today))*"
    rf"\s*[:=]?\s*(?P<a>-?(?:{NUMBER}))(?![\d.,]*\d)(?!\s*(?:kg|kilo|lb|pound|st\b|stone|%|am\b|pm\b|g\b|days?|"
    r"weeks?|times?|x|:|/))"
)
_LONG_AGO = re.compile(
    r"\b(?:last (?:year|month|summer|winter)|years? ago|months? ago|weeks? ago|back then|in (?:19|20)\d\d)\b"
)
_FEMALE = r"woman|women|female|girl|lady|lass|gal|mum|mom|mother"
_MALE = r"man|men|male|guy|boy|lad|chap|fella|dude|bloke|gentleman|dad|father"
_SEX = re.compile(
    rf"\b(?:i am|am|as|sex|gender|sex is|gender is|\d{{2}}\s*-?\s*(?:yo|years?\s*-?\s*old|y/o|y\.o\.?)?)\s*[:=,]?\s*"
    rf"(?:(?:an?|the|just|\d{{2,3}}\s?(?:kg|lbs?|cm)|\d{{1,2}}|years?|old|yo|year|-|busy|working|single|married|"
    r"biological(?:ly)?|young|"
    rf"middle aged|tall|short|fit|healthy|new|older|cis)\s+){{0,5}}"
    rf"(?:(?P<f>{_FEMALE})|(?P<m>{_MALE}))\b(?!\s+(?:of|with a plan))"
)
_SEX_NAMED = re.compile(r"\b(?:sex|gender)\s*(?:is|:|=)?\s*(?:(?P<f>f)|(?P<m>m))\b")
_SEX_ALONE = re.compile(rf"\W*(?:(?P<f>{_FEMALE}|f)|(?P<m>{_MALE}|m))\W*")
_SEX_LETTER = re.compile(
    r"(?<![\w.,:])\d{2}\s?/?\s?(?P<s>[mf])\b(?!\d)|\b(?P<t>[mf])\s?/?\s?\d{2}\b(?!\s*(?:kg|cm|lb))"
)
_SEX_LEADING = re.compile(
    rf"\W*(?:(?P<f>{_FEMALE}|f)|(?P<m>{_MALE}|m))\W+\d{{2}}\b|\W*\d{{2}}\s*(?:(?P<f2>{_FEMALE}|f)|(?P<m2>{_MALE}|"
    rf"m))\W+\d{{2}}"
)
_SEX_OPEN = re.compile(
    r"\b(?:non ?-?binary|nonbinary|genderfluid|agender|intersex|trans(?:gender)?(?: (?:man|woman))?)\b"
)
_NAME = re.compile(
    r"\b(?:my name is|my name's|call me|i am called|name:)\s+(?P<n>[^\W\d_][\w'-]*(?:\s(?!and\b|i\b|but\b)"
    r"[^\W\d_][\w'-]+)?)(?=\s*(?:$|[,.!;\n]|and\b|i\b|but\b))"
)
_NOT_A_NAME = frozenset(
    [
        "a",
        "the",
        "when",
        "if",
        "at",
        "on",
        "in",
        "later",
        "tomorrow",
        "today",
        "back",
        "crazy",
        "not",
        "what",
        "whatever",
        "now",
        "please",
    ]
)
_MOST_AMOUNTS = 40  # a message with more is a table, not a person
_AMBIGUOUS_KG = 40.0  # a bare number read as pounds below this weight may as well be kilograms


def body(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Sex, name, height and weight said in this message."""
    yield from _sex(heard, moment)
    if match := _NAME.search(heard.asserted):
        first = match["n"].split()[0]
        if first not in _NOT_A_NAME:
            name = heard.quote(*match.span("n"))
            yield fact(heard, "name", name, match.span())
    if not any(character.isdigit() for character in heard.asserted):
        return
    amounts = quantities(heard.asserted)
    yield from _measures(heard, amounts[:_MOST_AMOUNTS])
    taken = [(q.start, q.end) for q in amounts]
    said = {q.unit for q in amounts}
    if said & {"ft", "st", "lb"} and not said & {"kg", "cm", "m"}:  # who speaks in feet means pounds
        moment = replace(moment, profile=replace(moment.profile, units="imperial"))
    yield from _worded(heard, moment, taken)


def _measures(heard: Heard, amounts: tuple[Quantity, ...]) -> Iterator[Found]:
    for each in amounts:
        odd = heard.scope.is_denied(each.start) or _NOT_A_BODY.match(heard.asserted[each.end : each.end + 40])
        if odd and not _loses(heard, each):
            continue
        if each.unit in ("kg", "lb", "st"):
            yield from _mass(heard, each)
        elif each.unit in ("cm", "m", "ft", "in", "mm"):
            yield from _height(heard, each)


def _loses(heard: Heard, each: Quantity) -> bool:
    """ "want to lose 10 kg for the wedding": the words that follow do not matter to a wish."""
    return role(heard, each.start, each.end) in ("loss", "gain", "target")


def _mass(heard: Heard, each: Quantity) -> Iterator[Found]:
    what: Role | None = role(heard, each.start, each.end)
    span = _signed(heard, each)
    kilograms = each.amount / 1000 * (-1 if span[0] < each.start else 1)
    if what is None:
        before = heard.before(each.start)
        if heard.scope.is_logged(each.start) or not _may_be_own(before) or _OTHER_MEASURE.search(before):
            return
        what = "current"
    if what == "current" and _LONG_AGO.search(heard.asserted[slice(*heard.clause(each.start))]):
        return
    yield weight_found(heard, what, kilograms, span, confidence=0.8 if each.is_range else 1.0)


def _signed(heard: Heard, each: Quantity) -> tuple[int, int]:
    """The span with a leading minus sign, unless that is a dash between words."""
    sign = re.search(r"(?:^|[\s:=,(])-\s?$", heard.asserted[max(0, each.start - 3) : each.start])
    glued = sign is not None and heard.asserted[each.start - 1] == "-"
    return (each.start - 1 if glued else each.start, each.end)


def _may_be_own(before: str) -> bool:
    """Whether nothing but filler and other measures stands before this one in its clause."""
    return all(token in word_set("beside_measures") or token[0].isdigit() for token in _TOKEN.findall(before))


def _height(heard: Heard, each: Quantity) -> Iterator[Found]:
    clause = heard.asserted[slice(*heard.clause(each.start))]
    before = heard.before(each.start)
    named = bool(_TALL.search(clause))
    beside = f"{before[-18:]} {heard.asserted[each.end : each.end + 9]}"
    if _OTHER_MEASURE.search(beside) or heard.scope.is_logged(each.start):
        return
    if not named and not _may_be_own(before):
        return
    low, high = LIMITS["height_cm"]
    centimetres = each.amount * 100
    span = _signed(heard, each)
    if span[0] < each.start:
        centimetres = -centimetres
    if each.unit in ("m", "in", "mm") and not named and not low <= centimetres <= high:
        return  # "10 m", "3 in": a distance, not a height
    yield measured(heard, "height_cm", round(centimetres, 1), span)


def _worded(heard: Heard, moment: Moment, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Numbers without a unit that a word makes a height or a weight: "weigh 82", "1.80 tall"."""
    for match in _HEIGHT_WORDS.finditer(heard.asserted):
        if not _overlaps(match.span(), taken):
            digits = match["a"] or match["b"]
            yield bare_height(heard, moment, _number(digits), match.span())
    for match in _WEIGHT_WORDS.finditer(heard.asserted):
        clause = heard.asserted[slice(*heard.clause(match.start()))]
        if _overlaps(match.span("a"), taken) or heard.scope.is_denied(match.start()) or _LONG_AGO.search(clause):
            continue
        what = role(heard, match.start("a"), match.end()) or "current"
        yield bare_weight(heard, moment, _number(match["a"]), match.span(), what)


def _number(digits: str) -> float:
    return -value(digits[1:]) if digits.startswith("-") else value(digits)


def _overlaps(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def bare_height(heard: Heard, moment: Moment, number: float, span: tuple[int, int]) -> Found:
    """A height without a unit: metres below 2.72, centimetres from 100 on, inches for people who think in them."""
    imperial = moment.profile.units == "imperial"
    if 0.5 <= number <= 2.72:
        return measured(heard, "height_cm", round(number * 100, 1), span)
    if imperial and 48 <= number <= 84:
        return measured(heard, "height_cm", round(number * METRES_PER_INCH * 100, 1), span)
    if 3 <= number < 9 or 50 <= number < 100:  # "5.11" may be 5 ft 11 or 5.11 ft; "62" inches or a small child's cm
        return refused(heard, "height_cm", span, "ambiguous")
    return measured(heard, "height_cm", round(number, 1), span)


def feet_and_inches(feet: int, inches: float) -> float:
    """Centimetres."""
    return round((feet * METRES_PER_FOOT + inches * METRES_PER_INCH) * 100, 1)


def bare_weight(heard: Heard, moment: Moment, number: float, span: tuple[int, int], what: Role = "current") -> Found:
    """A weight without a unit, in the unit the person uses."""
    if moment.profile.units != "imperial":
        return weight_found(heard, what, number, span)
    kilograms = number * GRAMS_PER_POUND / 1000
    field: ProfileField = "target_weight_kg" if what == "target" else "weight_kg"
    if what in ("current", "target") and LIMITS["weight_kg"][0] <= kilograms < _AMBIGUOUS_KG:
        return refused(heard, field, span, "ambiguous")
    return weight_found(heard, what, kilograms, span)


def _sex(heard: Heard, moment: Moment) -> Iterator[Found]:
    text = heard.asserted
    if match := _SEX_OPEN.search(text):
        yield fact(heard, "sex", "unspecified", match.span())
        return
    if (match := _SEX.search(text)) and not heard.scope.is_denied(match.start("f" if match["f"] else "m")):
        at = match.span("f") if match["f"] else match.span("m")
        yield fact(heard, "sex", "female" if match["f"] else "male", at)
        return
    if named := _SEX_NAMED.search(text):
        yield fact(heard, "sex", "female" if named["f"] else "male", named.span())
        return
    if match := _SEX_LETTER.search(text):
        letter = match["s"] or match["t"]
        if not (letter == "m" and match["s"] and _is_metres(heard, match)):
            yield fact(heard, "sex", "female" if letter == "f" else "male", match.span("s" if match["s"] else "t"))
            return
    has_company = (
        any(q.unit in ("kg", "lb", "st", "cm", "ft", "m") for q in quantities(text)) or moment.expecting == "sex"
    )
    starts = (*heard.scope.clause_starts, len(text))
    for start, end in pairwise(starts):
        match = _SEX_LEADING.match(text[start:end]) if has_company else None
        if match:
            group = next(name for name in ("f", "m", "f2", "m2") if match[name])
            yield fact(
                heard,
                "sex",
                "female" if group[0] == "f" else "male",
                (start + match.start(group), start + match.end(group)),
            )
            return
        match = _SEX_ALONE.fullmatch(text[start:end])
        if match and (has_company or len(match[0].strip(" ,.!")) >= 4):
            group = "f" if match["f"] else "m"
            yield fact(
                heard, "sex", "female" if match["f"] else "male", (start + match.start(group), start + match.end(group))
            )
            return


def _is_metres(heard: Heard, match: re.Match[str]) -> bool:
    """ "34 m" is a man only where it stands alone in its clause; "run 30 m" is a distance."""
    start, end = heard.clause(match.start())
    return heard.asserted[start:end].strip(" ,.!\n") != match[0].strip()
