"""What comes in is put away first: together, apart, once, and never so much from one that others wait."""

from datetime import timedelta

import pytest

from bot.telegram.envelope import NotAnUpdate, cleaned, envelope_of, update_id_of
from storage import wakes
from storage.floods import Limits

CHEST_PAIN = "I have crushing chest pain and cannot breathe"
NOTICE = "That was a lot of messages at once"


async def wait_for_taps(house):
    await house.later(0.4)


async def test_an_update_that_comes_again_changes_nothing(house):
    update = house.update(text="hello")
    assert await house.reception.accept([update]) == {update["update_id"]}
    assert await house.reception.accept([update, update]) == frozenset()
    await house.quiet()
    assert len(house.texts()) == 1


async def test_an_update_of_an_unknown_kind_is_kept_and_ignored(house):
    await house.accept({"update_id": 1, "poll_of_the_future": {}}, {"update_id": 2})
    assert (await house.count("inbox", "ignored"), house.mouth.said) == (2, [])


async def test_what_the_library_cannot_read_is_ignored_and_blocks_nobody(house):
    broken = house.update(text="hello", entities=[{"type": 5}])
    await house.accept(broken, house.update(text="hello"))
    assert len(house.texts()) == 1
    assert (await house.count("inbox", "ignored"), await house.count("inbox", "done")) == (1, 1)


async def test_a_red_flag_in_what_cannot_be_read_is_answered(house):
    await house.accept(house.update(text=CHEST_PAIN, entities=[{"type": 5}]))
    assert len(house.texts()) == 1
    assert "112" in house.texts()[0] or "emergency" in house.texts()[0]


async def test_taps_on_one_card_within_a_moment_are_the_last_one(house):
    await house.hear("hello")
    await house.accept(house.tap("onb:consent:no"))
    house.clock.advance(timedelta(seconds=0.2))
    await house.accept(house.tap("onb:consent:yes"))
    await wait_for_taps(house)
    assert [text.splitlines()[0] for text in house.texts()[1:]] == [
        "Thank you. Noted: you agreed to coaching. You can take that back at any time."
    ]


async def test_taps_further_apart_or_on_other_cards_each_count(house):
    await house.hear("hello")
    await house.accept(house.tap("onb:consent:more"), house.tap("onb:consent:more", card=1001))
    await wait_for_taps(house)
    await house.accept(house.tap("onb:consent:more"))
    await wait_for_taps(house)
    assert len(house.texts()) == 4


async def test_what_comes_after_a_tap_waits_for_it(house):
    await house.hear("hello")
    await house.accept(house.tap("onb:consent:yes"), house.update(text="I am 34"))
    assert len(house.texts()) == 1
    await wait_for_taps(house)
    assert house.texts()[1].startswith("Thank you. Noted")
    assert "34" in house.texts()[2]


async def test_a_flood_gets_one_kind_line_and_others_are_served(house):
    for number in range(40):
        await house.reception.accept([house.update(text=f"hello {number}")])
    await house.reception.accept([house.update(8, text="hello")])
    await house.quiet()
    assert [text.startswith(NOTICE) for text in house.texts()].count(True) == 1
    assert len(house.texts()) == 21
    assert house.texts(8)[0].startswith("Hello, I am Keel")
    assert await house.count("inbox", "ignored") == 19


async def test_a_red_flag_in_a_flood_is_answered(house):
    for number in range(25):
        await house.reception.accept([house.update(text=f"hello {number}")])
    await house.accept(house.update(text=CHEST_PAIN))
    assert any("112" in text or "emergency number" in text for text in house.texts())


async def test_after_a_minute_one_is_heard_again(house):
    for number in range(25):
        await house.reception.accept([house.update(text=f"hello {number}")])
    await house.quiet()
    await house.later(61)
    said = len(house.texts())
    await house.hear("hello")
    assert len(house.texts()) == said + 1


async def test_there_is_a_limit_for_an_hour_too(house):
    house.reception._limits = Limits(1000, 5, 50)
    for number in range(7):
        await house.hear(f"hello {number}")
        await house.later(90)
    assert [text.startswith(NOTICE) for text in house.texts()].count(True) == 1
    assert len(house.texts()) == 6


async def test_a_backlog_is_no_flood_until_it_piles_up(house):
    old = house.clock() - timedelta(hours=3)
    batch = [house.update(text=f"hello {number}", at=old) for number in range(60)]
    await house.accept(*batch)
    assert await house.count("inbox", "done") == 51
    assert [text.startswith(NOTICE) for text in house.texts()].count(True) == 1


async def test_three_taps_weigh_like_one_message(house):
    await house.hear("hello")
    await house.accept(*(house.tap("onb:consent:more", card=number) for number in range(61)))
    assert await house.ask("SELECT count(*) FROM inbox WHERE kind = 'callback_query'") == 60


async def test_a_group_hears_one_line_however_it_is_met(house):
    await house.accept(house.membership("member", -5), house.update(-5, text="hi"), house.update(-5, text="hi"))
    assert len(house.texts(-5)) == 1
    assert "https://t.me/keel_test_bot" in house.texts(-5)[0]
    assert await house.ask("SELECT count(*) FROM users") == 0


async def test_a_group_that_moved_was_greeted_already_and_one_that_threw_us_out_hears_nothing(house):
    await house.accept(house.update(-5, text="hi"))
    await house.accept(house.update(-100500, migrate_from_chat_id=-5), house.update(-100500, text="hi"))
    await house.accept(house.membership("left", -6), house.update(-7, new_chat_title="x"))
    assert {chat for chat, _ in house.mouth.said} == {-5}


async def test_blocked_and_back_again_nothing_is_replayed(house):
    await house.hear("hello")
    await house.accept(house.membership("kicked"))
    assert await house.ask("SELECT state FROM channel_accounts") == "blocked"
    await house.accept(house.membership("member"))
    assert await house.ask("SELECT state FROM channel_accounts") == "active"
    await house.later(1)
    assert [text.startswith("Good to have you back") for text in house.texts()] == [False, True]


async def test_a_stranger_who_only_opens_or_blocks_leaves_no_trace(house):
    await house.accept(house.membership("member"), house.membership("kicked"))
    assert (await house.ask("SELECT count(*) FROM users"), house.mouth.said) == (0, [])


async def test_an_answer_that_somebody_ends_is_called_out_at_once_and_once(house):
    called = []
    house.app.database.wakes.on(wakes.STOPS, lambda: called.append("stops"))
    update = {"update_id": 1, "stopped_message_generation": {"chat": {"id": 7, "type": "private"}, "draft_id": 3}}
    await house.accept(update)
    await house.accept(update)
    await house.hear("hello")
    assert called == ["stops"]
    assert await house.ask("SELECT group_key FROM inbox WHERE state = 'ignored'") == "stop:3"


async def test_a_stop_of_nothing_in_particular_is_kept_and_ignored(house):
    await house.accept({"update_id": 2, "stopped_message_generation": {"chat": 5}})
    assert await house.ask("SELECT group_key FROM inbox WHERE state = 'ignored'") is None


@pytest.mark.parametrize("odd", [None, 5, "text", [], {}, {"update_id": "7"}, {"update_id": True}, {"update_id": -1}])
def test_what_has_no_number_is_no_update(odd):
    with pytest.raises(NotAnUpdate):
        update_id_of(odd)


@pytest.mark.parametrize("number", [2**63, 10**30])
def test_a_number_that_fits_no_database_is_none(number):
    with pytest.raises(NotAnUpdate):
        update_id_of({"update_id": number})


@pytest.mark.parametrize(
    "part",
    [
        {"message": 5}, {"message": {}}, {"message": {"chat": 5, "text": []}}, {"callback_query": {"message": None}},
        {"message": {"chat": {"id": 10**40, "type": "private"}, "text": "x"}}, {"my_chat_member": {"chat": {}}},
        {"message": {"chat": {"id": True, "type": "private"}, "text": "x"}}, {"edited_message": {"text": {}}},
    ],
)  # fmt: skip
def test_an_envelope_is_never_torn_by_what_is_in_it(part):
    assert not envelope_of({"update_id": 1, **part}).is_wanted


def test_halves_of_characters_zeros_and_endless_nesting_are_taken_out():
    deep = []
    for _ in range(500):
        deep = [deep]
    plain = cleaned({"a\0b": ["\ud83d\ude00", "x\ud800y", "é", 5, None, True], "deep": deep})
    assert plain["ab"] == ["😀", "x\ufffdy", "é", 5, None, True]
    plain["deep"] = str(plain["deep"]).count("[")
    assert plain["deep"] < 50
