"""How a match is meant (science.md S-5, S-53): now, denied, long past, feared, asked about as a word, or about whom.

Everything is judged from positions: which marks (patterns whose names begin with "~") stand where around the match.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from agents.domain.safety.lexicon import Lexicon
from agents.domain.safety.normalise import Words
from agents.domain.safety.patterns import Match

Meaning = Literal["active", "soft", "cancelled"]

_NEGATION_REACH: Final = 5  # tokens before the match, S-5a
_SUPPOSED_REACH: Final = 4  # tokens from "afraid of" to what is feared
_SUBJECT_REACH: Final = 2  # tokens at the start of a clause where its subject stands ("my dog")
_PERSON_REACH: Final = 40  # tokens around the match in which the person meant is looked for, S-5c


@dataclass(frozen=True, slots=True)
class Reading:
    """A message with its word positions and marks, ready to judge matches."""

    words: Words
    positions: Mapping[int, Sequence[int]]
    marks: Mapping[str, Sequence[Match]]
    matches: Sequence[Match]
    denying: frozenset[int]  # positions of negators that really deny
    sets: Mapping[str, frozenset[int]]  # word class -> token positions, for the classes context looks at


_LOOKED_AT: Final = (
    "negator", "absolute_negator", "carrier", "opener", "joiner", "listing", "after_negator", "subject", "other_person",
    "first_person", "past_tense", "calming", "relative",
    "pet", "pet_harm", "denier", "preposition",
)  # fmt: skip


def read(lexicon: Lexicon, text: str) -> Reading:
    """Words, marks and matches of normalised text; words inside idioms take no part in any other pattern.

    A `~literal` pattern takes words back from an idiom ("heavy weight" is gym talk, "heavy weight on my chest" is not).
    """
    words = lexicon.words(text)
    positions = lexicon.positions(words)
    idioms: set[int] = set()
    literal: set[int] = set()
    marks: dict[str, list[Match]] = defaultdict(list)
    matches: list[Match] = []
    for match in lexicon.matches(positions, words.sentences):
        if match.name == "~idiom":
            idioms.update(match.at)
        elif match.name == "~literal":
            literal.update(match.at)
        elif match.name.startswith("~"):
            marks[match.name].append(match)
        else:
            matches.append(match)
    idioms -= literal
    matches = [match for match in matches if idioms.isdisjoint(match.at)]
    sets = {name: frozenset(positions[lexicon.class_ids[name]]) for name in _LOOKED_AT}
    no_denial = {position for mark in marks["~no_denial"] for position in mark.at}
    denying = (sets["negator"] | sets["absolute_negator"]) - no_denial
    return Reading(words, positions, marks, matches, denying, sets)


def meaning(reading: Reading, match: Match, *, is_literal: bool, is_setting: bool) -> Meaning:
    """How `match` is meant.

    `is_literal` matches mean what they say also inside a question ("how do I kill myself"); `is_setting` ones describe
    circumstances (pregnant, after a run) that stay true in the past tense and in questions, and can only be denied.
    """
    if _is_negated(reading, match) and not _comes_back(reading, match, "~back_after_no"):
        return "cancelled"
    if is_setting:
        return "active"
    if _is_quotation(reading, match) or _is_story(reading, match) or _is_about_pet(reading, match):
        return "cancelled"
    if not is_literal and _is_word_question(reading, match):
        return "cancelled"
    if _is_past(reading, match) and not _comes_back(reading, match, "~back"):
        return "soft"
    return "soft" if not is_literal and _is_supposed(reading, match) else "active"


def is_about_other(reading: Reading, match: Match) -> bool:
    """Whether the nearest person named before the match is somebody else (S-5c, S-5d)."""
    sets = reading.sets
    inside = [i for i in range(match.start, match.end + 1) if i in sets["first_person"] or i in sets["other_person"]]
    before = range(match.start - 1, max(-1, match.start - 1 - _PERSON_REACH), -1)
    after = range(match.end + 1, min(match.end + 1 + _PERSON_REACH, len(reading.words.tokens)))
    for position in (*inside, *before, *after):
        if position in sets["other_person"]:
            return True
        # "a woman in my class" is not about me; "pain in my chest" is.
        is_place = position < match.start and position - 1 in sets["preposition"]
        if position in sets["first_person"] and not is_place:
            return False
    return False


def _is_negated(reading: Reading, match: Match) -> bool:
    sets, words = reading.sets, reading.words
    gaps = set(range(match.start, match.end)).difference(match.at)
    if gaps & reading.denying:
        return True
    after = match.end + 1
    if after in sets["after_negator"] and words.sentences[after] == words.sentences[match.end]:
        return True
    return _is_denied_before(reading, match)


def _is_denied_before(reading: Reading, match: Match) -> bool:
    """A negator at most five words before, with nothing in between that opens the clause again (S-5a, S-5f)."""
    sets, words, denying = reading.sets, reading.words, reading.denying
    for position in range(match.start - 1, max(match.start - 1 - _NEGATION_REACH, -1), -1):
        if words.sentences[position] != words.sentences[match.start] or position in sets["opener"]:
            return False
        if position in sets["joiner"] and position + 1 not in denying:
            return False
        if position in denying and _carries(reading, position, match):
            return _is_same_list(reading, position, match)
    return False


def _carries(reading: Reading, position: int, match: Match) -> bool:
    """Whether the negator at `position` denies what follows ("not having", "no sign of"), not another verb."""
    following = position + 1
    if position in reading.sets["absolute_negator"]:
        return following == match.start or following not in reading.sets["subject"]
    return following == match.start or following in reading.sets["carrier"]


def _is_same_list(reading: Reading, position: int, match: Match) -> bool:
    """A comma ends a denial ("no, chest pain") unless it is a list ("no pain or cough", "denies pain, cough")."""
    clauses, sets = reading.words.clauses, reading.sets
    if clauses[position] == clauses[match.start]:
        return True
    between = range(position + 1, match.start)
    if clauses[position] != clauses[position + 1] or any(i in sets["subject"] for i in between):
        return False
    sentence = reading.words.sentences[position]
    later = [i for i in range(position + 1, len(clauses)) if reading.words.sentences[i] == sentence]
    return position in sets["denier"] or any(i in sets["listing"] for i in later)


def _marks_in_sentence(reading: Reading, name: str, match: Match) -> list[Match]:
    sentence = reading.words.sentences[match.start]
    return [mark for mark in reading.marks.get(name, ()) if reading.words.sentences[mark.start] == sentence]


def _is_past(reading: Reading, match: Match) -> bool:
    """Weeks or more ago and told as over; what "started two months ago" is still there (S-5b)."""
    if _marks_in_sentence(reading, "~ongoing", match):
        return False
    clauses, sets = reading.words.clauses, reading.sets
    for mark in _marks_in_sentence(reading, "~past", match):
        between = range(min(mark.end, match.end) + 1, max(mark.start, match.start))
        if any(i in sets["opener"] for i in between):
            continue
        is_same_clause = clauses[mark.start] == clauses[match.start]
        same = [i for i in sets["past_tense"] if clauses[i] == clauses[match.start] and i <= match.end]
        if is_same_clause or same:
            return True
    return False


def _comes_back(reading: Reading, match: Match, mark_name: str) -> bool:
    """Whether a later "now it is", "again", "still" opens a denied or past match again (S-5f)."""
    tokens = len(reading.words.tokens)
    for mark in reading.marks.get(mark_name, ()):
        if mark.start - 1 in reading.sets["negator"]:  # "never again"
            continue
        calmed = any(i in reading.sets["calming"] for i in range(mark.start, min(mark.end + 4, tokens)))
        if mark.start > match.end and not calmed:
            return True
    return False


def _is_word_question(reading: Reading, match: Match) -> bool:
    """A question about a word or a topic, with nobody in it who has it (S-5e)."""
    asked = [mark for mark in _marks_in_sentence(reading, "~about_words", match) if mark.start <= match.start]
    asked += _marks_in_sentence(reading, "~about_after", match)  # "stroke kya hota hai", "inme nedir"
    asking = {position for mark in asked for position in range(mark.start, mark.end + 1)}  # "tell me about" is not me
    return bool(asked) and asking.issuperset(mark.start for mark in _marks_in_sentence(reading, "~personal", match))


def _is_quotation(reading: Reading, match: Match) -> bool:
    """Words in quotation marks beside "song", "film", "book" (S-53: titles and lyrics)."""
    return all(reading.words.quoted[i] for i in match.at) and bool(_marks_in_sentence(reading, "~media", match))


def _is_story(reading: Reading, match: Match) -> bool:
    """What happens in a film or a book, in a sentence that speaks of no relative and of nothing of the person's own."""
    told = [mark for mark in _marks_in_sentence(reading, "~story", match) if mark.start <= match.start]
    if not told:
        return False
    start = min(mark.start for mark in told)
    sentences = reading.words.sentences
    return not any(
        i > start and sentences[i] == sentences[match.start]
        for name in ("first_person", "relative")
        for i in reading.sets[name]
    )


def _is_about_pet(reading: Reading, match: Match) -> bool:
    """An animal as the subject of the clause, told of before any person in it ("my dog was choking")."""
    clauses = reading.words.clauses
    start = next(i for i, clause in enumerate(clauses) if clause == clauses[match.start])
    pets = {i for i in reading.sets["pet"] if i + 1 not in reading.sets["pet_harm"]}  # a cat bite is the person's
    return any(i in pets for i in range(start, min(start + _SUBJECT_REACH, match.start))) and not any(
        i in reading.sets["first_person"] for i in range(start + _SUBJECT_REACH, match.end)
    )


def _is_supposed(reading: Reading, match: Match) -> bool:
    """Feared or supposed ("afraid of a heart attack", "what if I ever faint"), not "afraid of my chest pain"."""
    own = reading.sets["first_person"]
    return any(
        0 < match.start - mark.end <= _SUPPOSED_REACH and not any(i in own for i in range(mark.end + 1, match.start))
        for mark in _marks_in_sentence(reading, "~supposed", match)
    )
