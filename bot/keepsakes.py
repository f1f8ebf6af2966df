"""Files that the coach hands out in a terminal are kept in a folder of the person's own."""

import os
from itertools import count
from pathlib import Path

from agents.domain.blocks import File
from bot.file_names import safe_name


def keep(file: File, folder: Path) -> Path:
    """Write it there for its owner alone, under a name that is free. Raises OSError where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = Path(safe_name(file.name))
    for number in count(1):
        path = folder / (name.name if number == 1 else f"{name.stem}-{number}{name.suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as stream:
            stream.write(file.data)
        return path
    raise AssertionError("counting has no end")
