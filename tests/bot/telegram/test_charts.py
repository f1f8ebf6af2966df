"""Charts on their way through Telegram: drawn as they are sent, with words below that can change later."""

import io

from PIL import Image

from agents.domain import charts
from agents.domain.blocks import Button
from tests.bot.telegram.test_post import house, running, server, template  # noqa: F401 - fixtures
from tests.support.lookback import PERSON, history, say

CHART = charts.chart_of(charts.weight(history(), PERSON, say), say)
STOP = ((Button("No weekly report", "week:stop"),),)


async def test_a_chart_waits_as_data_and_goes_out_as_a_photo_with_its_words(house):  # noqa: F811
    await house.say(CHART, text=CHART.alt, kind="photo", buttons=STOP)
    (photo,) = house.got
    assert (photo.kind, photo.text) == ("photo", CHART.alt)
    assert Image.open(io.BytesIO(photo.file.content)).size[0] == 1080
    assert [row[0] for row in await house.rows()] == ["sent"]


async def test_a_long_report_stands_above_its_picture(house):  # noqa: F811
    await house.say(CHART, text="words " * 250, kind="photo")
    await house.drain(5)
    assert [sent.kind for sent in house.got] == ["text", "photo"]


async def test_what_became_of_a_tap_is_written_below_the_same_picture(house):  # noqa: F811
    await house.say(CHART, text="Your week", kind="photo", buttons=STOP)
    (photo,) = house.got
    await house.say(CHART, text="Your week: no more of these.", edits=photo.message_id)
    (photo,) = house.got
    assert (photo.text, photo.labels) == ("Your week: no more of these.", [])
    assert len(house.calls("sendPhoto")) == 1, "the picture is not sent again"


async def test_another_picture_cannot_take_its_place_and_is_sent(house):  # noqa: F811
    await house.say(CHART, text="Your week", kind="photo", buttons=STOP)
    other = charts.chart_of(charts.sleep(history(), PERSON, say), say)
    await house.say(other, text="Your nights", edits=house.got[0].message_id)
    assert [(sent.kind, sent.text) for sent in house.got] == [("photo", "Your week"), ("photo", "Your nights")]


async def test_who_wishes_plain_words_gets_no_picture_but_all_it_says(house):  # noqa: F811
    await house.wish_plain()
    await house.say(CHART, text="Your weight", kind="photo")
    (message,) = house.got
    assert message.kind == "text"
    assert CHART.alt in message.text
