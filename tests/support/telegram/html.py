"""How Telegram reads HTML in messages: strict about tags, exact about lengths.

Stricter than Telegram in two places, so that nothing relies on leniency: a bare "&" is refused, and so is an attribute
without meaning.
"""

import html
import re
from typing import Any

from tests.support.telegram.entities import check_nesting, cleaned, is_format, pairs, settled, units
from tests.support.telegram.refusal import Refusal

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-time": "date_time",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"}, "blockquote": {"expandable"}, "code": {"class"}, "span": {"class"}, "tg-time": {"unix", "format"},
    "tg-emoji": {"emoji-id"},
}  # fmt: skip
TAGS = tuple(_KINDS)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""\s+([a-z-]+)(?:=(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")
_LINK = re.compile(r"(?:https?|tg|mailto|tel):\S+$")


class BadMarkup(Exception):
    """What Telegram says about it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"can't parse entities: {why}")


def parse(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text people see, and its styled stretches as (tag, words). Raises BadMarkup."""
    shown, entities = read(text)
    return shown, pairs(shown, entities)


def read(text: str) -> tuple[str, list[dict[str, Any]]]:
    """The text people see, and its entities as the API writes them. Raises BadMarkup."""
    reader = _Reader(text)
    try:
        check_nesting(reader.entities)
        return settled("".join(reader.shown), reader.entities)
    except Refusal as refusal:
        raise BadMarkup(refusal.description.removeprefix("Bad Request: ")) from None


class _Reader:
    """One pass over the text; open tags are kept with where they began."""

    def __init__(self, text: str) -> None:
        self._text, self._length = text, 0
        self._open: list[tuple[str, int, dict[str, Any]]] = []
        self.shown: list[str] = []
        self.entities: list[dict[str, Any]] = []
        at = 0
        while at < len(text):
            at = self._tag(at) if text[at] == "<" else self._words(at)
        if self._open:
            raise BadMarkup(f'Can\'t find end tag corresponding to start tag "{self._open[-1][0]}"')

    def _words(self, at: int) -> int:
        end = self._text.find("<", at)
        end = len(self._text) if end < 0 else end
        shown = cleaned(_unescaped(self._text[at:end]))
        self.shown.append(shown)
        self._length += units(shown)
        return end

    def _tag(self, at: int) -> int:
        match = _TAG.match(self._text, at)
        offset = len(self._text[:at].encode())
        if match is None:
            raise BadMarkup(f"Unclosed start tag at byte offset {offset}")
        tag = match[2].lower()
        if match[1]:
            self._close(tag, offset)
        elif tag in _KINDS:
            self._open.append((tag, self._length, _attributes(tag, match[3], offset)))
        else:
            raise BadMarkup(f'Unsupported start tag "{tag}" at byte offset {offset}')
        return match.end()

    def _close(self, tag: str, offset: int) -> None:
        if not self._open:
            raise BadMarkup(f"Unexpected end tag at byte offset {offset}")
        opened, begin, attributes = self._open.pop()
        if opened != tag:
            raise BadMarkup(f'Unmatched end tag at byte offset {offset}, expected "</{opened}>", found "</{tag}>"')
        kind = "expandable_blockquote" if "expandable" in attributes else _KINDS[tag]
        kept = {name: value for name, value in attributes.items() if name != "expandable"}
        entity = {"type": kind, "offset": begin, "length": self._length - begin, **kept}
        if tag == "code" and self._language_of_pre(entity):
            return
        if not (tag == "pre" and any(one["type"] == "pre" and one["offset"] == begin for one in self.entities)):
            self.entities.append(entity)

    def _language_of_pre(self, entity: dict[str, Any]) -> bool:
        """`<pre><code class="language-x">` is one entity."""
        if "language" not in entity:
            return False
        if self._open and self._open[-1][0] == "pre" and self._open[-1][1] == entity["offset"]:
            self.entities.append({**entity, "type": "pre"})
            return True
        raise BadMarkup("a language belongs to code inside pre")


def _attributes(tag: str, raw: str, offset: int) -> dict[str, Any]:
    """What the entity needs of them."""
    found = {match[1]: match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(raw)}
    if _ATTRIBUTE.sub("", raw).strip() or set(found) - _ATTRIBUTES.get(tag, set()):
        raise BadMarkup(f'Unsupported attributes of tag "{tag}" at byte offset {offset}')
    found = {name: _unescaped(value) for name, value in found.items()}
    if tag == "a" and not _LINK.match(found.get("href", "")):
        raise BadMarkup(f"the link at byte offset {offset} leads nowhere")
    if tag == "span" and found.get("class") != "tg-spoiler":
        raise BadMarkup(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    if tag == "tg-emoji":
        raise BadMarkup(f'"tg-emoji" at byte offset {offset} needs an owner with Telegram Premium')
    return _fields(tag, found, offset)


def _fields(tag: str, found: dict[str, str], offset: int) -> dict[str, Any]:
    if tag == "a":
        return {"url": found["href"]}
    if tag == "tg-time":
        if not found.get("unix", "").isdecimal():
            raise BadMarkup(f"Invalid Unix time at byte offset {offset}")
        if not is_format(found.get("format", "")):
            raise BadMarkup(f"Invalid date-time format at byte offset {offset}")
        return {"unix_time": int(found["unix"]), "date_time_format": found.get("format", "")}
    if tag == "code" and "class" in found:
        if not found["class"].startswith("language-"):
            raise BadMarkup(f'Unsupported class of tag "code" at byte offset {offset}')
        return {"language": found["class"].removeprefix("language-")}
    return {"expandable": True} if "expandable" in found else {}


def _unescaped(text: str) -> str:
    """Four named references and numbers; a bare "&" is refused here, so that nothing relies on Telegram's leniency."""
    if _NAMED.search(text):
        raise BadMarkup("unescaped &")
    return html.unescape(text)


__all__ = ["TAGS", "BadMarkup", "parse", "read", "units"]
