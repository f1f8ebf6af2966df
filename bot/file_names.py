"""Names of files that can do no harm on any machine."""

import re
import unicodedata

NAME_LIMIT = 60  # characters, the ending included
ENDING_LIMIT = 10
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # names of devices, not of files


def safe_name(name: str) -> str:
    """No path, no signs that hide or turn words, nothing a file system refuses; the ending is kept."""
    visible = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark)[0] != "C")
    plain = _FORBIDDEN.sub("_", " ".join(visible.split())).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not 0 < len(ending) <= ENDING_LIMIT:
        stem, dot, ending = plain, "", ""
    stem = stem[: NAME_LIMIT - len(dot + ending)].strip(". ") or "file"
    return f"{'_' if _RESERVED.match(stem + dot) else ''}{stem}{dot}{ending}"
