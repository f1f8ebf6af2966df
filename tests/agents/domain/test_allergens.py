"""N-30..N-37: allergen words, verdicts, decisions, and the scan of what leaves the bot."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain import allergens
from agents.domain.allergen_table import table, words_of
from agents.domain.allergens import KEYS, Verdict, code_for, decide, derive, needs_question, scan_text
from agents.domain.profile import Profile, Restriction

relaxed = settings(derandomize=True, deadline=None, max_examples=200)
NUT = Restriction("allergy", "tree_nut", "severe", "nuts")
PEANUT = Restriction("allergy", "peanut")
MILK = Restriction("allergy", "milk", "mild", "milk")
KIWI = Restriction("allergy", "kiwi", None, "kiwi")


def states(text):
    return {key: verdict.state for key, verdict in derive(text).items()}


def contained(text):
    return {key for key, state in states(text).items() if state == "contains"}


def allergy(key, severity=None):
    return Restriction("allergy", key, severity)


@pytest.mark.parametrize(
    ("food", "restriction", "is_allowed", "notes"),
    [
        ("satay sauce", allergy("peanut", "mild"), False, 0),
        ("satay sauce", allergy("peanut", "anaphylaxis"), False, 0),
        ("stir-fry sauce", allergy("soy", "severe"), False, 0),
        ("stir-fry sauce", Restriction("intolerance", "soy"), True, 1),
        ("almond milk", allergy("milk", "severe"), True, 0),
        ("almond milk", allergy("tree_nut", "severe"), False, 0),
        ("tofu scramble, spice mix", allergy("celery"), False, 0),
        ("rolled oats", allergens.COELIAC, False, 0),
        ("rolled oats", Restriction("intolerance", "gluten"), True, 1),
        ("stir-fry sauce", allergy("soy", "moderate"), False, 0),
        ("stir-fry sauce", allergy("soy", "mild"), True, 1),
        ("tofu", allergy("soy", "mild"), False, 0),
        ("tofu", Restriction("intolerance", "soy"), False, 0),
        ("tofu", Restriction("exclusion", "soy"), False, 0),
        ("stir-fry sauce", Restriction("exclusion", "soy"), True, 1),
        ("tofu", Restriction("dislike", "soy"), True, 0),
        ("milk", Restriction("intolerance", "lactose"), True, 0),
    ],
)
def test_n32_decision_table(food, restriction, is_allowed, notes):
    decision = decide([restriction], derive(food), food=food)
    assert decision.allowed is is_allowed
    assert [note.rule for note in decision.notes] == ["N-32"] * notes


def test_n32_only_a_mild_allergy_asks_for_a_tap():
    sauce = derive("stir-fry sauce")
    assert decide([allergy("soy", "mild")], sauce).needs_acceptance
    assert not decide([Restriction("intolerance", "soy")], sauce).needs_acceptance
    assert not decide([allergy("soy", "mild"), allergy("egg")], sauce).needs_acceptance


@pytest.mark.parametrize("stated", [{}, {"milk": "unknown"}, {"milk": "CLEAR"}, {"egg": "clear"}])
def test_n31_a_missing_or_odd_state_is_never_clear(stated):
    assert not decide([allergy("milk")], stated).allowed


def test_n33_the_proof_names_food_verdict_and_derivation():
    decision = decide([PEANUT], derive("satay sauce"), food="satay sauce")
    (proof,) = decision.proof
    assert (proof.food, proof.allergen, proof.verdict, proof.term) == (
        "satay sauce",
        "peanut",
        "contains",
        "satay sauce",
    )
    assert (proof.rule, proof.table_version) == ("N-35", allergens.table_version())


@pytest.mark.parametrize(
    ("stated", "is_allowed"),
    [
        ({"wheat": "contains"}, False),
        ({"wheat": "clear"}, False),
        ({"wheat": "clear", "gluten": "clear"}, True),
        ({"wheat": Verdict("wheat", "contains", "flour", "N-35")}, False),
        ({"wheat": "contains", "gluten": "clear"}, True),
    ],
)
def test_wheat_means_gluten_but_freedom_from_wheat_means_nothing(stated, is_allowed):
    assert decide([allergens.COELIAC], stated).allowed is is_allowed


@pytest.mark.parametrize(
    ("food", "ingredients", "is_single", "is_allowed"),
    [
        ("Kiwis, raw", (), True, False),
        ("Fruit salad", ("apple", "kiwi"), False, False),
        ("Apple", (), True, True),
        ("Fruit salad", ("apple", "pear"), False, False),
    ],
)
def test_an_allergy_without_a_key_is_matched_by_word(food, ingredients, is_single, is_allowed):
    decision = decide([KIWI], {}, food=food, ingredients=ingredients, is_single_ingredient=is_single)
    assert decision.allowed is is_allowed


INTOLERANT = Restriction("intolerance", "gluten")


@pytest.mark.parametrize(
    ("stated", "is_allowed"),
    [
        ({"wheat": "contains"}, False),
        ({"wheat": Verdict("wheat", "contains", "flour", "N-35")}, False),
        ({"wheat": "may"}, True),
        ({"gluten": "contains"}, False),
        ({"gluten": "may", "wheat": "contains"}, True),
        ({"barley": "contains"}, True),
    ],
)
def test_wheat_alone_is_gluten_for_an_intolerance_too(stated, is_allowed):
    assert decide([INTOLERANT], stated).allowed is is_allowed


def test_only_gluten_is_told_from_wheat():
    assert decide([Restriction("intolerance", "soy")], {"wheat": "contains"}).allowed


@pytest.mark.parametrize("state", ["clear", "may", "contains"])
def test_a_stated_word_is_its_own_verdict(state):
    (proof,) = decide([MILK], {"milk": state}, food="blorp").proof
    assert proof == allergens.ProofItem("blorp", "milk", state, "", "N-31", allergens.table_version())


def test_wheat_that_stands_for_gluten_is_proved_as_gluten():
    (proof,) = decide([INTOLERANT], {"wheat": "contains"}).proof
    assert proof == allergens.ProofItem("", "gluten", "contains", "", "N-31", allergens.table_version())


@pytest.mark.parametrize(
    ("food", "is_single", "proof"),
    [
        ("kiwi jam", False, ("kiwi", "contains", "kiwi", "N-32")),
        ("apple", True, ("kiwi", "clear", "", "N-31")),
        ("apple pie", False, ("kiwi", "may", "", "N-31")),
    ],
)
def test_a_food_without_a_key_is_proved_by_its_own_word(food, is_single, proof):
    (item,) = decide([KIWI], {}, food=food, is_single_ingredient=is_single).proof
    assert (item.allergen, item.verdict, item.term, item.rule) == proof


def test_what_is_judged_elsewhere_ends_nothing():
    others = [Restriction("dislike", "egg"), Restriction("intolerance", "lactose"), Restriction("religious", "halal")]
    decision = decide([*others, allergy("egg")], {"egg": "contains"})
    assert not decision.allowed
    assert len(decision.proof) == 1


@pytest.mark.parametrize(
    ("restriction", "words"),
    [
        (Restriction("intolerance", "tree_nut"), "may hold tree nut: please"),
        (Restriction("allergy", "tree_nut", "mild", "my nuts"), "may hold my nuts: please"),
    ],
)
def test_the_label_note_names_what_to_look_for(restriction, words):
    (note,) = decide([restriction], {"tree_nut": "may"}).notes
    assert words in note.message
    assert note.rule == "N-32"


def test_coeliac_disease_is_known_in_both_spellings():
    for word in ("coeliac", "celiac"):
        assert allergens.COELIAC in allergens.restrictions_for(Profile(conditions=(word,)))
        said = Restriction("intolerance", word)
        assert allergens.restrictions_for(Profile(restrictions=(said,))) == (said, allergens.COELIAC)


def test_a_possible_trace_is_found_in_prose_with_its_rule():
    assert scan_text("Rice. It may contain almonds.", [NUT]) == (Verdict("tree_nut", "may", "almond", "N-31"),)
    assert scan_text("Have granola.", [NUT]) == (Verdict("tree_nut", "may", "granola", "N-35"),)
    assert scan_text("Have almonds.", [NUT]) == (Verdict("tree_nut", "contains", "almond", "N-35"),)
    assert scan_text("No. Almonds are in it.", [NUT])
    assert scan_text("Rambutan is nice.", [Restriction("allergy", "rambutan")]) == (
        Verdict("rambutan", "contains", "rambutan", "N-32"),
    )


def test_an_unreadable_allergy_word_excludes_nothing_by_word_but_is_never_clear():
    assert not decide([allergy("🥝")], {}, food="apple pie").allowed


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("nuts", ("tree_nut", "peanut")), ("Peanuts", ("peanut",)), ("shellfish", ("crustacean", "mollusc")),
        ("dairy", ("milk",)), ("gluten", ("gluten", "wheat")), ("seafood", ("fish", "crustacean", "mollusc")),
        ("prawns", ("crustacean",)), ("lactose", ("milk",)), ("tree_nut", ("tree_nut",)), ("tree nuts", ("tree_nut",)),
        ("cashews", ("tree_nut",)), ("eggs", ("egg",)), ("soya", ("soy",)), ("wheat", ("wheat",)), ("kiwi", ()),
        ("hummus", ("sesame",)), ("buckwheat", ()), ("", ()), ("🍕", ()), ("Crème fraîche", ("milk",)),
        ("alpha-gal", ("mammal",)), ("coeliac", ("gluten", "wheat")), ("salmon", ("fish",)), ("chocolate", ()),
        ("Erdnüsse", ("peanut",)), ("cacahuetes", ("peanut",)), ("fruits de mer", ("fish", "crustacean", "mollusc")),
    ],
)  # fmt: skip
def test_n37_what_a_persons_word_means(word, keys):
    assert code_for(word) == keys


def test_n37_pine_nuts_are_asked_about():
    assert "pine nuts" in needs_question("Nuts").lower()
    assert needs_question("lactose")
    assert needs_question("peanuts") is None


@pytest.mark.parametrize("key", KEYS)
def test_every_key_means_itself(key):
    assert key in code_for(key)
    assert key in contained(key.replace("_", " "))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Try almond butter on toast.", ["almond butter"]),
        ("Have granola tonight.", ["granola"]),
        ("This may contain nuts.", ["nut"]),
        ("No nuts. Peanuts are fine.", ["peanut"]),
        ("Avoid nuts and almond milk is great.", ["almond milk"]),
        ("Without nuts, almond milk instead.", ["almond milk"]),
        ("No cashews and pistachio cream on top.", ["pistachio"]),
        ("Skip the rice or almonds work too.", ["almond"]),
        ("Use cashews instead of beans.", ["cashew"]),
        ("Nuts? Free today!", ["nut"]),
        ("No, almonds are fine.", ["almond"]),
    ],
)
def test_n33_foods_offered_in_prose_are_found(text, terms):
    assert [verdict.term for verdict in dict.fromkeys(scan_text(text, [NUT, PEANUT]))][: len(terms)] == terms


@pytest.mark.parametrize(
    "text",
    [
        "Oats without nuts, as always.",
        "Oats without nuts or peanuts; just stir them.",
        "Your nut allergy is noted. Lunch is rice and beans.",
        "Your plan avoids nuts, peanuts and shellfish.",
        "Nothing with nuts or peanuts here.",
        "Butternut squash soup with nutmeg and coconut.",
        "Swap peanut butter for tahini.",
        "A nut-free granola.",
        "It is free from nuts, peanuts or sesame.",
        "You told me you are allergic to nuts and peanuts.",
        "Instead of cashews use chickpeas.",
        "",
    ],
)
def test_n33_what_is_left_out_or_only_spoken_about_is_no_offer(text):
    assert scan_text(text, [NUT, PEANUT]) == ()


def test_n33_planned_foods_with_a_proof_pass_but_only_under_their_name():
    assert scan_text("Cashew cheese bowl tonight.", [NUT], ["Cashew cheese bowl"]) == ()
    assert scan_text("Cashew cheese bowl with cashews.", [NUT], ["Cashew cheese bowl"])
    assert scan_text("Kiwi bowl.", [KIWI], ["kiwi bowl"]) == ()


def test_scan_follows_the_severity():
    assert scan_text("A piece of dark chocolate.", [MILK]) == ()
    assert scan_text("A piece of dark chocolate.", [replace(MILK, severity="severe")])[0].state == "may"
    assert scan_text("A slice of cheese.", [MILK])[0].allergen == "milk"


def test_scan_finds_words_without_a_key_and_ignores_dislikes():
    assert scan_text("Kiwi salad.", [KIWI]) == (Verdict("kiwi", "contains", "kiwi", "N-32"),)
    assert scan_text("No kiwi in it.", [KIWI]) == ()
    assert scan_text("Kiwi salad.", [replace(KIWI, kind="dislike")]) == ()
    assert scan_text("Milk rice.", [Restriction("intolerance", "lactose")]) == ()


def test_coeliac_disease_counts_as_a_strict_restriction():
    assert allergens.restrictions_for(Profile(restrictions=(NUT,))) == (NUT,)
    assert allergens.restrictions_for(Profile(conditions=("coeliac",))) == (allergens.COELIAC,)
    said = Restriction("intolerance", "coeliac")
    assert allergens.COELIAC in allergens.restrictions_for(Profile(restrictions=(said,)))


foods = st.sampled_from(sorted(" ".join(words) for words in table().terms))


@relaxed
@given(food=foods, key=st.sampled_from(KEYS), severity=st.sampled_from([None, "moderate", "severe", "anaphylaxis"]))
def test_n32_a_serious_allergy_only_ever_meets_clear_food(food, key, severity):
    decision = decide([allergy(key, severity)], derive(food), food=food)
    assert decision.allowed == (states(food)[key] == "clear")


@relaxed
@given(food=foods, key=st.sampled_from(KEYS))
def test_n33_whatever_contains_an_allergen_is_found_in_prose(food, key):
    found = scan_text(f"How about {food}?", [allergy(key, "severe")])
    assert bool(found) == any(key in (t := table().terms[words_of(food)]).contains | t.may for _ in [0])


@relaxed
@given(text=st.text(max_size=60))
def test_any_text_can_be_scanned(text):
    assert all(verdict.allergen in ("tree_nut", "kiwi") for verdict in scan_text(text, [NUT, KIWI], [text[:5]]))
