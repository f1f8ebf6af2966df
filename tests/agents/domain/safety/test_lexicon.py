"""The word files: complete, reachable, and every rule speaks of concepts that exist."""

import pytest

from agents.domain.safety.lexicon import LANGUAGES, Lexicon, _indexed, lexicon, load
from agents.domain.safety.normalise import normalise
from agents.domain.safety.patterns import Match, Pattern, Positions
from agents.domain.safety.vocabulary import Slots

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
def test_no_pattern_begins_or_ends_in_a_gap(name):
    sources = [source for entries in load(name)["concepts"].values() for source in entries]
    assert [source for source in sources if source.startswith("..")] == []
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


def found(words, text):
    tokens = words.words(text)
    return sorted((match.name, match.at) for match in words.matches(words.positions(tokens), tokens.sentences))


def test_a_small_lexicon_finds_its_concepts_and_only_where_all_their_words_are():
    small = Lexicon(
        {"heart": ["<body> ..1 <ache>", "heart stops"], "limb": ["arm ..1 <ache>"]},
        {"body": ["chest", "left arm"], "ache": ["hurts", "ach*"]},
    )
    assert found(small, "my chest xx hurts") == [("heart", (1, 3))]
    assert found(small, "left arm aching") == [("heart", (1, 2)), ("limb", (1, 2))]
    assert found(small, "chest. hurts") == found(small, "chest") == found(small, "") == []
    assert found(small, "heart stops") == [("heart", (0, 1))]
    assert [pattern.name for pattern in small.patterns] == ["heart", "heart", "limb"]
    assert set(small.class_ids) == {"body", "ache"}
    assert small.vocabulary.classes("hurts") >= {small.class_ids["ache"]}
    assert small.class_ids["body"] not in small.vocabulary.classes("hurts")


def test_the_gap_behind_a_phrase_counts_from_its_end():
    small = Lexicon({"heart": ["<body> hurts"]}, {"body": ["left upper arm"]})
    assert found(small, "left upper arm hurts") == [("heart", (2, 3))]
    assert found(small, "left upper arm x x hurts") == [("heart", (2, 5))]
    assert found(small, "left upper arm x x x hurts") == []


def test_words_are_written_out_and_fillers_dropped_as_the_context_file_says():
    small = Lexicon({}, {})
    context = load("context")
    assert small.words("i can't breathe").tokens == ("i", "can", "not", "breathe")
    assert small.words(f"a {context['fillers'][0]} b").tokens == ("a", "b")


def test_typing_errors_are_forgiven_only_in_the_words_of_the_context_file_and_never_in_honest_ones():
    context = load("context")
    forgiven = next(word for word in context["forgiven"] if len(word) > 7)
    small = Lexicon({}, {"alarm": [forgiven], "other": ["zzgarden"]})
    assert small.vocabulary.classes(forgiven[:-1]) == {small.class_ids["alarm"]}
    assert small.vocabulary.classes("zzgardn") == frozenset()
    known = lexicon().vocabulary
    assert all(not known.classes(word) or known._meant(word) == word for word in context["not_typos"])


def test_a_common_word_is_one_that_stands_in_many_classes():
    slots = Slots({"a": ["my", "chest"], "b": ["my"], "c": ["my"]})
    common = [slots.class_of(f"<{name}>") for name in ("a", "b", "c")]
    rare = slots.class_of("arm")
    pattern = Pattern("x", (*common, rare), (0, 0, 0))
    assert _indexed([pattern], slots) == {rare: [pattern]}
    chest = slots.class_of("chest")
    assert _indexed([Pattern("y", (common[1], chest), (0,))], slots) == {
        chest: [Pattern("y", (common[1], chest), (0,))]
    }


def test_positions_of_a_text_are_those_of_its_words():
    small = Lexicon({}, {"body": ["chest"]})
    positions = small.positions(small.words("my chest my chest"))
    assert isinstance(positions, Positions)
    assert positions[small.class_ids["body"]] == [1, 3]


def test_a_match_is_told_once_for_each_pattern():
    small = Lexicon({"a": ["x y"], "b": ["x y", "y"]}, {})
    tokens = small.words("x y")
    matches = list(small.matches(small.positions(tokens), tokens.sentences))
    assert sorted(matches, key=lambda match: (match.name, match.at)) == [
        Match("a", (0, 1)),
        Match("b", (0, 1)),
        Match("b", (1,)),
    ]
