"""The parameters of one call: decoded as Telegram does, then compared with what the API documents (schema.py).

Stricter than Telegram on purpose: a parameter or field that the API does not know is refused, where Telegram ignores
it, because such a call does not do what its author meant.
"""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.telegram.refusal import Refusal, bad
from tests.support.telegram.schema import Kind, schema


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True)
class Arguments:
    """Decoded values by name, and the files that travelled along by the name of their part."""

    values: dict[str, Any]
    files: dict[str, Upload]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or the default."""
        return self.values.get(name, default)


def arguments(method: str, raw: dict[str, Any], files: dict[str, Upload]) -> Arguments:
    """Raises Refusal (400) for what is unknown, missing, or of the wrong kind."""
    known = schema()["methods"][method]
    named = {name: upload for name, upload in files.items() if name in known}
    if unknown := sorted(set(raw) - set(known)):
        raise bad(f"{method} has no parameter {', '.join(unknown)}")
    values: dict[str, Any] = {**{name: _decoded(name, known[name]["kind"], raw[name]) for name in raw}, **named}
    for name, field in known.items():
        if name in values:
            check(field["kind"], values[name], name)
        elif field["required"]:
            raise bad(f'parameter "{name}" is required')
    _all_attached(values, files, set(named))
    return Arguments(values, files)


def check(kind: Kind, value: Any, path: str) -> None:
    """Raises Refusal when a value is not of this kind."""
    if why := _fault(kind, value, path):
        raise bad(f"can't parse {why}")


def _decoded(name: str, kind: Kind, raw: Any) -> Any:
    """A value of a form is text; in a JSON body it is a value already."""
    if not isinstance(raw, str):
        return raw
    words = _words(kind)
    if words <= {"int", "float", "bool", "str", "file"}:
        return _scalar(name, words, raw)
    try:
        return json.loads(raw)
    except ValueError:
        raise bad(f"can't parse {name}: not JSON") from None


def _words(kind: Kind) -> set[str]:
    if isinstance(kind, str):
        return {kind}
    return set().union(*(_words(one) for one in kind[1:])) if kind[0] == "any" else {kind[0]}


def _scalar(name: str, words: set[str], raw: str) -> Any:
    if "bool" in words and raw.lower() in ("true", "false", "1", "0"):
        return raw.lower() in ("true", "1")
    for word, read in (("int", int), ("float", float)):
        if word in words:
            try:
                return read(raw)
            except ValueError:
                continue
    if words & {"str", "file"}:
        return raw
    raise bad(f"can't parse {name}: {sorted(words)[0]} expected")


def _fault(kind: Kind, value: Any, path: str) -> str:
    """What is wrong, or nothing."""
    if isinstance(kind, str):
        return _object_fault(kind[1:], value, path) if kind.startswith("#") else _scalar_fault(kind, value, path)
    if kind[0] == "is":
        return "" if value in kind[1:] else f"{path}: must be {' or '.join(map(repr, kind[1:]))}"
    if kind[0] == "list":
        if not isinstance(value, list):
            return f"{path}: an Array expected"
        return next((why for n, one in enumerate(value) if (why := _fault(kind[1], one, f"{path}[{n}]"))), "")
    return _union_fault(kind[1:], value, path)


def _scalar_fault(kind: str, value: Any, path: str) -> str:
    if kind == "file":
        return "" if isinstance(value, Upload | str) else f"{path}: a file expected"
    wanted = {"int": int, "float": int | float, "bool": bool, "str": str}[kind]
    is_right = isinstance(value, wanted) and (kind == "bool" or not isinstance(value, bool))
    return "" if is_right else f"{path}: {kind} expected"


def _object_fault(name: str, value: Any, path: str) -> str:
    known = schema()["types"][name]
    if isinstance(known, list):
        return _fault(known, value, path)
    if not isinstance(value, dict):
        return f"{path}: an Object expected"
    if unknown := sorted(set(value) - set(known)):
        return f"{path}: {name} has no field {', '.join(unknown)}"
    for field, spec in known.items():
        if field in value:
            if why := _fault(spec["kind"], value[field], f"{path}.{field}"):
                return why
        elif spec["required"] or spec["kind"][0] == "is":
            return f"{path}: {name} needs {field}"
    return ""


def _union_fault(kinds: list[Kind], value: Any, path: str) -> str:
    """What names its own type is judged as that type, so that the complaint is of use."""
    if isinstance(value, dict):
        kinds = [kind for kind in kinds if isinstance(kind, str) and kind.startswith("#")]
        kinds = [kind for kind in kinds if _may_be(kind[1:], value)] or kinds
    faults = [_fault(kind, value, path) for kind in kinds]
    return "" if not all(faults) else min(faults, key=lambda why: "has no field" in why)


def _may_be(name: str, value: dict[str, Any]) -> bool:
    known = schema()["types"][name]
    if isinstance(known, list):
        return False
    fixed = {field: spec["kind"][1:] for field, spec in known.items() if spec["kind"][0] == "is"}
    return bool(fixed) and all(value.get(field) in allowed for field, allowed in fixed.items())


def _all_attached(values: dict[str, Any], files: dict[str, Upload], used: set[str]) -> None:
    """Every attach:// has its part, and every part is used."""
    wanted = set(_attached(values))
    if missing := sorted(wanted - set(files)):
        raise bad(f"can't find the part {missing[0]} of an attached file")
    if extra := sorted(set(files) - wanted - used):
        raise Refusal(400, f"Bad Request: the file in part {extra[0]} belongs to no parameter")


def _attached(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [name for one in value for name in _attached(one)]
    return [value.removeprefix("attach://")] if isinstance(value, str) and value.startswith("attach://") else []
