"""Everything that can be logged, in the order in which it is tried."""

import re
from collections.abc import Callable
from typing import Final

from agents.schemas import Intent, Moment
from agents.understanding.activities import activity
from agents.understanding.checkins import check_in
from agents.understanding.clauses import Clause, clause
from agents.understanding.drinks import drink
from agents.understanding.foods import meal
from agents.understanding.sets import sets
from agents.understanding.weighings import weighing

Recogniser = Callable[[Clause, Moment], Intent | None]

_SIGNS_IN: Final = re.compile(r"log(?:ged|ging)? (?:in|into|on|out|off|as)\b")  # to an account, not into the log
RECOGNISERS: Final[tuple[Recogniser, ...]] = (drink, weighing, sets, activity, check_in, meal)


def log(piece: Clause, moment: Moment) -> Intent | None:
    """The first log this clause is, or None."""
    if _SIGNS_IN.match(piece.order):
        return None
    return next((found for recogniser in RECOGNISERS if (found := recogniser(piece, moment)) is not None), None)


def any_log(text: str, moment: Moment) -> tuple[Intent, ...]:
    """The log a whole text is (the argument of /log); empty when it is none."""
    found = log(clause(text), moment)
    return (found,) if found else ()
