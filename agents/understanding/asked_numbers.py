"""Bare numbers, amounts, dates and days as answers to the question that is open."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from agents.schemas import Fact, Moment, ProfileField
from agents.understanding import baselines, births, body, goals
from agents.understanding.findings import LIMITS, Found, fact, measured, refused
from agents.understanding.hearing import Heard, hear
from agents.understanding.numbers import NUMBER, value
from agents.understanding.quantities import Quantity, quantities


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as the answer to a question: the words, the moment, and the field the question is about."""

    heard: Heard
    moment: Moment
    field: ProfileField


_SMALL_TALK = (
    r"(?:(?:[^\w-]|-(?!\d)|\b(?:about|between|around|approx|approximately|roughly|maybe|like|say|just|only|i|am|is|"
    r"it|its|my|weigh|have|think|probably|currently|now|at|to|in|of|for|the|a|an|please|ok|well|um|hmm|er|yes|so|"
    r"usually|max|maximum|up|not|more|than|most|tall|old|years?|would|be|good|want|almost|nearly|age|height|weight|"
    r"kilograms|per|day|night|week|each|every|session|workout|minutes?|meals?|times?|days?|hours?|ideally|on|"
    r"average|target|with|goal|water|guess|suppose|reckon|tops|under|below|less|or so|kinda|something|"
    r"no (?=more|longer|less)|longer)\b))*"
)
_BARE = re.compile(
    rf"{_SMALL_TALK}(?<![\w.])(?P<sign>-?)(?P<n>{NUMBER})(?P<half>\s*(?:-|to|or|and)"
    rf"\s*(?P<top>{NUMBER}))?{_SMALL_TALK}[?!.\s]*"
)
_FEET = re.compile(r"\W*(?P<ft>[3-8])(?:\s+|\s*-\s*|\s*,\s+)(?P<inch>1[01]|\d)\W*")
_INITIAL = re.compile(r"th|tu|sa|su|[mtwf]")
_INITIALS = re.compile(r"(?:th|tu|sa|su|[mtwf])(?:(?:\s*[/,&+-]\s*|\s+|\s+and\s+)(?:th|tu|sa|su|[mtwf]))+|mwf|tth|mwth")
_DAY_OF = {"m": 0, "tu": 1, "t": 1, "w": 2, "th": 3, "f": 4, "sa": 5, "su": 6}  # Monday 0
_LITRES_AT_MOST = 10  # a bare "2" for water means litres


def _one_amount(heard: Heard, *units: str) -> Quantity | None:
    """The only amount of a short answer, where its unit fits the question."""
    said = quantities(heard.text)
    if len(said) != 1 or said[0].unit not in units:
        return None
    rest = heard.text[: said[0].start] + heard.text[said[0].end :]
    return said[0] if re.fullmatch(_SMALL_TALK + r"\W*", rest) else None


def _number(heard: Heard) -> tuple[float, tuple[int, int]] | None:
    """The number of an answer that is nothing but a number and small talk; the middle of a range."""
    match = _BARE.fullmatch(heard.text)
    if match is None:
        return None
    number = value(match["n"]) if not match["top"] else (value(match["n"]) + value(match["top"])) / 2
    return (-number if match["sign"] else number), (match.start("sign"), match.end("half" if match["top"] else "n"))


def alone(asked: Asked) -> Iterator[Found]:
    """The one number that fills a clause of its own: "43 (feeling 25)", "I was 90 but now 84", "3 days, any"."""
    heard = asked.heard
    starts = (*heard.scope.clause_starts, len(heard.asserted))
    pieces = [(start, heard.asserted[start:end].strip(" .")) for start, end in pairwise(starts)]
    bare = [match for _, piece in pieces if (match := _BARE.fullmatch(_JOINT.sub("", piece)))]
    low, high = LIMITS.get(asked.field, (0, float("inf")))
    if len(bare) != 1 or bare[0]["top"] or bare[0]["sign"] or not low <= value(bare[0]["n"]) <= high:
        return
    at = heard.asserted.find(bare[0]["n"])
    if quantities(heard.asserted[at:])[:1] and asked.field in _MEASURED:
        return  # "82, 180 cm" may be either way round
    single = replace(asked, heard=hear(bare[0]["n"], is_answer=True))
    for found in _READ.get(asked.field, whole)(single):
        if isinstance(found.item, Fact):
            item = replace(found.item, quote=heard.quote(at, at + len(bare[0]["n"])), confidence=0.8)
            yield Found(at, at + len(bare[0]["n"]), item)


def age(asked: Asked) -> Iterator[Found]:
    """An age, or the birthday it follows from."""
    said = births.birthday(asked.heard.text, asked.moment)
    if said and not isinstance(said[0], int):
        yield from births.born(asked.heard, asked.moment, said[0], said[1])
    elif bare := _number(asked.heard):
        number, span = bare
        if 1900 <= number <= asked.moment.now.year:
            yield from births.born(asked.heard, asked.moment, int(number), span)
        elif number != float("inf"):
            yield measured(asked.heard, "age", int(number), span)


def weight(asked: Asked) -> Iterator[Found]:
    """A weight now or wished for."""
    what: goals.Role = "target" if asked.field == "target_weight_kg" else "current"
    if said := _one_amount(asked.heard, "kg", "lb", "st"):
        sign = -1 if asked.heard.text[: said.start].rstrip().endswith("-") else 1
        yield goals.weight_found(asked.heard, what, sign * said.amount / 1000, (said.start, said.end))
    elif bare := _number(asked.heard):
        yield body.bare_weight(asked.heard, asked.moment, bare[0], bare[1], what)


def change(asked: Asked) -> Iterator[Found]:
    """How much to lose or gain."""
    gains = asked.moment.profile.primary_goal == "muscle_gain" or "gain" in asked.heard.text
    what: goals.Role = "gain" if gains else "loss"
    if said := _one_amount(asked.heard, "kg", "lb", "st"):
        yield goals.weight_found(asked.heard, what, said.amount / 1000, (said.start, said.end))
    elif bare := _number(asked.heard):
        yield body.bare_weight(asked.heard, asked.moment, abs(bare[0]), bare[1], what)


def height(asked: Asked) -> Iterator[Found]:
    """A height in any unit."""
    if said := _one_amount(asked.heard, "cm", "m", "ft", "in"):
        yield measured(asked.heard, "height_cm", round(said.amount * 100, 1), (said.start, said.end))
    elif match := _FEET.fullmatch(asked.heard.text):
        centimetres = body.feet_and_inches(int(match["ft"]), int(match["inch"]))
        yield measured(asked.heard, "height_cm", centimetres, (match.start("ft"), match.end("inch")))
    elif bare := _number(asked.heard):
        yield body.bare_height(asked.heard, asked.moment, bare[0], bare[1])


def whole(asked: Asked) -> Iterator[Found]:
    """Counts: meals a day, training days a week, pregnancy week."""
    if bare := _number(asked.heard):
        if bare[0] == int(min(bare[0], 1e6)):
            yield measured(asked.heard, asked.field, int(bare[0]), bare[1])
        else:
            yield refused(asked.heard, asked.field, bare[1], "ambiguous" if bare[0] < 1e6 else "out_of_range")
    elif asked.field == "pregnancy_week" and (weeks := re.search(r"(\d{1,3})\s*weeks?", asked.heard.text)):
        yield measured(asked.heard, asked.field, int(weeks[1]), weeks.span())


def minutes(asked: Asked) -> Iterator[Found]:
    """A length in minutes."""
    if said := _one_amount(asked.heard, "min", "h"):
        yield measured(asked.heard, asked.field, round(said.amount), (said.start, said.end))
    elif bare := _number(asked.heard):
        yield measured(asked.heard, asked.field, _rounded(bare[0]), bare[1])


def _rounded(number: float) -> float:
    return number if number == float("inf") else round(number)


def weeks(asked: Asked) -> Iterator[Found]:
    """How many weeks."""
    if bare := _number(asked.heard):
        yield measured(asked.heard, asked.field, _rounded(bare[0]), bare[1])
    elif match := re.fullmatch(
        rf"{_SMALL_TALK}(?P<n>\d{{1,4}}|an?)\s*(?P<unit>day|week|month|year)s?\W*", asked.heard.text
    ):
        yield measured(
            asked.heard,
            asked.field,
            goals.weeks_in(match),
            (
                match.start("n"),
                match.end("unit") + ("s" in asked.heard.text[match.end("unit") : match.end("unit") + 1]),
            ),
        )


def water(asked: Asked) -> Iterator[Found]:
    """Water a day in ml."""
    if said := _one_amount(asked.heard, "l", "ml", "cl", "dl", "cup", "fl oz"):
        yield measured(asked.heard, asked.field, round(said.amount), (said.start, said.end))
    elif bare := _number(asked.heard):
        number, span = bare
        yield measured(
            asked.heard, asked.field, _rounded(number * 1000 if 0 < number <= _LITRES_AT_MOST else number), span
        )


def hours(asked: Asked) -> Iterator[Found]:
    """Hours of sleep."""
    if said := _one_amount(asked.heard, "h", "min"):
        yield measured(asked.heard, "sleep_hours", round(said.amount / 60, 1), (said.start, said.end))
    elif bare := _number(asked.heard):
        yield measured(asked.heard, "sleep_hours", bare[0], bare[1])


def sleep(asked: Asked) -> Iterator[Found]:
    """ "6 hours, badly": hours, quality or both."""
    slept = [said for said in quantities(asked.heard.asserted) if said.unit in ("h", "min")]
    if len(slept) == 1 and len(asked.heard.words) <= 12:
        yield measured(asked.heard, "sleep_hours", round(slept[0].amount / 60, 1), (slept[0].start, slept[0].end))
    else:
        yield from hours(asked)
    if len(asked.heard.words) <= 12 and (level := baselines.level_word(asked.heard, "sleep_quality")):
        yield level


def money(asked: Asked) -> Iterator[Found]:
    """Money a day."""
    if bare := _number(asked.heard):
        yield measured(asked.heard, asked.field, round(bare[0], 2), bare[1])


def days(asked: Asked) -> Iterator[Found]:
    """Training days, or how many."""
    from agents.understanding.times import weekdays

    if bare := _number(asked.heard):
        if bare[0] == int(min(bare[0], 1e6)):
            yield measured(asked.heard, "workout_days_count", int(bare[0]), bare[1])
    elif len(asked.heard.words) <= 16 and (days := weekdays(asked.heard.text)):
        last = list(re.finditer(r"[a-z]+", asked.heard.text))
        yield fact(asked.heard, "workout_days", days, (last[0].start(), last[-1].end()))
    elif initials := _INITIALS.fullmatch(asked.heard.text.strip(" .")):
        said = sorted({_DAY_OF[each] for each in _INITIAL.findall(initials[0])})
        yield fact(asked.heard, "workout_days", tuple(said), (0, len(asked.heard.text)))


def birth_date(asked: Asked) -> Iterator[Found]:
    """A date of birth."""
    said = births.birthday(asked.heard.text, asked.moment)
    if said:
        yield from births.born(asked.heard, asked.moment, said[0], said[1])


_JOINT = re.compile(r"^\W*(?:but|so|and|because)\b|[,(]\s*$")
_MEASURED = frozenset(("height_cm", "weight_kg", "target_weight_kg"))
_READ: dict[ProfileField, Callable[[Asked], Iterator[Found]]] = {
    "age": age, "height_cm": height, "weight_kg": weight, "target_weight_kg": weight, "meals_per_day": whole,
    "max_prep_minutes": minutes, "workout_minutes": minutes, "workout_days": days, "energy_level": whole,
    "stress_level": whole, "sleep_quality": whole,
}  # fmt: skip
