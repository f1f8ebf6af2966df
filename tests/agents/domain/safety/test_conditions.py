import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.profile import Injury, Profile
from agents.domain.safety.conditions import Named, named, understood, unknown_conditions, unread
from agents.domain.safety.lexicon import load


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("diabetes_t1", ("diabetes_t1",)),
        ("Type 1 Diabetes", ("diabetes_t1",)),
        ("type-2 diabetes (well controlled)", ("diabetes_t2",)),
        ("T2DM", ("diabetes_t2",)),
        ("gestational diabetes", ("diabetes_t2", "pregnancy")),
        ("heart failure NYHA II", ("cardiac", "heart_failure")),
        ("history of heart attack, 2019", ("cardiac",)),
        ("AFib", ("cardiac",)),
        ("high blood pressure", ("hypertension",)),
        ("low blood pressure", ("other",)),
        ("CKD stage 3", ("kidney",)),
        ("on dialysis", ("kidney", "dialysis")),
        ("kidney stones", ("other",)),
        ("mild asthma", ("respiratory",)),
        ("recovering from anorexia", ("eating_disorder",)),
        ("stage 4 liver cancer", ("cancer_treatment", "liver")),
        ("Coeliac disease", ("coeliac",)),
        ("celiac", ("coeliac",)),
        ("SIADH", ("fluid_restriction", "siadh")),
        ("hypothyroidism", ("other",)),
        ("overactive thyroid", ("thyroid_uncontrolled",)),
        ("severe depression for 2 years", ("other",)),
        ("c section", ("postpartum", "caesarean")),
        ("placenta previa", ("pregnancy", "placenta_praevia")),
        ("diabtes type 2", ("diabetes_t2",)),
        ("hypertenson", ("hypertension",)),
        ("migrane", ("other",)),
        ("diabees mellitus type 2", ("diabetes_t2",)),
        ("hypetension", ("hypertension",)),
        ("chronic insomnia", ("insomnia",)),
        ("severe obstructive sleep apnoea", ("sleep_apnoea",)),
        ("sleep apnea and asthma", ("sleep_apnoea", "respiratory")),
        ("OSA", ("sleep_apnoea",)),
        ("Restless Legs Syndrome", ("restless_legs",)),
        ("falling asleep at the wheel", ("sleepy_at_wheel",)),
        ("REM sleep behaviour disorder", ("acting_out_dreams",)),
        ("narcolepsy", ("other",)),
    ],
)
def test_s100_a_condition_in_words_gives_its_codes(words, codes):
    assert (named(words).codes, named(words).is_known) == (codes, True)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("fever", ("acute_illness",)),
        ("I have the flu", ("acute_illness",)),
        ("influenza right now", ("acute_illness",)),
        ("stomach bug since yesterday", ("acute_illness",)),
        ("vomiting and diarrhoea", ("acute_illness",)),
        ("gastroenteritis", ("acute_illness",)),
        ("tonsillitis with fever", ("acute_illness",)),
        ("sick", ("acute_illness",)),
        ("I'm ill at the moment", ("acute_illness",)),
        ("covid", ("acute_illness", "covid_like")),
        ("tested positive for COVID-19", ("acute_illness", "covid_like")),
        ("pneumonia", ("acute_illness", "chest_illness")),
        ("bronchitis", ("acute_illness", "chest_illness")),
        ("chest infection", ("acute_illness", "chest_illness")),
        ("a cold", ("cold_above_neck",)),
        ("runny nose and sore throat", ("cold_above_neck",)),
        ("cold with fever", ("acute_illness", "cold_above_neck")),
        ("not feeling well", ("acute_illness",)),
        ("no appetite and vomiting", ("acute_illness",)),
        ("the flu since monday", ("acute_illness",)),
        ("sinus infection", ("cold_above_neck",)),
        ("hay fever", ("other",)),
        ("chronic bronchitis", ("respiratory",)),
        ("long covid", ("other",)),
        ("sick sinus syndrome", ("cardiac",)),
        ("sickle cell disease", ("sickle_cell",)),
        ("cold sores", ("other",)),
        ("mental illness", ("other",)),
        ("flu vaccine", ("other",)),
        ("had pneumonia two years ago", ("other",)),
        ("asthma, covid in 2021", ("respiratory",)),
        ("morning sickness", ("pregnancy",)),
        ("self induced vomiting", ("eating_disorder",)),
    ],
)
def test_s190_an_illness_of_now_is_told_from_its_namesakes_and_from_one_long_over(words, codes):
    assert (set(named(words).codes), named(words).is_known) == (set(codes), True)


@pytest.mark.parametrize(
    "words",
    [
        "vomiting blood",
        "fever and stiff neck",
        "fever of 41",
        "pneumonia and no air",
        "fever while on chemo",
        "flu years ago and chest pain",
        "had the flu two years ago, again today",
    ],
)
def test_s2_words_nobody_understands_beside_an_illness_are_still_judged_as_a_sign(words):
    profile = understood(Profile(conditions=(words,)))
    assert profile.has("acute_illness")
    assert unknown_conditions(profile) == (words,)


@pytest.mark.parametrize(
    ("words", "left"),
    [("asthma and chest pain", "and chest pain"), ("asthma", ""), ("heart_attack, (2019)!", "2019"),
     ("weird thing", ""), ("my dad had a stroke", "")],
)  # fmt: skip
def test_what_is_said_beside_a_condition_is_kept_apart(words, left):
    assert unread(words) == left


def test_s103_a_lasting_illness_is_no_passing_one_and_is_asked_about():
    assert named("chronic vomiting") == Named(is_known=False)


@pytest.mark.parametrize(
    "words", ["none", "N/A", "", "  ", "no known conditions", "family history of heart disease", "no diabetes",
              "not ill", "no fever", "my father had a stroke"],
)  # fmt: skip
def test_nothing_denied_and_a_relatives_illness_name_nothing(words):
    assert named(words) == Named()


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("no heart disease but asthma", ("respiratory",)),
        ("no fever but type 1 diabetes and asthma", ("diabetes_t1", "respiratory")),
        ("no appetite and a cold and pneumonia", ("chest_illness", "acute_illness", "cold_above_neck")),
        ("no energy with fever", ("acute_illness",)),
        ("no diabetes and heart disease", ()),
        ("no diabetes and cold", ("cold_above_neck",)),
        ("no fever but asthma but mild", ("respiratory",)),
    ],
)
def test_what_follows_a_denial_after_but_counts_and_after_and_only_an_illness_of_now(words, codes):
    assert (set(named(words).codes), named(words).is_known) == (set(codes), True)


@pytest.mark.parametrize(
    "words", ["fabry disease", "vertgo", "peanut allergy", "xq", "something with my metabolism", "depression-like xyz"]
)
def test_s103_an_unknown_diagnosis_stays_unknown(words):
    assert named(words) == Named(is_known=False)
    assert named(words).is_known is False
    assert unknown_conditions(Profile(conditions=(words, "asthma"))) == (words,)


def test_an_everyday_phrase_inside_a_longer_unknown_one_does_not_make_it_known():
    assert not named("rare syndrome with migraine").is_known
    assert named("chronic migraine, since 3 years").codes == ("other",)


@pytest.mark.parametrize(
    ("words", "region"),
    [("sciatica", "back"), ("inguinal hernia", "hernia"), ("tennis elbow", "elbow"), ("severe back pain", "back")],
)
def test_t31_a_complaint_about_a_region_becomes_a_hurt_there(words, region):
    profile = understood(Profile(conditions=(words,)))
    assert profile.conditions == ("other",)
    assert profile.injuries == (Injury(region),)


def test_a_hurt_on_file_keeps_its_severity():
    hurt = Injury("back", "mild")
    assert understood(Profile(conditions=("back pain",), injuries=(hurt,))).injuries == (hurt,)


def test_understood_keeps_what_nobody_knows_and_what_was_not_asked():
    profile = understood(Profile(conditions=("T2D", "weird", "none"), medications=("Synjardy", "foo")))
    assert profile.conditions == ("diabetes_t2", "weird")
    assert profile.medications == ("sglt2", "metformin", "foo")
    assert understood(Profile()) == Profile()


@pytest.mark.parametrize("medicine", ["methotrexate 15 mg", "Humira", "tacrolimus"])
def test_s7_a_medicine_that_holds_the_immune_system_down_tells_of_it(medicine):
    assert understood(Profile(conditions=(), medications=(medicine,))).conditions == ("immunosuppressed",)
    assert understood(Profile(medications=(medicine,))).conditions is None


def test_no_phrase_stands_for_two_things_and_every_code_names_itself():
    table = load("conditions")
    phrases = [phrase for part in ("codes", "regions") for entries in table[part].values() for phrase in entries]
    assert len(phrases) == len(set(phrases)) >= 600
    for code in {code for key in table["codes"] for code in key.split("+")}:
        assert code in named(code).codes


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(max_size=60))
def test_understood_is_stable_under_a_second_reading(words):
    once = understood(Profile(conditions=(words,)))
    assert understood(once) == once
