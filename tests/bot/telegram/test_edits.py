"""Somebody changes a message: what was noted from it is corrected, once, and they are told (telegram.md TG-22)."""

from dataclasses import replace
from datetime import timedelta

import pytest


@pytest.fixture
async def agreed(house):
    await house.hear("hello")
    await house.accept(house.tap("onb:consent:yes"))
    await house.later(0.4)
    return house


async def logs(house):
    return await house.ask("SELECT count(*) FROM health_metrics")


async def test_what_was_logged_from_it_is_replaced_and_said(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    assert await logs(agreed) == 1
    await agreed.accept(agreed.edit(first, "drank 300 ml"))
    assert await logs(agreed) == 1
    said = "\n".join(agreed.texts()[-2:])
    assert "You changed that message, so I took back what I had noted from it." in said
    assert "300 ml" in said
    assert "800" not in said, "the total counts what is left"


async def test_an_edit_of_an_edit_corrects_the_newest_wording(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    for amount in (400, 300, 200):
        await agreed.accept(agreed.edit(first, f"drank {amount} ml"))
    assert await logs(agreed) == 1
    assert "200 ml" in agreed.texts()[-1]
    assert await agreed.ask("SELECT count(*) FROM messages WHERE corrects_id IS NOT NULL") == 3


async def test_the_same_edit_again_changes_nothing(agreed):
    first = agreed.update(text="drank 500 ml")
    edit = agreed.edit(first, "drank 300 ml")
    await agreed.accept(first)
    await agreed.accept(edit)
    said = len(agreed.texts())
    await agreed.accept(edit)
    assert (await logs(agreed), len(agreed.texts())) == (1, said)


async def test_words_that_led_to_nothing_are_simply_read_anew(agreed):
    first = agreed.update(text="drnak 500 ml")
    await agreed.accept(first)
    await agreed.accept(agreed.edit(first, "drank 500 ml"))
    assert await logs(agreed) == 1
    assert "took back" not in "\n".join(agreed.texts())


async def test_a_correction_counts_at_the_time_of_its_message(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    agreed.clock.advance(timedelta(hours=20))
    await agreed.accept(agreed.edit(first, "drank 300 ml"))
    days = await agreed.ask("SELECT count(DISTINCT local_date) FROM health_metrics")
    assert (await logs(agreed), days) == (1, 1)
    assert await agreed.ask("SELECT local_date FROM health_metrics") == "2026-11-23"


async def test_an_edit_after_a_day_gets_a_hint_and_corrects_nothing(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    agreed.clock.advance(timedelta(hours=25))
    await agreed.accept(agreed.edit(first, "drank 300 ml"))
    assert await logs(agreed) == 1
    assert agreed.texts()[-1].startswith("I saw that you changed an older message.")


async def test_a_red_flag_written_into_an_old_message_is_answered(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    agreed.clock.advance(timedelta(hours=25))
    await agreed.accept(agreed.edit(first, "I have crushing chest pain and cannot breathe"))
    assert "emergency" in agreed.texts()[-1] or "112" in agreed.texts()[-1]


async def test_a_reminder_set_by_it_ends_with_it(agreed):
    first = agreed.update(text="remind me at 20:00 to stretch")
    await agreed.accept(first)
    await agreed.accept(agreed.edit(first, "remind me at 21:00 to stretch"))
    assert await agreed.ask("SELECT count(*) FROM reminders WHERE state = 'active'") == 1


class Unlucky:
    """Understands as before; the turns of these words break in the middle."""

    def __init__(self, house, words):
        self._model, self._words = house.app.turns._ports.model, words

    async def understand(self, text, moment):
        if text in self._words:
            raise ZeroDivisionError
        return await self._model.understand(text, moment)


async def test_a_turn_that_fails_leaves_the_old_words_and_what_followed_from_them(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    ports = agreed.app.turns._ports
    agreed.app.turns._ports = replace(ports, model=Unlucky(agreed, ("drank 300 ml",)))
    await agreed.accept(agreed.edit(first, "drank 300 ml"))
    assert agreed.texts()[-1].startswith("Something went wrong")
    assert await agreed.ask("SELECT value FROM health_metrics") == 500
    await agreed.accept(agreed.edit(first, "drank 200 ml"))
    assert (await logs(agreed), await agreed.ask("SELECT value FROM health_metrics")) == (1, 200)


async def test_what_the_person_took_back_themselves_is_not_claimed_to_be_taken_back_again(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    await agreed.hear("undo")
    assert await logs(agreed) == 0
    await agreed.accept(agreed.edit(first, "drank 300 ml"))
    assert "took back" not in "\n".join(agreed.texts()[-2:])
    assert await logs(agreed) == 1


async def test_an_edit_that_deletes_the_account_deletes_all_of_it(agreed):
    first = agreed.update(text="drank 500 ml")
    await agreed.accept(first)
    await agreed.hear("/delete")
    await agreed.accept(agreed.edit(first, "yes"))
    assert await agreed.ask("SELECT count(*) FROM users") == 0
