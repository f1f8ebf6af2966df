"""What happens on which training day of a week (science.md T-5, T-23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.exercises import Family, Use
from agents.domain.profile import Goal
from agents.domain.training.session import Block
from agents.domain.training.trainee import Trainee

DayKind = Literal["strength", "mixed", "cardio", "mobility", "yoga", "easy"]
Focus = Literal["full", "upper", "lower"]
Slot = tuple[Family, Use]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """A training day without its date."""

    kind: DayKind
    title: str
    blocks: tuple[Block, ...]

    @property
    def main(self) -> tuple[Block, ...]:
        """The working part."""
        return tuple(block for block in self.blocks if block.phase == "main")


MAJOR: Final[tuple[Family, ...]] = ("squat", "push", "hinge", "pull", "trunk")
_DEAL: Final[tuple[Family, ...]] = ("squat", "push", "pull", "hinge", "pull", "trunk")
MINOR_STRENGTH_DAYS: Final = 3  # S-120
DEFAULT_DAYS: Final[tuple[int, ...]] = (0, 2, 4)

# One letter a day: S strength, X strength with a finisher, C cardio, M mobility, Y yoga. Two strength days at least
# wherever there are two days (T-5, minimum week), a lighter last day from six days on.
_LIFT: Final = ("X", "SS", "SSS", "SSCS", "SCSCS", "SCSCSM", "SCSCSCM")
_LIFT_TRAINED: Final = ("X", "SS", "SSS", "SSSS", "SSCSS", "SSCSSM", "SSCSSCM")
_MOVE: Final = ("X", "XX", "XCX", "XCXC", "SCSCM", "SCSCSM", "SCSCSCM")
_ENDURE: Final = ("X", "XX", "XCX", "CXCX", "CSCSC", "CSCSCM", "CSCSCCM")
# Many hours of a sport leave room for one day with lifts (T-23); the other days are the sport's.
_ENDURE_LONG: Final = ("X", "XX", "XCX", "CXCC", "CXCCC", "CXCCCC", "CXCCCCM")
MANY_MINUTES: Final = 300  # of a week
LONG_MINUTES: Final = 75  # of a session: from here a day of lifts alone is too long for a sport of endurance
_STRETCH: Final = ("X", "XX", "XMX", "SMSM", "SMSMC", "SMSMCM", "SMSMCMM")
_YOGA: Final = ("X", "XX", "XYX", "YXYX", "YXYXY", "YSYSYM", "YSYSYMY")
_SHAPES: Final[dict[Goal, tuple[str, ...]]] = {
    "strength": _LIFT,
    "muscle_gain": _LIFT,
    "fat_loss": _MOVE,
    "general_fitness": _MOVE,
    "athletic_performance": _MOVE,
    "endurance": _ENDURE,
    "flexibility": _STRETCH,
}
_KINDS: Final[dict[str, DayKind]] = {"S": "strength", "X": "mixed", "C": "cardio", "M": "mobility", "Y": "yoga"}

_FULL: Final[tuple[Slot, ...]] = (
    ("push", "main"), ("pull", "main"), ("squat", "accessory"), ("carry", "main"), ("hinge", "accessory"),
    ("pull", "accessory"), ("push", "accessory"), ("trunk", "main"), ("squat", "main"), ("hinge", "main"),
)  # fmt: skip
_UPPER: Final[tuple[Slot, ...]] = (
    ("push", "main"), ("pull", "main"), ("push", "main"), ("pull", "main"), ("push", "accessory"),
    ("pull", "accessory"), ("trunk", "main"), ("push", "accessory"), ("pull", "accessory"), ("carry", "main"),
)  # fmt: skip
_LOWER: Final[tuple[Slot, ...]] = (
    ("squat", "main"), ("hinge", "main"), ("squat", "main"), ("trunk", "main"), ("hinge", "main"),
    ("squat", "accessory"), ("hinge", "accessory"), ("trunk", "main"), ("carry", "main"), ("squat", "accessory"),
)  # fmt: skip
# For size the muscle that bends the knee has its own place (T-5).
_LOWER_FOR_SIZE: Final[tuple[Slot, ...]] = (
    ("squat", "main"), ("hinge", "main"), ("squat", "main"), ("hinge", "accessory"), ("trunk", "main"),
    ("squat", "accessory"), ("hinge", "main"), ("trunk", "main"), ("squat", "accessory"), ("carry", "main"),
)  # fmt: skip


def shape(person: Trainee, days: int, *, is_back_to_back: bool = False) -> tuple[DayKind, ...]:
    """The kinds of the training days of one week, in order.

    Three days in a row (`is_back_to_back`) are not three days for the whole body: the middle one is cardio.
    """
    if person.cap == "easy" or person.limits.easy_only:
        return tuple("easy" for _ in range(days))
    letters = _table(person, days)[days - 1]
    letters = "SCS" if letters == "SSS" and is_back_to_back else letters
    if person.is_enduring and person.minutes >= LONG_MINUTES:
        letters = letters.replace("S", "X")
    return tuple(_KINDS["Y" if letter == "M" and person.is_yogi else letter] for letter in letters)


def _table(person: Trainee, days: int) -> tuple[str, ...]:
    """The goal decides; a sport or yoga that was asked for, and no lifting, turns general goals towards it."""
    table = _SHAPES[person.goal]
    if table is _LIFT:
        return table if person.is_new or person.is_minor else _LIFT_TRAINED
    has_many_hours = person.is_enduring and not person.is_new and days * person.minutes >= MANY_MINUTES
    if (person.sports and not person.likes_lifting) or table is _ENDURE:
        return _ENDURE_LONG if has_many_hours and person.minutes >= LONG_MINUTES else _ENDURE
    if person.is_yogi and not person.likes_lifting and table is not _STRETCH:
        return _YOGA
    return table


def focuses(person: Trainee, strength_days: int) -> tuple[Focus, ...]:
    """Full body up to three strength days and for everybody new; then upper and lower body in turns."""
    if strength_days <= MINOR_STRENGTH_DAYS or person.is_new:
        return tuple("full" for _ in range(strength_days))
    turns: tuple[Focus, Focus] = ("upper", "lower")
    return tuple(turns[index % 2] for index in range(strength_days))


def _dealt(index: int, days: int, most: int) -> list[Family]:
    """The major patterns in the order of this day: where they do not all fit, the week pulls twice (T-5)."""
    is_short = most < len(MAJOR)
    cycle = _DEAL if is_short and most * days >= len(_DEAL) else MAJOR
    offset = index * most if is_short else index
    turned = [cycle[(offset + step) % len(cycle)] for step in range(len(cycle))]
    return list(dict.fromkeys(turned))


def slots(focus: Focus, index: int, days: int, *, most: int, is_for_size: bool = False) -> tuple[Slot, ...]:
    """Patterns of strength day `index` of `days`, most important first, when `most` of them fit.

    Where not all major patterns fit into one day they are dealt out over the week's days, so that the week has all
    (T-5). Every other day carries instead of doing trunk work.
    """
    if focus != "full":
        return _UPPER if focus == "upper" else _LOWER_FOR_SIZE if is_for_size else _LOWER
    turned = _dealt(index, days, most)
    carries = index % 2 == 1 and days > 1 and most >= len(MAJOR)
    major: Sequence[Slot] = [("carry" if carries and f == "trunk" else f, "main") for f in turned]
    return (*major, *(slot for slot in _FULL if slot not in major or slot[0] in ("push", "pull", "squat", "hinge")))
