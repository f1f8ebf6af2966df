"""Facts as small JSON and back, so that a proposed change survives until the person confirms it."""

import json
from dataclasses import asdict
from datetime import date, time
from typing import Any, cast

from agents.domain.profile import Injury, MealTime, Restriction
from agents.schemas import Fact, FactValue


def dump(facts: tuple[Fact, ...]) -> str:
    """JSON text of these facts."""
    return json.dumps([[f.field, f.op, f.quote, f.confidence, *_out(f.value)] for f in facts])


def load(text: str) -> tuple[Fact, ...]:
    """The facts in this JSON text. Raises ValueError for anything else."""
    return tuple(
        Fact(field, _in(kind, value), quote, op, confidence)
        for field, op, quote, confidence, kind, value in json.loads(text)
    )


def _out(value: FactValue) -> tuple[str, Any]:
    match value:
        case Injury():
            return "injury", {**asdict(value), "expires_on": value.expires_on and value.expires_on.isoformat()}
        case Restriction():
            return "restriction", asdict(value)
        case MealTime(slot, at):
            return "meal_time", [slot, at.isoformat()]
        case tuple():
            return "tuple", list(value)
        case date() | time():
            return type(value).__name__, value.isoformat()
        case _:
            return "plain", value


def _in(kind: str, value: Any) -> FactValue:  # noqa: ANN401 - JSON
    match kind:
        case "injury":
            ends = value.pop("expires_on")
            return Injury(**value, expires_on=date.fromisoformat(ends) if ends else None)
        case "restriction":
            return Restriction(**value)
        case "meal_time":
            return MealTime(value[0], time.fromisoformat(value[1]))
        case "tuple":
            return tuple(value)
        case "date":
            return date.fromisoformat(value)
        case "time":
            return time.fromisoformat(value)
        case _:
            return cast("FactValue", value)
