"""One update becomes one committed outcome, also when things break in between."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agents.domain.turn import Attachment, MemoryUnavailable
from bot.spoken import MAX_TEXT, Spoken, payload_of, spoken_of
from bot.turn import HELD_PEOPLE
from prompts.loader import Catalogue
from storage.errors import DatabaseBusy
from storage.people import Contact
from tests.support.house import ME, START, House, locked_copy, open_house

SORRY = Catalogue().say("en", "error-not-saved", {})


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(locked_copy(tmp_path)) as opened:
        yield opened


def rows(house: House, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(house.path)) as connection:
        return connection.execute(query).fetchall()


class BrokenModel:
    """A model with a fault in it."""

    async def understand(self, text: str, moment: object) -> object:
        """Fail."""
        raise RuntimeError("a fault of ours")


def breaking(house: House) -> None:
    house.app.turns._ports = replace(house.app.turns._ports, model=BrokenModel())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spoken",
    [
        Spoken(text="hello", is_forwarded=True),
        Spoken(tap="task:done:x"),
        Spoken(attachment=Attachment("location", latitude=52.5, longitude=13.4)),
        Spoken(attachment=Attachment("photo", 5, "too_large", "image/jpeg")),
        Spoken(text="x", was_cut=True),
    ],
)
def test_what_was_said_survives_the_inbox(spoken: Spoken) -> None:
    assert spoken_of(payload_of(spoken)) == spoken


def test_a_long_text_is_cut_in_the_inbox_and_marked() -> None:
    kept = spoken_of(payload_of(Spoken(text="x" * (MAX_TEXT + 1))))
    assert (len(kept.text), kept.was_cut) == (MAX_TEXT, True)


async def test_every_update_stands_in_the_inbox_and_is_done_after_its_answer(house: House) -> None:
    await house.say("thank you")
    last = rows(house, "SELECT state, payload IS NULL, result IS NOT NULL FROM inbox ORDER BY update_id DESC LIMIT 1")
    assert last == [("done", 1, 1)]


async def test_a_fault_of_ours_is_answered_honestly_and_the_update_is_not_answered_later(house: House) -> None:
    ports = house.app.turns._ports
    breaking(house)
    outcome = await house.say("drank 300 ml")
    assert [message.text for message in outcome.messages] == [SORRY]
    assert outcome.messages[0].receipts == ()
    house.app.turns._ports = ports
    assert await house.app.turns.unfinished(ME, house.clock()) == ()
    assert rows(house, "SELECT count(*) FROM health_metrics WHERE metric_code = 'water_ml'") == [(0,)]


async def test_a_red_flag_is_answered_even_by_a_broken_house(house: House) -> None:
    house.app.turns._graph = None
    house.app.turns.prepare = lambda: (_ for _ in ()).throw(RuntimeError("no graph"))  # type: ignore[method-assign]
    outcome = await house.say("I have crushing chest pain and cannot breathe")
    assert outcome.messages[0].level == "emergency"


async def test_a_database_that_takes_no_update_is_said_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def busy(*_args: object, **_named: object) -> None:
        raise DatabaseBusy("another process is using the database")

    monkeypatch.setattr(house.app.database, "run_write", busy)
    outcome = await house.app.turns.take(ME, Spoken(text="drank 300 ml"), START)
    assert outcome.messages[0].text == Catalogue().say("en", "error-not-read", {})
    danger = await house.app.turns.take(ME, Spoken(text="I want to kill myself"), START)
    assert danger.messages[0].level == "crisis"


async def test_a_commit_that_fails_leaves_the_person_as_they_were(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(*_args: object) -> None:
        raise MemoryUnavailable("gone")

    monkeypatch.setattr("storage.memory.TurnMemory.commit", lost)
    outcome = await house.say("drank 300 ml")
    assert [message.text for message in outcome.messages] == [SORRY]
    monkeypatch.undo()
    again = await house.say("drank 300 ml")
    assert "300 ml today" in again.messages[0].text


@pytest.mark.parametrize(
    ("tap", "answered"),
    [("  today  ", True), ("TODAY", True), ("no such label", False), ("1", False), ("", False)],
)
async def test_a_label_means_its_button_whatever_its_case(house: House, tap: str, answered: bool) -> None:
    await house.say("asdf")  # offers Today and Help
    outcome = await house.say(tap=tap)
    assert outcome.messages
    assert ("Monday 23 November" in outcome.messages[0].text) is answered


async def test_held_words_of_a_thousand_people_at_most_are_kept(house: House) -> None:
    turns = house.app.turns
    strangers = [Contact("console", f"stranger {n}", zone="UTC") for n in range(3)]
    for stranger in strangers:
        await turns.take(stranger, Spoken(text="I am 36 and weigh 80 kg"), START)
    assert len(turns._held) == 3
    assert HELD_PEOPLE == 1000
    agreed = await turns.take(strangers[1], Spoken(tap="onb:consent:yes"), START)
    assert "age: 36" in agreed.messages[0].text
    assert len(turns._held) == 2
    await turns.take(strangers[2], Spoken(tap="onb:consent:no"), START)
    assert len(turns._held) == 1


async def test_an_erased_person_is_nobody_and_comes_back_as_a_stranger(house: House) -> None:
    await house.say("/delete")
    gone = await house.say(tap="delete:yes")
    assert gone.person is None
    assert rows(house, "SELECT count(*) FROM users") == [(0,)]
    back = await house.say("what is on today?")
    assert "I am an AI" in back.messages[0].text


async def test_accepted_but_unanswered_updates_are_answered_once_and_given_up_after_five_tries(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house.app.turns, "_run", died)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            await house.app.turns.take(ME, Spoken(text="drank 300 ml"), START)
    for _ in range(6):
        try:
            await house.app.turns.unfinished(ME, START)
        except KeyboardInterrupt:
            continue
    monkeypatch.undo()
    assert await house.app.turns.unfinished(ME, START) == ()
    assert {row[0] for row in rows(house, "SELECT state FROM inbox WHERE state <> 'done'")} == {"failed"}


async def test_words_before_the_power_cut_are_answered_in_their_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(house.app.turns, "_run", died)
    for amount in (300, 400):
        with pytest.raises(KeyboardInterrupt):
            await house.app.turns.take(ME, Spoken(text=f"drank {amount} ml"), START)
    monkeypatch.undo()
    outcomes = await house.app.turns.unfinished(ME, START)
    assert [outcome.messages[0].text for outcome in outcomes] == [
        "Logged 300 ml. That makes 300 ml today.", "Logged 400 ml. That makes 700 ml today.",
    ]  # fmt: skip
