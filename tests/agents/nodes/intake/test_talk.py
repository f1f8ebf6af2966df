"""Talk beside the plan: files, the wish to be deleted, safety taps, and an honest "I did not get that"."""

from typing import Any

import pytest

from agents.domain import changes as c
from agents.domain.context import Context, OpenQuestion
from agents.domain.profile import Restriction
from agents.domain.turn import Attachment, Inbound
from agents.nodes.intake.talk import asides, during_onboarding, talk
from agents.schemas import Intent, Understanding
from agents.state import Part
from prompts.loader import Catalogue
from tests.support.mind import NOW, asked, newcomer, profile, settled

SAID = Inbound("hm", NOW)
NOTHING = Understanding()
DELETE = OpenQuestion("delete_me", (), {}, NOW)


def aside(context: Context, heard: Understanding = NOTHING, **inbound: Any) -> Part | None:
    return asides(context, heard, Inbound(text="", at=NOW, **inbound))


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "location"])
@pytest.mark.parametrize("problem", ["", "missing", "too_large", "archive", "empty", "unreadable"])
def test_every_file_gets_an_answer(kind: Any, problem: Any) -> None:
    part = aside(settled(), attachment=Attachment(kind, 10, problem))
    assert part is not None
    assert part.lines[0].key == f"attach-{problem or kind}"
    assert Catalogue().say("en", part.lines[0].key, {})
    assert part.changes == ()


def test_deletion_is_asked_first() -> None:
    part = aside(settled(), Understanding((Intent("delete_me"),)))
    assert part is not None
    assert [type(change) for change in part.changes] == [c.QuestionOpened]
    assert [choice.data for row in part.choices for choice in row] == ["delete:yes", "delete:no"]


@pytest.mark.parametrize(("tap", "heard"), [("delete:yes", NOTHING), (None, Understanding((Intent("yes"),)))])
def test_a_yes_to_the_question_just_asked_erases(tap: str | None, heard: Understanding) -> None:
    part = aside(settled(question=DELETE), heard, tap=tap)
    assert part is not None
    assert [type(change) for change in part.changes] == [c.AccountErased]


def test_a_no_closes_the_question() -> None:
    part = aside(settled(question=DELETE), Understanding((Intent("no"),)))
    assert part is not None
    assert [type(change) for change in part.changes] == [c.QuestionOpened]


def test_a_tap_without_the_question_erases_nothing() -> None:
    part = aside(settled(), tap="delete:yes")
    assert part is not None
    assert (part.lines[0].key, part.changes) == ("stale-button", ())


@pytest.mark.parametrize(
    "context", [settled(), asked("age"), newcomer()], ids=["locked", "onboarding", "before consent"]
)
@pytest.mark.parametrize(
    ("tap", "key"),
    [
        ("safety:called", "safety-called"),
        ("safety:with_someone", "safety-with-someone"),
        ("safety:not_now", "safety-not-now"),
        ("safety:dance", "stale-button"),
    ],
)
def test_a_tap_under_a_safety_text_is_taken_everywhere(context: Context, tap: str, key: str) -> None:
    part = aside(context, tap=tap)
    assert part is not None
    assert part.lines[0].key == key


@pytest.mark.parametrize(("level", "eases"), [("emergency", True), ("crisis", False), ("none", False)])
def test_not_now_ends_the_silence_of_an_emergency_only(level: str, eases: bool) -> None:
    part = aside(settled(last_safety=level), tap="safety:not_now")
    assert part is not None
    assert [type(change) for change in part.changes] == ([c.SafetyEased] if eases else [])


def test_what_was_not_understood_is_said_with_examples_and_buttons() -> None:
    (part,) = talk(settled(), Understanding((Intent("unknown"),)), SAID, is_answered=False)
    assert [line.key for line in part.lines] == ["not-understood", "examples-now"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I'm so tired of all this", "moved-reflect"),
        ("i want to train but never find the time", "moved-evoke"),
        ("leave me alone", "moved-roll"),
    ],
)
def test_b1_somebody_who_lets_off_steam_is_not_told_that_they_were_not_understood(text: str, key: str) -> None:
    (part,) = talk(settled(), Understanding((Intent("unknown"),)), Inbound(text, NOW), is_answered=False)
    assert [line.key for line in part.lines] == [key]
    assert part.choices


def test_nothing_is_added_when_everything_was_answered() -> None:
    assert talk(settled(), NOTHING, SAID, is_answered=True) == []


def test_an_unknown_tap_is_called_stale() -> None:
    (part,) = talk(settled(), NOTHING, Inbound("", NOW, tap="foo:bar"), is_answered=False)
    assert part.lines[0].key == "stale-button"


@pytest.mark.parametrize(
    "name",
    [
        "greeting",
        "thanks",
        "goodbye",
        "small_talk",
        "about_bot",
        "help",
        "illness",
        "pain",
        "feedback",
        "export_me",
        "question",
        "start",
    ],
)
def test_talk_is_answered_from_the_catalogue(name: Any) -> None:
    (part,) = talk(settled(), Understanding((Intent(name),)), SAID, is_answered=False)
    assert Catalogue().say("en", part.lines[0].key, part.lines[0].args).strip()


def test_an_unknown_command_is_named_but_not_at_length() -> None:
    (part,) = talk(settled(), Understanding((Intent("command_unknown", payload="x" * 500),)), SAID, is_answered=False)
    assert part.lines[0].args["name"] == "x" * 40


def test_an_unknown_command_is_met_with_the_three_nearest() -> None:
    (part,) = talk(settled(), Understanding((Intent("command_unknown", payload="wrokout"),)), SAID, is_answered=False)
    assert str(part.lines[0].args["near"]).startswith("/workout, ")
    assert "Did you mean /workout, /" in Catalogue().say("en", part.lines[0].key, part.lines[0].args)


def test_illness_is_noted_as_a_caution() -> None:
    (part,) = talk(settled(), Understanding((Intent("illness"),)), SAID, is_answered=False)
    assert [(change.level, change.rule_ids) for change in part.changes if isinstance(change, c.SafetyNoted)] == [
        ("caution", ("S-190",))
    ]


def test_talk_in_the_middle_of_onboarding_is_answered_before_the_question() -> None:
    (part,) = during_onboarding(asked("age"), Understanding((Intent("thanks"), Intent("about_bot"))))
    assert [line.key for line in part.lines] == ["youre-welcome", "about-bot"]
    assert part.order < 10
    assert during_onboarding(newcomer(), Understanding((Intent("thanks"),))) == []


def asked_about(entry: str, **known: Any) -> list[str]:
    context = settled(profile=profile(is_locked=True, version=1, **known))
    parts = talk(context, Understanding((Intent("question", payload=entry),)), SAID, is_answered=False)
    return [line.key for part in parts for line in part.lines]


def test_a_known_question_is_answered_with_its_source() -> None:
    assert asked_about("coffee") == ["knowledge", "knowledge-source"]
    assert asked_about("nothing like it") == ["question-beyond"]


@pytest.mark.parametrize(
    "known",
    [{"age": 15}, {"conditions": ("pregnancy",)}, {"conditions": ("eating_disorder",)}, {"conditions": ("care_mode",)},
     {"conditions": ("breastfeeding",)}, {"hide_numbers": True}],
)  # fmt: skip
def test_e8_talk_of_losing_weight_is_kept_from_whom_it_harms(known: Any) -> None:
    assert asked_about("deficit-speed", **known) == ["knowledge-not-weight"]
    assert asked_about("coffee", **known) == ["knowledge", "knowledge-source"]
    assert asked_about("deficit-speed") == ["knowledge", "knowledge-source"]


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("can I have pad thai with peanuts?", True),
        ("can I eat satay tonight?", True),
        ("is pad thai ok for me?", True),
        ("should I try peanut butter?", True),
        ("can I eat rice?", False),
        ("can I have pad thai without peanuts?", False),
        ("who invented pad thai?", False),
    ],
)
def test_n33_may_i_eat_what_i_am_allergic_to_is_a_clear_no(text: str, is_refused: bool) -> None:
    allergic = profile(is_locked=True, version=1, restrictions=(Restriction("allergy", "peanut", "severe"),))
    heard = Understanding((Intent("question", quote=text),))
    lines = [
        line.key for part in talk(settled(profile=allergic), heard, SAID, is_answered=False) for line in part.lines
    ]
    assert (lines == ["food-not-for-you"]) is is_refused


def test_n33_what_is_said_to_everybody_names_what_is_not_for_this_person() -> None:
    allergic = (Restriction("allergy", "fish", "severe"),)
    assert asked_about("omega3", restrictions=allergic) == ["knowledge", "knowledge-your-list", "knowledge-source"]
    assert asked_about("steps", restrictions=allergic) == ["knowledge", "knowledge-source"]
