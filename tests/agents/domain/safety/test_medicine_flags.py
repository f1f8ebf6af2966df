import pytest

from agents.domain.profile import Profile
from agents.domain.safety import vet_text
from agents.domain.safety.lexicon import load
from agents.domain.safety.medicine_flags import medicine_findings, zones_allowed
from tests.agents.domain.safety.wording import says


def texts(*medications):
    return " ".join(finding.message for finding in medicine_findings(Profile(medications=medications)))


@pytest.mark.parametrize(
    ("medicine", "rule", "word"),
    [
        ("metoprolol", "S-160", "talk test"), ("bisoprolol", "S-160", "talk test"),
        ("ivabradine", "S-160", "talk test"),
        ("diltiazem", "S-160", "talk test"), ("verapamil", "S-160", "talk test"),
        ("insulin glargine", "S-140", "carry fast sugar"), ("gliclazide", "S-140", "No fasting"),
        ("empagliflozin", "S-142", "no keto"), ("semaglutide", "S-160", "protein first"),
        ("ozempic", "S-160", "strength twice a week"), ("metformin", "S-160", "B12"),
        ("warfarin", "S-160", "green vegetables"), ("warfarin", "S-160", "no contact sports"),
        ("apixaban", "S-160", "no contact sports"), ("lisinopril", "S-160", "potassium salt"),
        ("losartan", "S-160", "potassium salt"), ("spironolactone", "S-160", "potassium salt"),
        ("furosemide", "S-160", "heat"), ("lithium", "S-160", "no sauna"), ("oxybutynin", "S-160", "heat"),
        ("quetiapine", "S-160", "heat"), ("methylphenidate", "S-160", "heat"), ("levothyroxine", "S-160", "4 hours"),
        ("doxycycline", "S-160", "dairy"), ("ciprofloxacin", "S-160", "tendons"),
        ("simvastatin", "S-160", "grapefruit"),
        ("phenelzine", "S-160", "aged, cured and fermented"), ("sertraline", "S-160", "5-HTP"),
        ("sertraline", "S-160", "St John's wort"), ("venlafaxine", "S-160", "St John's wort"),
        ("sumatriptan", "S-160", "St John's wort"), ("microgynon", "S-160", "St John's wort"),
        ("tacrolimus", "S-160", "St John's wort"), ("prednisolone", "S-160", "calcium"),
        ("alendronate", "S-160", "coffee"), ("beta_blocker", "S-160", "talk test"),
    ],
)  # fmt: skip
def test_s160_every_class_says_what_changes(medicine, rule, word):
    found = medicine_findings(Profile(medications=(medicine,)))
    assert any(word in finding.message for finding in found)
    assert rule in [finding.rule for finding in found]


def test_s160_every_class_of_a_flag_exists_in_the_table_of_names():
    groups = load("medicines")["groups"]
    flags = load("medicine_flags")
    assert all(group in groups for row in (*flags["flags"], *flags["clashes"]) for group in row["groups"])


def test_s160_a_herb_that_does_not_go_with_the_medicine_is_urgent():
    clash = medicine_findings(Profile(medications=("sertraline", "St John's wort")))
    assert [(one.rule, one.level) for one in clash if "does not go" in one.message] == [("S-160", "urgent")]
    assert "does not go" in texts("escitalopram", "5-HTP")
    assert "does not go" not in texts("metformin", "st johns wort")


def test_s161_an_unknown_medicine_is_asked_about_with_caution_and_a_harmless_one_is_not():
    found = medicine_findings(Profile(medications=("  zorblaxin   forte ",)))
    assert [(finding.rule, finding.level) for finding in found] == [("S-161", "caution")]
    assert says(found[0].message, 'I do not know "zorblaxin forte"', "What is it for?", "I plan carefully")
    assert f'"{"z" * 40}"' in medicine_findings(Profile(medications=("z" * 60,)))[0].message
    assert medicine_findings(Profile(medications=("paracetamol 500", "vitamin d"))) == ()
    assert medicine_findings(Profile()) == ()


def test_s161_half_of_a_combination_unknown_is_asked_about():
    assert [f.rule for f in medicine_findings(Profile(medications=("metformin + zorblaxin",)))] == ["S-160", "S-161"]


@pytest.mark.parametrize(
    ("medications", "allowed"),
    [
        ((), True),
        (("ramipril",), True),
        (("Concor",), False),
        (("tenoretic",), False),
        (("digoxin",), False),
        (("codeine",), True),
        (None, False),
    ],
)
def test_s160_heart_rate_zones(medications, allowed):
    assert zones_allowed(Profile(medications=medications)) is allowed


def test_s142_no_sentence_about_medicines_names_a_dose_or_a_change_of_one():
    for group in load("medicines")["groups"]:
        for finding in medicine_findings(Profile(medications=(group,))):
            assert vet_text(finding.message) == ()


def test_s160_every_row_is_told_as_it_stands_in_the_table_flags_first():
    for group in load("medicines")["groups"]:
        rows = [row for row in load("medicine_flags")["flags"] if group in row["groups"]]
        found = medicine_findings(Profile(medications=(group,)))
        assert [(one.rule, one.level, one.message) for one in found] == [
            (row["rule"], row["level"], row["message"]) for row in rows
        ]
    assert [one.rule for one in medicine_findings(Profile(medications=("zorblaxin", "sertraline", "5-HTP")))][
        -1
    ] == "S-161"
