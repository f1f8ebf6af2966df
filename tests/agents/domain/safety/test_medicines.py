import pytest

from agents.domain.safety import medicine_group, medicine_groups
from agents.domain.safety.lexicon import load
from agents.domain.safety.medicines import _forms, is_known


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
        ("digoxin", "antiarrhythmic"),
        ("Amiodarone 200", "antiarrhythmic"),
        ("GTN spray", "angina_medicine"),
        ("codeine", "opioid"),
        ("Tramadol", "opioid"),
        ("diazepam", "sedative"),
        ("Xanax", "sedative"),
        ("methotrexate", "immune_medicine"),
        ("Humira", "immune_medicine"),
        ("metronidazole", None),
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


@pytest.mark.parametrize(
    ("entry", "groups"),
    [
        ("Synjardy", ("sglt2", "metformin")),
        ("lisinopril/HCTZ", ("ace_inhibitor", "diuretic")),
        ("metformin and sitagliptin", ("metformin", "dpp4")),
        ("Insulin glargine 20 units at night", ("insulin",)),
        ("rate_limiting_calcium_blocker", ("rate_limiting_calcium_blocker",)),
        ("gliclazid", ("sulfonylurea",)),
        ("apixiban", ("anticoagulant",)),
        ("metorpolol", ("beta_blocker",)),
        ("simvastatiin", ("statin",)),
        ("zorblaxin", ()),
        ("metformin sitagliptin", ("metformin", "dpp4")),
        ("mxetoprolol", ("beta_blocker",)),
        ("mtoprolol", ("beta_blocker",)),
        ("emtoprolol", ("beta_blocker",)),
        ("xmetoprolol", ("beta_blocker",)),
        ("etoprolol", ("beta_blocker",)),
        ("ectformin", ()),
        ("mtcformin", ()),
        ("lithiun", ("lithium",)),
        ("lithum", ()),
        ("paracetamol", ()),
        ("", ()),
    ],
)
def test_s160_every_class_of_an_entry_also_with_a_slip(entry, groups):
    assert medicine_groups(entry) == groups


def test_s160_a_slip_in_a_message_is_not_guessed():
    assert medicine_group("concert") is None
    assert medicine_group("aspiring") is None


def test_s160_every_name_of_the_table_is_found_under_its_class():
    table = load("medicines")
    for code, names in table["groups"].items():
        assert all(code in medicine_groups(name) for name in (code, code.replace("_", " "), *names))
    for brand, codes in table["combinations"].items():
        assert medicine_groups(brand) == tuple(codes)


@pytest.mark.parametrize(
    ("entry", "known"),
    [
        ("metronidazole", True), ("Clarithromycin 500 mg", True), ("doxazosin", True), ("meloxicam", True),
        ("codeine", True), ("digoxin", True), ("tamoxifen", False), ("desmopressin", False),
        ("paracetamol 500 mg", True), ("Janumet", True), ("apixiban", True), ("ramipril, zorblaxin", False),
        ("", False),
    ],
)  # fmt: skip
def test_s161_known_or_not(entry, known):
    assert is_known(entry) is known


def test_s161_every_name_of_the_table_is_known():
    table = load("medicines")
    names = [name for names in table["groups"].values() for name in names]
    assert all(is_known(name) for name in (*names, *table["groups"], *table["combinations"], *table["unflagged"]))


def test_the_forms_of_a_word_are_itself_and_itself_without_each_letter():
    assert list(_forms("abc")) == ["abc", "bc", "ac", "ab"]
