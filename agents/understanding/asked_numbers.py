"""Bare numbers, amounts, dates and days as answers to the question that is open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agents.schemas import Moment, ProfileField
from agents.understanding import baselines, births, body, goals
from agents.understanding.findings import Found, fact, measured, refused
from agents.understanding.hearing import Heard
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
    r"average|target|with|goal|water)\b))*"
)
_BARE = re.compile(
    rf"{_SMALL_TALK}(?<![\w.])(?P<sign>-?)(?P<n>{NUMBER})(?P<half>\s*(?:-|to|or|and)"
    rf"\s*(?P<top>{NUMBER}))?{_SMALL_TALK}[?!.\s]*"
)
_FEET = re.compile(r"\W*(?P<ft>[3-8])(?:\s+|\s*-\s*|\s*,\s+)(?P<inch>1[01]|\d)\W*")
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


def birth_date(asked: Asked) -> Iterator[Found]:
    """A date of birth."""
    said = births.birthday(asked.heard.text, asked.moment)
    if said:
        yield from births.born(asked.heard, asked.moment, said[0], said[1])
