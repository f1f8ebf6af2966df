"""What a person types leaves the machine without what tells who they are."""

import re
import string
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agents.domain.pseudonyms import contacts, scrubbed

MARKS = ("[name]", "[place]", "[contact]", "[number]", "[date]", "[link]", "[weight]")
letters = st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=10)
plain_words = st.lists(st.sampled_from(("today", "i", "ate", "rice", "and", "slept", "badly", "again")), max_size=8)


def around(words: list[str], secret: str, more: list[str]) -> str:
    return " ".join([*words, secret, *more])


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("my name is anna and I hate mornings", ["anna"]),
        ("Hi, I'm Anna Müller from Berlin", ["Anna", "Müller", "Berlin"]),
        ("my wife Petra cooks", ["Petra"]),
        ("my friend, Xanthippe, runs", ["Xanthippe"]),
        ("I met John Smith at the gym", ["John", "Smith"]),
        ("anna says I should run more", ["anna"]),
        ("Dr. Blackwood said no", ["Blackwood"]),
        ("ich heiße Jürgen und wohne in Buxtehude, heute war ich müde", ["Jürgen", "Buxtehude"]),
        ("je m'appelle Zoé", ["Zoé"]),
        ("меня зовут Иван Петров, живу хорошо", ["Иван", "Петров"]),
        ("मेरा नाम राहुल है", ["राहुल"]),
        ("i live in nowheresville now", ["nowheresville"]),
        ("I moved to New York last year", ["York"]),
        ("write to anna.mueller+gym@web.de", ["mueller", "web.de"]),
        ("write to anna.mueller at web dot de", ["mueller", "web"]),
        ("anna (at) web (dot) de", ["web"]),
        ("I am @anna_runs there", ["anna_runs"]),
        ("see https://example.org/u/4711?x=1 or t.me/anna_m", ["example", "4711", "anna_m"]),
        ("call +49 171 1234567 now", ["171", "4567"]),
        ("call 0171/1234567", ["1234567"]),
        ("call (555) 123-4567", ["555", "4567"]),
        ("my card is 4111 1111 1111 1111", ["4111", "1111"]),
        ("IBAN DE89 3702 0044 0532 0130 00", ["3702", "0532"]),
        ("passport C01X00T478", ["C01X00T478"]),
        ("id 018f3c2e-7b1a-7c3d-9e4f-001122334455", ["018f", "7c3d"]),
        ("ssn 123-45-6789", ["6789"]),
        ("I was born on 12 March 1990", ["1990", "March"]),
        ("born 12.03.1990", ["1990", "12.03"]),
        ("1990-03-12 is when", ["1990"]),
        ("my birthday is 12 March", ["12", "March"]),
        ("12 March is my birthday", ["12 March"]),
        ("geboren am 3. April 1985", ["1985", "April"]),
        ("nací el 3 de abril de 1985", ["1985", "abril"]),
        ("I live at 221b Baker Street", ["221", "Baker"]),
        ("Hauptstraße 12, 10115", ["Hauptstr", "10115"]),
        ("12 rue de la Paix", ["rue", "Paix"]),
        ("NW1 6XE is mine", ["6XE"]),
        ("I am at 52.52000, 13.40495", ["52000", "40495"]),
    ],
)
def test_what_gives_somebody_away_is_gone(text: str, secrets: list[str]) -> None:
    clean = scrubbed(text)
    for secret in secrets:
        assert secret.lower() not in clean.lower(), clean


@pytest.mark.parametrize(
    "text",
    [
        "I ate 200 g chicken and drank 1500 ml water",
        "bench 60x8 @8, 3x5x100, bw+10x6",
        "ran 5 km in 28:30, then slept 7.5 hours",
        "I walked 12345 steps",
        "on 12 June is my daughter's wedding",
        "every Monday and Thursday at 7:30 I do Pilates",
        "Lentil soup with Greek yogurt",
        "Why so much protein? I don't get it.",
        "I am 34, 82 kg, 1.80 m, and I want to lose 4 kg in 12 weeks",
        "tofu, rice and 2 eggs for breakfast",
        "Bulgarian split squats 3x10",
        "trying keto since May",
    ],
)
def test_what_is_said_about_training_and_food_stays(text: str) -> None:
    assert scrubbed(text) == text


def test_sentences_of_our_own_keep_their_capital_letters() -> None:
    said = "Dinner is Lentil Dal with Flatbread. Then Full Body A."
    assert scrubbed(said, source="ours") == said
    assert "Rosalind" not in scrubbed("Well done, Rosalind! Dinner is Lentil Dal.", ("Rosalind",), source="ours")


def test_a_message_to_be_understood_keeps_what_a_wish_may_rest_on() -> None:
    text = "Erinnere mich am 12.06.2027 in Madrid an Brötchen"
    assert scrubbed(text, source="order") == text
    telling = "Ich heiße Jürgen, geboren 12.03.1990, meine Frau Xanthia, +49 171 1234567, j@web.de"
    clean = scrubbed(telling, source="order")
    for secret in ("Jürgen", "1990", "Xanthia", "1234567", "web.de"):
        assert secret not in clean


def test_a_known_name_is_found_in_any_case_and_accent() -> None:
    text = "ROSALÍND's plan, rosalind and Müller-Lüdenscheidt; mullerin stays"
    clean = scrubbed(text, ("Rosalind Müller-Lüdenscheidt",))
    assert "osal" not in clean.lower()
    assert "lüden" not in clean.lower()
    assert "mullerin" in clean


def test_invisible_marks_do_not_hide_a_name() -> None:
    assert "Rosa" not in scrubbed("Ro\u200bsalind here", ("Rosalind",))


def test_weights_and_calories_go_where_numbers_are_hidden() -> None:
    clean = scrubbed("I am 82.5 kg, 181 lbs, ate 1900 kcal, BMI 25.4", hides_weight=True)
    assert not re.search(r"\d", clean)


@given(plain_words, letters, letters, plain_words)
def test_a_known_name_never_passes(words: list[str], first: str, last: str, more: list[str]) -> None:
    assume(not any(part in mark for mark in MARKS for part in (first, last)))
    for shown in (f"{first} {last}", first.upper(), f"{last.title()}'s", f"({first})", f"{first},{last}"):
        clean = scrubbed(around(words, shown, more), (f"{first.title()} {last.title()}",))
        assert not re.search(rf"(?<![a-z])(?:{first}|{last})(?![a-z])", clean.lower())


@given(plain_words, st.text(alphabet="bdgklnorst", min_size=5, max_size=10).map(str.title), plain_words)
def test_an_unknown_name_with_a_capital_letter_inside_a_sentence_never_passes(
    words: list[str], name: str, more: list[str]
) -> None:
    assert name not in scrubbed(around(["i", "met", *words], name, more))


@given(
    plain_words, st.integers(10**6, 10**15 - 1), st.sampled_from(("{}", "+{}", "00{}", "no {}.", "({})")), plain_words
)
def test_a_long_number_never_passes(words: list[str], number: int, form: str, more: list[str]) -> None:
    clean = scrubbed(around(words, form.format(number), more))
    assert not re.search(r"\d{5}", clean)


@given(plain_words, st.lists(st.integers(10, 99), min_size=5, max_size=8), st.sampled_from(" -/"), plain_words)
def test_a_telephone_number_in_groups_never_passes(
    words: list[str], groups: list[int], gap: str, more: list[str]
) -> None:
    number = gap.join(["0171" if gap == " " else "171", *map(str, groups)])
    clean = scrubbed(around(words, number, more))
    assert str(groups[0]) + gap + str(groups[1]) not in clean


@given(plain_words, st.dates(date(1920, 1, 1), date(2060, 1, 1)), plain_words)
def test_a_full_date_never_passes(words: list[str], day: date, more: list[str]) -> None:
    for form in ("%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y", "%d %b %Y"):
        shown = day.strftime(form)
        assert shown not in scrubbed(around(words, shown, more))


@given(plain_words, letters, letters, st.sampled_from(("com", "de", "org", "co.uk", "museum")), plain_words)
def test_a_mail_address_never_passes(words: list[str], name: str, host: str, end: str, more: list[str]) -> None:
    clean = scrubbed(around(words, f"{name}@{host}.{end}", more))
    assert f"{host}.{end}" not in clean
    assert "@" not in clean


@given(
    st.lists(
        st.sampled_from(
            ("born", "on", "march", "st", "rue", "straße", "flat", "#", "o", "I", "of", "way", "'", "GB", "-")
        )
        | st.text(max_size=4),
        max_size=12,
    ).map(" ".join)
)
def test_what_is_looked_for_beside_figures_is_nowhere_without_one(text: str) -> None:
    assume(not re.search(r"\d", text))
    patterns = (*contacts._DATES, *(pattern for pattern, _ in contacts._SIMPLE), contacts._LONG)
    for pattern in (*patterns, contacts._AFTER_BIRTH, contacts._BEFORE_BIRTH):
        assert pattern.search(text) is None


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_is_answered_and_scrubbing_twice_finds_no_name_more(text: str, name: str) -> None:
    once = scrubbed(text, (name,))
    assert scrubbed(text, (name,)) == once
