"""What a message says: text with entities, within its limit, read from the parameters of a call."""

from dataclasses import dataclass
from typing import Any

from tests.support.telegram import html
from tests.support.telegram.entities import checked, pairs, units
from tests.support.telegram.parameters import Arguments
from tests.support.telegram.refusal import bad

MAX_TEXT, MAX_CAPTION = 4096, 1024
Entities = list[dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """Text as it is shown, its entities as the API writes them, and the mode they were written in."""

    text: str
    entities: Entities
    parse_mode: str | None

    @property
    def styled(self) -> list[tuple[str, str]]:
        """(tag, words) of each entity."""
        return pairs(self.text, self.entities)

    def fields(self, prefix: str = "") -> dict[str, Any]:
        """The fields of a Message: `text` and `entities`, or with the prefix "caption_" those of a caption."""
        name = "caption" if prefix else "text"
        found: dict[str, Any] = {name: self.text} if self.text else {}
        return {**found, **({f"{prefix}entities": self.entities} if self.entities else {})}


def text_of(arguments: Arguments, *, may_be_empty: bool = False) -> Words:
    """The text of a message. Raises Refusal."""
    words = _words(arguments.get("text", ""), arguments.get("parse_mode"), arguments.get("entities"))
    if not words.text and not may_be_empty:
        raise bad("message text is empty")
    if units(words.text) > MAX_TEXT:
        raise bad("message is too long")
    return words


def caption_of(given: Arguments | dict[str, Any]) -> Words:
    """The caption of a picture or document. Raises Refusal."""
    words = _words(given.get("caption") or "", given.get("parse_mode"), given.get("caption_entities"))
    if units(words.text) > MAX_CAPTION:
        raise bad("message caption is too long")
    return words


def _words(raw: str, mode: str | None, entities: Entities | None) -> Words:
    if mode not in (None, "HTML"):
        raise bad("unsupported parse_mode")  # Markdown modes exist; Keel does not use them (telegram.md TG-20)
    if mode and entities:
        raise bad("parse_mode and entities can't both be given")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    try:
        shown, found = html.read(raw) if mode else checked(raw, entities or [])
    except html.BadMarkup as error:
        raise bad(str(error)) from None
    return Words(shown, found, mode)
