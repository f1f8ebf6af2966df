"""Training with an illness and the way back (science.md S-190, E10)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.safety.levels import Level

Complaint = Literal[
    "fever", "chest", "vomiting", "diarrhoea", "aching_all_over", "runny_nose", "sore_throat", "sneezing", "headache",
    "cough",
]  # fmt: skip

BELOW_THE_NECK: Final[frozenset[Complaint]] = frozenset(
    {"fever", "chest", "vomiting", "diarrhoea", "aching_all_over", "cough"}
)
EASY_SHARE: Final = 0.5  # of the usual volume, with signs above the neck only
MOST_FREE_DAYS: Final = 7
COVID_FREE_DAYS: Final = 7
START_SHARE: Final = 0.5
STEP_SHARE: Final = (0.10, 0.15)  # more in each session
# The condition codes of an illness of now. A cold alone is above the neck; whatever else is named comes on top.
ILL: Final = "acute_illness"
COLD: Final = "cold_above_neck"
ILLNESS_CODES: Final = frozenset({ILL, COLD, "chest_illness", "covid_like"})
_REST = (
    "Please rest, no training until you are well. Then wait a day without signs for each ill day, up to 7, and start "
    "again with half. Eat and drink enough."
)
_REST_COVID = (
    "Please rest, no training now. After an illness like this wait at least 7 days without signs, then start light "
    "with half. Eat and drink enough."
)
_REST_CHEST = (
    "No training with an illness of the chest; please let a doctor look at it soon. If there is pressure, or breath is "
    "short, call emergency services."
)
_EASY_COLD = (
    "With signs above the neck only: easy movement, at most half of your usual. With fever, or if it goes to the "
    "chest, rest."
)
_REST_DIABETES = (
    "No training while you are ill with diabetes: illness can move your sugar and your ketones. Please follow the "
    "sick-day plan of your diabetes team."
)


@dataclass(frozen=True, slots=True)
class IllnessAdvice:
    """How much of the usual volume today (0 none) and what to say. Energy is never cut on such a day (E10)."""

    rule: str
    level: Level
    volume_share: float
    message: str = ""


def today(complaints: Collection[Complaint]) -> IllnessAdvice:
    """What a day with these complaints allows; a cough counts as chest until somebody says it is only the throat."""
    if "chest" in complaints:
        message = (
            "No training with signs in the chest. If there is pressure, or breath is short, call emergency services."
        )
        return IllnessAdvice("S-190", "urgent", 0.0, message)
    if not BELOW_THE_NECK.isdisjoint(complaints):
        return IllnessAdvice("S-190", "caution", 0.0, "Rest today; the session moves. Eat and drink enough.")
    if complaints:
        return IllnessAdvice("S-190", "caution", EASY_SHARE, "Easy today, at most half. Stop if you feel worse.")
    return IllnessAdvice("S-190", "none", 1.0)


def of_conditions(codes: Collection[str], *, has_diabetes: bool) -> tuple[IllnessAdvice, ...]:
    """What the illness codes on file allow until the person is well (S-190, S-141); empty without one."""
    found = []
    if "chest_illness" in codes:
        found.append(IllnessAdvice("S-190", "urgent", 0.0, _REST_CHEST))
    if "covid_like" in codes:
        found.append(IllnessAdvice("S-190", "caution", 0.0, _REST_COVID))
    elif ILL in codes:
        found.append(IllnessAdvice("S-190", "caution", 0.0, _REST))
    elif COLD in codes:
        found.append(IllnessAdvice("S-190", "caution", EASY_SHARE, _EASY_COLD))
    if found and has_diabetes:
        found.append(IllnessAdvice("S-141", "caution", 0.0, _REST_DIABETES))
    return tuple(found)


def free_days_needed(ill_days: int, *, is_covid_like: bool = False) -> int:
    """Days without signs before training again: one for each ill day up to 7, at least 7 after a COVID-like illness."""
    if ill_days < 0:
        raise ValueError("days of illness are not negative")
    return max(COVID_FREE_DAYS if is_covid_like else 0, min(MOST_FREE_DAYS, ill_days))


def share_of_session(number: int, *, step: float = STEP_SHARE[0]) -> float:
    """The share of the usual volume in the n-th session back, from 1: half, then 10 to 15 % more each time."""
    if number < 1 or not STEP_SHARE[0] <= step <= STEP_SHARE[1]:
        raise ValueError("sessions count from 1 and grow by 0.10 to 0.15")
    return min(1.0, round(START_SHARE + step * (number - 1), 2))
