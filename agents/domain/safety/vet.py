"""Vetting of outgoing text that a model touched (science.md S-12): the forbidden list. A hit replaces the text."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from agents.domain.safety.context import meaning, read
from agents.domain.safety.lexicon import lexicon, load
from agents.domain.safety.normalise import normalise, undisguised
from agents.domain.safety.readings import measured
from agents.domain.safety.verdict import Finding

_LONGEST_REPLY: Final = 20_000  # characters; Telegram's limit is 4,096


def vet_text(text: str) -> tuple[Finding, ...]:
    """What in an outgoing text must not be said: one finding per rule that is hit, in the order of the list.

    Texts beyond any reply's length fail closed. The patterns are bounded, so time is linear in the length.
    """
    if len(text) > _LONGEST_REPLY:
        return (Finding("S-12", "urgent", "The text is too long to be vetted."),)
    plain = normalise(text)
    versions = tuple(dict.fromkeys((plain, undisguised(plain))))
    found = [finding for pattern, finding in _forbidden() if any(pattern.search(version) for version in versions)]
    found += [finding for version in versions for finding in _forbidden_concepts(version)]
    return tuple(dict.fromkeys(found))


def _forbidden_concepts(text: str) -> Iterator[Finding]:
    """The asks of E2 to E8 and S-60 turned round: the coach must not propose them either, but may decline them."""
    concepts: dict[str, list[str]] = load("forbidden")["concepts"]
    reading = read(lexicon(), text)
    for match in (*reading.matches, *measured(reading)):
        if match.name in concepts and meaning(reading, match, is_literal=True, is_setting=False) == "active":
            rule, message = concepts[match.name]
            yield Finding(rule, "urgent", message)


@cache
def _forbidden() -> tuple[tuple[re.Pattern[str], Finding], ...]:
    """The list of data/forbidden.json, compiled once."""
    data = load("forbidden")
    groups: dict[str, list[str]] = load("medicines")["groups"]
    named = {name for code, entries in groups.items() for name in (code.replace("_", " "), *entries)}
    names = sorted(named, key=lambda name: (-len(name), name))
    parts: dict[str, str] = data["parts"] | {"medicine": "|".join(map(re.escape, names))}
    return tuple(
        (re.compile(_filled(source, parts)), Finding(entry["rule"], entry["level"], entry["message"]))
        for entry in data["entries"]
        for source in entry["patterns"]
    )


def _filled(source: str, parts: dict[str, str]) -> str:
    """`source` with every `{name}` replaced by the alternatives of that name."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{parts[found[1]]})", source)
