"""How a match is meant, from positions alone: a small grammar of its own, so that each rule is seen by itself.

In these sentences "ache" is what was found. Marks are given as name=(first, last position).
"""

import pytest

from agents.domain.safety.context import Reading, is_about_other, meaning
from agents.domain.safety.normalise import split_words
from agents.domain.safety.patterns import Match

WORDS = {
    "negator": "not never", "absolute_negator": "no without", "carrier": "feel any he", "opener": "but now",
    "joiner": "and", "listing": "or", "after_negator": "none", "subject": "i he", "other_person": "dad",
    "first_person": "i my me", "past_tense": "had", "calming": "fine", "relative": "dad", "pet": "dog",
    "pet_harm": "bite", "denier": "denies", "preposition": "in",
}  # fmt: skip


def read(text, **marks):
    words = split_words(text, {}, frozenset())
    sets = {
        name: frozenset(i for i, token in enumerate(words.tokens) if token in members.split())
        for name, members in WORDS.items()
    }
    found = {f"~{name}": [Match(f"~{name}", at) for at in places] for name, places in marks.items()}
    denying = sets["negator"] | sets["absolute_negator"] | sets["denier"]
    return Reading(words, {}, found, (), denying, sets)


def meant(text, at=None, *, is_literal=False, is_setting=False, **marks):
    reading = read(text, **marks)
    match = Match("x", at or (reading.words.tokens.index("ache"),))
    return meaning(reading, match, is_literal=is_literal, is_setting=is_setting)


def is_other(text, at=None):
    reading = read(text)
    return is_about_other(reading, Match("x", at or (reading.words.tokens.index("ache"),)))


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("ache", "active"), ("no ache", "cancelled"), ("not ache", "cancelled"), ("not feel ache", "cancelled"),
        ("not go ache", "active"), ("no go ache", "cancelled"), ("no i ache", "active"),
        ("x x no a a a a ache", "cancelled"), ("x x no a a a a a ache", "active"), ("no a a a a ache", "cancelled"),
        ("no a. ache", "active"), ("no but ache", "active"), ("no now ache", "active"), ("no a and ache", "active"),
        ("no a and no ache", "cancelled"), ("no a and not go ache", "cancelled"), ("ache none", "cancelled"),
        ("ache. none", "active"), ("ache x none", "active"), ("ache no", "active"),
    ],
)  # fmt: skip
def test_s5a_a_negator_reaches_five_words_and_not_over_a_new_beginning(text, how):
    assert meant(text) == how


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("no, ache", "active"), ("no, ache or b", "active"), ("no a, ache", "active"), ("no a, ache or b", "cancelled"),
        ("no a, i ache or b", "active"), ("he x no a, ache or b", "cancelled"), ("he no a, ache or b", "cancelled"),
        ("not he a, ache or b", "active"), ("or no a, ache", "active"), ("no or a, ache", "cancelled"),
        ("no a, ache. or b", "active"), ("denies a, ache", "active"), ("denies any a, ache", "cancelled"),
        ("no a a, ache or b", "cancelled"),
    ],
)  # fmt: skip
def test_s5a_a_comma_ends_a_denial_unless_it_goes_on_as_a_list(text, how):
    assert meant(text) == how


def test_s5a_a_denial_inside_the_match_counts():
    assert meant("heart not beating", (0, 2)) == "cancelled"
    assert meant("heart is beating", (0, 2)) == "active"
    assert meant("x not", (0, 1)) == "active"


@pytest.mark.parametrize(
    ("text", "at", "marks", "how"),
    [
        ("then ache", None, {"past": [(0,)]}, "soft"),
        ("ache then", None, {"past": [(1,)]}, "soft"),
        ("ache. then", None, {"past": [(1,)]}, "active"),
        ("then, ache", None, {"past": [(0,)]}, "active"),
        ("then, had ache", None, {"past": [(0,)]}, "soft"),
        ("then, ache had", None, {"past": [(0,)]}, "active"),
        ("had then, ache", None, {"past": [(1,)]}, "active"),
        ("ache had, then", (0, 1), {"past": [(2,)]}, "soft"),
        ("then but ache", None, {"past": [(0,)]}, "active"),
        ("ache but then", None, {"past": [(2,)]}, "active"),
        ("but then ache", None, {"past": [(1,)]}, "soft"),
        ("then ache but", None, {"past": [(0,)]}, "soft"),
        ("now ache", None, {"past": [(0,)]}, "soft"),
        ("then but ache then", None, {"past": [(0,), (3,)]}, "soft"),
        ("then ache on", None, {"past": [(0,)], "ongoing": [(2,)]}, "active"),
        ("then ache. on", None, {"past": [(0,)], "ongoing": [(2,)]}, "soft"),
    ],
)
def test_s5b_told_as_over_in_its_clause_or_in_the_past_tense_is_history(text, at, marks, how):
    assert meant(text, at, **marks) == how


@pytest.mark.parametrize(
    ("text", "at", "back", "how"),
    [
        ("then ache again", None, [(2,)], "active"),
        ("then ache x. again", None, [(3,)], "active"),
        ("again then ache", None, [(0,)], "soft"),
        ("then ache again", (1, 2), [(2,)], "soft"),
        ("then ache never again", None, [(3,)], "soft"),
        ("then ache never again again", None, [(3,), (4,)], "active"),
        ("then ache again fine", None, [(2,)], "soft"),
        ("then ache again x x fine", None, [(2,)], "soft"),
        ("then ache again x x x fine", None, [(2,)], "active"),
        ("fine then ache again", None, [(3,)], "active"),
    ],
)
def test_s5f_again_after_the_match_opens_it_unless_it_is_calm_or_never(text, at, back, how):
    past = [(text.split().index("then"),)]
    assert meant(text, at, past=past, back=back) == how


def test_s5f_a_denial_is_opened_by_its_own_mark():
    assert meant("no ache x now", back_after_no=[(3,)]) == "active"
    assert meant("no ache x now", back=[(3,)]) == "cancelled"
    assert meant("no ache x now", back_after_no=[(3,)], past=[(2,)]) == "soft"


@pytest.mark.parametrize(
    ("text", "about", "personal", "how"),
    [
        ("what is ache", [(0, 1)], [], "cancelled"),
        ("ache is what", [(0, 1)], [], "cancelled"),
        ("x ache what is", [(2, 3)], [], "active"),
        ("what me x tell ache", [(1, 3)], [(1,), (3,)], "cancelled"),
        ("what me x tell ache", [(1, 3)], [(0,)], "active"),
        ("what me x tell ache", [(1, 3)], [(4,)], "active"),
        ("what is ache. me", [(0, 1)], [(3,)], "cancelled"),
        ("what. ache", [(0,)], [], "active"),
    ],
)
def test_s5e_a_question_about_a_word_has_nobody_in_it(text, about, personal, how):
    assert meant(text, about_words=about, personal=personal) == how
    assert meant(text, about_words=about, personal=personal, is_literal=True) == "active"


def test_s5e_some_languages_ask_after_the_word():
    assert meant("ache nedir", about_after=[(1,)]) == "cancelled"
    assert meant("ache. nedir", about_after=[(1,)]) == "active"


def test_s53_words_in_quotation_marks_beside_a_title_are_no_sign():
    assert meant('song "ache x"', media=[(0,)]) == "cancelled"
    assert meant('song "ache" x', (1, 2), media=[(0,)]) == "active"
    assert meant('"ache"') == meant("song ache", media=[(0,)]) == "active"
    assert meant('song. "ache"', media=[(0,)]) == "active"


@pytest.mark.parametrize(
    ("text", "story", "how"),
    [
        ("film x ache", [(0,)], "cancelled"), ("ache x", [(0, 1)], "cancelled"), ("ache film", [(1,)], "active"),
        ("film my ache", [(0,)], "active"), ("film dad ache", [(0,)], "active"), ("film ache. my", [(0,)], "cancelled"),
        ("my film ache", [(1,)], "cancelled"), ("my ache", [(0, 1)], "cancelled"), ("film x. ache", [(0,)], "active"),
        ("x film ache film my", [(3,), (1,)], "active"),
    ],
)  # fmt: skip
def test_s53_what_happens_in_a_film_is_a_story_unless_somebody_real_is_in_it(text, story, how):
    assert meant(text, story=story) == how


@pytest.mark.parametrize(
    ("text", "at", "how"),
    [
        ("dog ache", None, "cancelled"), ("x dog ache", None, "cancelled"), ("x x dog ache", None, "active"),
        ("x x, dog ache", None, "cancelled"), ("dog bite ache", None, "active"), ("bite dog ache", None, "cancelled"),
        ("dog x bite ache", None, "cancelled"), ("dog x my ache", None, "active"), ("dog my ache", None, "cancelled"),
        ("dog x ache my", (2, 3), "cancelled"), ("dog x my ache", (2, 3), "active"), ("ache dog", None, "active"),
        ("dog x", (0, 1), "active"),
    ],
)  # fmt: skip
def test_a_pet_that_begins_the_clause_is_who_has_it_unless_a_person_follows(text, at, how):
    assert meant(text, at) == how


@pytest.mark.parametrize(
    ("text", "supposed", "how"),
    [
        ("afraid ache", [(0,)], "soft"), ("afraid x x x ache", [(0,)], "soft"),
        ("afraid x x x x ache", [(0,)], "active"),
        ("ache afraid", [(1,)], "active"), ("afraid my ache", [(0,)], "active"), ("my afraid x ache", [(0, 1)], "soft"),
        ("afraid. ache", [(0,)], "active"), ("x ache", [(0, 1)], "active"),
    ],
)  # fmt: skip
def test_what_is_feared_within_four_words_is_supposed(text, supposed, how):
    assert meant(text, supposed=supposed) == how
    assert meant(text, supposed=supposed, is_literal=True) == "active"


def test_a_circumstance_stays_true_in_the_past_and_in_stories_and_can_only_be_denied():
    assert meant("then ache", past=[(0,)], is_setting=True) == "active"
    assert meant("film ache", story=[(0,)], is_setting=True) == "active"
    assert meant("no ache", is_setting=True) == "cancelled"


@pytest.mark.parametrize(
    ("text", "at", "is_about_another"),
    [
        ("ache", None, False), ("dad ache", None, True), ("ache dad", None, True), ("i ache", None, False),
        ("i ache dad", None, False), ("dad i ache", None, False), ("i dad ache", None, True),
        ("ache dad", (0, 1), True), ("dad ache", (0, 1), True), ("dad my ache", (1, 2), False),
        ("i dad ache", (1, 2), True), ("ache x dad x", (0, 3), True), ("ache i dad", None, False),
        ("ache dad i", None, True), ("dad in my ache", None, True), ("dad my ache", None, False),
        ("ache in me dad", None, False), ("in my ache dad", (1, 2), False), ("in my ache", None, False),
        ("dad " + "x " * 39 + "ache", None, True), ("dad " + "x " * 40 + "ache", None, False),
        ("ache " + "x " * 39 + "dad", None, True), ("ache " + "x " * 40 + "dad", None, False),
    ],
)  # fmt: skip
def test_s5c_the_nearest_person_before_the_match_and_else_after_it_is_the_one_meant(text, at, is_about_another):
    assert is_other(text, at) is is_about_another
