"""Which foods a text names, and how: as present, as left out, or as a possible trace (science.md N-34, N-36, N-37).

A match consumes its words, the longest first, so false friends shadow their parts ("butternut" is no nut).
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Literal

from agents.domain.allergen_table import Term, Token, Words, compound, index, table, tokenise, words_of

# named: it is there. absent: the text says it is not in. topic: only spoken about ("your nut allergy"). trace: may be.
Role = Literal["named", "absent", "topic", "trace"]

# The food does not contain what follows. "or" carries the list on; "and" may begin something that is there.
_DENIED = (
    "without", "no", "zero", "free from", "free of", "not contain", "not include", "contain no", "contain neither",
    "neither", "nor", "doesnt contain", "doesnt include", "isnt made with", "not made with",
    "sin", "sans", "senza", "sem", "ohne", "frei von", "libre de", "libre en", "exempt de",
)  # fmt: skip
# The person or the cook leaves it out; it says nothing about a food.
_LEFT_OUT = (
    "minus", "lack", "omit", "hold the", "leave out", "leaving out", "left out", "skip", "instead of", "rather than",
    "not have", "not eat", "not use", "not add", "never eat", "cannot eat", "cant eat", "dont eat", "no added",
    "replace", "replacing", "swap", "swap out", "nothing with",
)  # fmt: skip
# These speak of what is kept away for good, so "and" carries the list on as well.
_AVOIDED = (
    "avoid", "avoiding", "avoided", "allergic to", "allergy to", "intolerant to", "intolerant of", "intolerance to",
    "intolerance of", "sensitive to", "steer clear of", "stay away from", "keep away from", "keep out", "react to",
    "reaction to",
)  # fmt: skip
_TRACE = (
    "may contain", "might contain", "can contain", "could contain", "may also contain", "may include", "trace of",
    "trace amount of", "may have trace of", "may be present", "line with", "line that", "facility that",
    "facility with", "facility which", "facility where", "factory that", "factory with", "factory which",
    "factory where", "bakery that", "bakery with", "kitchen that", "kitchen with", "kitchen where", "plant that",
    "plant which", "site that", "premise that", "premise where", "equipment with", "equipment that", "equipment as",
    "equipment which", "equipment used", "shared with", "handled with", "alongside", "also handle", "also process",
    "also use", "cross contact with", "cross contamination with", "risk of", "not suitable for", "unsuitable for",
    "not guaranteed free from", "cannot guarantee", "kann spur von", "kann spuren von", "spuren von", "spur von",
    "kann enthalten", "puede contener", "puede llevar", "traza de", "peut contenir", "trace d", "trace de",
    "traces eventuelle de", "puo contenere", "traccia di", "tracce di", "pode conter", "vestigio de", "traco de",
)  # fmt: skip
_CUES: tuple[tuple[Role, tuple[str, ...], frozenset[str]], ...] = (
    ("topic", _LEFT_OUT, frozenset({"or", "nor"})),
    ("topic", _AVOIDED, frozenset({"or", "nor", "and"})),
    ("absent", _DENIED, frozenset({"or", "nor"})),
)
_AFTER = frozenset({"allergy", "allergic", "allergen", "intolerance", "intolerant", "sensitivity", "avoidance"})
# What may follow the last food of a list; a verb starts a new sentence ("avoid nuts and almond milk is fine").
_LIST_ENDS = frozenset(words_of(
    "or and nor so because since then but for in on as at while until if when today this with from here too altogether "
    "completely anymore"
))  # fmt: skip
_LINKS = frozenset(words_of(
    "any the a an all your my their of other kind sort type these those added whole extra ingredient source form food "
    "product trace every eating with"
))  # fmt: skip
_MOST_LINKS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A term at the words [start, end) of the text, and the part it plays there."""

    term: Term
    start: int
    end: int
    role: Role = "named"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as words, with the foods it names in order."""

    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]


def read(text: str, *, allowed: Iterable[str] = (), extra: Iterable[str] = ()) -> Reading:
    """Find every food word. `allowed` names count as clear of everything; `extra` words are terms without a key."""
    tokens = tokenise(text)
    own = {words: Term(" ".join(words), rule="allowed", is_single=True) for words in map(words_of, allowed) if words}
    own = {words: Term(" ".join(words), rule="N-32") for words in map(words_of, extra) if words} | own
    mentions = _matches(tokens, own)
    roles = _roles(tokens, mentions)
    return Reading(tokens, tuple(replace(mention, role=roles.get(mention.start, "named")) for mention in mentions))


def _matches(tokens: Sequence[Token], own: dict[Words, Term]) -> tuple[Mention, ...]:
    names, mine = table().by_first_word, index(own)
    found: list[Mention] = []
    position = 0
    while position < len(tokens):
        first = tokens[position].word
        # Of two names that stand here one begins the other and sorts before it; of equals the caller's own comes first.
        for words in sorted((*mine.get(first, ()), *names.get(first, ())), reverse=True):
            if _stands_at(tokens, position, words):
                term = own[words] if words in own else table().terms[words]
                found.append(Mention(term, position, position + len(words)))
                position += len(words) - 1
                break
        else:
            if closed := compound(first):
                found.append(Mention(closed, position, position + 1))
        position += 1
    return tuple(found)


def _stands_at(tokens: Sequence[Token], position: int, words: Words) -> bool:
    """Whether the words stand here with no stop inside: "coconut, milk" is not coconut milk."""
    span = tokens[position : position + len(words)]
    return tuple(token.word for token in span) == words and not any(token.stop for token in span[1:])


def _roles(tokens: Sequence[Token], mentions: Sequence[Mention]) -> dict[int, Role]:
    """The role of a mention by its start. Later statements win: topic < trace < absent ("without traces of nuts")."""
    found: dict[int, Role] = {}
    for mention in mentions:
        if any(_stands_next(tokens, mention, (word,)) for word in _AFTER):
            found[mention.start] = "topic"
    for role, cues, conjunctions in _CUES:
        if role == "absent":
            found.update(dict.fromkeys(_traces(tokens, mentions), "trace"))
        for position in _after_cues(tokens, cues):
            found.update(dict.fromkeys(_listed(tokens, mentions, position, conjunctions), role))
    found.update(dict.fromkeys((m.start for m in mentions if _is_declared_free(tokens, m)), "absent"))
    return found


def _is_declared_free(tokens: Sequence[Token], mention: Mention) -> bool:
    """ "nut-free", but not "egg, free range"."""
    return _stands_next(tokens, mention, ("free",)) and not _stands_next(tokens, mention, ("free", "range"))


def _stands_next(tokens: Sequence[Token], mention: Mention, words: Words) -> bool:
    """Whether these words follow the food without a stop."""
    rest = tokens[mention.end : mention.end + len(words)]
    return tuple(token.word for token in rest) == words and not any(token.stop for token in rest)


def _after_cues(tokens: Sequence[Token], cues: tuple[str, ...]) -> Iterable[int]:
    names = _cue_index(cues)
    for position, token in enumerate(tokens):
        for words in names.get(token.word, ()):
            if _stands_at(tokens, position, words):
                yield position + len(words)


@cache
def _cue_index(cues: tuple[str, ...]) -> dict[str, tuple[Words, ...]]:
    return index(words_of(cue) for cue in cues)


def _listed(
    tokens: Sequence[Token], mentions: Sequence[Mention], position: int, conjunctions: Collection[str]
) -> list[int]:
    """Starts of the foods listed from here on: the first, and all up to the last joined by a conjunction.

    Commas alone do not carry a list on ("without nuts, almond milk instead"): better one false alarm than a miss.
    """
    chain: list[int] = []
    last = 1
    first = bisect_left(mentions, position, key=lambda mention: mention.start)
    for mention in islice(mentions, first, None):
        link = _link(tokens[position : mention.start + 1], conjunctions)
        if link is None or (link == "direct") == bool(chain):
            break
        chain.append(mention.start)
        last = len(chain) if link == "conjunction" and _ends_list(tokens, mention.end) else last
        position = mention.end
    return chain[:last]


def _ends_list(tokens: Sequence[Token], position: int) -> bool:
    return position == len(tokens) or bool(tokens[position].stop) or tokens[position].word in _LIST_ENDS


def _link(between: Sequence[Token], conjunctions: Collection[str]) -> Literal["direct", "comma", "conjunction"] | None:
    """How a food is tied to what stands before it; the last of the tokens is the food itself."""
    words = [token.word for token in between[:-1]]
    stops = {token.stop for token in between}
    joined = [word for word in words if word in conjunctions]
    others = [word for word in words if word not in conjunctions]
    is_tied = "hard" not in stops and len(others) <= _MOST_LINKS and all(_is_link(word) for word in others)
    if not is_tied:
        return None
    return "conjunction" if joined else "comma" if "soft" in stops else "direct"


def _is_link(word: str) -> bool:
    return word in _LINKS or word in table().fillers


def _traces(tokens: Sequence[Token], mentions: Sequence[Mention]) -> set[int]:
    """Starts of the mentions after "may contain" and the like, up to the end of the sentence (N-31)."""
    found: set[int] = set()
    end = 0
    for position in _after_cues(tokens, _TRACE):
        if position >= end:  # a sentence already covered needs no second look
            end = next((i for i in range(position, len(tokens)) if tokens[i].stop == "hard"), len(tokens))
            found.update(mention.start for mention in mentions if position <= mention.start < end)
    return found
