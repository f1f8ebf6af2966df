"""N-34, N-35: how the table is built from its files, on tables small enough to see through."""

import pytest

from agents.domain import allergen_table
from agents.domain.allergen_derivation import derive
from agents.domain.allergen_table import Term, Token, compound, holds, index, table, tokenise, words_of
from tests.agents.domain.allergen_labels import PHRASES, wrong_states


def small(terms=(), friends=(), single=(), languages=()):
    data = {"terms": list(terms), "false_friends": list(friends), "single": list(single)}
    return allergen_table._terms(data, languages)


def group(*keys, contains=(), may=()):
    return {"keys": list(keys), "contains": list(contains), "may": list(may)}


def stated(*terms, contains=(), may=(), clear=()):
    return {"terms": list(terms), "contains": list(contains), "may": list(may), "clear": list(clear)}


def test_a_group_states_all_its_keys():
    terms = small([group("wheat", "gluten", contains=["Breads"], may=["soups"])])
    assert terms["bread",] == Term("bread", contains=frozenset({"wheat", "gluten"}))
    assert terms["soup",] == Term("soup", may=frozenset({"wheat", "gluten"}))


def test_the_stronger_of_two_statements_stands():
    groups = [group("milk", contains=["cake"]), group("egg", may=["cake"]), group("egg", contains=["cake"])]
    friend = stated("cake", may=["milk", "soy"], clear=["egg", "fish", "soy"])
    terms = small(groups, [friend])
    assert terms["cake",] == Term(
        "cake", frozenset({"milk", "egg"}), frozenset({"soy"}), frozenset({"fish"}), rule="N-36"
    )


def test_a_later_group_does_not_take_the_rule_of_a_false_friend():
    language = {"terms": [stated("leche", contains=["milk"])], "false_friends": [stated("leche", clear=["egg"])]}
    assert small(languages=[language])["leche"[:-1],].rule == "N-36"
    again = {"terms": [stated("leche", may=["soy"])], "false_friends": []}
    assert small(languages=[language, again])["lech",].rule == "N-36"
    assert small(languages=[again])["lech",] == Term("lech", may=frozenset({"soy"}))


def test_a_single_ingredient_without_a_key_is_a_term_of_its_own():
    assert small(single=["brown rice"])["brown", "rice"].name == "brown rice"
    assert small(single=["apples"])["apple",] == Term("apple", rule="N-31", is_single=True)
    assert small([group("milk", contains=["butter"])], single=["butter"])["butter",].is_single
    assert not small([group("milk", contains=["cake"])], single=["butter"])["cake",].is_single


def test_a_longer_name_holds_what_its_parts_hold():
    groups = [group("wheat", contains=["bread"], may=["sauce"]), group("milk", contains=["garlic butter"])]
    terms = small([*groups, group("soy", contains=["garlic bread sauce"])])
    assert terms["garlic", "bread", "sauce"].contains == {"soy", "wheat"}
    assert terms["garlic", "bread", "sauce"].may == set()
    assert terms["garlic", "butter"].contains == {"milk"}


def test_a_longer_name_may_hold_what_its_parts_may_hold_unless_it_is_one_ingredient():
    groups = [group("milk", may=["sauce"]), group("soy", contains=["soy sauce", "bean sauce"])]
    terms = small(groups, single=["bean sauce"])
    assert terms["soy", "sauce"].may == {"milk"}
    assert terms["bean", "sauce"].may == set()


def test_what_a_longer_name_states_outweighs_its_parts():
    groups = [group("milk", contains=["butter"]), group("egg", may=["bean"])]
    friends = [stated("butter bean", clear=["milk"]), stated("apple butter", may=["milk"])]
    terms = small(groups, friends)
    assert terms["butter", "bean"] == Term(
        "butter bean", may=frozenset({"egg"}), clear=frozenset({"milk"}), rule="N-36"
    )
    assert (terms["apple", "butter"].contains, terms["apple", "butter"].may) == (set(), {"milk"})


def test_the_longest_part_speaks_first_and_each_word_once():
    groups = [group("milk", contains=["milk"]), group("soy", contains=["coconut milk powder drink"])]
    friends = [stated("coconut milk", contains=["coconut"], clear=["milk"])]
    assert small(groups, friends)["coconut", "milk", "powder", "drink"].contains == {"coconut", "soy"}


def test_parts_are_found_at_the_beginning_in_the_middle_and_at_the_end():
    groups = [group("milk", contains=["milk"]), group("egg", contains=["egg"]), group("fish", contains=["cod"])]
    names = ["milk x y", "x egg y", "x y cod", "milk egg cod"]
    terms = small([*groups, group("soy", contains=names)])
    assert [sorted(terms[words_of(name)].contains) for name in names] == [
        ["milk", "soy"], ["egg", "soy"], ["fish", "soy"], ["egg", "fish", "milk", "soy"],
    ]  # fmt: skip


def test_two_words_are_known_as_one_as_well():
    terms = small([group("tree_nut", contains=["almond milks", "almond"])], single=["almond"])
    assert terms["almondmilk",] == terms["almond", "milk"]
    assert terms["almondmilk",].inherent == {"tree_nut"}
    assert ("almond",) in terms
    assert ("x", "y") not in terms
    joined = small([group("fish", contains=["fish cake"]), group("egg", contains=["fishcake"])])
    assert joined["fishcake",].contains == {"egg"}


def test_three_words_are_not_run_together():
    assert ("abc",) not in small([group("fish", contains=["a b c"])])


@pytest.mark.parametrize(
    ("name", "keys"),
    [("almond cake", {"tree_nut"}), ("cake with almond", {"tree_nut"}), ("cake", set()), ("almond", {"tree_nut"})],
)
def test_only_single_ingredients_in_a_name_are_inherent(name, keys):
    groups = [
        group("tree_nut", contains=["almond", "almond cake", "cake with almond"]),
        group("egg", contains=["cake", "almond cake", "cake with almond", "cake almond"]),
    ]
    assert small(groups, single=["almond"])[words_of(name)].inherent == keys


def test_an_index_gives_the_longest_name_first():
    assert index([("a",), ("b", "c"), ("a", "b", "c"), ("a", "c")]) == {
        "a": (("a", "b", "c"), ("a", "c"), ("a",)),
        "b": (("b", "c"),),
    }


def test_holds_wants_the_words_together_and_in_order():
    assert holds(("a", "b", "c"), ("b", "c"))
    assert holds(("a",), ("a",))
    assert not holds(("a", "b", "c"), ("a", "c"))
    assert not holds(("a", "b"), ("b", "a"))
    assert not holds(("a",), ())
    assert not holds((), ("a",))


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("weizenvollkornbrot", {"wheat", "gluten"}), ("erdnusskuchen", {"peanut", "wheat", "gluten", "egg"}),
        ("minikokosnuss", {"coconut"}), ("milchmix", {"milk"}), ("abcmilch", {"milk"}),
    ],
)  # fmt: skip
def test_a_compound_is_read_from_both_ends_longest_stem_first(word, keys):
    assert compound(word) == Term(word, contains=frozenset(keys))


@pytest.mark.parametrize("word", ["fischer", "milchig", "milch", "xymilch", "brother", "weizen", "buchweizenmehl", ""])
def test_what_is_too_short_beside_its_stem_or_has_none_is_no_compound(word):
    assert compound(word) is None


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Eggs, milk", [Token("egg"), Token("milk", "soft")]),
        ("Eggs. Milk", [Token("egg"), Token("milk", "hard")]),
        ("egg-free", [Token("egg"), Token("free")]),
        ("Cafe\u0301 cre\u0300me", [Token("cafe"), Token("creme")]),
        ("e\u200bgg", [Token("egg")]),
        ("goat's milk & rice", [Token("goat"), Token("milk"), Token("and"), Token("rice")]),
        ("huile d'arachide", [Token("huile"), Token("d"), Token("arachide")]),
        ("eggless cake", [Token("egg"), Token("free"), Token("cake")]),
        ("E-322i INS 471 e 150d", [Token("e322"), Token("e471"), Token("e150d")]),
        ("tree_nut", [Token("tree"), Token("nut")]),
        ("ŒUF", [Token("oeuf")]),
        ("", []),
    ],
)  # fmt: skip
def test_n34_how_a_text_becomes_words(text, tokens):
    assert list(tokenise(text)) == tokens


def test_the_table_read_anew_judges_every_golden_phrase_as_labelled():
    table.cache_clear()
    assert not {phrase: wrong for phrase in PHRASES if (wrong := wrong_states(phrase))}


def test_the_version_names_both_files_and_every_index_is_filled():
    table.cache_clear()
    built = table()
    assert all(part.isdigit() for part in built.version.split("."))
    assert len(built.version.split(".")) == 2
    assert built.claims["nut"] == ("tree_nut", "peanut")
    assert built.words["any", "nut"] == ("tree_nut", "peanut")
    assert "pine nuts" in built.questions["nut",]
    assert "chopped" in built.fillers
    assert built.by_first_word["butter"][-1] == ("butter",)
    assert derive("milk")["milk"].rule == "N-35"


@pytest.mark.parametrize(
    ("word", "one"),
    [("flies", "fly"), ("pieries", "piery"), ("gas", "gas"), ("peaches", "peach"), ("molasses", "molass"),
     ("eggs", "egg"), ("couscous", "couscous"), ("cress", "cress")],
)  # fmt: skip
def test_singular_and_plural_end_up_the_same(word, one):
    assert allergen_table.singular(word) == one


def test_a_stop_before_the_first_word_is_kept():
    assert [tokenise(text)[0].stop for text in (", nuts", ". nuts", "nuts")] == ["soft", "hard", ""]
