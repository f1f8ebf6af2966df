"""The word files: complete, reachable, and every rule speaks of concepts that exist."""

import pytest

from agents.domain.safety.lexicon import LANGUAGES, lexicon, load
from agents.domain.safety.normalise import normalise

FILES = ("context", *(f"words_{language}" for language in LANGUAGES), "words_shared", "words_crisis")
MEASURED = {
    "bp_crisis", "bp_stop", "bp_high", "temp_over_40", "temp_39", "fever", "glucose_very_low", "glucose_low",
    "glucose_lowish",
    "glucose_very_high", "glucose_high", "glucose_raised", "pulse_extreme", "oxygen_low", "oxygen_lowish",
    "kcal_too_low",
    "loss_too_fast", "fast_too_long", "goal_too_low", "bmi_too_low", "took_too_much",
}  # fmt: skip
EMERGENCIES = [f"S-{number}" for number in range(20, 42)]


def named_in_rules():
    rules = load("rules")
    for rule in rules["rules"]:
        yield from (name for group in rule["when"] for name in group.split("|"))
        yield from rule.get("unless", [])
    for kind in ("literal", "settings", "raised"):
        yield from rules[kind]


def slots(source):
    body = source.split(" !")[0]
    return [part for part in body.split() if not part.startswith(("..", "&"))]


def test_every_concept_a_rule_names_exists():
    known = {pattern.name for pattern in lexicon().patterns} | MEASURED
    assert set(named_in_rules()) <= known


def test_every_concept_is_used():
    used = set(named_in_rules()) | {"means", "risk_named"}
    assert {p.name for p in lexicon().patterns if not p.name.startswith("~")} <= used


@pytest.mark.parametrize("name", FILES)
def test_every_word_of_a_pattern_survives_normalisation(name):
    known = lexicon()
    words = {
        word
        for sources in load(name)["concepts"].values()
        for source in sources
        for slot in slots(source)
        for word in slot.split("|")
        if not word.startswith("<") and word not in ("#", "#year")
    } | {word for members in load(name)["words"].values() for word in members}
    plain = [normalise(word.removesuffix("*")) for word in words]  # a stem ends in a star
    lost = [word for word in plain if known.words(word).tokens != tuple(word.split())]
    assert lost == []


@pytest.mark.parametrize("name", FILES)
def test_no_pattern_ends_in_a_gap(name):
    sources = [source for entries in load(name)["concepts"].values() for source in entries]
    assert [source for source in sources if source.split(" !")[0].split()[-1].startswith("..")] == []


@pytest.mark.parametrize("rule_id", EMERGENCIES)
def test_each_emergency_has_at_least_eight_english_patterns(rule_id):
    concepts = {
        name
        for rule in load("rules")["rules"]
        if rule["id"] == rule_id and rule["level"] == "emergency"
        for group in rule["when"]
        for name in group.split("|")
    }
    english = load("words_en")["concepts"] | load("words_crisis")["concepts"]
    assert sum(len(english.get(name, ())) for name in concepts) >= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_heart_the_breath_the_stroke_and_the_crisis(language):
    concepts = load(f"words_{language}")["concepts"] | (load("words_crisis")["concepts"] if language == "en" else {})
    assert {
        "chest_hard",
        "no_breath",
        "fainted",
        "limb_gone",
        "bleeding_heavy",
        "suicidal",
        "self_injury",
    } <= concepts.keys()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_fills_the_shared_classes_of_the_heart_and_the_crisis(language):
    words = load(f"words_{language}")["words"]
    for name in ("x_chest", "x_ache", "x_want", "x_die", "x_no", "x_live"):
        assert len(words[name]) >= 1, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_s60_every_language_has_at_least_eight_forms_of_the_wish_to_die(language):
    concepts = load("words_crisis" if language == "en" else f"words_{language}")["concepts"]
    assert len(concepts["suicidal"]) >= 8
