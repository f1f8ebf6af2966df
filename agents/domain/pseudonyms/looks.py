"""What looks like a name or a place: by the words before it, by being a common one, by a capital letter.

In German every noun has a capital letter and in our own sentences dishes have one, so there it tells nothing.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Final, Literal

from agents.domain.pseudonyms.contacts import PLACE
from agents.domain.pseudonyms.names import NAME

_TITLED: Final = r"[^\W\d_a-zß-öø-ÿа-я][\w'’-]*"
_SAYS_NAME: Final = re.compile(
    r"(?P<cue>(?i:\b(?:(?:my|his|her|their|our) (?:\w+ )?(?:name is|name's)|name:|i(?:'m| am) called|call me|"
    r"i go by|signed,?|ich hei(?:ß|ss)e|hei(?:ß|ss)t|mein name ist|je m'appelle|s'appelle|mon nom est|me llamo|"
    r"se llama|mi nombre es|mi chiamo|si chiama|meu nome é|me chamo|chamo-me|se chama|меня зовут|nama saya|"
    r"benim adım|adım|اسمي|मेरा नाम)\s+))"
    rf"(?P<name>(?!\[)[^\s.,;:!?]+(?:\s+(?:van|von|de|da|di|del|der|la|le|bin|al)\b)*(?:\s+(?!And\b|But\b|I\b){_TITLED})*)"
)
_TITLE: Final = re.compile(
    r"(?P<cue>\b(?i:dr|mrs?|ms|mx|prof|herr|frau|señora?|sra?|mme|mlle|monsieur|madame|signora?|doña?|doctor|professor|"
    r"coach|aunt(?:ie|y)?|uncle|gran(?:dma|dpa|ny)|sister|brother)\.?\s+)"
    rf"(?P<name>(?!\[){_TITLED}(?:\s+{_TITLED})*)"
)
_HOME: Final = re.compile(
    r"(?P<cue>\b(?i:(?:live|lives|living|based|born|grew up|moved|moving|relocat\w+|staying) (?:in|to|near)|"
    r"(?:i'm|i am|we're|come|comes) from|wohn\w* in|leb\w* in|komm\w* aus|vivo en|soy de|habit\w* à|vis à|vivo a|"
    r"abito a|moro em|sou de)\s+)"
    r"(?P<name>(?!\[)(?!(?i:an?|the|my|our|your|here|there|town|it|this|that|one|bed|pain|fear|einer?|der|dem|una?|la|el|"
    r"le)\b)[^\W\d_][\w'’-]*"
    rf"(?:[ -]{_TITLED})*)"
)
# talk: typed words that are only told about. order: a message to be understood, whose places and capital letters stay,
# because a wish may rest on them. ours: a sentence of our own, in which only common names and cities are looked for.
Source = Literal["talk", "order", "ours"]
_WORD: Final = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
_SENTENCE_ENDS: Final = '.!?…\n:;•—–"“”(['
_GERMAN: Final = frozenset(
    ("ich", "und", "nicht", "das", "ist", "mein", "meine", "der", "die", "den", "dem", "ein", "eine", "heute", "mit",
     "habe", "bin", "auf", "für", "wie", "wir", "mir", "mich", "auch", "noch", "aber")
)  # fmt: skip


def without_what_looks_like_names(text: str, source: Source) -> str:
    """The text with a mark for each."""
    if source != "ours":
        text = _SAYS_NAME.sub(rf"\g<cue>{NAME}", text)
        text = _TITLE.sub(rf"\g<cue>{NAME}", text)
    if source != "order":
        text = _cities().sub(PLACE, _HOME.sub(rf"\g<cue>{PLACE}", text))
    spans = dict(_common(text))
    if source != "ours":
        spans |= dict(_told(text, by_capitals=source == "talk"))
    for start, end in sorted(spans.items(), reverse=True):
        text = text[:start] + NAME + text[end:]
    return text


def _common(text: str) -> Iterator[tuple[int, int]]:
    """Where common given names stand, in any case."""
    for word in _words(text):
        bare = _bare(word[0])
        if bare.lower() in _table()["given_names"]:
            yield word.start(), word.start() + len(bare)


def _told(text: str, *, by_capitals: bool) -> Iterator[tuple[int, int]]:
    """Where a capital letter tells a name: behind "my wife", and inside a sentence of a language that has no others."""
    words = _words(text)
    is_german = len({word[0].lower() for word in words} & _GERMAN) > 1
    people = {b.start() for a, b in pairwise(words) if a[0].lower() in _table()["people"] and _is_next(text, a, b)}
    for word in words:
        bare = _bare(word[0])
        if not _is_titled(bare) or bare.lower() in _table()["capitals"]:
            continue
        is_odd = by_capitals and not is_german and not _begins_sentence(text, word.start())
        if is_odd or word.start() in people:
            yield word.start(), word.start() + len(bare)


def _words(text: str) -> list[re.Match[str]]:
    """The words that are no marks of ours."""
    return [word for word in _WORD.finditer(text) if text[word.start() - 1 : word.start()] != "["]


def _bare(word: str) -> str:
    """Without the possessive: "Anna's" names Anna."""
    return word[:-2] if word[-2:].lower() in ("'s", "’s") else word


def _is_next(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    return text[one.end() : two.start()].strip() in ("", ",")


def _is_titled(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and any(character.islower() for character in word)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \t'‘’*_")
    return (not before and start <= 8) or before[-1:] in _SENTENCE_ENDS


@cache
def _table() -> dict[str, frozenset[str]]:
    path = resources.files("agents.domain") / "data" / "pseudonyms.json"
    loaded: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in loaded.items() if name != "about"}


@cache
def _cities() -> re.Pattern[str]:
    longest_first = sorted(_table()["cities"], key=lambda city: (-len(city), city))
    return re.compile(r"(?<![\w\[])(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)
