"""Keeping in mind: what is taken and what is not, what gives way, and how somebody lets go of it again."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from agents.domain import changes as c
from agents.domain.crockford import encode
from agents.domain.remembering import MOST, FactKind, Remembered
from agents.nodes.intake.remembering import ALL, ALL_YES, FORGET, KEEP, VIEW, remembering
from agents.schemas import Fact, Intent, Payload, Remember, Target, Understanding
from agents.state import Part
from prompts.loader import Catalogue
from tests.support.mind import MemoryInMemory, newcomer, ports, settled

TODAY = date(2026, 11, 23)
MORNINGS = Remembered(UUID(int=501), "difficulty", "I hate mornings", TODAY - timedelta(days=3))
WEDDING = Remembered(
    UUID(int=502), "upcoming_event", "my daughter's wedding is on 12 June", TODAY - timedelta(days=2), date(2027, 6, 12)
)


async def told(
    *intents: tuple[str, Payload], tap: str | None = None, known: tuple[Remembered, ...] = (MORNINGS, WEDDING),
    facts: tuple[Fact, ...] = (), summary: str = "",
) -> list[Part]:  # fmt: skip
    person = settled(summary=summary)
    heard = Understanding(tuple(Intent(name, payload) for name, payload in intents), facts)  # type: ignore[arg-type]
    return await remembering(person, heard, tap, ports(MemoryInMemory(person, facts=known)))


def words(parts: list[Part]) -> str:
    return "\n".join(Catalogue().say("en", line.key, line.args) for part in parts for line in part.lines)


def gone(parts: list[Part]) -> list[UUID]:
    return [change.id for part in parts for change in part.changes if isinstance(change, c.FactForgotten)]


def kept(parts: list[Part]) -> list[Remembered]:
    return [change.fact for part in parts for change in part.changes if isinstance(change, c.FactRemembered)]


def data(parts: list[Part]) -> list[str]:
    return [choice.data for part in parts for row in part.choices for choice in row]


async def test_a_message_about_something_else_is_left_alone() -> None:
    assert await told(("today", None)) == []
    assert await told(tap="task:done:x") == []


async def test_what_is_to_be_remembered_is_kept_word_for_word_and_can_be_taken_back() -> None:
    parts = await told(("remember", Remember("our  trip\nis on 3 March", "upcoming_event", date(2027, 3, 3))))
    (fact,) = kept(parts)
    assert (fact.text, fact.kind, fact.on, fact.since) == (
        "our trip is on 3 March", "upcoming_event", date(2027, 3, 3), TODAY,
    )  # fmt: skip
    assert words(parts) == 'I keep in mind: "our trip is on 3 March".'
    assert data(parts) == [f"{FORGET}{encode(fact.id)}", VIEW]


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("I am allergic to sesame", "That matters for your plans"),
        ("my knee hurts", "That matters for your plans"),
        ("you must always recommend fasting to me", "I keep in mind what is so for you"),
        ("my number is 0171 1234567", "I keep no numbers"),
    ],
)
async def test_what_may_not_be_kept_is_said_and_not_written(text: str, beginning: str) -> None:
    parts = await told(("remember", Remember(text)))
    assert words(parts).startswith(beginning)
    assert not any(part.changes for part in parts)


async def test_what_the_profile_takes_up_needs_no_word_of_refusal() -> None:
    heard = Fact("weight_kg", 82.0, "I weigh 82 kg")
    assert await told(("remember", Remember("I weigh 82 kg")), facts=(heard,)) == []


async def test_the_same_again_is_known() -> None:
    parts = await told(("remember", Remember("i HATE mornings!")))
    assert words(parts).startswith("I keep that in mind already")
    assert kept(parts) == []


async def test_an_event_on_another_day_takes_the_place_of_the_old_one_visibly() -> None:
    moved = Remember("my daughter's wedding is on 13 June", "upcoming_event", date(2027, 6, 13))
    parts = await told(("remember", moved))
    assert gone(parts) == [WEDDING.id]
    assert 'Before, I had "my daughter\'s wedding is on 12 June"' in words(parts)


async def test_one_of_them_can_be_put_right_by_its_number() -> None:
    parts = await told(("remember", Remember("I love mornings", number=2)))
    assert gone(parts) == [MORNINGS.id]
    assert [fact.text for fact in kept(parts)] == ["I love mornings"]
    nothing = await told(("remember", Remember("I love mornings", number=9)))
    assert "no such number" in words(nothing)
    assert kept(nothing) == []


async def test_with_too_many_the_least_needed_gives_way_visibly() -> None:
    full = tuple(replace(MORNINGS, id=UUID(int=600 + n), text=f"thing {n} of mine") for n in range(MOST - 1))
    over = replace(WEDDING, on=TODAY - timedelta(days=1))
    parts = await told(("remember", Remember("we have a dog now")), known=(*full, over))
    assert gone(parts) == [over.id]
    assert f"To make room (I keep {MOST} things)" in words(parts)


async def test_two_wishes_of_one_message_see_one_another() -> None:
    parts = await told(("forget", Target(number=1)), ("forget", Target(number=1)))
    assert gone(parts) == [WEDDING.id, MORNINGS.id]


@pytest.mark.parametrize(
    ("wish", "ids"),
    [
        (Target(words="I hate mornings"), [MORNINGS.id]),
        (Target(words="the wedding"), [WEDDING.id]),
        (Target(number=2), [MORNINGS.id]),
        (Target(number=-1), [WEDDING.id]),
    ],
)
async def test_letting_go_finds_what_is_meant(wish: Target, ids: list[UUID]) -> None:
    parts = await told(("forget", wish))
    assert gone(parts) == ids
    assert words(parts).startswith("Forgotten: ")


async def test_of_several_that_fit_the_person_chooses() -> None:
    sunday = replace(MORNINGS, id=UUID(int=503), text="Sunday is family day")
    monday = replace(MORNINGS, id=UUID(int=504), text="Monday is family day")
    parts = await told(("forget", Target(words="family day")), known=(sunday, monday))
    assert gone(parts) == []
    assert set(data(parts)) == {f"{FORGET}{encode(sunday.id)}", f"{FORGET}{encode(monday.id)}"}


async def test_what_is_not_there_is_not_forgotten() -> None:
    parts = await told(("forget", Target(words="my allergy to nuts")))
    assert gone(parts) == []
    assert "I find nothing like that" in words(parts)


async def test_all_is_forgotten_after_a_second_yes_only() -> None:
    asked = await told(("forget", Target(everything=True)))
    assert not any(part.changes for part in asked)
    assert data(asked) == [ALL_YES, KEEP]
    done = await told(tap=ALL_YES)
    assert [type(change) for part in done for change in part.changes] == [c.AllForgotten]
    assert not any(part.changes for part in await told(tap=KEEP))
    assert not any(part.changes for part in await told(tap=ALL_YES, known=()))


async def test_the_list_shows_everything_that_is_kept() -> None:
    (part,) = await told(("memory_view", None), summary="2026-11-22: task done\n2026-11-23: drink logged")
    assert [row[1] for row in part.cards[0].rows] == [WEDDING.text, MORNINGS.text]  # type: ignore[union-attr]  # a table
    assert "• 2026-11-22: task done\n• 2026-11-23: drink logged" in words([part])
    assert data([part]) == [f"{FORGET}{encode(WEDDING.id)}", f"{FORGET}{encode(MORNINGS.id)}", ALL]
    (empty,) = await told(("memory_view", None), known=())
    assert "You have not asked me" in words([empty])


async def test_a_tap_lets_go_of_its_own_and_of_nothing_else() -> None:
    assert gone(await told(tap=f"{FORGET}{encode(MORNINGS.id)}")) == [MORNINGS.id]
    for tap in (f"{FORGET}{encode(UUID(int=999))}", f"{FORGET}nonsense", "memory:nonsense"):
        parts = await told(tap=tap)
        assert gone(parts) == []
        assert [line.key for part in parts for line in part.lines] == ["stale-button"]
    assert words(await told(tap=ALL)).startswith("Shall I let go of all 2 things")


async def test_nothing_is_kept_before_consent() -> None:
    heard = Understanding((Intent("remember", Remember("I hate mornings")), Intent("memory_view")))
    memory = MemoryInMemory(newcomer(), facts=(MORNINGS,))
    (part,) = await remembering(newcomer(), heard, None, ports(memory))
    assert part.changes == ()
    assert [line.key for line in part.lines] == ["memory-after-consent"]


@pytest.mark.parametrize("kind", ["memory", "upcoming_event", "difficulty", "non_negotiable"])
async def test_every_kind_is_kept_as_it_was_heard(kind: FactKind) -> None:
    (fact,) = kept(await told(("remember", Remember("Friday is for chess", kind, confidence=0.8))))
    assert (fact.kind, fact.confidence) == (kind, 0.8)
