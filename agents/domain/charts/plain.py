"""A chart as JSON, and back: each value is an object with its class's name, each day an ISO date."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from agents.domain.charts.chart import Band, Chart, Curve, Dots, Grid, Level, Panel, Span, Stack

_OF: Final = "of"
_KNOWN: Final = {kind.__name__.lower(): kind for kind in (Band, Chart, Curve, Dots, Grid, Level, Panel, Span, Stack)}


def written(chart: Chart) -> dict[str, Any]:
    """The chart as JSON."""
    plain: dict[str, Any] = _written(chart)
    return plain


def read(plain: Mapping[str, Any]) -> Chart:
    """The chart behind its JSON. Raises KeyError or TypeError for anything else."""
    chart = _read(plain)
    if not isinstance(chart, Chart):
        raise TypeError(f"{type(chart).__name__} is no chart")
    return chart


def _written(value: Any) -> Any:  # noqa: ANN401 - any value of a chart
    if type(value) in _KNOWN.values():
        found = {field.name: _written(getattr(value, field.name)) for field in fields(value)}
        return {_OF: type(value).__name__.lower(), **found}
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    return {_OF: "date", "on": value.isoformat()} if isinstance(value, date) else value


def _read(plain: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(plain, list):
        return tuple(_read(each) for each in plain)
    if not isinstance(plain, Mapping):
        return plain
    if plain[_OF] == "date":
        return date.fromisoformat(plain["on"])
    return _KNOWN[plain[_OF]](**{name: _read(value) for name, value in plain.items() if name != _OF})
