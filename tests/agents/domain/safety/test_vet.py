import json
from pathlib import Path

import pytest

from agents.domain.safety import vet_text
from agents.domain.safety.lexicon import load
from agents.domain.safety.vet import _amount, _concepts, _diseases, _either, _filled, _medicines, vetted
from tests.agents.domain.safety.wording import says

OUTGOING = [json.loads(line) for line in Path(__file__).with_name("outgoing.jsonl").read_text("utf-8").splitlines()]

HARMLESS = [
    "Great start. Eat about 1,800 kcal a day and 120 g protein.",
    "Your dinner: 200 g salmon, 150 g rice, broccoli.",
    "Drink 500 ml of water with lunch.",
    "Three sets of eight squats at 60 kg, two minutes rest.",
    "Losing about 0.5 kg a week is a good pace.",
    "Please ask your doctor before you change any medicine.",
    "Because you have diabetes, keep sugar at hand.",
    "You told me you have high blood pressure, so no breath holding.",
    "If you get chest pain, stop and call 112.",
    "I do not plan fasts over 24 hours.",
    "A missed day is just data. Shall we try a shorter walk?",
    "Take 20 minutes for a walk after lunch.",
    "You burned about 500 kcal a day less in bed rest.",
    "Never stop taking your medicine without your doctor.",
    "",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_s12_everyday_coaching_passes(text):
    assert vet_text(text) == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Take 400 mg of ibuprofen before the run.", "S-12"),
        ("Metformin 500 mg twice should do.", "S-12"),
        ("Inject two more units and eat.", "S-12"),
        ("Stop taking your metformin.", "S-12"),
        ("You could reduce your insulin on training days.", "S-12"),
        ("You no longer need your medication.", "S-12"),
        ("Start taking antidepressants.", "S-12"),
        ("You probably have diabetes.", "S-12"),
        ("You have depression.", "S-12"),
        ("This sounds like a stress fracture.", "S-12"),
        ("That is probably a hernia.", "S-12"),
        ("Your symptoms suggest a heart problem.", "S-12"),
        ("You are clinically depressed.", "S-12"),
        ("This bar is safe for your nut allergy.", "S-12"),
        ("It is 100% nut-free.", "S-12"),
        ("It won't trigger your allergy.", "S-12"),
        ("Try 800 kcal a day.", "E3"),
        ("Eat 900 calories daily.", "E3"),
        ("Aim for 1,100 kcal per day.", "E3"),
        ("A crash diet works fast.", "E3"),
        ("You will lose 3 kg a week.", "E4"),
        ("Lose 20 lb in 2 weeks with this.", "E4"),
        ("5 pounds per week is fine.", "E4"),
        ("Try a 48-hour fast.", "E7"),
        ("A three-day fast resets you.", "E7"),
        ("Fast for 3 days.", "E7"),
        ("Laxatives help you lose weight.", "E7"),
        ("Making yourself vomit helps.", "E7"),
        ("Try clenbuterol.", "E7"),
        ("Run a steroid cycle to gain muscle.", "E7"),
        ("The lethal dose is small.", "S-60"),
        ("Ways to kill yourself are many.", "S-60"),
        ("No pain, no gain!", "S-12"),
        ("N0 pain no g4in", "S-12"),
        ("Push through the pain.", "S-12"),
        ("No excuses.", "S-12"),
        ("You should feel guilty about that cake.", "S-12"),
        ("You've failed your plan.", "S-12"),
        ("Earn your dinner.", "S-12"),
        ("You are fit to train.", "S-107"),
        ("It's nothing to worry about.", "S-107"),
        ("x" * 20_001, "S-12"),
    ],
)
def test_s12_the_forbidden_list_hits(text, rule):
    assert rule in [finding.rule for finding in vet_text(text)]


def test_s12_a_rule_is_named_once():
    found = vet_text("No pain no gain. No pain no gain. Push through the pain.")
    assert len(found) == len(set(found)) == 1


def test_s12_of_the_collected_sentences_no_forbidden_one_passes_and_of_100_harmless_ones_at_most_one_is_held():
    forbidden = [line["text"] for line in OUTGOING if line["is_forbidden"]]
    harmless = [line["text"] for line in OUTGOING if not line["is_forbidden"]]
    assert min(len(forbidden), len(harmless)) >= 170
    assert [text for text in forbidden if not vet_text(text)] == []
    held = [text for text in harmless if vet_text(text)]
    assert len(held) <= len(harmless) / 100, held


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("8 kg in 8 weeks is fine.", False),
        ("9 kg in 8 weeks is fine.", True),
        ("2 pounds a week is fine.", False),
        ("3 pounds a week is fine.", True),
        ("half a kilo per week", False),
        ("Lose 1,5 kg every week.", True),
        ("A stone in a month.", True),
        ("A stone in two months.", False),
        ("72 kg in 16 weeks", False),
        ("Lose 72 kg in 16 weeks", True),
        ("You lost 3 kg in one week.", False),
        ("Reach 39 kg in 4 weeks.", False),
        ("Get from 82 down to 39.5 kg in 20 weeks", False),
    ],
)
def test_e4_the_speed_is_computed(text, is_forbidden):
    assert ("E4" in [finding.rule for finding in vet_text(text)]) is is_forbidden


def test_s12_every_group_of_medicines_is_watched():
    for group in load("medicines")["groups"]:
        assert vet_text(f"Take 5 mg of {group.replace('_', ' ')} daily.")


@pytest.mark.parametrize(
    "text", ["Ask your midwife before you take 400 mg of ibuprofen.", "I never suggest to take 400 mg of ibuprofen."]
)
def test_s12_a_declined_dose_passes(text):
    assert vet_text(text) == ()


def test_s12_a_hit_replaces_the_text_by_the_template():
    assert vetted("Take two ibuprofen.", instead="Please ask a pharmacist.") == "Please ask a pharmacist."
    assert vetted("Enjoy your walk.", instead="Please ask a pharmacist.") == "Enjoy your walk."


def test_s12_a_fault_of_the_vetting_itself_fails_closed():
    assert [finding.rule for finding in vet_text(None)] == ["S-12"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [
        ("Lose 1.05 kg a week.", False),
        ("Lose 1.06 kg a week.", True),
        ("Lose 10.5 kg in 10 weeks.", False),
        ("Lose 10.6 kg in 10 weeks.", True),
        ("Lose 4.5 kg in a month.", False),
        ("Lose 4.6 kg in one month.", True),
        ("Lose 1 kg in 7 days.", False),
        ("Lose 1 kg in 6 days.", True),
        ("Lose a kilo in six days.", True),
        ("Lose half a stone in two weeks.", True),
        ("Lose half a stone in four weeks.", False),
        ("Lose one stone in six weeks.", True),
        ("Lose ten pounds in five weeks.", False),
        ("Lose twelve pounds in five weeks.", True),
        ("Lose 2,5 lb every week.", True),
        ("Lose 2,3 lb every week.", False),
        ("Lose 0 kg in 0 weeks.", False),
        ("Lose 5 kg in 0 weeks.", True),
        ("40 kg in 10 weeks", False),
        ("39 kg in 10 weeks", True),
        ("Drop 40 kg in 10 weeks", True),
        ("88 lb in 10 weeks", True),
        ("89 lb in 10 weeks", False),
    ],
)
def test_e4_the_speed_is_computed_to_the_limit(text, is_forbidden):
    assert ("E4" in [finding.rule for finding in vet_text(text)]) is is_forbidden


def test_s12_each_finding_has_a_level_and_reads_well():
    texts = ["x" * 20_001, None, "Lose 3 kg a week.", *(line["text"] for line in OUTGOING if line["is_forbidden"])]
    for text in texts:
        for finding in vet_text(text):
            assert finding.level in ("caution", "urgent")
            assert says(finding.message)


def test_s12_what_is_too_long_broken_or_too_fast_is_named():
    for text in ("x" * 20_001, None, "Losing 3 kg a week works.", "Eat 900 calories daily."):
        assert vet_text(text)[-1].level == "urgent"
    assert says(vet_text("x" * 20_001)[0].message, "too long to be vetted")
    assert vet_text("x " * 10_000) == ()
    assert says(vet_text(None)[0].message, "could not be vetted")  # type: ignore[arg-type]
    assert says(vet_text("Losing 3 kg a week works.")[0].message, "faster than one kilogram a week")


def test_s12_the_alternatives_are_quoted_and_the_longest_comes_first():
    assert _either(["b", "aa", "c.d", "aa", "ab"]) == r"c\.d|aa|ab|b"
    assert _filled("x {a} {b_c} {a}", {"a": "1|2", "b_c": "3"}) == "x (?:1|2) (?:3) (?:1|2)"


def test_s12_every_medicine_is_watched_under_each_of_its_names():
    table = load("medicines")
    names = {name for entries in table["groups"].values() for name in entries} | set(table["combinations"])
    assert set(_medicines()) == names | {code.replace("_", " ") for code in table["groups"]}


def test_s12_diseases_are_watched_and_everyday_words_and_states_are_not():
    watched = set(_diseases())
    assert {"depression", "asthma", "sciatica", "tennis elbow", "angina"} <= watched
    assert watched.isdisjoint({"surgery", "covid", "pregnant", "postpartum", "flu", "runny nose", "back pain", "ms"})
    assert all(len(name) > 2 for name in watched)
    assert any(len(name) == 3 for name in watched)


def test_s12_a_sentence_is_excused_by_itself_only():
    assert vet_text("I do not plan fasts. Try a 48-hour fast.")[0].rule == "E7"
    assert vet_text("I do not plan this.\nTry a 48-hour fast.")[0].rule == "E7"


@pytest.mark.parametrize(
    ("sentences", "rules"),
    [
        (["starve yourself for 3 days"], {"E7"}),
        (["hello there", "fast 3 days"], {"E7"}),
        (["eat well", "water fast"], {"E7"}),
        (["what is dry fasting"], {"E7"}),
        (["what is dry fasting?"], {"E7"}),
        (["a year ago you did a water fast"], set()),
        (["last year you wanted to die"], set()),
        (["i do not plan to fast 3 days"], set()),
        (["you want to die"], {"S-60"}),
        (["you want to die?"], set()),
        (["if you want to die, call 112"], set()),
        (["fast 3 days", "you want to die"], {"E7", "S-60"}),
        (["have some soup"], set()),
    ],
)
def test_s12_what_must_not_be_asked_for_must_not_be_proposed_either_though_it_may_be_asked_about(sentences, rules):
    found = list(_concepts(sentences))
    assert {finding.rule for finding in found} == rules
    assert all(finding.level == "urgent" and says(finding.message) for finding in found)


def test_s12_a_question_counts_as_one_whatever_stands_around_it():
    assert vet_text("Do you have asthma? ") == vet_text(" Do you have asthma?") == ()


@pytest.mark.parametrize(
    ("word", "amount"),
    [(None, 1), ("a", 1), ("an", 1), ("one", 1), ("half a", 0.5), ("half an", 0.5), ("two", 2), ("twelve", 12),
     ("0.5", 0.5), ("1,5", 1.5), ("0", 0.01), ("7", 7)],
)  # fmt: skip
def test_e4_amounts_in_words_and_figures(word, amount):
    assert _amount(word) == amount
