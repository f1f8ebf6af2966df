"""A file is looked at from outside only."""

import gzip
import os
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from agents.domain.turn import Attachment
from bot.attachments import LIMIT_BYTES, look_at


def test_a_readable_file_is_named_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "lunch.jpg"
    file.write_bytes(b"\xff\xd8\xff" + bytes(97))
    assert look_at("photo", str(file)) == Attachment("photo", 100, "", source=str(file))


@pytest.mark.parametrize("name", ["gone.jpg", "", "a\x00b", "x" * 5000])
def test_a_file_that_is_not_there_is_missing_or_unreadable(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name) if name else ""
    assert look_at("photo", path).problem in ("missing", "unreadable")


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    assert look_at("document", str(tmp_path)).problem == "missing"
    assert look_at("document", "/dev/zero").problem == "missing"


def test_a_pipe_does_not_make_it_wait(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    seen: list[Attachment] = []
    thread = threading.Thread(target=lambda: seen.append(look_at("voice", str(pipe))), daemon=True)
    thread.start()
    thread.join(5)
    assert seen == [Attachment("voice", problem="missing")]


@pytest.mark.parametrize(
    ("size", "problem"), [(0, "empty"), (1, ""), (LIMIT_BYTES, ""), (LIMIT_BYTES + 1, "too_large")]
)
def test_size_decides(tmp_path: Path, size: int, problem: Any) -> None:
    file = tmp_path / "file"
    with file.open("wb") as stream:
        stream.truncate(size)
    source = "" if problem else str(file)
    assert look_at("document", str(file)) == Attachment("document", size, problem, source=source)


def test_archives_are_known_by_their_first_bytes_whatever_their_name(tmp_path: Path) -> None:
    zipped, squeezed = tmp_path / "a.jpg", tmp_path / "b.pdf"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x", "y")
    squeezed.write_bytes(gzip.compress(b"x"))
    heads = {
        b"BZh9": "bz2",
        b"\xfd7zXZ\x00": "xz",
        b"7z\xbc\xaf\x27\x1c": "7z",
        b"Rar!\x1a\x07": "rar",
        b"\x28\xb5\x2f\xfd": "zst",
    }
    others = []
    for head, name in heads.items():
        others.append(tmp_path / name)
        others[-1].write_bytes(head + b"rest")
    assert {look_at("document", str(path)).problem for path in (zipped, squeezed, *others)} == {"archive"}
