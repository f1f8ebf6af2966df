"""Where the person lives: cities, countries, zone names and offsets, as an IANA zone and an ISO country code.

A country with several zones tells the country only. A fixed offset ("UTC+2") becomes a zone without daylight saving.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

from agents.schemas import Moment
from agents.understanding.findings import Found, fact, refused
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Match, Phrases, table, words_of

ASKED = frozenset(["timezone", "country", "city", "place", "where"])
_MIN_OFFSET, _MAX_OFFSET = -12 * 60, 14 * 60  # minutes from UTC, the world's extremes

_ZONE_NAME = re.compile(r"\b(?:[a-z]+(?:_[a-z]+)*)/(?:[a-z]+(?:[_-][a-z]+)*)(?:/[a-z]+(?:_[a-z]+)*)?\b")
_OFFSET = re.compile(r"\b(?:utc|gmt)\s*(?P<sign>[+-])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)")
_LIVES = re.compile(
    r"\b(?:live|lives|living|based|located|reside|residing|moved|relocated|settled|staying|stay|home is|"
    r"hometown is|city is|city:|country is|country:|"
    r"(?:my )?time ?zone(?: is|:)?|home:|location:|i am (?:currently |now |right now |originally )?(?:in|from|at|"
    r"near)|(?:currently|now|here|am) in|from)\b[^.;!?\n]{0,24}$"
)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$")
_PASSING = re.compile(
    r"\b(?:next (?:week|month|weekend)|visit(?:ing)?|trip|travel\w*|holiday|vacation|fly(?:ing)?|flight|tomorrow|"
    r"until|this weekend|for a (?:few days|week|weekend)|"
    r"marathon|recipe|style|conference|business|was in|been to|love|miss|moving)\b"
)
_ASSENT = frozenset(
    ("yes", "yep", "yeah", "yup", "ok", "okay", "correct", "right", "sure", "fine", "good", "keep", "no", "nope",
     "that", "thats", "all", "perfect", "great", "spot", "on", "wrong", "not", "mate", "please", "looks", "sounds",
     "exactly", "nah", "s", "same", "its", "it", "is", "u", "thanks")
)  # fmt: skip
_ZONE_WORDS = re.compile(r"\b(?:time ?zone|zone|time|clock|i am (?:on|in)|live|on|in|my)\b")


@cache
def _names() -> Phrases:
    return Phrases(
        {
            f"{section}:{name}": [name]
            for section in ("cities", "countries", "abbreviations")
            for name in table("places")[section]
        }
    )


@cache
def _zones_by_lower_name() -> dict[str, str]:
    """Every IANA zone by its lower-case name; needs the zone data, hence only when a zone is asked for."""
    from zoneinfo import available_timezones

    return {name.lower(): name for name in available_timezones()}


def zone_of(code: str) -> tuple[str, str | None]:
    """Zone ("" for a country with several) and country of a match of the places table."""
    section, _, name = code.partition(":")
    entry = table("places")[section][name]
    if section == "abbreviations":
        return cast("str", entry), None
    return entry[0], entry[1]


def is_place(words: str) -> bool:
    """Whether these lower-case words name a place or a zone of the tables: "pain" and "the gym" do not."""
    city = words.replace(" ", "_")
    is_zone = any(low == city or low.rsplit("/", 1)[-1] == city for low in _zones_by_lower_name())
    return is_zone or next(_names().find(words, words_of(words)), None) is not None


def places(heard: Heard, moment: Moment) -> Iterator[Found]:
    """Time zone and country said in this message."""
    text = heard.asserted
    asked = moment.expecting in ASKED
    explicit = list(_zone_names(heard)) or list(_offsets(heard))
    if explicit:
        yield from explicit
        return
    if (
        not asked
        and not _LIVES.search(text)
        and not re.search(r"\b(?:live|living|based|moved|from|zone|reside|in|time)\b", text)
    ):
        return
    found = [match for match in _names().find(text, heard.words) if _is_home(heard, match, asked=asked)]
    living = [match for match in found if not _FROM.search(heard.before(match.start))]
    cities = [match for match in living or found if match.code.startswith("cities")]
    for match in (cities or living or found)[:1]:
        yield from _located(heard, match)
    if not found and moment.expecting == "timezone":
        yield from _unknown(heard)


def _located(heard: Heard, match: Match) -> Iterator[Found]:
    zone, country = zone_of(match.code)
    span = (match.start, match.end)
    if zone:
        yield fact(heard, "timezone", zone, span, confidence=1.0 if match.code.startswith("cities") else 0.9)
    if country:
        yield fact(heard, "country", country, span)


def _is_home(heard: Heard, match: Match, *, asked: bool) -> bool:
    before = heard.before(match.start)
    clause = heard.asserted[slice(*heard.clause(match.start))]
    if heard.scope.is_denied(match.start) or (
        _PASSING.search(clause) and not re.search(r"\b(?:live|based|moved)\b", before)
    ):
        return False
    if re.match(r"\s*(?:food|cuisine|marathon|style|diet|bus|trip)\b", heard.asserted[match.end :]):
        return False
    if match.code.startswith("abbreviations"):
        return asked or bool(
            _ZONE_WORDS.search(clause) and clause.strip(" .,") != heard.asserted[match.start : match.end]
        )
    return asked or bool(_LIVES.search(before))


def _zone_names(heard: Heard) -> Iterator[Found]:
    for match in _ZONE_NAME.finditer(heard.asserted.replace(" / ", "/")):
        name = _zones_by_lower_name().get(match[0])
        if name:
            yield fact(heard, "timezone", name, match.span())
            return


def _offsets(heard: Heard) -> Iterator[Found]:
    match = _OFFSET.search(heard.asserted)
    if match is None:
        return
    minutes = (int(match["h"]) * 60 + int(match["m"] or 0)) * (1 if match["sign"] == "+" else -1)
    zone = _zone_at(minutes)
    if zone is None:
        yield refused(heard, "timezone", match.span(), "impossible_time")
    else:
        yield fact(heard, "timezone", zone, match.span(), confidence=0.8)


def _zone_at(minutes: int) -> str | None:
    """The zone of a fixed offset. The names Etc/GMT±n carry the sign the other way round."""
    if not _MIN_OFFSET <= minutes <= _MAX_OFFSET:
        return None
    hours, rest = divmod(abs(minutes), 60)
    if rest:
        key = f"{'+' if minutes > 0 else '-'}{hours:02d}:{rest:02d}"
        return cast("str | None", table("places")["offsets"].get(key))
    return f"Etc/GMT{'-' if minutes > 0 else '+'}{hours}" if hours else "UTC"


def _unknown(heard: Heard) -> Iterator[Found]:
    """A city that only the zone database knows, else a refusal so that the answer can ask again."""
    words = [
        word
        for word in heard.words
        if word.text not in ("i", "am", "live", "in", "my", "time", "zone", "is", "timezone", "the", "it", "from")
    ]
    if {word.text for word in words} <= _ASSENT:
        return
    if not words or len(words) > 3 or any(word.text[0].isdigit() for word in words):
        return
    span = (words[0].start, words[-1].end)
    city = "_".join(word.text for word in words)
    zone = next((name for low, name in _zones_by_lower_name().items() if low.rsplit("/", 1)[-1] == city), None)
    yield (
        fact(heard, "timezone", zone, span, confidence=0.9)
        if zone
        else refused(heard, "timezone", span, "unknown_word")
    )
