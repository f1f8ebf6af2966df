"""A JSON object from a file, read as strictly as a profile needs.

What JSON leaves open is refused: a name that stands twice (an allergy list might hide behind an empty one) and numbers
that are none. The text may be UTF-8, UTF-16 or UTF-32, with or without a byte order mark.
"""

import json
from pathlib import Path
from typing import Any, Final

LARGEST_FILE_BYTES: Final = 1_000_000


class ProfileError(Exception):
    """The file cannot be used; the sentence names each field and what is wrong with it."""


def read_object(path: Path) -> dict[str, Any]:
    """The object in the file. Raises ProfileError with one sentence."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE_BYTES + 1)
    except OSError as error:
        raise ProfileError(f"I cannot read {path}: {(error.strerror or 'it is not there').lower()}.") from None
    if len(data) > LARGEST_FILE_BYTES:
        raise ProfileError(f"{path} is larger than a profile can be (1 MB).")
    if not data.strip():
        raise ProfileError(f"{path} is empty; keel plan --schema says what it may hold.")
    found = _parsed(data, path)
    if not isinstance(found, dict):
        raise ProfileError(f"{path} should hold one JSON object with the fields of a profile.")
    return found


def _parsed(data: bytes, path: Path) -> object:
    try:
        return json.loads(data, object_pairs_hook=_once_each, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ProfileError(f"{path} is not JSON: {error.msg[:1].lower()}{error.msg[1:]} at {where}.") from None
    except UnicodeDecodeError:
        raise ProfileError(f"{path} is not JSON: it is not text in UTF-8.") from None
    except RecursionError:
        raise ProfileError(f"{path} is nested too deeply for a profile.") from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise ProfileError(f"{path} holds a number that is too long.") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProfileError(f"{named(twice)}: this field stands there twice; keep the one that is right")
    return found


def _no_number(word: str) -> float:
    raise ProfileError(f"{word} is not a number that JSON knows")


def shown(value: object, most: int = 40) -> str:
    """A value from the file in a sentence: as JSON, on one line, not too long."""
    is_plain = isinstance(value, str) and value.isprintable()
    text = json.dumps(value, default=str, ensure_ascii=not is_plain)
    return text if len(text) <= most else f"{text[:most]}…"


def named(name: str) -> str:
    """The name of a field in a sentence: bare where it can be."""
    return name if name.isidentifier() and name.isascii() and len(name) <= 40 else shown(name)
