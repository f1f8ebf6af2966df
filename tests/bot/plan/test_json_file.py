"""Reading the file itself: encodings, size, and everything that is not one JSON object."""

import json
from pathlib import Path

import pytest

from bot.plan.json_file import LARGEST_FILE_BYTES, ProfileError, named, read_object, shown

DATA = {"age": 34, "name": "Zoë"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_text_is_read_in_every_encoding_json_may_have(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(json.dumps(DATA, ensure_ascii=False).encode(encoding))
    assert read_object(file) == DATA


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"hello", "is not JSON: expecting value at line 1, column 1"),
        (b'{"age": 34', "is not JSON: expecting"),
        (b"{'age': 34}", "is not JSON"),
        (b'{"age": 34} {}', "is not JSON: extra data"),
        (b'{"age": "\xff\xfe"}', "not text in UTF-8"),
        (b"[1]", "one JSON object"),
        (b"null", "one JSON object"),
        (b"42", "one JSON object"),
        (b'{"age": NaN}', "NaN is not a number"),
        (b'{"age": -Infinity}', "-Infinity is not a number"),
        (b'{"age": ' + b"9" * 5000 + b"}", "number that is too long"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 50_000, "nested too deeply"),
        (b'{"allergies": ["milk"], "allergies": []}', "allergies: this field stands there twice"),
        (b'{"injuries": [{"severity": "severe", "severity": "mild"}]}', "severity: this field stands there twice"),
        (b" " * (LARGEST_FILE_BYTES + 1), "larger than a profile"),
    ],
)
def test_what_is_not_one_object_is_refused_in_one_line(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        read_object(file)
    assert words in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="directory"):
        read_object(tmp_path)
    with pytest.raises(ProfileError, match="no such file"):
        read_object(tmp_path / "none.json")


def test_values_and_names_are_shown_on_one_line_and_short() -> None:
    assert shown("Zoë") == '"Zoë"'
    assert shown("a\nb\ud800") == '"a\\nb\\ud800"'
    assert shown([1] * 99).endswith("…")
    assert named("age") == "age"
    assert named("a b") == '"a b"'
    assert len(named("x" * 999)) < 50
