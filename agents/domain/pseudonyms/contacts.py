"""What leads to somebody without being a name: addresses of every kind, telephone numbers, papers, dates of birth.

A date without a year stays ("on 12 June" is when, not who), unless words of birth stand beside it.
"""

import re
from typing import Final

PLACE, CONTACT, NUMBER, DATE, LINK = "[place]", "[contact]", "[number]", "[date]", "[link]"
# Beginnings of the names of months in the languages of the menu.
_MONTH: Final = (
    r"(?:jan|ene|gen|янв|oca|feb|fév|fev|фев|şub|mar|mär|mrz|мар|apr|abr|avr|апр|nis|may|mai|mag|mei|jun|juin|giu|июн|haz|"
    r"jul|juil|lug|июл|tem|aug|ago|agu|août|aout|авг|ağu|sep|set|сен|eyl|oct|okt|ott|out|окт|eki|nov|ноя|kas|"
    r"dec|dez|dic|déc|des|дек|ara)[^\W\d_]*\.?"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?"
_YEAR: Final = r"(?:19|20)\d\d"
_DAY_AND_MONTH: Final = rf"(?:{_DAY}\s*(?:of |de |d')?{_MONTH}|{_MONTH}\s*(?:the )?{_DAY}|\d{{1,2}}[./-]\d{{1,2}}\.?)"
_BIRTH: Final = (
    r"(?:birthday|b-?day|birth|born|d\.?o\.?b|geburt\w*|gebor\w*|cumplea\w+|naci\w*|anniversaire|née?|naissance|"
    r"compleanno|nat[oa]|nascit\w*|nascid\w*|nasci\w*|anivers\w+|роди\w*|рожд\w*|doğum\w*|lahir)"
)
_DATES: Final = (
    re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"),
    re.compile(r"(?<![\d.])(?<!\d[-/])\d{1,2}(?:[-/]|\. ?)\d{1,2}(?:[-/]|\. ?)(?:\d{4}|\d\d)(?![-/]?\d)"),
    re.compile(rf"\b{_DAY}\s*(?:of |de |d')?[^\W\d_]{{3,12}}\.?,?\s*(?:of |de |del )?{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s*(?:of )?{_MONTH},?\s*'\d\d\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s*(?:the )?{_DAY},?\s*(?:'\d\d|{_YEAR})\b", re.IGNORECASE),
)
_AFTER_BIRTH: Final = re.compile(
    rf"(?P<cue>\b{_BIRTH}\b[^.!?\n\d]{{0,40}}?)(?:{_DAY_AND_MONTH}(?:,?\s*{_YEAR})?|{_YEAR}\b|'\d\d\b)", re.IGNORECASE
)
_BEFORE_BIRTH: Final = re.compile(
    rf"\b{_DAY_AND_MONTH}(?=\s*(?:,|is|ist|es|est|è|é)?\s*(?:my|mein|mi|mon|il mio|meu)?\s*{_BIRTH}\b)", re.IGNORECASE
)
_PART: Final = r"[^\W\d_][\w'’.-]{0,30}"  # of a street's name; every repetition is bounded, so time is linear
_STREET: Final = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|way|court|place|square|boulevard|blvd|terrace|close|crescent|"
    r"gardens|mews)"
)
_ADDRESS: Final = re.compile(
    rf"\b\d{{1,5}}[a-z]?,?\s+(?:{_PART}\s+){{1,4}}{_STREET}\b\.?|"
    r"(?<![\w-])[^\W\d_][\w-]{0,30}(?:straße|strasse|str\.|gasse|allee|weg|platz|damm|ufer)\s+\d{1,4}\s?[a-z]?\b|"
    r"\b(?:\d{1,4},?\s+)?(?:rue|calle|avenida|viale|via|piazza|rua|plaza|paseo|carrer|boulevard)\s+"
    rf"(?:{_PART},?\s+){{1,5}}(?:n[º°o]?\.?\s*)?\d{{1,4}}\b|"
    rf"\b\d{{1,4}},?\s+(?:rue|avenue|boulevard)(?:\s+{_PART}){{1,4}}|"
    r"\b(?:flat|apartment|apt|suite|p\.?o\.? box)\s+#?\d+[a-z]?\b",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_ENDINGS: Final = (
    r"com|org|net|io|de|fr|es|it|uk|co|me|app|dev|info|eu|ru|pt|br|in|ai|ch|at|nl|us|ca|au|gov|edu|link|xyz|site"
)
_LINK: Final = re.compile(
    rf"\b(?:https?|tg|ftp)://\S+|\bwww\.\S+|"
    rf"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,8}}(?:{_ENDINGS})(?:/\S*|(?![\w@.-]))",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(
    r"[\w.+%-]{1,64}\s?(?:[@＠]|\(at\)|\[at\])\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]{1,63})+|"
    r"(?<![\w.+%-])[\w.+%-]{1,64} at [\w-]{1,63} dot [\w-]{1,63}(?: dot [\w-]{1,63})*",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<!\w)[@＠][\w.]{2,}")
_A_DATE: Final = r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d\d){1,2}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?![-./]?\d)"
_PHONE: Final = re.compile(
    rf"(?<![\w.,])(?!{_A_DATE})"
    r"(?:[+＋]\s?\(?\d(?:[\s().\-/]{0,2}\d){5,}|\(?0\d{1,5}\)?(?:[\s().\-/]{0,2}\d){4,}|"
    r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}|\d{2,}(?:[-/]\d{2,}){2,}|(?:\d{4}[\s-]){2,4}\d{2,4})(?!\d)"
)
_BANK: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_MIXED: Final = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[^\W\d_])[\w-]{10,}(?![\w-])")
_COUNTED: Final = r"(?:steps?|schritte|pasos|pas|passi|passos|kcal|calories|cals?|kj|ml|mg|m|metres|meters)"
_LONG: Final = re.compile(rf"(?<!\w)\d{{5,6}}(?=\s?{_COUNTED}\b)|(?<!\w)\w*\d{{5,}}\w*|(?<![\d.])-?\d{{1,3}}\.\d{{4,}}")
_FIGURE: Final = re.compile(r"\d")
_REACHED: Final = ((_LINK, LINK), (_MAIL, CONTACT), (_HANDLE, CONTACT))
_OF_LATE: Final = re.compile(r"20[2-9]\d")
_SIMPLE: Final = (
    (_ADDRESS, PLACE), (_POSTCODE, PLACE), (_BANK, NUMBER), (_PHONE, NUMBER), (_MIXED, NUMBER),
)  # fmt: skip


def without_contacts(text: str, *, keeps_dates: bool = False) -> str:
    """The text with a mark for each of these; small numbers, amounts and counts of steps stay.

    `keeps_dates`: so do full dates of these years, because a wish may rest on one; nobody who writes is that young.
    """
    has_figures = _FIGURE.search(text) is not None  # without one, most of these cannot be found: talk is quickly done
    if has_figures:
        text = _AFTER_BIRTH.sub(rf"\g<cue>{DATE}", text)
        text = _BEFORE_BIRTH.sub(DATE, text)
    for pattern, mark in _REACHED:
        text = pattern.sub(mark, text)
    return _without_numbers(text, keeps_dates=keeps_dates) if has_figures else text


def _without_numbers(text: str, *, keeps_dates: bool) -> str:
    for pattern in _DATES:
        text = pattern.sub(lambda found: found[0] if keeps_dates and _OF_LATE.search(found[0]) else DATE, text)
    for pattern, mark in _SIMPLE:
        text = pattern.sub(mark, text)
    return _LONG.sub(lambda found: found[0] if _is_count(found) else NUMBER, text)


def _is_count(found: re.Match[str]) -> bool:
    """Whether a long number counts something: "12345 steps"."""
    return re.match(rf"\s?{_COUNTED}\b", found.string[found.end() :]) is not None and found[0].isdigit()
