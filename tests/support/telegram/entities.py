"""Text and its entities: lengths in UTF-16 units, what Telegram takes away, what it refuses (telegram.md TG-1)."""

import re
from typing import Any

from tests.support.telegram.refusal import bad

MAX_ENTITIES = 100
TAG_OF = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "expandable_blockquote": "blockquote", "text_link": "a",
    "text_mention": "a", "date_time": "tg-time", "custom_emoji": "tg-emoji",
}  # fmt: skip
_NEEDS = {
    "text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time",
}  # fmt: skip
_TYPED = ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number")
_FORMAT = re.compile(r"(r|w?[dD]?[tT]?)$")  # relative, or weekday, date and time, short or long
_QUOTES = ("blockquote", "expandable_blockquote")
_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e]")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)|(?P<email>[\w.+-]+@[\w-]+\.[\w.]{2,})"
    r"|(?P<url>https?://\S+)|(?P<mention>(?<!\w)@\w{4,32})|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The words of an entity."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def cleaned(text: str) -> str:
    """Control characters become spaces; carriage returns and characters that turn the direction of text are removed."""
    return _DROPPED.sub("", _CONTROL.sub(" ", text))


def pairs(text: str, entities: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Entities as a person would name them: (tag, words). What Telegram finds by itself is left out."""
    marked = [entity for entity in entities if entity["type"] in TAG_OF]
    return [(TAG_OF[one["type"]], cut(text, one["offset"], one["length"])) for one in marked]


def checked(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities as they arrive. Raises Refusal for entities that Telegram refuses."""
    if len(entities) > MAX_ENTITIES:
        raise bad(f"too many entities: {len(entities)}")
    if entities and cleaned(text) != text:
        raise bad("characters of this text are removed, which moves its entities")
    for entity in entities:
        _check(text, entity)
    check_nesting(entities)
    return settled(cleaned(text), entities)


def settled(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Without blanks around the text, and without entities that hold nothing to see."""
    start = units(text) - units(text.lstrip())
    shown = text.strip()
    end = units(shown)
    kept = []
    for entity in sorted(entities, key=lambda one: (one["offset"], -one["length"])):
        begin = max(0, entity["offset"] - start)
        length = min(end, entity["offset"] + entity["length"] - start) - begin
        if length > 0 and cut(shown, begin, length).strip():
            kept.append({**entity, "offset": begin, "length": length})
    if len(kept) > MAX_ENTITIES:
        raise bad(f"too many entities: {len(kept)}")
    return shown, kept


def found_in(text: str) -> list[dict[str, Any]]:
    """What Telegram marks by itself in what a person writes: commands, links, addresses, mentions, tags."""
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match[0])}
        for match in _FOUND.finditer(text)
    ]


def _check(text: str, entity: dict[str, Any]) -> None:
    kind, begin, end = entity["type"], entity["offset"], entity["offset"] + entity["length"]
    if kind not in TAG_OF and kind not in _TYPED:
        raise bad(f"can't parse MessageEntity: Unsupported type {kind}")
    if begin < 0 or entity["length"] <= 0:
        raise bad(f"entity offset or length is out of range: {entity}")
    if end > units(text):
        raise bad(f"entity beginning at UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {end}")
    halves = text.encode("utf-16-le")
    if any(0xDC <= halves[2 * at + 1] <= 0xDF for at in (begin, end) if at < units(text)):
        raise bad(f"entity beginning at UTF-16 offset {begin} starts or ends in the middle of a UTF-16 symbol")
    if kind in _NEEDS and _NEEDS[kind] not in entity:
        raise bad(f"can't parse MessageEntity: {kind} needs {_NEEDS[kind]}")
    if kind == "custom_emoji":
        raise bad("custom emoji need an owner with Telegram Premium")
    if not is_format(entity.get("date_time_format", "")):
        raise bad("can't parse MessageEntity: Invalid date-time format")


def is_format(text: str) -> bool:
    """How a date_time entity may be shown."""
    return _FORMAT.match(text) is not None


def check_nesting(entities: list[dict[str, Any]]) -> None:
    """Entities lie apart or one in the other, and only styles and quotes may hold or be held. Raises Refusal."""
    for number, one in enumerate(entities):
        for other in entities[number + 1 :]:
            first, second = sorted((one, other), key=lambda entity: (entity["offset"], -entity["length"]))
            end = first["offset"] + first["length"]
            if second["offset"] >= end:
                continue
            if second["offset"] + second["length"] > end:
                raise bad("entities overlap")
            if not _may_hold(first["type"], second["type"]):
                raise bad(f"{second['type']} can't be nested in {first['type']}")


def _may_hold(outer: str, inner: str) -> bool:
    if outer in _QUOTES:
        return inner not in _QUOTES
    return not {outer, inner} & {"code", "pre"} and bool({outer, inner} & _STYLES)
