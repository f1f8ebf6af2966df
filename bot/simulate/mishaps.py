"""What goes wrong while people live: outages, restarts, deaths in mid-work, a second scheduler, a clock set back."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["outage", "restart", "death", "twins", "setback"]
_OUTAGES = (timedelta(minutes=7), timedelta(minutes=40), timedelta(hours=3), timedelta(hours=3))
_LONG_OUTAGE = timedelta(hours=40)
_TWINS_FOR = timedelta(hours=5)
_SETBACKS = (timedelta(minutes=2), timedelta(hours=1), timedelta(hours=26))


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something at an instant. `lasts`: how long nothing runs, how long two run, how far the clock goes back."""

    at: datetime
    kind: Kind
    lasts: timedelta = timedelta()


def mishaps(seed: int, start: datetime, days: int) -> tuple[Mishap, ...]:
    """About one of each kind every three days, a long outage a fortnight, in order."""
    dice = random.Random(f"{seed}:mishaps")  # noqa: S311 - a simulation, not a secret
    found = [Mishap(_moment(dice, start, days), "outage", _LONG_OUTAGE) for _ in range(days // 14)]
    for _ in range(max(1, days // 3)):
        found += [
            Mishap(_moment(dice, start, days), "outage", dice.choice(_OUTAGES)),
            Mishap(_moment(dice, start, days), "restart"),
            Mishap(_moment(dice, start, days), "death"),
            Mishap(_moment(dice, start, days), "death"),
            Mishap(_moment(dice, start, days), "twins", _TWINS_FOR),
            Mishap(_moment(dice, start, days), "setback", dice.choice(_SETBACKS)),
        ]
    return tuple(sorted(found, key=lambda mishap: mishap.at))


def _moment(dice: random.Random, start: datetime, days: int) -> datetime:
    return start + timedelta(seconds=dice.randrange(3600, max(7200, days * 86_400)))
