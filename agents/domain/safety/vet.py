"""Vetting of outgoing text that a model touched (science.md S-12): the forbidden list. A hit replaces the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.domain.safety.context import meaning, read
from agents.domain.safety.lexicon import lexicon, load
from agents.domain.safety.normalise import normalise, undisguised
from agents.domain.safety.readings import (
    KG_PER,
    LARGE_LOSS_KG,
    MAX_LOSS_KG_PER_WEEK,
    WEEKS_PER,
    WRITTEN_COUNTS,
    measured,
)
from agents.domain.safety.verdict import Finding

_LONGEST_REPLY: Final = 20_000  # characters; Telegram's limit is 4,096
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE_BREAK: Final = re.compile(r"[,;:()–—]|\b(?:but|so|and|then|instead|just)\b")
_DECLINES: Final = re.compile(
    r"\bi (?:do not|don't|will not|won't|cannot|can't|never|would not|wouldn't)\b|\bnot something\b|"
    r"\bplease (?:do not|don't|never)\b"
)
_ASKS_AFTER: Final = re.compile(r"\bif you\b|\?\s*$")
# Words of conditions.json that are everyday English, or no verdict about anybody.
_NO_DIAGNOSIS: Final = frozenset({
    "surgery", "operation", "seizures", "cardiac", "stent", "bypass", "ulcer", "smoker", "smoking", "overweight",
    "transplant", "thyroid", "blood pressure", "cholesterol", "reflux", "allergies", "claudication", "fits", "type 1",
    "type 2", "blind", "deaf", "covid", "back pain", "knee pain", "neck pain", "shoulder pain", "hip pain",
    "joint pain", "foot pain", "ankle pain", "wrist pain", "elbow pain", "headaches", "low iron", "fluid limit",
    "always cold", "cold feet", "cold hands", "feel cold", "feel the cold", "feeling cold", "flu jab", "flu shot",
    "flu vaccination", "flu vaccine", "covid jab", "covid shot", "covid vaccination", "covid vaccine",
})  # fmt: skip
_NO_VERDICTS: Final = frozenset({
    "pregnancy", "postpartum", "breastfeeding", "contraception", "perimenopause", "acute_illness", "cold_above_neck",
    "acute_illness+covid_like",
})  # fmt: skip
_LOSS: Final = re.compile(
    r"(?<![\d.,])(\d+(?:[.,]\d+)?|one|an?|half an?|two|three|four|five|six|eight|ten|twelve)[ -]?"
    r"(kg|kilos?|kilograms?|lbs?|pounds?|stones?)\b"
    r"(?: (?:of )?(?:fat|weight|body weight|body fat|down|off|lighter))? (?:lighter |down |off )?"
    r"(?:in|within|over|per|a|an|each|every|this|next|by next|in the next|over the next)"
    r"(?: (?:just|only|about|around|under|less than|as little as))?"
    r" ?(\d+|one|an?|two|three|four|five|six|eight|ten|twelve)? ?(days?|weeks?|months?)\b"
)
_LOSES: Final = re.compile(r"\b(?:los(?:e|es|ing|s)|drop|shed|shift|burn)")
_TOO_FAST: Final = Finding("E4", "urgent", "A loss faster than one kilogram a week is named.")


@dataclass(frozen=True, slots=True)
class _Context:
    """What excuses a hit: words before it in its clause, or after it in its sentence; `is_question` wants a "?"."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    is_question: bool

    def excuses(self, sentence: str, hit: re.Match[str]) -> bool:
        """Whether this hit in this sentence is excused."""
        if self.is_question and not sentence.endswith("?"):
            return False
        clause = _CLAUSE_BREAK.split(sentence[: hit.start()])[-1]
        if self.before is not None and self.before.search(clause):
            return True
        return self.after is not None and self.after.search(sentence[hit.end() :]) is not None


@dataclass(frozen=True, slots=True)
class _Entry:
    """One group of patterns with its finding and what excuses a hit."""

    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[_Context, ...]
    finding: Finding

    def hits(self, sentence: str) -> bool:
        """Whether a pattern is found in the sentence without an excuse."""
        return any(not _is_excused(sentence, hit, self.unless) for p in self.patterns for hit in p.finditer(sentence))


def vet_text(text: str) -> tuple[Finding, ...]:
    """What in an outgoing text must not be said: one finding per rule that is hit, in the order of the list.

    Texts beyond any reply's length fail closed, and so does a fault of the list itself. The patterns are bounded, so
    time is linear in the length.
    """
    try:
        if len(text) > _LONGEST_REPLY:
            return (Finding("S-12", "urgent", "The text is too long to be vetted."),)
        return tuple(dict.fromkeys(_found(text)))
    except Exception:  # Whatever breaks here, the text must not pass unseen (S-12).
        return (Finding("S-12", "urgent", "The text could not be vetted."),)


def vetted(text: str, *, instead: str) -> str:
    """The text if nothing speaks against it, else the template (S-12)."""
    return instead if vet_text(text) else text


def _found(text: str) -> Iterator[Finding]:
    plain = normalise(text)
    for version in dict.fromkeys((plain, undisguised(plain))):
        sentences = [sentence for sentence in _SENTENCE_END.split(version) if sentence.strip()]
        for entry in _entries():
            if any(entry.hits(sentence) for sentence in sentences):
                yield entry.finding
        if any(_falls_too_fast(sentence) for sentence in sentences):
            yield _TOO_FAST
        yield from _concepts(sentences)


def _concepts(sentences: Iterable[str]) -> Iterator[Finding]:
    """The asks of E2 to E8 and S-60 turned round: the coach must not propose them either, but may decline or ask."""
    concepts: dict[str, list[str]] = load("forbidden")["concepts"]
    open_ones = [sentence for sentence in sentences if not _DECLINES.search(sentence)]
    unasked = [sentence for sentence in open_ones if not _ASKS_AFTER.search(sentence)]
    for is_harm, kept in ((False, open_ones), (True, unasked)):
        reading = read(lexicon(), "\n".join(kept))
        for match in (*reading.matches, *measured(reading)):
            if match.name not in concepts:
                continue
            rule, message = concepts[match.name]
            is_active = meaning(reading, match, is_literal=True, is_setting=False) == "active"
            if is_active and (rule == "S-60") is is_harm:
                yield Finding(rule, "urgent", message)


def _falls_too_fast(sentence: str) -> bool:
    """E4: a loss promised or proposed at more than a kilogram a week; what was, and what is lifted, is no promise."""
    contexts = _contexts()
    excuses = tuple(contexts[name] for name in ("declined", "past", "target", "lifting"))
    for hit in _LOSS.finditer(sentence):
        kg, weeks = _amount(hit[1]) * _kg(hit[2]), _amount(hit[3]) * WEEKS_PER[hit[4].rstrip("s")]
        is_target = kg >= LARGE_LOSS_KG and not _LOSES.search(sentence[: hit.start()])  # "72 kg in 16 weeks"
        is_fast = kg / weeks > MAX_LOSS_KG_PER_WEEK + 0.05
        if is_fast and not is_target and not _is_excused(sentence, hit, excuses):
            return True
    return False


def _amount(word: str | None) -> float:
    if word is None or word in ("a", "an", "one"):
        return 1.0
    if word.startswith("half"):
        return 0.5
    return WRITTEN_COUNTS[word] if word in WRITTEN_COUNTS else max(float(word.replace(",", ".")), 0.01)


def _kg(unit: str) -> float:
    return KG_PER["stone"] if unit.startswith("stone") else KG_PER["kg"] if unit.startswith("k") else KG_PER["lb"]


def _is_excused(sentence: str, hit: re.Match[str], contexts: tuple[_Context, ...]) -> bool:
    return any(context.excuses(sentence, hit) for context in contexts)


@cache
def _entries() -> tuple[_Entry, ...]:
    """The list of data/forbidden.json, compiled once."""
    data = load("forbidden")
    parts: dict[str, str] = data["parts"] | {"medicine": _either(_medicines()), "disease": _either(_diseases())}
    return tuple(
        _Entry(
            tuple(re.compile(_filled(source, parts)) for source in entry["patterns"]),
            tuple(_contexts()[name] for name in entry["unless"]),
            Finding(entry["rule"], entry["level"], entry["message"]),
        )
        for entry in data["entries"]
    )


@cache
def _contexts() -> Mapping[str, _Context]:
    sources: dict[str, dict[str, str]] = load("forbidden")["contexts"]
    return {
        name: _Context(
            re.compile(source["before"]) if "before" in source else None,
            re.compile(source["after"]) if "after" in source else None,
            bool(source.get("question")),
        )
        for name, source in sources.items()
    }


def _medicines() -> Iterator[str]:
    groups: dict[str, list[str]] = load("medicines")["groups"]
    for code, entries in groups.items():
        yield code.replace("_", " ")
        yield from entries
    yield from load("medicines")["combinations"]


def _diseases() -> Iterator[str]:
    table = load("conditions")
    for part in ("codes", "regions"):
        for key, entries in table[part].items():
            if key not in _NO_VERDICTS:
                yield from (entry for entry in entries if len(entry) > 2 and entry not in _NO_DIAGNOSIS)


def _either(names: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(names), key=lambda name: (-len(name), name))))


def _filled(source: str, parts: Mapping[str, str]) -> str:
    """`source` with every `{name}` replaced by the alternatives of that name."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{parts[found[1]]})", source)
