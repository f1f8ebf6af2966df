"""Bare answers to an open question: "82", "none", "peanuts and sesame", "pretty good", "mon wed fri".

Each question code (a profile field, or the plural of a list field) has one reader. A reader that yields nothing
leaves the message to the general rules.
"""

import re
from collections.abc import Callable, Iterator

from agents.schemas import Fact, Moment, ProfileField
from agents.understanding import asked_lists, asked_numbers, baselines
from agents.understanding.asked_numbers import Asked
from agents.understanding.findings import Found, fact, refused
from agents.understanding.hearing import Heard
from agents.understanding.hours import is_impossible, time_in
from agents.understanding.lexicon import phrases

Reader = Callable[[Asked], Iterator[Found]]

_LONGEST_ANSWER = 24  # words
_LONGEST_CHOICE = 12  # words
_YES = re.compile(
    r"\W*(?:(?:yes|yep|yeah|yup|ya|y|sure|ok|okay|of course|definitely|absolutely|please|correct|true|i do|i am|"
    r"i have|i would|certainly|indeed|do|regularly|thanks|thank you|fine|why not|go ahead|sounds good)\b\W*)+"
)
_NO = re.compile(
    r"\W*(?:(?:no|nope|nah|not|n|never|i do not|do not|not really|no thanks|thanks|thank you|not now|not yet|"
    r"not regularly|not at all|really|hardly|rarely|false|i have not|have not|i am not|please)\b\W*)+"
)


def answer(heard: Heard, moment: Moment) -> list[Found]:
    """What a message says that is nothing but the answer to `moment.expecting`: a number, a time, yes or no."""
    reader = _READERS.get(moment.expecting or "") if len(heard.words) <= _LONGEST_ANSWER else None
    return list(reader[1](Asked(heard, moment, reader[0]))) if reader else []


def choice(heard: Heard, moment: Moment, found: list[Found]) -> list[Found]:
    """The entries of a bare list, or one of several choices, where the general rules `found` no answer."""
    if reader := _CHOICES.get(moment.expecting or ""):
        field, read = reader
        is_known = any(isinstance(each.item, Fact) and each.item.field == field for each in found)
        return [] if is_known else list(read(Asked(heard, moment, field)))
    if moment.expecting in _COUNTED:
        field = _READERS[moment.expecting][0]
        taken = {each.item.field for each in found}
        return [] if taken & {field, "workout_days_count"} else list(asked_numbers.alone(Asked(heard, moment, field)))
    return asked_lists.answer(heard, moment, found)


def _scale(asked: Asked) -> Iterator[Found]:
    found = baselines.bare_level(asked.heard, asked.field) if len(asked.heard.words) <= 8 else None
    if found:
        yield found


def _truth(asked: Asked) -> Iterator[Found]:
    span = (0, len(asked.heard.text))
    if _NO.fullmatch(asked.heard.text):
        yield fact(asked.heard, asked.field, value=False, span=span)
    elif _YES.fullmatch(asked.heard.text):
        yield fact(asked.heard, asked.field, value=True, span=span)


def _clock(asked: Asked) -> Iterator[Found]:
    if len(asked.heard.words) > 8 or (
        asked.field in ("morning_brief_time", "evening_checkin_time") and _NO.fullmatch(asked.heard.text)
    ):
        return
    prefer_pm = asked.field in ("bed_time", "evening_checkin_time", "workout_time")
    if asked.field == "workout_time" and re.search(r"\b(?:before work|morning|wake)\b", asked.heard.text):
        prefer_pm = False
    said = time_in(asked.heard.text, prefer_pm=prefer_pm)
    span = (0, len(asked.heard.text))
    if said is not None:
        yield fact(asked.heard, asked.field, said, span)
    elif is_impossible(asked.heard.text):
        yield refused(asked.heard, asked.field, span, "impossible_time")


def _choice(section: str, *names: str) -> Reader:
    """A reader of one of a table's codes, said alone or in a short answer; earlier sections are tried first."""

    def read(asked: Asked) -> Iterator[Found]:
        if len(asked.heard.words) > _LONGEST_CHOICE:
            return
        heard = asked.heard
        for match in (found for name in names for found in phrases(section, name).find(heard.asserted, heard.words)):
            if (
                not heard.scope.is_denied(match.start)
                or match.start == 0
                or match.phrase.split()[0] in ("none", "no", "nothing", "not", "never")
            ):
                yield fact(heard, asked.field, match.code, (match.start, match.end))
                return

    return read


def _sex(asked: Asked) -> Iterator[Found]:
    match = re.fullmatch(
        r"\W*(?:i am |an? )*(?:(?P<f>f|female|woman|girl|lady|lass|gal|w)|(?P<m>m|male|man|guy|boy|lad|bloke|"
        r"chap|fella|dude|gent)|(?P<o>other|neither|"
        r"non ?-?binary|x|(?:i would )?(?:prefer not (?:to say|say)|rather not(?: say)?)|unspecified|divers))\W*",
        asked.heard.text,
    )
    if match:
        group = "f" if match["f"] else "m" if match["m"] else "o"
        sexes = {"f": "female", "m": "male", "o": "unspecified"}
        yield fact(asked.heard, asked.field, sexes[group], match.span(group))


def _name(asked: Asked) -> Iterator[Found]:
    match = re.fullmatch(
        r"\W*(?:(?:i am|it is|my name is|call me|just)\s+)?(?P<n>[^\W\d_][\w'.-]*(?:\s[^\W\d_][\w'.-]*){0,2})\W*",
        asked.heard.text,
    )
    if match and match["n"] not in ("no", "skip", "later", "yes", "ok", "none", "why", "back", "stop", "cancel"):
        yield fact(asked.heard, asked.field, asked.heard.quote(*match.span("n")), match.span("n"))


def _units(asked: Asked) -> Iterator[Found]:
    match = re.search(
        r"\b(?:(?P<i>imperial|pounds?|lbs?|feet|stone|us)|(?P<m>metric|kilos?|kg|cm|kilograms?))\b", asked.heard.text
    )
    if match and len(asked.heard.words) <= 5:
        yield fact(asked.heard, asked.field, "imperial" if match["i"] else "metric", match.span())


_READERS: dict[str, tuple[ProfileField, Reader]] = {
    "name": ("name", _name),
    "age": ("age", asked_numbers.age),
    "birth_date": ("birth_date", asked_numbers.birth_date),
    "sex": ("sex", _sex),
    "height_cm": ("height_cm", asked_numbers.height),
    "height": ("height_cm", asked_numbers.height),
    "weight_kg": ("weight_kg", asked_numbers.weight),
    "weight": ("weight_kg", asked_numbers.weight),
    "target_weight_kg": ("target_weight_kg", asked_numbers.weight),
    "target_change_kg": ("target_change_kg", asked_numbers.change),
    "target_weeks": ("target_weeks", asked_numbers.weeks),
    "regular_exercise": ("regular_exercise", _truth),
    "pregnancy_week": ("pregnancy_week", asked_numbers.whole),
    "meals_per_day": ("meals_per_day", asked_numbers.whole),
    "max_prep_minutes": ("max_prep_minutes", asked_numbers.minutes),
    "budget_per_day": ("budget_per_day", asked_numbers.money),
    "workout_days": ("workout_days", asked_numbers.days),
    "workout_days_count": ("workout_days_count", asked_numbers.whole),
    "workout_minutes": ("workout_minutes", asked_numbers.minutes),
    "workout_time": ("workout_time", _clock),
    "water_target_ml": ("water_target_ml", asked_numbers.water),
    "water_reminders": ("water_reminders", _truth),
    "energy_level": ("energy_level", _scale),
    "stress_level": ("stress_level", _scale),
    "sleep_quality": ("sleep_quality", _scale),
    "sleep_hours": ("sleep_hours", asked_numbers.hours),
    "sleep": ("sleep_hours", asked_numbers.sleep),
    "wake_time": ("wake_time", _clock),
    "bed_time": ("bed_time", _clock),
    "morning_brief_time": ("morning_brief_time", _clock),
    "evening_checkin_time": ("evening_checkin_time", _clock),
    "units": ("units", _units),
}

_COUNTED = frozenset(
    ("age", "height_cm", "weight_kg", "target_weight_kg", "meals_per_day", "max_prep_minutes", "workout_minutes",
     "workout_days", "energy_level", "stress_level", "sleep_quality")
)  # fmt: skip

_CHOICES: dict[str, tuple[ProfileField, Reader]] = {
    "fitness_level": ("fitness_level", _choice("training", "levels", "bare_levels")),
    "primary_goal": ("primary_goal", _choice("goals", "goals", "bare")),
    "secondary_goal": ("secondary_goal", _choice("goals", "bare")),
    "work_activity": ("work_activity", _choice("lifestyle", "work", "bare_work")),
    "leisure_activity": ("leisure_activity", _choice("lifestyle", "leisure", "bare_leisure")),
    "diet_type": ("diet_type", _choice("diets", "types", "bare_types")),
    "cooking_skill": ("cooking_skill", _choice("training", "levels")),
    "location": ("location", _choice("training", "locations", "bare_locations")),
}
