"""Settings said in words: pause, resume, quiet hours, units, language, time zone, and what may happen to one's data."""

import re
from collections.abc import Sequence
from datetime import time
from typing import TYPE_CHECKING, Final

from agents.schemas import Intent, IntentName, Moment, Payload, QuietHours, Target
from agents.understanding import activities, language, patterns, places
from agents.understanding.clauses import Clause
from agents.understanding.targets import day_in

if TYPE_CHECKING:
    from agents.understanding.clock_times import ClockTime

QUIET_FROM: Final = time(21, 30)  # data-model.md, user_settings.quiet_start: the end a person leaves out
NOON: Final = 12  # hour
EARLIEST_EVENING: Final = 6  # hour; "quiet from 9" means 21:00, "from 5" may not
QUIET_UNTIL: Final = time(8, 0)  # data-model.md, user_settings.quiet_end

_SOME_TIME: Final = (
    r"(?:(?:about|around|like|half|quarter|past|to|at) )*(?:\d{1,2}(?:[:.h]\d{2})?(?! ?(?:days?|weeks?|months?|hours?|"
    r"hrs?|min\w*)\b)(?: ?(?:[ap]\.?m\.?|o'?clock|h)\b)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\b(?! (?:days?|weeks?|months?|hours?|min\w*)\b)|noon|midnight)"
)
_MESSAGES: Final = r"(?:messages?|notifications?|texts?|pings?|reminders?|messaging|texting)"
_QUIET: Final = re.compile(
    r"\bquiet (?:hours|time)\b|\bdo not disturb\b|"
    rf"\b(?:no|stop|nothing|mute|don't send(?: me)?(?: any)?)(?: (?:more|all|any))? ?{_MESSAGES}?(?: me)? "
    r"(?:after|before|between|from|past)\b|"
    r"\b(?:don't|do not|never) (?:message|text|write|ping|contact|disturb|notify|bother|send)(?: \w+){0,4} "
    r"(?:after|before|between|from|past)\b|"
    rf"\b(?:don't|do not) want(?: any| your)? {_MESSAGES}(?: \w+){{0,2}} (?:after|before|between|past)\b|"
    r"\b(?:only|just) (?:message|text|write to|ping|contact|notify|disturb) me "
    r"(?:after|before|between|from|until|till)\b"
)
_ONLY: Final = re.compile(r"\b(?:only|just) (?:message|text|write to|ping|contact|notify|disturb) me\b")
_HUSH: Final = re.compile(
    r"(?:(?:be|keep|stay|go|make it|set|leave it) )?(?:quiet|silent|silence|shush|hush|mute|dnd|shut up|pipe down|"
    r"leave me (?:alone|be|in peace)|(?:no|stop) (?:nudg|bugg|bother|buzz|beep|pester)\w*)"
    r"(?: (?:me|it|please|hours|time|mode|at night|everything|every (?:day|night)|to|is|on))*:? "
    rf"(?:(?:after|between|from|before|past) {_SOME_TIME}|{_SOME_TIME} ?(?:-|–|to|till|until|and) ?{_SOME_TIME})"
)  # an order to be quiet that names a time of day; without one it is a pause
_AFTER: Final = re.compile(r"\b(?:after|past|from)\b")
_BEFORE: Final = re.compile(r"\b(?:before|until|till)\b")
_IMPERIAL: Final = re.compile(r"\b(?:imperial|us|american|lbs?|pounds?|stones?|feet|inches|ounces|oz|miles)\b")
_METRIC: Final = re.compile(
    r"\b(?:metric|kgs?|kilos?|kilograms?|cm|centimet(?:er|re)s?|si|grams|lit(?:er|re)s|km|kilomet(?:er|re)s?)\b"
)
_OTHER_UNITS: Final = re.compile(
    r"\b(?:instead of|rather than|and not|not|over|than|from|don't (?:understand|get|know|use|like|think in)|"
    r"can't (?:use|read|think in))(?: the)? \w+|"
    r"\b(?:change|switch|convert|set|swap)(?: my| the)? \w+ (?=to |into |for )"
)
_NO_UNITS: Final = re.compile(r"\d|\b(?:lose|gain|drop|shed|put on)\b")  # an amount, or a wish about one's weight
_CUISINES: Final = ("cuisine", "cuisines")
_ABOUT_ZONES: Final = re.compile(r"\btime ?-?zone\b|\bclock\b|\btimes?\b")
_STATEMENTS: Final = ("pause", "resume", "timezone")  # as a question they order nothing


def switch(clause: Clause, moment: Moment) -> Intent | None:
    """A setting this clause orders, with its payload; None when it orders none."""
    said, quote = clause.order, clause.text.strip()
    if _QUIET.search(said) or _HUSH.match(said):
        return Intent("quiet_hours", payload=quiet_window(said, moment), quote=quote)
    candidates = (found for words in dict.fromkeys((said, clause.plain)) for found in patterns.each("switches", words))
    for name, caught in candidates:
        if clause.asks and name in _STATEMENTS and said == clause.plain:
            continue
        if name == "resume" and activities.noun_in(said):
            continue  # "I'm back from my run" tells what was done
        if name == "language" and moment.expecting in _CUISINES:
            continue  # "Italian please" is a kitchen there
        if name == "timezone" and not _is_somewhere(clause, caught):
            continue
        payload = _payload(name, clause, moment, caught)
        if payload is not None or not {"unit", "name"} & set(caught):
            return Intent(name, payload=payload, quote=quote)
    return None


def _payload(name: IntentName, clause: Clause, moment: Moment, caught: dict[str, str]) -> Payload:
    if "unit" in caught:
        return None if _NO_UNITS.search(caught["unit"]) else unit_system(caught["unit"])
    if "name" in caught:
        return language.code(caught["name"])
    if "zone" in caught:
        return _as_typed(caught["zone"], clause)
    if name == "units":
        return units_wanted(clause.order)
    if name == "language":
        return language.code(clause.order)
    return pause_until(clause.order, moment) if name == "pause" else None


def _is_somewhere(clause: Clause, caught: dict[str, str]) -> bool:
    """ "I'm in Lisbon now", not "I'm in pain now"; an unknown town is believed where it is written like a name."""
    where = caught.get("zone")
    if where is None or _ABOUT_ZONES.search(clause.plain):
        return True
    return _as_typed(where, clause)[:1].isupper() or places.is_place(where)


def _as_typed(words: str, clause: Clause) -> str:
    """A place with the capitals it was typed with."""
    at = clause.text.lower().find(words)
    return clause.text[at : at + len(words)] if at >= 0 else words


def quiet_window(words: str, moment: Moment) -> QuietHours | None:
    """ "22:00-7:00", "after 9pm", "between 10 and 7", "before 8": a missing end is the default; None if unclear.

    Quiet hours are nights unless the words say otherwise: a doubtful end is the morning's, a doubtful start before it
    the evening's.
    """
    from agents.understanding.times import clock_times

    found = clock_times(words)
    if not found:
        return None
    if len(found) == 1 and _BEFORE.search(words) and not _AFTER.search(words):
        return QuietHours(QUIET_FROM, found[0].time)
    if _ONLY.search(words):
        return _outside(found, words)
    start = found[0]
    end = _as_morning(found[1].time, found[1].quote) if len(found) > 1 else moment.profile.wake_time or QUIET_UNTIL
    evening = start.is_ambiguous and EARLIEST_EVENING <= start.time.hour < NOON and end.hour < NOON
    return QuietHours(start.time.replace(hour=start.time.hour + NOON) if evening else start.time, end)


def _outside(allowed: "Sequence[ClockTime]", words: str) -> QuietHours:
    """The quiet around the hours that are allowed: "only message me between 8 and 9pm"."""
    first, last = allowed[0].time, allowed[-1].time
    if len(allowed) > 1:
        if last.hour < NOON and last <= first:
            last = last.replace(hour=last.hour + NOON)
        return QuietHours(last, first)
    return QuietHours(first, QUIET_UNTIL) if _BEFORE.search(words) else QuietHours(QUIET_FROM, first)


def _as_morning(end: time, quote: str) -> time:
    """The morning's time where only an hour up to 11 was written."""
    hour = re.match(r"\d{1,2}", quote)
    if hour is None:  # "half six", "seven"
        unmarked = not re.search(r"pm|p\.m|evening|night|noon|afternoon", quote.lower())
    else:
        unmarked = int(hour[0]) < NOON and "p" not in quote.lower()
    return end.replace(hour=end.hour % NOON) if unmarked else end


def unit_system(words: str) -> str | None:
    """ "metric" or "imperial" for the units named; None for none or for both."""
    imperial, metric = bool(_IMPERIAL.search(words)), bool(_METRIC.search(words))
    if imperial == metric:
        return None
    return "imperial" if imperial else "metric"


def units_wanted(words: str) -> str | None:
    """The system asked for where the other one is named as well: "pounds instead of kilos", "change kg to lbs"."""
    return unit_system(words) or unit_system(_OTHER_UNITS.sub(" ", words))


def pause_until(words: str, moment: Moment) -> Target:
    """For how long: minutes ("for a week"), the last day ("until Monday"), or until called back (everything)."""
    from agents.understanding.durations import find_durations

    if found := find_durations(words):
        return Target(minutes=round(found[0].minutes))
    until = day_in(words, moment) if _BEFORE.search(words) else None
    return Target(on=until) if until else Target(everything=True)
