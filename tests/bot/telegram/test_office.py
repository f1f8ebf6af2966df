"""/stats: for administrators in their own chat; to everybody else it is no command."""

import shutil

import pytest

from bot.settings import Settings, SettingsError, load_settings
from tests.support.desk import DeskHouse

ADMIN, SOMEBODY, GROUP = 7, 8, -99


@pytest.fixture
async def house(template, tmp_path):
    made = DeskHouse(shutil.copytree(template, tmp_path / "keel") / "keel.sqlite3", admins=f"{ADMIN}, 12")
    yield made
    await made.desk.close(1)
    await made.post.close(1)
    await made.app.close()


async def test_an_administrator_reads_figures_and_becomes_nobody_s_client_by_that(house):
    await house.hear("Marker words of mine", SOMEBODY)
    await house.hear("/stats", ADMIN)
    (said,) = house.texts(ADMIN)
    assert said.startswith("Keel at 2026-11-23 07:00 UTC; 7 days\nPeople: 1;")
    assert "Onboarding: 1 began" in said
    assert not any(marker in said for marker in ("Marker", "Ann"))
    assert await house.count("inbox", "received") == 0


@pytest.mark.parametrize(("order", "span"), [("/STATS 30", "30 days"), ("/stats@keel_test_bot 1", "today"),
                                             ("/stats 999", "90 days"), ("/stats 0", "today")])  # fmt: skip
async def test_the_days_can_be_named(house, order, span):
    await house.hear(order, ADMIN)
    assert house.texts(ADMIN)[0].splitlines()[0].endswith(f"UTC; {span}")


async def test_to_everybody_else_it_is_no_command(house):
    await house.hear("/stats", SOMEBODY)
    await house.hear("/zzzzz", SOMEBODY + 1)
    assert house.texts(SOMEBODY)
    assert [text.replace("zzzzz", "stats") for text in house.texts(SOMEBODY + 1)] == house.texts(SOMEBODY)


async def test_it_is_answered_in_private_and_to_own_words_only(house):
    await house.hear("/stats", GROUP)
    await house.accept(house.update(ADMIN, text="/stats", forward_origin={
        "type": "hidden_user", "sender_user_name": "x", "date": 1,
    }))  # fmt: skip
    await house.hear("say /stats", ADMIN)
    assert not any("Keel at" in text for text in house.texts(GROUP) + house.texts(ADMIN))


@pytest.mark.parametrize("text", ["me", "1;2", "0", "-5", "1,,2", "99999999999999999"])
def test_what_is_no_number_of_an_account_is_refused_by_name(text):
    with pytest.raises(SettingsError, match="KEEL_ADMINS"):
        load_settings({}, admins=text)


def test_nobody_is_an_administrator_by_default():
    assert Settings().admin_ids == frozenset()
    assert Settings(admins=" 5, 6 ").admin_ids == {5, 6}
