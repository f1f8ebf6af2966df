"""How Telegram reads HTML in messages: strict about tags, exact about lengths."""

import html
import re

TAGS = ("b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "a", "tg-spoiler")
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)((?:\s[^<>]*)?)>")
_NAMED = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)")


class BadMarkup(Exception):
    """What Telegram says about it."""


def parse(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text people see, and its styled stretches as (tag, words). Raises BadMarkup."""
    shown: list[str] = []
    open_tags: list[tuple[str, int]] = []
    entities: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        if text[at] != "<":
            end = text.find("<", at)
            end = len(text) if end < 0 else end
            shown.append(_unescaped(text[at:end]))
            at = end
            continue
        match = _TAG.match(text, at)
        if match is None or match[2].lower() not in TAGS:
            raise BadMarkup(f"can't parse entities: Unsupported start tag at byte offset {len(text[:at].encode())}")
        tag = match[2].lower()
        if match[1]:
            if not open_tags or open_tags[-1][0] != tag:
                raise BadMarkup("can't parse entities: Unmatched end tag")
            _, begin = open_tags.pop()
            entities.append((tag, "".join(shown)[begin:]))
        else:
            open_tags.append((tag, len("".join(shown))))
        at = match.end()
    if open_tags:
        raise BadMarkup("can't parse entities: Can't find end tag")
    return "".join(shown), entities


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _unescaped(text: str) -> str:
    """Four named references and numbers; a bare "&" is refused here, so that nothing relies on Telegram's leniency."""
    if _NAMED.search(text):
        raise BadMarkup("can't parse entities: unescaped &")
    return html.unescape(text)
