"""An answer that is not what was asked for, and how it is shown back, once."""

from collections.abc import Mapping
from typing import Any, Final

from agents.model import abilities, size
from agents.model.abilities import Lacks
from agents.model.failure import ModelFailed
from agents.model.wording import MOST_COMPLAINT_CHARACTERS, NOT_VALID

_NOTHING: Final = "{}"  # stands for an empty answer, because servers want the two sides to take turns


class Unusable(ModelFailed):
    """An answer of the wrong shape. Stays inside this package, because it holds the answer."""

    def __init__(self, answer: str, complaint: str, lacks: Lacks) -> None:
        super().__init__("invalid")
        self.answer, self.complaint, self.lacks = answer, complaint, lacks


def lower(lacks: Lacks, *, has_called: bool) -> Lacks:
    """What to leave out for the next attempt: the way that gave nothing, unless it is the one of a called tool."""
    return lacks if has_called else abilities.below(lacks)


def shown_back(
    messages: tuple[tuple[str, str], ...], unusable: Unusable, schema: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """The conversation with the answer and what is wrong with it, still inside what one call may carry."""
    answer = size.cut(unusable.answer, size.room(messages, schema)).strip() or _NOTHING
    complaint = unusable.complaint[:MOST_COMPLAINT_CHARACTERS]
    return *messages, ("assistant", answer), ("user", NOT_VALID.format(complaint=complaint))
