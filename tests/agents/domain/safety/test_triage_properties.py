"""What must hold for any wording: noise hides no alarm, a denial takes it back, the worse of two sentences wins."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.safety import triage
from agents.domain.safety.levels import LEVELS, worst

SEEDED = settings(derandomize=True, deadline=None, max_examples=150)
GOLDEN = [
    json.loads(line)
    for name in ("golden.jsonl", "golden_unseen.jsonl")
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
]
ALARMS = [row for row in GOLDEN if row["level"] in ("emergency", "crisis")]
HARMLESS_BEFORE = ("Hey coach, ", "Good morning. ", "ok so ", "Quick question: ", "😀 ", "I ate oats today. ", "\n\n")
HARMLESS_AFTER = (
    "",
    " :(",
    " 🙏",
    "...",
    "!!!",
    " what should I do?",
    " Thanks!",
    "\nAlso what is for dinner?",
    " pls",
)
FINDINGS = (
    "chest pain", "chest tightness", "shortness of breath", "slurred speech", "fainting", "palpitations", "seizures",
    "vomiting blood", "blood in my stool", "numbness in my groin",
)  # fmt: skip
PERSONS = ("my dad", "my wife", "my neighbour", "my client", "my best friend", "a woman in my class")
ABOUT_PERSONS = (
    ("{} is having chest pain", "emergency"),
    ("{} just fainted during the run", "emergency"),
    ("{} can't breathe", "emergency"),
    ("{} wants to die", "crisis"),
    ("{} is vomiting blood", "emergency"),
    ("{} has slurred speech", "emergency"),
)
LEET = str.maketrans("aeios", "4310$")


def rank(level):
    return LEVELS.index(level)


@SEEDED
@given(st.sampled_from(ALARMS), st.sampled_from(HARMLESS_BEFORE), st.sampled_from(HARMLESS_AFTER))
def test_harmless_words_around_an_alarm_never_lower_it(row, before, after):
    assert rank(triage(before + row["text"] + after).level) >= rank(row["level"])


def shouted(text):
    return text.upper().replace("'", "’").replace(" ", " \u00a0") + "!!!"


@pytest.mark.parametrize("level", ["emergency", "crisis"])
def test_addressing_the_coach_never_lowers_a_level(level):
    texts = ["Hey coach, " + row["text"] for row in ALARMS if row["level"] == level]
    wrong = [f"{text!r}: {found}" for text in texts if rank(found := triage(text).level) < rank(level)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("level", ["emergency", "crisis"])
def test_s4_case_curly_quotes_and_odd_spaces_change_no_level(level):
    texts = [shouted(row["text"]) for row in ALARMS if row["level"] == level]
    wrong = [f"{text!r}: {found}" for text in texts if (found := triage(text).level) != level]
    assert not wrong, "\n".join(wrong)


@SEEDED
@given(st.sampled_from(ALARMS), st.data())
def test_s4_invisible_characters_never_lower_a_level(row, data):
    position = data.draw(st.integers(0, len(row["text"])))
    invisible = data.draw(st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"]))
    text = row["text"]
    assert triage(text[:position] + invisible + text[position:]).level == row["level"]


@pytest.mark.parametrize("text", ["chest pain", "I want to die", "kill myself", "he is unconscious", "severe seizure"])
def test_s4_stretched_letters_and_look_alikes_never_lower_a_level(text):
    expected = triage(text).level
    for position, letter in enumerate(text):
        if letter.isalpha():
            assert triage(text[:position] + letter * 3 + text[position:]).level == expected
            assert triage(text[:position] + letter.translate(LEET) + text[position + 1 :]).level == expected


@SEEDED
@given(
    st.sampled_from(FINDINGS),
    st.sampled_from(["no {}", "I have no {}", "without {}", "I don't have {}", "never had {}"]),
)
def test_s5a_denying_a_finding_cancels_it(finding, denial):
    assert triage(denial.format(finding)).level == "none"


@SEEDED
@given(st.sampled_from(FINDINGS), st.sampled_from(["yesterday no {0}, but now {0}", "no {0} last week but {0} today"]))
def test_s5f_a_denial_of_the_past_does_not_cancel_what_is_now(finding, sentence):
    assert rank(triage(sentence.format(finding)).level) >= rank(triage(finding).level)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize(("sentence", "level"), ABOUT_PERSONS)
def test_s5c_another_person_keeps_the_level(person, sentence, level):
    found = triage(sentence.format(person))
    assert (found.level, found.about_other) == (level, True)


@SEEDED
@given(st.sampled_from(GOLDEN), st.sampled_from(GOLDEN))
def test_s1_two_paragraphs_are_at_least_the_alarm_in_either(first, second):
    alarm = worst(first["level"], second["level"])
    if alarm in ("emergency", "crisis"):
        assert rank(triage(first["text"] + "\n\n" + second["text"]).level) >= rank("emergency")


@SEEDED
@given(st.text(max_size=400))
def test_any_text_is_answered_with_one_of_the_five_levels(text):
    assert triage(text).level in LEVELS


@pytest.mark.parametrize(
    "piece",
    [
        "a ",
        "chest pain ",
        "no chest pain what is ",
        "my dog has ",
        "out of nowhere ",
        "not not ",
        "💔",
        "ا ",
        "सी ",
        "1 2/",
    ],
)
def test_twenty_thousand_characters_of_anything_are_answered(piece):
    assert triage((piece * 20_000)[:20_000]).level in LEVELS


def test_an_emergency_at_the_end_of_a_very_long_text_is_found():
    assert triage("I had oats and tea. " * 950 + "I have crushing chest pain.").level == "emergency"
