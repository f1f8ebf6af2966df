import pytest

from agents.domain.safety import Triage, reply_for, triage, vet_text
from agents.domain.safety.lexicon import LANGUAGES, load
from agents.domain.safety.templates import SafetyReply

CODES = ("safety:called", "safety:with_someone", "safety:not_now")
CATEGORIES = sorted({(rule["level"], rule["category"]) for rule in load("rules")["rules"]})
REFERENCE = (
    "Thank you for telling me. This sounds really hard, and it matters. Are you in danger right now? If yes, please "
    "call 911 or go to someone near you, away from anything you could use. You can talk to a trained person any "
    "time, free: 988. Is there somebody you trust who could be with you? I am an AI, not a crisis service, but I am "
    "still here and listening."
)


def test_s9_emergency_has_number_first_one_line_for_the_wait_and_says_it_is_an_ai():
    reply = reply_for(triage("I have chest pain"), country="DE", locale="en")
    lines = reply.text.split("\n")
    assert lines[0] == "Please call 112 now."
    assert lines[1].startswith("While you wait: sit down")
    assert lines[2] == "I am an AI. I cannot see you or call for you."
    assert tuple(data for _, data in reply.buttons) == CODES
    assert tuple(label for label, _ in reply.buttons) == ("I called", "Someone is with me", "It is not happening now")
    assert not reply.needs_country


def test_s9_a_helper_gets_helper_words():
    reply = reply_for(triage("my father has chest pain"), country="US", locale="en")
    assert reply.text.startswith("Please call 911 now for them.")


def test_s10_an_unknown_country_prints_both_numbers_and_asks():
    reply = reply_for(triage("I have chest pain"), country=None, locale="en")
    assert "112 or 911" in reply.text
    assert reply.text.endswith("Which country are you in? Then I can give you the right number.")
    assert reply.needs_country


def test_s10_a_country_without_numbers_prints_both_without_asking():
    reply = reply_for(triage("I have chest pain"), country="XX", locale="de")
    assert reply.text.startswith("Bitte ruf jetzt 112 oder 911 an.")
    assert not reply.needs_country


def test_s10_two_numbers_of_a_country_are_both_named():
    assert "999 or 112" in reply_for(triage("I have chest pain"), country="GB", locale="en").text


def test_s38_poisoning_names_the_poison_line_where_one_is_known():
    found = triage("my kid swallowed bleach")
    lines = reply_for(found, country="US", locale="en").text.split("\n")
    assert lines[1] == "Poison line: 1-800-222-1222."
    assert len(lines) == 4
    assert "Poison line" not in reply_for(found, country="FR", locale="en").text


def test_s31_over_drinking_says_stop_drinking_water():
    assert (
        "Stop drinking water"
        in reply_for(triage("drank 6 liters of water and I vomit"), country="DE", locale="en").text
    )


def test_s25_heat_says_cool_now():
    assert "cool now" in reply_for(triage("heatstroke"), country="DE", locale="en").text


def test_s63_the_crisis_text_is_the_reference_text():
    reply = reply_for(triage("I want to die"), country="US", locale="en")
    assert reply.text == REFERENCE
    assert tuple(data for _, data in reply.buttons) == CODES[:2]


def test_s61_means_in_hand_put_the_number_first():
    reply = reply_for(triage("I have pills in my hand and want to die"), country="US", locale="en")
    assert reply.text.startswith("Please call 911 now, move away from what could hurt you")
    assert reply.text.split("\n")[1] == REFERENCE
    other = reply_for(triage("my friend wants to kill himself tonight"), country="US", locale="en")
    assert other.text.startswith("Please call 911 now and stay with them.")


def test_s64_without_a_line_the_finder_and_the_country_question():
    reply = reply_for(triage("I want to die"), country=None, locale="en")
    assert "findahelpline.com" in reply.text
    assert "112 or 911" in reply.text
    assert reply.needs_country


def test_s65_a_follow_up_keeps_the_line_visible():
    calm = reply_for(Triage(), country="US", locale="en", in_followup=True)
    assert calm == SafetyReply("I am still here. A trained person is there any time, free: 988. In danger: 911.")
    pain = reply_for(triage("I have a headache"), country="US", locale="en", in_followup=True)
    assert pain.text.split("\n")[1] == calm.text
    again = reply_for(triage("I want to die"), country="US", locale="en", in_followup=True)
    assert again.text.startswith("Thank you for staying in touch.")


def test_s64_a_follow_up_asks_for_an_unknown_country():
    assert reply_for(Triage(), country=None, locale="en", in_followup=True).needs_country
    assert reply_for(triage("I have a headache"), country=None, locale="en", in_followup=True).needs_country
    assert not reply_for(triage("I have a headache"), country=None, locale="en").needs_country


@pytest.mark.parametrize("locale", ["de", "de-AT", "de_AT", "DE", "de-Latn-DE"])
def test_the_language_of_a_locale_decides(locale):
    assert reply_for(triage("heatstroke"), country="DE", locale=locale).text.startswith("Bitte ruf jetzt 112 an.")


def test_s66_a_helper_is_told_to_stay_ask_remove_and_call():
    text = reply_for(triage("my friend is suicidal"), country="GB", locale="en").text
    assert all(part in text for part in ("stay with them", "Ask openly", "Move away anything", "116 123", "999"))


def test_s66_past_self_harm_gets_the_line():
    assert "988" in reply_for(triage("I tried to kill myself years ago"), country="US", locale="en").text


def test_s60_hopelessness_is_asked_about_directly():
    assert "do you think of ending your life?" in reply_for(triage("I feel hopeless"), country="US", locale="en").text


def test_s11_urgent_says_whom_to_see_and_by_when_and_none_says_nothing():
    assert "maternity unit today" in reply_for(triage("the baby is moving less today"), country="DE", locale="en").text
    assert reply_for(Triage(), country="DE", locale="en") == SafetyReply("")


@pytest.mark.parametrize(("level", "category"), [pair for pair in CATEGORIES if pair[0] in ("urgent", "caution")])
def test_s11_every_category_has_a_kind_line(level, category):
    found = Triage(level, ("S-50",), category)
    text = reply_for(found, country="DE", locale="en").text
    assert 5 <= len(text.split()) <= 45
    assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about_other", [False, True])
def test_s9_every_emergency_text_is_short_and_complete(language, about_other):
    for level, category in CATEGORIES:
        if level == "emergency":
            text = reply_for(Triage(level, ("S-20",), category, about_other), country=None, locale=language).text
            assert len(text.split()) <= 60
            assert "112" in text
            assert "911" in text
            assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about_other", [False, True])
@pytest.mark.parametrize("imminent", [False, True])
@pytest.mark.parametrize("in_followup", [False, True])
def test_s62_every_crisis_text_names_number_and_line(language, about_other, imminent, in_followup):
    found = Triage("crisis", ("S-60",), "self_harm", about_other, imminent)
    text = reply_for(found, country="IN", locale=f"{language}-XX", in_followup=in_followup).text
    assert "112" in text
    assert "14416" in text
    assert "{" not in text


def test_every_language_has_the_same_shape():
    shape = load("texts_en")
    for language in LANGUAGES:
        texts = load(f"texts_{language}")
        assert texts.keys() == shape.keys()
        assert texts["buttons"].keys() == shape["buttons"].keys()
        assert texts["crisis"].keys() == shape["crisis"].keys()
        assert "default" in texts["emergency"]["while"]
        assert "default" in texts["urgent"]
        assert "default" in texts["caution"]


def test_an_unknown_language_falls_back_to_english():
    assert reply_for(triage("heatstroke"), country="DE", locale="xx").text.startswith("Please call 112 now.")


def test_our_own_lines_pass_our_own_vetting():
    texts = load("texts_en")
    for line in (*texts["urgent"].values(), *texts["caution"].values()):
        assert [f for f in vet_text(line) if f.rule not in ("S-60",)] == []


AI_WORDS = {
    "en": "AI", "es": "IA", "de": "KI", "fr": "IA", "pt": "IA", "ru": "ИИ", "hi": "AI", "id": "AI", "ar": "ذكاء",
    "tr": "yapay zek", "it": "IA",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_s62_the_content_comes_in_its_order(language):
    parts = load(f"texts_{language}")["crisis"]
    for text in (parts["text"], parts["again"]):
        assert 0 < text.index("{emergency}") < text.index("{line}") < text.index(AI_WORDS[language])
        assert sum(text.count(mark) for mark in "?؟") >= 2
    assert "{emergency}" in parts["imminent"].split(".")[0]
    assert "{emergency}" in parts["imminent_other"].split(".")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_s9_the_first_line_calls_and_the_last_says_that_an_ai_cannot(language):
    for about_other in (False, True):
        text = reply_for(Triage("emergency", ("S-20",), "heart", about_other), country="DE", locale=language).text
        first, waiting, last = text.split("\n")
        assert "112" in first
        assert waiting
        assert AI_WORDS[language] in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_s9_no_fixed_text_holds_an_emoji(language):
    def strings(value):
        return [value] if isinstance(value, str) else [s for part in value.values() for s in strings(part)]

    for text in strings(load(f"texts_{language}")):
        assert not any(ord(char) >= 0x1F000 or 0x2600 <= ord(char) <= 0x27BF for char in text)


def test_s64_an_unknown_country_is_asked_for_and_gets_both_numbers_and_the_finder():
    reply = reply_for(triage("I want to die"), country=None, locale="en")
    assert reply.needs_country
    assert all(part in reply.text for part in ("112 or 911", "findahelpline.com", "Which country"))


def test_s64_a_known_country_without_a_line_gets_its_number_and_the_finder():
    reply = reply_for(triage("I want to die"), country="IT", locale="en")
    assert not reply.needs_country
    assert "112" in reply.text
    assert "findahelpline.com" in reply.text


@pytest.mark.parametrize("language", ["de", "es", "fr", "pt", "it", "ru", "tr", "id"])
def test_s9_every_emergency_has_its_own_line_for_the_wait(language):
    lines = load(f"texts_{language}")["emergency"]["while"]
    assert lines.keys() >= load("texts_en")["emergency"]["while"].keys()
    assert len(set(lines.values())) == len(lines)
