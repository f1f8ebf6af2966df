import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.safety.normalise import normalise, split_words, undisguised


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Chést", "chest"),
        ("soooo", "soo"),
        ("don’t", "don't"),
        ("ＢＰ", "bp"),
        ("a\u200bb", "ab"),
        ("a\0b", "a b"),
        ("İyi ı", "iyi i"),
        ("s*icide", "sicide"),
        ("A\nB", "a\nb"),
        ("😀 ok", "  ok"),
    ],
)
def test_s4_first_pass(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("k1ll", "kill"),
        ("su!cide", "suicide"),
        ("d i e", "die"),
        ("39c", "39c"),
        ("20 kg", "20 kg"),
        ("p@in!", "pain!"),
        ("5!", "5!"),
    ],
)
def test_s4_second_pass_reads_look_alikes_inside_words(text, plain):
    assert undisguised(text) == plain


def test_contractions_are_written_out_and_punctuation_becomes_positions():
    words = split_words("i'm ok, dad's bp? it hurts. l'eau", {"i'm": ("i", "am")}, frozenset(("ok",)))
    assert words.tokens == ("i", "am", "dad", "bp", "it", "hurts", "l", "eau")
    assert words.sentences == (0, 0, 0, 0, 0, 0, 1, 1)
    assert words.clauses == (0, 0, 1, 1, 2, 2, 3, 3)


def test_quotation_marks_are_remembered():
    assert split_words('a "b c" d 50%', {}, frozenset()).quoted == (False, True, True, False, False)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
