"""Times the own grammar cannot read, handed to dateparser (libraries.md L-70..L-72).

Only a short text with a word that other languages use for time is tried, and an answer is believed only when it
accounts for the numbers in the text: dateparser drops an hour it does not understand instead of refusing.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

_LONGEST = 80  # characters; a longer text is a message, not a time
_WORDS: Mapping[str, str] = {
    "ru": "через сегодня завтра послезавтра вчера понедельник вторник среду четверг пятницу субботу воскресенье назад",
    "fr": "dans demain aujourd'hui hier après-demain lundi mardi mercredi jeudi vendredi samedi dimanche heures jours",
    "es": "mañana hoy ayer lunes martes miércoles jueves viernes sábado domingo dentro días horas",
    "de": "morgen heute übermorgen gestern montag dienstag mittwoch donnerstag freitag samstag sonntag stunden tagen",
    "pt": "amanhã hoje ontem segunda-feira terça-feira quarta-feira quinta-feira sexta-feira dias horas",
    "it": "domani oggi ieri lunedì martedì mercoledì giovedì venerdì sabato domenica giorni",
    "uk": "завтра сьогодні вчора понеділок вівторок середу п'ятницю неділю годин",
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d)|\s?h\b)")
_DATE = re.compile(r"\d[./-]\d|\b\d{1,2}\.? [^\W\d_]{3,}.*\b\d{4}\b")
_NUMBER = re.compile(r"\d+")


def is_foreign(text: str) -> bool:
    """Whether a tidied short text has words that other languages use for time: then English rules would mislead."""
    return bool(_languages(text, "en"))


def foreign_moment(
    text: str, *, today: date, at: time = time(0), locale: str = "en", prefer_past: bool = False
) -> datetime | None:
    """The local wall time (naive) a tidied text names in another language; None if it names none for certain.

    `today` and `at` are the person's local now. A time of day that is not said is `at`.
    """
    languages = _languages(text, locale)
    if not languages:
        return None
    import dateparser

    base = datetime.combine(today, at)
    settings = {
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "past" if prefer_past else "future",
        "DATE_ORDER": "MDY" if locale.upper().endswith("US") else "DMY",
    }
    found = dateparser.parse(text, languages=list(languages), settings=settings)
    return found.replace(tzinfo=None) if found is not None and _accounts_for_numbers(text, found, base) else None


def _languages(text: str, locale: str) -> tuple[str, ...]:
    """The languages whose time words occur, the person's own first; none for long or English texts."""
    if len(text) > _LONGEST:
        return ()
    hints = [language for word in _TOKEN.findall(text.lower()) for language in _LANGUAGES.get(word, ())]
    own = locale[:2].lower()
    return tuple(sorted(dict.fromkeys(hints), key=lambda language: (language != own, -hints.count(language))))


def _accounts_for_numbers(text: str, found: datetime, base: datetime) -> bool:
    """Whether every number is a part of the answer: its clock time, its date, or its distance from now."""
    gap = abs(found - base)
    seconds = round(gap.total_seconds())
    told = {seconds // 60, seconds // 3600, gap.days, gap.days // 7} | {gap.days // days for days in (28, 30, 31)}
    if _CLOCK.search(text) or found.time() != base.time():
        told |= {found.hour, found.minute}
    if _DATE.search(text):
        told |= {found.day, found.month, found.year, found.year % 100}
    return all(int(number) in told for number in _NUMBER.findall(text) if len(number) <= 4)
