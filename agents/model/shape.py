"""Whether a value has the shape of a JSON schema: a server may take a schema and ignore it (libraries.md L-37).

Understood are the keywords that strict structured output allows. A value under any other keyword that would restrict it
does not pass, so a schema of ours can never be checked by half.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

Schema = Mapping[str, Any]

_SAY_NOTHING: Final = frozenset(
    ("$defs", "$schema", "$id", "title", "description", "default", "examples", "format", "$comment", "deprecated")
)
_DEEPEST: Final = 60  # a schema that refers to itself could otherwise be followed for ever


def complaint(value: object, schema: Schema) -> str:
    """The first thing that is wrong with a value, for whoever made it; "" when nothing is."""
    return next(_faults(value, schema, _Place(schema, "the answer", 0)), "")


class _Place:
    """Where in the value we are, and the whole schema, whose definitions are referred to."""

    def __init__(self, root: Schema, name: str, depth: int) -> None:
        self.root, self.name, self.depth = root, name, depth

    def inside(self, part: str) -> "_Place":
        """One step further in."""
        return _Place(self.root, f"{self.name}{part}", self.depth + 1)


def _faults(value: object, schema: Schema, at: _Place) -> Iterator[str]:
    if at.depth > _DEEPEST:
        yield f"{at.name} is nested too deeply"
        return
    for keyword, meant in schema.items():
        if keyword in _SAY_NOTHING:
            continue
        check = _CHECKS.get(keyword)
        if check is None:
            yield f"{at.name} has an unknown rule {keyword}"
        else:
            yield from check(value, meant, schema, at)


def _type(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401 - a keyword's value
    kinds = [meant] if isinstance(meant, str) else meant
    if not any(_is_a(value, kind) for kind in kinds):
        yield f"{at.name} must be of type {' or '.join(kinds)}"


def _is_a(value: object, kind: str) -> bool:
    if isinstance(value, bool) or value is None:  # to Python a boolean is a number, to JSON it is not
        return kind == ("null" if value is None else "boolean")
    if isinstance(value, float):
        return kind == "number" or (kind == "integer" and value.is_integer())
    return {"object": dict, "array": list, "string": str, "integer": int, "number": int}.get(kind) is type(value)


def _ref(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    found: Any = at.root
    for step in str(meant).removeprefix("#").strip("/").split("/"):
        found = found.get(step) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        yield f"{at.name} has a rule that refers to nothing"
    else:
        yield from _faults(value, found, _Place(at.root, at.name, at.depth + 1))


def _properties(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, dict):
        for name, rule in meant.items():
            if name in value:
                yield from _faults(value[name], rule, at.inside(f".{name}"))


def _required(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, dict):
        yield from (f"{at.name} needs {name}" for name in meant if name not in value)


def _additional(value: object, meant: Any, schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    if not isinstance(value, dict):
        return
    for name in value:
        if name not in schema.get("properties", {}):
            if meant is False:
                yield f"{at.name} may only have {', '.join(schema.get('properties', {}))}"
            elif isinstance(meant, Mapping):
                yield from _faults(value[name], meant, at.inside(".?"))


def _items(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _faults(each, meant, at.inside(f"[{index}]"))


def _enum(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
    if not any(type(value) is type(each) and value == each for each in meant):
        yield f"{at.name} must be one of {', '.join(map(str, meant))}"


def _any_of(value: object, meant: Sequence[Schema], _schema: Schema, at: _Place) -> Iterator[str]:
    faults = [next(_faults(value, each, at.inside("")), "") for each in meant]
    if all(faults):
        yield faults[0]


def _all_of(value: object, meant: Sequence[Schema], _schema: Schema, at: _Place) -> Iterator[str]:
    for each in meant:
        yield from _faults(value, each, at.inside(""))


def _bound(kind: tuple[type, ...], holds: Callable[[Any, Any], bool], words: str) -> "_Check":
    def check(value: object, meant: Any, _schema: Schema, at: _Place) -> Iterator[str]:  # noqa: ANN401
        if isinstance(value, kind) and not isinstance(value, bool) and not holds(value, meant):
            yield f"{at.name} must {words} {meant}"

    return check


_Check = Callable[[object, Any, Schema, _Place], Iterator[str]]
_NUMBER: Final = (int, float)
_CHECKS: Final[Mapping[str, _Check]] = {
    "type": _type,
    "$ref": _ref,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "enum": _enum,
    "const": lambda value, meant, schema, at: _enum(value, [meant], schema, at),
    "anyOf": _any_of,
    "allOf": _all_of,
    "minimum": _bound(_NUMBER, lambda value, meant: value >= meant, "be at least"),
    "maximum": _bound(_NUMBER, lambda value, meant: value <= meant, "be at most"),
    "exclusiveMinimum": _bound(_NUMBER, lambda value, meant: value > meant, "be more than"),
    "exclusiveMaximum": _bound(_NUMBER, lambda value, meant: value < meant, "be less than"),
    "multipleOf": _bound(_NUMBER, lambda value, meant: value % meant == 0, "be a multiple of"),
    "minLength": _bound((str,), lambda value, meant: len(value) >= meant, "have a length of at least"),
    "maxLength": _bound((str,), lambda value, meant: len(value) <= meant, "have a length of at most"),
    "pattern": _bound((str,), lambda value, meant: re.search(meant, value) is not None, "match"),
    "minItems": _bound((list,), lambda value, meant: len(value) >= meant, "have a length of at least"),
    "maxItems": _bound((list,), lambda value, meant: len(value) <= meant, "have a length of at most"),
}
