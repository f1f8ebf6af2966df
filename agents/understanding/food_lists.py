"""Lists of foods in a sentence ("peanuts, mild, and shellfish"): the items, their codes, the severities between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agents.domain.profile import AllergySeverity
from agents.understanding.hearing import Heard
from agents.understanding.lexicon import Phrases, Word, phrases, singular, table, word_set

_SEVERITIES: dict[str, AllergySeverity] = {
    "mild": "mild", "mildly": "mild", "slight": "mild", "slightly": "mild", "minor": "mild",
    "moderate": "moderate", "moderately": "moderate", "medium": "moderate",
    "severe": "severe", "severely": "severe", "serious": "severe", "seriously": "severe", "badly": "severe",
    "deathly": "anaphylaxis", "deadly": "anaphylaxis", "fatally": "anaphylaxis", "anaphylaxis": "anaphylaxis",
    "anaphylactic": "anaphylaxis", "epipen": "anaphylaxis",
}  # fmt: skip
# These rate an allergy only before its name: "bad knee" in the same sentence is another matter.
_INTENSIFIERS = frozenset(["bad", "very", "really", "extremely", "highly", "strong", "terribly", "super", "so"])
_ENDS_LIST = frozenset(".!?;\n:")
_PARTS_ITEMS = frozenset(",()/&+")
_JOINS = frozenset(["and", "or", "plus", "also", "nor", "n"])
_INTOLERANCES = {
    "lactose": "lactose", "gluten": "gluten", "wheat": "gluten", "fructose": "fructose", "fodmap": "fodmap",
    "histamine": "histamine",
}  # fmt: skip
_LONGEST_UNKNOWN = 3  # words of an item that no table knows


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: the words, where they stand, and the severity said right after or before it."""

    words: tuple[str, ...]
    start: int
    end: int
    severity: AllergySeverity | None = None
    for_all: bool = False

    @property
    def is_severity(self) -> bool:
        """Whether this is no food but a word such as "mild"."""
        return not self.words


def severity_of(word: str, *, is_before: bool = False) -> AllergySeverity | None:
    """The severity a word names; before the allergy an intensifier ("very") counts too."""
    return _SEVERITIES.get(word) or ("severe" if is_before and word in _INTENSIFIERS else None)


@cache
def _other_topics() -> tuple[Phrases, ...]:
    names = (
        ("training", "modalities"), ("training", "levels"), ("training", "equipment"), ("training", "bare_locations"),
        ("goals", "goals"), ("goals", "bare"), ("health", "conditions"), ("health", "symptoms"), ("injuries", "named"),
        ("lifestyle", "work"), ("lifestyle", "leisure"), ("diets", "types"), ("diets", "religious"),
    )  # fmt: skip
    return tuple(phrases(name, section) for name, section in names)


def is_other_topic(words: Sequence[str]) -> bool:
    """Whether these words, next in a list of foods, begin something else ("allergic to nuts, gym 3x a week")."""
    if allergens_of(words, only_known=True) or food_code(words) is not None:
        return False
    region = phrases("injuries", "regions").code(words[-1:]) is not None
    return region or any(topic.code(words) is not None for topic in _other_topics())


def items(heard: Heard, position: int) -> Iterator[Item]:
    """The items of the list that begins at this position, to the end of the list."""
    current: list[Word] = []
    end = position
    for word in heard.words_from(position):
        gap = heard.asserted[end : word.start]
        if not _ENDS_LIST.isdisjoint(gap) or word.text in word_set("food_list_ends") or word.text[0].isdigit():
            break
        severity = _SEVERITIES.get(word.text)
        if current and (severity or word.text in _JOINS or not _PARTS_ITEMS.isdisjoint(gap)):
            item = _item(current)
            if is_other_topic(item.words):
                return
            yield item
            current = []
        if severity:
            yield Item((), word.start, word.end, severity)
        elif word.text not in _JOINS and word.text not in word_set("skipped_in_food_lists"):
            current.append(word)
        end = word.end
    if current and not is_other_topic(_item(current).words):
        yield _item(current)


def items_before(heard: Heard, position: int) -> list[Item]:
    """The list that ends at this position ("peanut and sesame" in "peanut and sesame allergy"), nearest first.

    Only the nearest item may be unknown to the tables; the others must be allergens, or they belong to something else.
    """
    found: list[Item] = []
    current: list[Word] = []
    begin = position
    for word in reversed(heard.words_until(position)):
        gap = heard.asserted[word.end : begin]
        if (
            any(mark in gap for mark in ".!?;\n:(")
            or (word.text in word_set("food_list_ends"))
            or word.text[0].isdigit()
        ):
            break
        if current and (any(mark in gap for mark in ",/&+") or word.text in _JOINS):
            found.append(_item(current[::-1]))
            current = []
        elif "," in gap and not found and not current:
            break
        begin = word.start
        if (
            word.text not in _JOINS
            and word.text not in word_set("skipped_in_food_lists")
            and word.text not in _SEVERITIES
        ):
            current.append(word)
    if current:
        found.append(_item(current[::-1]))
    known = [at for at, item in enumerate(found) if at == 0 or allergens_of(item.words, only_known=True)]
    return [found[at] for at in range(len(found)) if at in known and all(i in known for i in range(at))]


def _item(words: Sequence[Word]) -> Item:
    return Item(tuple(word.text for word in words), words[0].start, words[-1].end)


@cache
def _allergens() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Stems of a phrase -> allergen keys (science.md N-30, N-36, N-37)."""
    rows = table("allergens")["words"]
    return {
        tuple(singular(part) for part in phrase.replace("'s", "").split()): tuple(keys) for phrase, keys in rows.items()
    }


def allergens_of(words: Sequence[str], *, only_known: bool = False) -> tuple[str, ...]:
    """The allergen keys of an item; a word without a key keeps its plain singular form, it is never dropped.

    Longest phrase first; a found phrase hides its parts, so "coconut milk" is coconut and no milk.
    """
    stems = [singular(word.removesuffix("'s")) for word in words]
    keys = _allergens()
    found: list[str] = []
    at = 0
    while at < len(stems):
        length = next((n for n in range(min(4, len(stems) - at), 0, -1) if tuple(stems[at : at + n]) in keys), 0)
        found += keys[tuple(stems[at : at + length])] if length else ()
        at += max(length, 1)
    if found or only_known:
        return tuple(dict.fromkeys(found))
    plain = " ".join(stems[:_LONGEST_UNKNOWN])[:60]
    return (plain,) if plain else ()


def intolerance_codes(words: tuple[str, ...]) -> tuple[str, ...]:
    """The intolerance codes of an item: lactose, gluten and the like, else its allergen key or plain word."""
    for word in words:
        if word.rstrip("s") in _INTOLERANCES:
            return (_INTOLERANCES[word.rstrip("s")],)
    return allergens_of(words)


def foods() -> Phrases:
    """The foods people name as liked, disliked or avoided; code = the token of the table dietary_restrictions."""
    return phrases("foods", "words")


def food_code(words: Sequence[str]) -> str | None:
    """The ingredient token of an item, or None for something that is no known food."""
    for start in range(len(words)):
        code = foods().code(words[start:])
        if code is not None:
            return code
    return None
