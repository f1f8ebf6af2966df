"""Blood pressure and pulse at rest before a session (science.md S-150, S-39). mmHg and beats a minute."""

from dataclasses import dataclass
from typing import Final

from agents.domain.safety.levels import Level
from agents.domain.safety.screening import Allowed

STOP_SYSTOLIC, STOP_DIASTOLIC = 180, 110  # S-150: no exercise today
CRISIS_SYSTOLIC, CRISIS_DIASTOLIC = 180, 120  # S-39, with symptoms
HIGH_SYSTOLIC, HIGH_DIASTOLIC = 160, 100  # S-150: moderate only
FAST_PULSE, SLOW_PULSE = 120, 40  # S-150


@dataclass(frozen=True, slots=True)
class RestingAdvice:
    """The most that is allowed today ("vigorous": the reading limits nothing) and what to say."""

    rule: str
    level: Level
    most: Allowed
    message: str = ""


FREE: Final = RestingAdvice("S-150", "none", "vigorous")


def resting_pressure(systolic: float, diastolic: float, *, has_symptoms: bool = False) -> RestingAdvice:
    """What a reading at rest allows today. Symptoms: chest pain, headache, breathlessness, vision change, weakness.

    ValueError for numbers that are no reading: ask again.
    """
    if not (50 <= systolic <= 300 and 20 <= diastolic < systolic):
        raise ValueError("this is not a blood pressure reading")
    if has_symptoms and (systolic >= CRISIS_SYSTOLIC or diastolic >= CRISIS_DIASTOLIC):
        return RestingAdvice("S-39", "emergency", "none")
    if systolic >= STOP_SYSTOLIC or diastolic >= STOP_DIASTOLIC:
        message = "No exercise today. Rest, measure again in five minutes, and please call a doctor today."
        return RestingAdvice("S-150", "urgent", "none", message)
    if systolic >= HIGH_SYSTOLIC or diastolic >= HIGH_DIASTOLIC:
        message = "Stay moderate and keep breathing. Please have this pressure seen by a doctor within 3 days."
        return RestingAdvice("S-150", "urgent", "moderate", message)
    return FREE


def resting_pulse(beats: float, *, is_trained: bool = False) -> RestingAdvice:
    """What a pulse at rest allows today; a slow one is usual in trained people."""
    if not 20 <= beats <= 300:
        raise ValueError("this is not a pulse")
    if beats > FAST_PULSE or (beats < SLOW_PULSE and not is_trained):
        message = "With this pulse at rest, no session today. Please have it looked at by a doctor today."
        return RestingAdvice("S-150", "urgent", "none", message)
    return FREE
