"""How many tokens a text may be: an estimate from its bytes, since counting exactly needs each model's own table."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from agents.model.asking import Ask
from agents.model.wording import MOST_OVERHEAD_BYTES

BYTES_PER_TOKEN: Final = 3.5  # from below the usual four: libraries.md L-41
MOST_TOKENS_IN: Final = 3000  # of text in one call, schema included: architecture.md, "One turn"
PICTURE_TOKENS: Final = 1500  # for one picture of a few hundred thousand pixels; reserved, not limited
BYTES_PER_HEARD_TOKEN: Final = 100  # speech at 8 kbit/s is 1,000 bytes and about 10 tokens a second


def tokens(text: str) -> int:
    """The tokens of a text, rather too many than too few."""
    return round(len(text.encode(errors="replace")) / BYTES_PER_TOKEN)


def tokens_of(messages: Iterable[tuple[str, str]]) -> int:
    """The tokens of messages of (role, text)."""
    return sum(tokens(text) for _role, text in messages)


def schema_text(schema: Mapping[str, Any]) -> str:
    """The schema as it is sent in words, without a space too many."""
    return json.dumps(schema, separators=(",", ":"), ensure_ascii=False)


def room(messages: Iterable[tuple[str, str]], schema: Mapping[str, Any] | None = None) -> int:
    """How many tokens may still be said beside these messages; negative when they are too long already.

    A schema costs its own length and the words that go with it where a server cannot take it by itself.
    """
    spoken_for = tokens_of(messages)
    if schema is not None:
        spoken_for += tokens(schema_text(schema)) + round(MOST_OVERHEAD_BYTES / BYTES_PER_TOKEN)
    return MOST_TOKENS_IN - spoken_for


def cut(text: str, most_tokens: int) -> str:
    """As much of the beginning as fits."""
    return text.encode(errors="replace")[: max(0, int(most_tokens * BYTES_PER_TOKEN))].decode(errors="ignore")


def reserved(ask: Ask, schema: Mapping[str, Any] | None = None) -> int:
    """What a call may take at most of an allowance, as far as that can be known before."""
    return expected_in(ask, schema) + ask.most_tokens_out


def expected_in(ask: Ask, schema: Mapping[str, Any] | None = None) -> int:
    """What is sent, in tokens."""
    of_schema = tokens(schema_text(schema)) if schema is not None else 0
    return tokens_of(ask.messages) + of_schema + PICTURE_TOKENS * len(ask.pictures)
