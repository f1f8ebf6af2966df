import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.safety.normalise import normalise, split_words, undisguised, variants


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


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("CHEST\tPain", "chest pain"), ("A\r\nB", "a \nb"), ("Ärger\nÖl", "arger\nol"), ("STRASSE ß", "strasse ss"),
        ("“Hi” «you» „x‟", '"hi" "you" "x‟'), ("it’s ‘so´", "it's 'so'"), ("noooo!!!!", "noo!!!!"), ("1111", "1111"),
        ("5'7", "5 ft 7"), ("5' 11\" tall", "5 ft 11 tall"), ("6'2\"", "6 ft 2"), ("3'7", "3'7"), ("8'1", "8'1"),
        ("5'12", "5'12"), ("15'7", "15'7"), ("d**n", "dn"), ("*bold*", "*bold*"), ("a\u200db", "ab"),
        ("सीने", "सीने"), ("сердце", "сердце"), ("а́", "а"), ("ﬁt", "fit"), ("½", "1⁄2"), ("١٢", "١٢"),
        ("é\nÉ\x07", "e\ne "),
    ],
)  # fmt: skip
def test_s4_first_pass_in_every_script(text, plain):
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("chest pain", ("chest pain",)),
        ("k1ll", ("k1ll", "kill")),
        ("cheeest", ("cheest", "chest")),
        ("ch3eeest", ("ch3eest", "cheeest", "cheest")),
        ("KIIILL", ("kiill", "kill")),
        ("s.u.i.c.i.d.e", ("s.u.i.c.i.d.e", "suicide")),
        ("goood 4 you", ("good 4 you", "god 4 you")),
        ("ßs", ("ss",)),
        ("aaaßs", ("aass", "ass")),
    ],
)
def test_s4_the_readings_of_a_text_are_plain_undisguised_and_single_letters(text, found):
    assert variants(text) == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("p a i n", "pain"), ("p.a.i.n", "pain"), ("p-a-i-n", "pain"), ("p_a_i_n", "pain"), ("p*a*i*n", "pain"),
        ("a b", "a b"), ("i am a man", "i am a man"), ("$uicid3", "suicide"), ("5u1c1d3", "5u1c1d3"),
        ("h3llo!!", "hello!!"),
        ("10mg", "10mg"), ("a1", "ai"), ("1!", "1!"), ("@!", "@!"), ("d7e", "dte"), ("0", "0"), ("x4y5z", "xaysz"),
        ("r@pe!x", "rapeix"), ("b!", "b!"),
    ],
)  # fmt: skip
def test_s4_second_pass_joins_and_replaces_inside_words_only(text, plain):
    assert undisguised(text) == plain


def test_every_mark_ends_a_clause_and_some_a_sentence():
    for mark in ".!?;\n।؟":
        assert split_words(f"a{mark} b", {}, frozenset()).sentences == (0, 1), mark
    for mark in (",", ":", "(", ")", "،", " - ", " – "):
        assert split_words(f"a{mark} b", {}, frozenset()).sentences == (0, 0), mark
        assert split_words(f"a{mark} b", {}, frozenset()).clauses == (0, 1), mark
    assert split_words("50% b", {}, frozenset()).clauses == (0, 0)


@pytest.mark.parametrize("word", ["it", "this", "that", "they", "which"])
def test_a_sentence_that_points_back_belongs_to_the_one_before(word):
    assert split_words(f"a. {word} b. c", {}, frozenset()).sentences == (0, 0, 0, 1)


def test_marks_before_the_first_word_and_doubled_marks_open_no_further_sentence():
    assert split_words("... a!? b", {}, frozenset()).sentences == (0, 1)
    assert split_words("a. x b", {}, frozenset(("x",))).sentences == (0, 1)
    assert split_words("x. a", {}, frozenset(("x",))).sentences == (0,)


def test_words_are_written_out_parted_at_apostrophes_and_fillers_dropped():
    words = split_words("dad's o'clock can't um x's", {"can't": ("can", "not")}, frozenset(("um", "x")))
    assert words.tokens == ("dad", "o", "clock", "can", "not")
    assert words.quoted == words.sentences == words.clauses == (False,) * 5


def test_numbers_with_points_and_slashes_are_one_word():
    assert split_words("190/125 1.200,5 12:30 5.", {}, frozenset()).tokens == ("190/125", "1.200,5", "12:30", "5")


def test_sentences_are_counted_on():
    assert split_words("a. b. c! it d. e", {}, frozenset()).sentences == (0, 1, 2, 2, 2, 3)


def test_each_quotation_mark_turns_quoting_on_or_off():
    assert split_words('a "b" c "d e', {}, frozenset()).quoted == (False, True, False, True, True)
