"""One test over many cases: what `pytest.mark.parametrize` checks, for tables with too many rows for a test each.

Every case is tried, and one message names all that fail, each with its own reason. The cases share the fixtures of
their test, so this is for checks that change nothing.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

import pytest

LINES_OF_A_REASON = 6
LONGEST_LABEL = 100
Check = Callable[..., None]
Labels = Callable[[Any], object] | Iterable[object] | None


def for_each(names: str | tuple[str, ...], cases: Iterable[Any], *, ids: Labels = None) -> Callable[[Check], Check]:
    """Call the test for every case, as `parametrize` with these arguments would. Raises ValueError without cases."""
    wanted = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    values = list(cases)
    rows = [(value,) if wanted == (names,) else tuple(value) for value in values]
    if not rows:
        raise ValueError(f"no cases of {names}")
    labelled = list(zip(_labels(values, rows, ids), (dict(zip(wanted, row, strict=True)) for row in rows), strict=True))

    def over(check: Check) -> Check:
        if inspect.iscoroutinefunction(check) or hasattr(check, "hypothesis"):
            raise TypeError(f"{check.__name__} is no plain function")

        @wraps(check)
        def over_all(**fixtures: Any) -> None:
            reasons = [(label, _reason(check, {**fixtures, **case})) for label, case in labelled]
            failed = [f"{label}: {reason}" for label, reason in reasons if reason is not None]
            assert not failed, "\n".join((f"{len(failed)} of {len(labelled)} cases fail", *failed))

        over_all.__signature__ = _without(check, wanted)  # type: ignore[attr-defined]  # pytest reads it for fixtures
        return over_all

    return over


def _labels(values: list[Any], rows: list[tuple[Any, ...]], ids: Labels) -> list[str]:
    if callable(ids):
        return [str(ids(value)) for value in values]
    if ids is not None:
        return [str(label) for label in ids]
    return [", ".join(map(repr, row))[:LONGEST_LABEL] for row in rows]


def _reason(check: Check, arguments: Mapping[str, Any]) -> str | None:
    """Why this case fails, None when it passes."""
    try:
        check(**arguments)
    except (Exception, pytest.fail.Exception) as fault:
        kind = "" if isinstance(fault, AssertionError) else f"{type(fault).__name__}: "
        return kind + "\n    ".join(str(fault).splitlines()[:LINES_OF_A_REASON])
    return None


def _without(check: Check, names: tuple[str, ...]) -> inspect.Signature:
    """What the test asks of fixtures."""
    signature = inspect.signature(check)
    return signature.replace(parameters=[p for name, p in signature.parameters.items() if name not in names])
