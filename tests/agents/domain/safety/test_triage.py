import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.safety import RiskContext, triage
from agents.domain.safety.triage import _note

SEEDED = settings(derandomize=True, deadline=None, max_examples=60)


def test_s1_the_level_is_the_maximum_and_all_rules_are_named():
    found = triage("my bp is 190/125 and my head hurts")
    assert (found.level, found.category) == ("emergency", "pressure")
    assert found.rules == ("S-150", "S-39", "S-52")


def test_a_harmless_text_has_no_rules():
    found = triage("what should I eat after training?")
    assert (found.level, found.rules, found.category, found.about_other, found.imminent) == (
        "none",
        (),
        "none",
        False,
        False,
    )


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!", "\0\0\0", "😀"])
def test_an_empty_text_is_none(text):
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ch3st pa1n", "emergency"),
        ("c\u200bhest pain", "emergency"),
        ("CHEST  PAIN", "emergency"),
        ("cheeeeest paaaaain", "emergency"),
        ("I can’t breathe", "emergency"),
        ("ｃｈｅｓｔ ｐａｉｎ", "emergency"),
        ("k i l l myself", "crisis"),
        ("k*ll myself", "crisis"),
        ("$uicide", "crisis"),
        ("\u202echest pain\u202c", "emergency"),
    ],
)
def test_s4_disguised_and_stretched_words_are_read(text, level):
    assert triage(text).level == level


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "without fainting",
        "I ran without fainting",
        "I do not have any kind of chest pain",
        "no chest pain, dizziness or shortness of breath",
        "chest pain: none",
        "neither chest pain nor fainting",
    ],
)
def test_s5a_a_negation_within_five_tokens_cancels(text):
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "no fever, my chest hurts",
        "no, chest pain",
        "no fever and chest pain",
        "I did not sleep, chest pain all night",
        "never had chest pain like this before",
        "not sure if it is chest pain",
        "no it is chest pain",
        "no fever no cough nothing else wrong at all but a strong chest pain",
    ],
)
def test_s5a_a_negation_of_something_else_does_not_cancel(text):
    assert triage(text).level == "emergency"


def test_s5b_resolved_history_is_at_most_caution():
    assert triage("two years ago I had chest pain, fine since").level == "caution"


def test_s5b_what_began_weeks_ago_and_goes_on_is_not_history():
    assert triage("my chest pain started two weeks ago").level == "emergency"


def test_s5b_history_of_one_thing_does_not_soften_another():
    assert triage("two years ago I broke my arm, but my chest hurts").level == "emergency"
    assert triage("two years ago I broke my arm, my chest hurts").level == "emergency"
    assert triage("two years ago in summer, I had chest pain").level == "caution"


def test_s5c_another_person_keeps_the_level_with_words_for_a_helper():
    found = triage("my father has chest pain")
    assert (found.level, found.about_other) == ("emergency", True)
    assert not triage("I have chest pain").about_other
    assert not triage("my chest hurts, my wife is away").about_other


def test_s5c_a_match_about_oneself_after_one_about_another_counts():
    assert not triage("my father has chest pain. I have chest pain too").about_other


def test_s5c_what_is_denied_does_not_make_it_ones_own():
    for text in ("my dad is vomiting but has no diarrhoea", "my dad has nausea but no vomiting"):
        assert triage(text).about_other


def test_s5c_a_person_named_only_after_the_match_counts():
    assert triage("having a stroke, he says").about_other


def test_s5d_a_written_case_is_treated_like_another_person():
    found = triage("A 54-year-old man presents with chest pain and sweating")
    assert (found.level, found.about_other) == ("emergency", True)


@pytest.mark.parametrize("text", ["what is a stroke?", "What are the symptoms of a heart attack", "define seizure"])
def test_s5e_a_question_about_a_word_is_none(text):
    assert triage(text).level == "none"


def test_s5e_a_question_about_oneself_is_not_a_word_question():
    assert triage("what is this pain in my chest?").level == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "No chest pain yesterday but now my chest hurts",
        "No chest pain last week, but now it is there",
        "I had no chest pain until today",
        "two years ago I had chest pain and now it is back",
        "I had chest pain two years ago, now again",
    ],
)
def test_s5f_but_now_again_still_open_the_match_again(text):
    assert triage(text).level == "emergency"


def test_s5f_now_followed_by_fine_opens_nothing():
    assert triage("two years ago I had chest pain, still fine now").level == "caution"


def test_feared_or_supposed_things_are_a_caution():
    assert triage("I am afraid of a heart attack").level == "caution"
    assert triage("I am afraid of a heart attack, my chest hurts").level == "emergency"


def test_s6_two_messages_are_one_picture():
    found = triage("and my calf is swollen", recent=["I am short of breath after the run"])
    assert (found.level, "S-28" in found.rules) == ("emergency", True)
    assert triage("and my calf is swollen").level == "urgent"


def test_s6_chest_feels_tight_then_left_arm_tingles():
    found = triage("left arm tingles", recent=["chest feels tight"])
    assert (found.level, "S-20" in found.rules) == ("emergency", True)


def test_s6_old_words_alone_never_alarm_again():
    assert triage("thanks, what is for dinner?", recent=["I have chest pain"]).level == "none"


def test_s6_what_is_denied_now_does_not_count_from_before():
    assert triage("no headache", recent=["my bp is 190/125 and I have a headache"]).level == "none"


@pytest.mark.parametrize(
    "risk",
    [
        RiskContext(age=65),
        RiskContext(age=3),
        RiskContext(pregnant=True),
        RiskContext(anticoagulant=True),
        RiskContext(insulin=True),
        RiskContext(conditions=("immunosuppressed",)),
    ],
)
def test_s7_fainting_weighs_one_level_more_for_people_at_risk(risk):
    found = triage("I fainted this morning in the kitchen", risk=risk)
    assert (found.level, "S-7" in found.rules) == ("emergency", True)


def test_s7_does_not_raise_for_others_or_for_other_findings():
    assert triage("I fainted this morning", risk=RiskContext(age=64)).level == "urgent"
    assert triage("my legs are sore", risk=RiskContext(age=80)).level == "caution"
    assert triage("fainted and chest pain", risk=RiskContext(age=80)).rules.count("S-7") == 0


def test_s7_of_several_findings_the_highest_raised_level_counts_and_only_the_named_ones_are_raised():
    found = triage("I fainted this morning and I have a fever", risk=RiskContext(pregnant=True))
    assert (found.level, "S-7" in found.rules) == ("emergency", True)
    both = triage("my calf is swollen and I have a fever", risk=RiskContext(age=70))
    assert (both.level, triage("my calf is swollen").level) == ("urgent", "urgent")


@pytest.mark.parametrize(("age", "level"), [(5, "emergency"), (6, "urgent"), (64, "urgent"), (65, "emergency")])
def test_s7_the_edges_of_age(age, level):
    assert triage("I fainted this morning", risk=RiskContext(age=age)).level == level


@pytest.mark.parametrize("condition", ["immunosuppressed", "pregnancy", "cancer_treatment"])
def test_s7_conditions_on_file_raise(condition):
    assert triage("I fainted this morning", risk=RiskContext(conditions=(condition,))).level == "emergency"


def test_s7_a_person_at_risk_can_be_named_in_the_text():
    found = triage("my toddler has a fever")
    assert (found.level, "S-7" in found.rules) == ("urgent", True)


def test_s7_never_lifts_above_emergency():
    assert triage("I keep vomiting and want to die", risk=RiskContext(pregnant=True)).level == "crisis"


@pytest.mark.parametrize("text", ["my favourite song is “I want to die”", 'the book "Suicide" was sad'])
def test_s53_titles_and_lyrics_are_none(text):
    assert triage(text).level == "none"


def test_s53_words_in_quotation_marks_without_a_title_count():
    assert triage('she wrote "I want to die"').level == "crisis"


def test_s60_another_person_at_risk_gets_the_helper_rule_s66():
    found = triage("my friend wants to kill himself")
    assert (found.level, found.about_other, found.rules) == ("crisis", True, ("S-60", "S-66"))


def test_s60_no_answer_with_more_hopelessness_is_not_lost():
    assert triage("everything is hopeless").rules == ("S-60",)


@pytest.mark.parametrize("text", ["I took all my pills, I want to die", "I have a rope in my hand and want to die"])
def test_s61_an_act_begun_or_means_in_hand_is_imminent(text):
    found = triage(text)
    assert (found.level, found.imminent, "S-61" in found.rules) == ("crisis", True, True)


def test_s61_the_means_may_stand_in_the_message_before():
    assert triage("I want to die", recent=["I have pills in my hand"]).imminent
    assert not triage("I want to die").imminent


def test_s66_past_self_harm_told_calmly_is_a_caution():
    found = triage("I tried to kill myself years ago, I'm ok now")
    assert (found.level, "S-66" in found.rules) == ("caution", True)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("blood sugar 300 and vomiting", "emergency"),
        ("glucose is 16.8 mmol", "urgent"),
        ("glucose is 15 mmol", "caution"),
        ("my sugar is 80", "caution"),
        ("my sugar is 120", "none"),
    ],
)
def test_s140_glucose_bands(text, level):
    assert triage(text).level == level


def test_s6_a_sign_denied_now_no_longer_counts_beside_a_new_one():
    before = ["I have a headache"]
    assert triage("my bp is 190/125", recent=before).level == "emergency"
    assert triage("my bp is 190/125, no headache", recent=before).level == triage("my bp is 190/125").level == "urgent"


def test_s66_only_a_crisis_of_somebody_else_gets_the_helper_rule():
    assert "S-66" not in triage("my father has chest pain").rules
    assert "S-66" not in triage("I want to die").rules
    assert "S-66" in triage("my father wants to die").rules


@pytest.mark.parametrize(
    ("told", "how", "is_other"),
    [
        ([("active", True)], "active", True),
        ([("active", True), ("active", False)], "active", False),
        ([("active", False), ("active", True)], "active", False),
        ([("active", True), ("active", True)], "active", True),
        ([("soft", True), ("active", False)], "active", False),
        ([("soft", False), ("active", True)], "active", True),
        ([("active", True), ("soft", False)], "active", True),
        ([("active", False), ("soft", True)], "active", False),
        ([("cancelled", False)], "cancelled", False),
        ([("cancelled", False), ("soft", True)], "soft", True),
        ([("soft", True), ("cancelled", False)], "soft", True),
        ([("cancelled", True), ("cancelled", False)], "cancelled", False),
    ],
)
def test_the_strongest_meaning_is_kept_and_is_the_persons_own_as_soon_as_one_of_equals_is(told, how, is_other):
    meanings, others = {"other": "active"}, {"other": True}
    for one, other in told:
        _note(meanings, others, "x", one, other=other)
    assert (meanings, others) == ({"other": "active", "x": how}, {"other": True, "x": is_other})


def test_of_a_flood_of_the_same_sign_the_first_60_are_judged():
    assert triage("no fever. " * 59 + "fever").level == "caution"
    assert triage("no fever. " * 60 + "fever").level == "none"


def test_numbers_are_read_as_the_locale_writes_them():
    assert triage("ich will 1.500 kalorien am tag essen", locale="de").level == "none"
    assert triage("ich will 1.100 kalorien am tag essen", locale="de").level == "caution"


def test_a_flood_of_recent_messages_is_cut():
    recent = ["I am short of breath after the run", *["ok"] * 20]
    assert triage("my calf is swollen", recent=recent).level == "urgent"


def test_the_strongest_meaning_of_a_concept_counts():
    assert triage("two years ago I had chest pain. no chest pain today").level == "caution"
    assert triage("no chest pain yesterday. chest pain this morning").level == "emergency"


def test_repetition_of_a_denial_stays_a_denial():
    assert triage("no chest pain. " * 200).level == "none"


@SEEDED
@given(st.text(max_size=400))
def test_any_text_gets_an_answer_and_the_same_one_twice(text):
    assert triage(text) == triage(text)


@SEEDED
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs", "Cc"]), max_size=200))
def test_noise_before_and_after_never_hides_an_emergency(noise):
    assert triage(f"{noise}\n\nI have crushing chest pain right now\n\n").level in ("emergency", "crisis")


@pytest.mark.parametrize(
    "piece", ["a", "chest pain ", "no chest pain what is ", "190/120 ", "a*", "\0", "12 kg in 3 days ", '"', "z7"]
)
def test_ten_kilobytes_of_anything_are_answered(piece):
    text = (piece * 10_000)[:10_000]
    assert triage(text).level in ("none", "caution", "urgent", "emergency")


def test_s5f_never_again_does_not_open_history():
    assert triage("when I was 12 I had a seizure, never again since").level == "caution"


@pytest.mark.parametrize("text", ["my dog was choking on a bone", "the cat had a seizure"])
def test_s5c_an_animal_is_not_a_person(text):
    assert triage(text).level == "none"


@pytest.mark.parametrize("text", ["walking my dog, my chest hurts", "my dog bit me and it won't stop bleeding"])
def test_s5c_an_animal_named_beside_a_person_hides_nothing(text):
    assert triage(text).level == "emergency"


def test_s53_what_happens_in_a_film_is_none_and_what_happens_beside_it_is_not():
    assert triage("the movie had a guy dying of a heart attack").level == "none"
    assert triage("we watched a movie and my dad is having a heart attack").level == "emergency"


def test_s53_gym_words_are_taken_literally_where_they_lie_on_the_chest():
    assert triage("heavy weight today").level == "none"
    assert triage("heavy weight on my chest").level == "emergency"


@pytest.mark.parametrize("text", ["inme nedir?", "stroke kya hota hai"])
def test_s5e_a_question_about_a_word_may_end_in_the_question(text):
    assert triage(text).level == "none"


def test_s5a_a_list_of_denials_needs_no_or():
    assert triage("denies chest pain, dyspnea, syncope").level == "none"


@pytest.mark.parametrize(("text", "level"), [("ketones 3.4", "emergency"), ("ketones 0.4", "none")])
def test_s30_high_ketones_alone_are_an_emergency(text, level):
    assert triage(text).level == level


def test_s142_vomiting_on_an_sglt2_inhibitor_is_urgent():
    found = triage("I take jardiance and keep vomiting")
    assert (found.level, "S-142" in found.rules) == ("urgent", True)
