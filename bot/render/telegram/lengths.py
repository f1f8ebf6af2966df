"""How long a text is for Telegram, and where it may be cut."""

import re
import unicodedata

TEXT_LIMIT = 4096  # UTF-16 units of one message (TG-1)
CAPTION_LIMIT = 1024  # UTF-16 units below a file (TG-1)
_SEPARATORS = re.compile("[\u2028\u2029]")  # of lines and of paragraphs
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e")
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s+"), re.compile(r"\s+"))


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) + sum(1 for mark in text if ord(mark) > 0xFFFF)


def cut(text: str, room: int) -> tuple[str, str]:
    """The longest beginning that fits, cut at a paragraph, a line, a sentence or a word, and what is left."""
    if units(text) <= room:
        return text, ""
    end = _fitting(text, room)
    for pattern in _BREAKS:
        places = [match for match in pattern.finditer(text[:end]) if match.start() > end // 2]
        if places:
            return text[: places[-1].start()], text[places[-1].end() :]
    return text[:end], text[end:]


def clean(text: str) -> str:
    """Without control characters, which could hide or turn words; Telegram drops those of direction itself."""
    return "".join(
        mark
        for mark in _SEPARATORS.sub("\n", text)
        if mark == "\n" or (mark not in _TURNING and unicodedata.category(mark) not in ("Cc", "Cs"))
    )


def line_of(text: str) -> str:
    """The words of a text on one line."""
    return " ".join(clean(text.replace("\t", " ")).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something, each with its words alone."""
    return [line for line in map(line_of, text.splitlines()) if line]


def _fitting(text: str, room: int) -> int:
    """How many characters fit; never in the middle of a joined sign, where that can be helped."""
    taken = end = 0
    for mark in text:
        taken += 2 if ord(mark) > 0xFFFF else 1
        if taken > room:
            break
        end += 1
    whole = end
    while whole > end - 16 and whole > 0 and _joins(text, whole):
        whole -= 1
    return max(1, whole if whole > max(0, end - 16) else end)


def _joins(text: str, at: int) -> bool:
    """Whether the sign at this place belongs to the one before it."""
    mark, before = text[at], text[at - 1]
    is_modifier = "\U0001f3fb" <= mark <= "\U0001f3ff" or mark in "\u200d\ufe0e\ufe0f"
    return bool(unicodedata.combining(mark)) or is_modifier or before == "\u200d"
