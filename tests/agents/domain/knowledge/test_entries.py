"""Every entry is short, plain, sourced and says nothing that the rules forbid."""

import re

import pytest

from agents.domain.knowledge import entries, entry_of

LONGEST, FEWEST = 60, 80  # words of an answer, entries


def test_there_are_enough_and_each_is_itself():
    assert len(entries()) >= FEWEST
    assert len({entry.id for entry in entries()}) == len(entries())
    assert all(entry_of(entry.id) is entry for entry in entries())
    assert entry_of("nothing") is None


def test_each_is_short_sourced_and_asked_in_more_than_one_way():
    wrong = [
        entry.id
        for entry in entries()
        if len(entry.text.split()) > LONGEST or len(entry.source) < 3 or len(entry.ask) < 2 or not entry.words
    ]
    assert wrong == []


def test_sentences_are_short_enough_to_be_read_in_one_go():
    long = [
        (entry.id, sentence)
        for entry in entries()
        for sentence in re.split(r"(?<=[.!?:;])\s", entry.text)
        if len(sentence.split()) > 32
    ]
    assert long == []


def test_none_shames_or_promises():
    words = re.compile(
        r"\b(?:guilt\w*|lazy|cheat(?:ed|er)|clean eating|miracle|cure[sd]?|guarantee\w*|burns? fat)\b", re.I
    )
    assert [entry.id for entry in entries() if words.search(entry.text)] == []


def test_what_is_about_losing_weight_is_marked_so():
    lose = re.compile(r"\b(?:lose|losing|lost) (?:weight|fat)|\bdeficit\b|\bweight loss\b", re.I)
    unmarked = [entry.id for entry in entries() if entry.about != "weight" and lose.search(" ".join(entry.ask))]
    assert unmarked in ([], ["pregnancy-food"])  # that one says that it is no time for it


@pytest.mark.parametrize(
    ("entry_id", "words"),
    [
        ("creatine", ("under 18", "pregnancy", "kidney")),  # N-10, S-120
        ("caffeine-training", ("200 mg at once", "pregnancy", "under 18")),  # N-9
        ("coffee", ("200 mg at once", "pregnancy", "under 18")),
        ("protein-powder", ("under 18", "pregnant", "kidney")),
        ("fasting", ("pregnancy", "breastfeeding", "teenagers", "insulin", "sulfonylurea", "eating disorder")),  # E7
        ("low-carb", ("pregnancy", "type 1", "sglt2", "gallbladder")),
        ("alcohol", ("pregnancy", "under 18", "suddenly")),
        ("sauna-ice", ("pregnancy", "lithium")),  # S-130, S-160
        ("blood-pressure-food", ("potassium salt", "never stop tablets")),  # S-160
        ("diabetes-food", ("insulin", "sulfonylureas", "team")),
        ("protein-how-much", ("kidney", "clinician")),  # N-3
        ("water", ("heart or kidney",)),  # S-181
        ("soreness", ("dark urine", "emergency")),  # S-26
        ("too-much-water", ("confusion", "emergency")),  # S-31
        ("heart-rate-high", ("chest pain", "emergency")),  # S-20
        ("back-pain", ("numbness between the legs", "emergency")),  # S-27
        ("training-ill", ("diabetes", "fever")),  # S-141, S-190
    ],
)
def test_an_answer_names_those_it_is_not_for_and_when_to_call(entry_id, words):
    entry = entry_of(entry_id)
    assert entry is not None
    assert [word for word in words if word not in entry.text.casefold()] == []


def test_energy_counts_of_activity_and_surplus_are_not_for_everybody():
    marked = {entry.id for entry in entries() if entry.about == "weight"}
    assert {"calorie-what", "burn-calories", "wearable-calories", "bulk-speed", "bmi", "fasting"} <= marked
