"""The cases as they lie beside this file, one JSON object a line, and the moment they are read at."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from agents.domain.profile import Injury, MealTime, Profile, Restriction
from agents.schemas import Fact, Moment

Case = Mapping[str, Any]
Kind = Literal["understanding_open", "understanding_held", "safety", "phrasing", "attacks"]

NOW = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)  # a Saturday
_SIGNS = {"set": "=", "add": "+", "remove": "-", "none": "="}


@cache
def cases(kind: Kind) -> tuple[Case, ...]:
    """All cases of one kind."""
    lines = Path(__file__).with_name(f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def moment_of(case: Case) -> Moment:
    """A message that answers a question comes while the profile is being filled, any other one from a person who is
    known already. The model may be asked: consent is taken as given here.
    """
    asked = case.get("asked")
    return Moment(
        now=NOW,
        expecting=asked,
        options=tuple((label, data) for label, data in case.get("options", ())),
        profile=Profile(is_locked=asked is None),
        may_ask_model=True,
    )


def noted(fact: Fact) -> str:
    """A fact as the cases write it: "age=34", "allergy+peanut", "diet_type-vegan", "allergy=none"."""
    return f"{fact.field}{_SIGNS[fact.op]}{'none' if fact.op == 'none' else _value(fact.value)}"


def _value(value: object) -> str:
    """The value without severity, score or note: a case is about what was said, not about how bad it is."""
    if isinstance(value, Restriction):
        return value.code
    if isinstance(value, Injury):
        return " ".join(part for part in (value.side, value.region) if part)
    if isinstance(value, MealTime):
        return f"{value.slot}@{value.at:%H:%M}"
    if hasattr(value, "isoformat"):
        return value.isoformat()[: 10 if hasattr(value, "year") else 5]
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)
