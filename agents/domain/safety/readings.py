"""Numbers that are red flags by themselves: blood pressure, temperature, glucose, pulse, oxygen, and goals asked for.

Each finding is a concept like those of the word patterns ("bp_crisis", "temp_39", "loss_too_fast"), at its position.
"""

from collections.abc import Iterator
from typing import Final

from agents.domain.safety.context import Reading
from agents.domain.safety.figures import Near, number
from agents.domain.safety.patterns import Match

MG_DL_PER_MMOL_L: Final = 18.016  # S-140
KG_PER: Final = {"kg": 1.0, "lb": 0.45359237, "stone": 6.35029318}
WEEKS_PER: Final = {"day": 1 / 7, "week": 1.0, "month": 365.25 / 12 / 7}
HOURS_PER: Final = {"hour": 1.0, "day": 24.0}
WRITTEN_COUNTS: Final = {
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "eight": 8.0, "ten": 10.0, "twelve": 12.0,
    "couple": 2.0, "few": 3.0, "several": 4.0,
}  # fmt: skip
CM_PER_FOOT: Final = 30.48
CM_PER_INCH: Final = 2.54
LARGE_LOSS_KG: Final = 40.0
MAX_LOSS_KG_PER_WEEK: Final = 1.0  # E4
MAX_FAST_HOURS: Final = 24.0  # E7
LOWEST_ASKED_KCAL: Final = 1200.0  # E3
HIGH_KETONES_MMOL_L: Final = 3.0  # S-30
MOST_KETONES_MMOL_L: Final = 20.0  # more is another figure
LONG_ILL_HOURS: Final = 24.5  # S-50: vomiting or diarrhoea for more than a day
MOST_ILL_HOURS: Final = 24.0 * 30  # longer is a history
MANY_PILLS: Final = 8  # taken at once, S-38: whatever they are, ask for help
_COPULAS: Final = frozenset(
    ("is", "was", "has", "bpm", "beats", "es", "era", "ist", "war", "est", "etait", "e", "foi", "sono", "это")
)
LOWEST_BMI: Final = 18.5  # E2
LOWEST_GOAL_KG: Final = 15.0  # less is a dumbbell
LOWEST_PLAUSIBLE_GOAL_KG: Final = 41.0  # below 18.5·m² for everybody over 149 cm


def measured(reading: Reading, locale: str = "en") -> Iterator[Match]:
    """Every numeric red flag of a message."""
    tokens = reading.words.tokens
    digits = [i for i, token in enumerate(tokens) if token[0].isdigit()]
    if not digits:
        return
    near = Near(reading)
    values = {i: value for i in digits if (value := number(tokens[i], locale)) is not None}
    for i in digits:
        yield from _pressure(near, i)
    for i, value in values.items():
        yield from _vital(near, i, value)
        yield from _asked(near, i, value)
    yield from _goals(near, values)


def _pressure(near: Near, i: int) -> Iterator[Match]:
    """Blood pressure as 190/125, 190 over 125, 19/12 (tens of mmHg), or a single systolic after "bp"."""
    systolic, diastolic, last = _pair(near, i)
    has_word = near.has("bp_word", i)
    if systolic is None:
        return
    if has_word and systolic <= 30 and diastolic is not None:
        systolic, diastolic = systolic * 10, diastolic * 10
    if diastolic is None and not near.has("bp_word", i, 5, 1):
        return
    if not has_word and (near.has("lifting", i) or near.unit(last, ("kg", "lb", "kcal", "reps"))):
        return
    if systolic > 300 or (diastolic is not None and not 30 <= diastolic < systolic):
        return
    low = diastolic or 0
    name = (
        ("bp_crisis" if systolic >= 180 or low >= 120 else "bp_stop")
        if systolic >= 180 or low >= 110
        else "bp_high"
        if systolic >= 160 or low >= 100
        else None
    )
    if name:
        yield Match(name, tuple(range(i, last + 1)))


def _pair(near: Near, i: int) -> tuple[float | None, float | None, int]:
    """Systolic and diastolic candidates at position `i` and the last position used."""
    token = near.tokens[i]
    if token.count("/") == 1:
        high, low = (number(part) for part in token.split("/"))
        return high, low, i
    following = near.tokens[i + 1 : i + 3]
    if len(following) == 2 and following[0] in ("over", "on", "to", "by", "sobre", "zu", "sur", "por", "на", "su"):
        low = number(following[1])
        if low is not None:
            return number(token), low, i + 2
    return number(token), None, i


def _vital(near: Near, i: int, value: float) -> Iterator[Match]:
    yield from _temperature(near, i, value)
    yield from _glucose(near, i, value)
    yield from _ketones(near, i, value)
    yield from _gut(near, i, value)
    yield from _pulse(near, i, value)
    if near.has("oxygen_word", i, 5, 2) and 50 <= value <= 93:
        yield Match("oxygen_low" if value < 92 else "oxygen_lowish", (i,))


def _pulse(near: Near, i: int, value: float) -> Iterator[Match]:
    """A pulse at rest over 120 or under 40 (S-150), named before the figure or after it ("130 is my resting pulse")."""
    is_racing = 120 < value <= 250 and near.has("resting", i) and not near.has("effort_word", i)
    is_slow = 20 <= value < 40 and (near.unit(i, ("bpm",)) is not None or near.has("resting", i))
    if (is_racing or is_slow) and (near.has("pulse_word", i, 5, 3) or _says_what_it_is(near, i, "pulse_word")):
        yield Match("pulse_extreme", (i,))


def _says_what_it_is(near: Near, i: int, name: str) -> bool:
    """Whether the figure is the subject of its clause and a word of the class tells what it counts."""
    clause = [j for j in range(i + 1, len(near.tokens)) if near.clauses[j] == near.clauses[i]]
    told = clause[: next((at for at, j in enumerate(clause) if _opens_another(near.tokens[j])), len(clause))]
    is_subject = bool(told) and near.tokens[told[0]] in _COPULAS
    return is_subject and any(j in told for j in near.at(name))


def _opens_another(token: str) -> bool:
    """Whether another figure, or another thing said, begins here."""
    return token[0].isdigit() or token in ("and", "but", "while", "y", "und", "et", "e", "pero", "aber", "mais", "mas")


def _temperature(near: Near, i: int, value: float) -> Iterator[Match]:
    """Body temperature in °C or °F; weather, ovens and pools are left out."""
    unit = near.unit(i, ("f", "c"), after=2)
    is_body = near.has("fever_word", i)
    if near.has("not_body_heat", i) and not near.has("own_heat", i):
        return
    if unit is None and not is_body:
        return
    if unit == "f" or (unit is None and value > 90):
        value = (value - 32) / 1.8
    if value > 44:
        return
    name = "temp_over_40" if value > 40 else "temp_39" if value >= 38.95 else "fever" if value >= 38 else None
    if name:
        yield Match(name, (i,))


def _glucose(near: Near, i: int, value: float) -> Iterator[Match]:
    """Blood glucose in mg/dL or mmol/L; without a unit, figures from 34 up are mg/dL."""
    unit = near.unit(i, ("mgdl", "mmol"), after=2)
    is_owned_sugar = near.has("sugar_word", i, 1, 0) or (
        near.has("sugar_word", i, 4, 2) and near.has("sugar_owner", i, 6, 0)
    )
    is_unit_enough = unit is not None and near.unit(i, ("per_litre",), after=2) and not near.has("not_glucose", i)
    if not (is_owned_sugar or is_unit_enough or near.has("glucose_word", i, 6, 4)):
        return
    if near.unit(i, ("food", "kg", "lb", "kcal", "hour", "day")):
        return
    mmol = value / MG_DL_PER_MMOL_L if unit == "mgdl" or (unit is None and value >= 34) else value
    if not 0.5 <= mmol <= 60:
        return
    bands = ((2.9, "glucose_very_low"), (3.9, "glucose_low"), (5.0, "glucose_lowish"))
    name = next((name for limit, name in bands if mmol < limit), None)
    if name is None:
        rising = ((19.4, "glucose_very_high"), (16.7, "glucose_high"), (13.9, "glucose_raised"))
        name = next((name for limit, name in rising if mmol >= limit), None)
    if name:
        yield Match(name, (i,))


def _ketones(near: Near, i: int, value: float) -> Iterator[Match]:
    """Blood ketones in mmol/L that mean an emergency whoever has them (S-30)."""
    if HIGH_KETONES_MMOL_L <= value <= MOST_KETONES_MMOL_L and near.has("ketone_word", i, 4, 2):
        yield Match("dka", (i,))


def _gut(near: Near, i: int, value: float) -> Iterator[Match]:
    """Vomiting or diarrhoea for a stated time that is too long (S-50), unless it lies in the past."""
    span = near.unit(i, ("hour", "day"))
    if span is None or near.tokens[i + 2 : i + 3] == ("ago",) or not near.has("gut_word", i, 5, 5):
        return
    if LONG_ILL_HOURS <= value * HOURS_PER[span] <= MOST_ILL_HOURS:
        yield Match("gut_long", (i,))


def _asked(near: Near, i: int, value: float) -> Iterator[Match]:
    """Asks that E3, E4 and E7 refuse (too little food, too fast a loss, too long a fast), and many pills taken."""
    if (
        value >= MANY_PILLS
        and near.has("took_word", i, 3, 0)
        and near.has("pills", i, 0, 4)
        and not near.unit(i, ("mgdl",))
    ):
        yield Match("took_too_much", (i,))
    if near.unit(i, ("kcal",), after=2) and value < LOWEST_ASKED_KCAL and _is_daily_intake(near, i):
        yield Match("kcal_too_low", (i,))
    weight = near.unit(i, ("kg", "lb", "stone"))
    # "lose 30 kg", "lose fat: 78 kg" and "78 kg in 16 weeks": a large figure is the weight to reach, not the loss.
    is_small = weight is not None and value * KG_PER[weight] <= LARGE_LOSS_KG
    is_loss = weight and near.has("lose_word", i, 6 if is_small else 2, 3)  # "10 kg to lose"
    is_bare = is_small and "in" in near.tokens[i + 2 : i + 4] and not near.has("gain_word", i)
    if weight and (is_loss or is_bare):
        weeks = _weeks_after(near, i)
        if weeks and value * KG_PER[weight] / weeks > MAX_LOSS_KG_PER_WEEK + 0.05:
            yield Match("loss_too_fast", (i,))
    span = near.unit(i, ("hour", "day"))
    is_fast = near.has("fast_word", i, 6, 6) and not near.has("fast_schedule", i)
    if span and is_fast and value * HOURS_PER[span] > MAX_FAST_HOURS:
        yield Match("fast_too_long", (i,))


def _is_daily_intake(near: Near, i: int) -> bool:
    if near.has("not_intake", i):
        return False
    return near.has("a_day", i, 0, 5) or near.has("eat_word", i, 5, 2)


def _weeks_after(near: Near, i: int) -> float | None:
    """The time named after position `i` within seven words: "in 2 weeks", "in a month", "by next week"."""
    for name, weeks in WEEKS_PER.items():
        for j in near.at(f"unit_{name}"):
            if i < j <= i + 7:
                count = number(near.tokens[j - 1])
                written = WRITTEN_COUNTS.get(near.tokens[j - 1], 1.0)
                return (count if count else written) * weeks
    return None


def _goals(near: Near, values: dict[int, float]) -> Iterator[Match]:
    """Goal weights below BMI 18.5 where the height is said, or below any adult's lowest weight (E2)."""
    heights = [_height_cm(near, i, value) for i, value in values.items()]
    height = next((h for h in heights if h), None)
    lowest = LOWEST_BMI * (height / 100) ** 2 if height else LOWEST_PLAUSIBLE_GOAL_KG
    for i, value in values.items():
        unit = near.unit(i, ("kg", "lb"))
        is_goal = near.has("goal_word", i, 6, 2) and not near.has("not_goal", i, 5, 3)
        if unit and is_goal and LOWEST_GOAL_KG < value * KG_PER[unit] < lowest:
            yield Match("goal_too_low", (i,))
        if near.has("bmi_word", i, 5, 2) and 10 <= value < LOWEST_BMI:
            yield Match("bmi_too_low", (i,))
        if near.has("body_fat_word", i, 6, 3) and near.has("goal_word", i) and 0 < value < 8:
            yield Match("goal_too_low", (i,))


def _height_cm(near: Near, i: int, value: float) -> float | None:
    if near.unit(i, ("cm",)) and 120 <= value <= 230:
        return value
    if near.unit(i, ("m",)) and 1.2 <= value <= 2.3:
        return value * 100
    if near.unit(i, ("ft",)) and 4 <= value <= 7:
        inches = number(near.tokens[i + 2]) if i + 2 < len(near.tokens) else None
        return value * CM_PER_FOOT + (inches if inches and inches < 12 else 0) * CM_PER_INCH
    return None
