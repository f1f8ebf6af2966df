"""Sentences for people, from one Fluent catalogue a language (prompts/locales/<language>/*.ftl).

A catalogue may hold a few sentences only, such as the names of the commands: a folder is no promise of a translation.
A key or variable that a catalogue lacks falls back to English; braces never reach a person (libraries.md L-62..L-64).
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from fluent.runtime import FluentBundle, FluentResource

FALLBACK = "en"
Scalar = str | int | float


class Catalogue:
    """All languages, each loaded at its first use."""

    def say(self, locale: str, key: str, args: Mapping[str, Scalar]) -> str:
        """The sentence for a key. Raises KeyError for a key that English does not have either."""
        language = locale.partition("-")[0].lower()
        for candidate in dict.fromkeys((language, FALLBACK)):
            text = _format(candidate, key, args)
            if text is not None:
                return text
        raise KeyError(f"no sentence for {key}")

    def has(self, locale: str, key: str) -> bool:
        """Whether this language has the key itself."""
        bundle = _bundle(locale.partition("-")[0].lower())
        return bundle is not None and bundle.has_message(key)


def languages() -> tuple[str, ...]:
    """The codes of all catalogues, whole or not."""
    folder = resources.files("prompts") / "locales"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.name.isalpha() and entry.is_dir()))


def _format(language: str, key: str, args: Mapping[str, Scalar]) -> str | None:
    bundle = _bundle(language)
    if bundle is None or not bundle.has_message(key):
        return None
    pattern = bundle.get_message(key).value
    if pattern is None:
        return None
    text, errors = bundle.format_pattern(pattern, dict(args))
    return None if errors else str(text)


@cache
def _bundle(language: str) -> FluentBundle | None:
    """The bundle of a language, None where there is no catalogue."""
    folder = resources.files("prompts") / "locales" / language
    if not language.isalpha() or not folder.is_dir():
        return None
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ftl"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
