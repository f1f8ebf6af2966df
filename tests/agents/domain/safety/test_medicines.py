import pytest

from agents.domain.safety import medicine_group
from agents.domain.safety.lexicon import load


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("metoprolol", "beta_blocker"),
        ("Concor", "beta_blocker"),
        ("metoprolol succinate 50", "beta_blocker"),
        ("beta-blocker", "beta_blocker"),
        ("beta blockers", "beta_blocker"),
        ("Insulin", "insulin"),
        ("lantus", "insulin"),
        ("gliclazide", "sulfonylurea"),
        ("Jardiance", "sglt2"),
        ("ozempic", "glp1"),
        ("METFORMIN", "metformin"),
        ("coumadin", "warfarin"),
        ("Eliquis", "anticoagulant"),
        ("ramipril", "ace_inhibitor"),
        ("furosemide", "diuretic"),
        ("lithium", "lithium"),
        ("ace_inhibitor", "ace_inhibitor"),
        ("Fluoxétine", "ssri"),
        ("Unbekanntol", None),
        ("aspirina", None),
        ("", None),
        ("water", None),
    ],
)
def test_s160_a_medicine_word_gives_its_class(word, group):
    assert medicine_group(word) == group


def test_s160_at_least_120_names_and_none_in_two_classes():
    names = [name for entries in load("medicines")["groups"].values() for name in entries]
    assert len(names) >= 120
    assert len(names) == len(set(names))
