"""Red-flag triage (science.md S-1 to S-8, 1.2 to 1.4): deterministic, standard library only, before any model.

A message becomes concepts ("chest_pain", "sweating"), each meant now, softly (long past, supposed) or not at all; rules
are combinations of concepts over this message and the person's last 30 minutes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.domain.safety.context import Meaning, is_about_other, meaning, read
from agents.domain.safety.levels import LEVELS, Level, at_most, one_higher, worst
from agents.domain.safety.lexicon import Lexicon, lexicon, load
from agents.domain.safety.normalise import variants
from agents.domain.safety.readings import measured

_MOST_RECENT: Final = 20  # messages of the last 30 minutes that are looked at; more is a flood, not a picture
_MOST_JUDGED: Final = 60  # matches of one concept in one message; more is repetition
_ELDERLY_AGE: Final = 65  # years, S-7
_SMALL_CHILD_AGE: Final = 5  # years, S-7


@dataclass(frozen=True, slots=True)
class RiskContext:
    """What S-7 raises a level for. `conditions` are medical_flags codes, `insulin` insulin-treated diabetes."""

    age: int | None = None
    conditions: Collection[str] = ()
    pregnant: bool = False
    anticoagulant: bool = False
    insulin: bool = False

    @property
    def is_raised(self) -> bool:
        """Whether injury, bleeding, fever, vomiting or fainting weigh one level more for this person."""
        by_condition = {"immunosuppressed", "pregnancy", "cancer_treatment"}.intersection(self.conditions)
        by_age = self.age is not None and (self.age >= _ELDERLY_AGE or self.age <= _SMALL_CHILD_AGE)
        return bool(self.pregnant or self.anticoagulant or self.insulin or by_age or by_condition)


@dataclass(frozen=True, slots=True)
class Triage:
    """What a message means for safety: level, the ids of all rules that fired (sorted), and for whom."""

    level: Level = "none"
    rules: tuple[str, ...] = ()
    category: str = "none"
    about_other: bool = False
    imminent: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    level: Level
    category: str
    when: tuple[frozenset[str], ...]  # all of these groups, one concept of each
    unless: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Fired:
    rule: _Rule
    level: Level


@cache
def _rules() -> tuple[_Rule, ...]:
    """The rules of data/rules.json, most important category first."""
    return tuple(
        _Rule(
            row["id"],
            row["level"],
            row["category"],
            tuple(frozenset(group.split("|")) for group in row["when"]),
            frozenset(row.get("unless", ())),
        )
        for row in load("rules")["rules"]
    )


@cache
def _rules_by_concept() -> dict[str, frozenset[int]]:
    """For each concept the indices of the rules that ask for it, so that most rules are never looked at."""
    index: dict[str, set[int]] = defaultdict(set)
    for number, rule in enumerate(_rules()):
        for name in frozenset[str]().union(*rule.when):
            index[name].add(number)
    return {name: frozenset(numbers) for name, numbers in index.items()}


@dataclass(frozen=True, slots=True)
class _Picture:
    """The concepts of one message: how each is meant, and whether the active ones are about somebody else."""

    meanings: Mapping[str, Meaning]
    about_other: Mapping[str, bool]


def _picture(text: str, locale: str, words: Lexicon) -> _Picture:
    """The concepts of one message, over all its readings (S-4)."""
    meanings: dict[str, Meaning] = {}
    others: dict[str, bool] = {}
    for version in variants(text):
        reading = read(words, version)
        judged: Counter[str] = Counter()
        for match in (*reading.matches, *measured(reading, locale)):
            is_settled = meanings.get(match.name) == "active" and not others[match.name]
            if is_settled or judged[match.name] >= _MOST_JUDGED:
                continue
            judged[match.name] += 1
            how = meaning(
                reading,
                match,
                is_literal=match.name in _kinds()["literal"],
                is_setting=match.name in _kinds()["settings"],
            )
            _note(meanings, others, match.name, how, other=is_about_other(reading, match))
    return _Picture(meanings, others)


def _note(meanings: dict[str, Meaning], others: dict[str, bool], name: str, how: Meaning, *, other: bool) -> None:
    """Keep the strongest meaning of a concept; it is about the person as soon as one equal match is."""
    order: Final = ("cancelled", "soft", "active")
    known = meanings.get(name, "cancelled")
    if order.index(how) > order.index(known) or name not in meanings:
        meanings[name], others[name] = how, other
    elif how == known:
        others[name] = others[name] and other


@cache
def _kinds() -> dict[str, frozenset[str]]:
    return {name: frozenset(load("rules")[name]) for name in ("literal", "settings", "raised")}


def _fired(now: Mapping[str, Meaning], before: Collection[str]) -> Iterable[_Fired]:
    """Rules whose concepts are all there; at least one of them must stand in the message of now (S-6)."""
    active = {name for name, how in now.items() if how == "active"}
    soft = {name for name, how in now.items() if how == "soft"}
    denied = {name for name, how in now.items() if how == "cancelled"}
    known = active | (set(before) - denied)
    index, rules = _rules_by_concept(), _rules()
    for number in sorted({number for name in active | soft for number in index.get(name, ())}):
        rule = rules[number]
        if rule.unless & active:
            continue
        if all(group & known for group in rule.when):
            yield _Fired(rule, rule.level)
        elif all(group & (known | soft) for group in rule.when):
            yield _Fired(rule, at_most(rule.level, "caution"))


def triage(text: str, *, recent: Sequence[str] = (), risk: RiskContext | None = None, locale: str = "en") -> Triage:
    """The safety level of one inbound text, with every rule that fired (S-1).

    `recent` are the person's messages of the last 30 minutes (S-6), `risk` what is on file (S-7), `locale` only tells
    how numbers are written. Any string is answered; time is linear in its length.
    """
    words = lexicon()
    picture = _picture(text, locale, words)
    if not picture.meanings:
        return Triage()
    before = {
        name
        for message in recent[-_MOST_RECENT:]
        for name, how in _picture(message, locale, words).meanings.items()
        if how == "active"
    }
    fired = list(_fired(picture.meanings, before))
    if not fired:
        return Triage()
    return _verdict(fired, picture, before, risk or RiskContext())


def _verdict(fired: Sequence[_Fired], picture: _Picture, before: Collection[str], risk: RiskContext) -> Triage:
    """The maximum over the fired rules, raised for people at risk (S-7)."""
    ids = {item.rule.id for item in fired}
    top = max(fired, key=lambda item: LEVELS.index(item.level))
    level = top.level
    active = {name for name, how in picture.meanings.items() if how == "active"}
    if risk.is_raised or "risk_named" in active:
        raised = max(
            (one_higher(item.level) for item in fired if any(g & _kinds()["raised"] & active for g in item.rule.when)),
            key=LEVELS.index,
            default=level,
        )
        if worst(level, raised) != level:
            level, ids = raised, ids | {"S-7"}
    about_other = _is_for_other(top, picture)
    imminent = level == "crisis" and "means" in active | set(before)
    if about_other and level == "crisis":
        ids.add("S-66")
    if imminent:
        ids.add("S-61")
    return Triage(level, tuple(sorted(ids)), top.rule.category, about_other, imminent)


def _is_for_other(top: _Fired, picture: _Picture) -> bool:
    """Whether everything the leading rule rests on is said about somebody else; what is denied is no part of it."""
    named = {name for group in top.rule.when for name in group} - _kinds()["settings"]
    told = [picture.about_other[n] for n in named if picture.meanings.get(n, "cancelled") != "cancelled"]
    return bool(told) and all(told)
