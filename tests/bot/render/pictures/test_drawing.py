"""A chart becomes the same PNG every time, whatever is in it, and never breaks a message."""

import io
import logging
import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from agents.domain import charts
from agents.domain.blocks import Paragraph, Picture, block_of, plain_of
from agents.domain.charts.chart import Band, Chart, Curve, Dots, Grid, Level, Panel, Span, Stack
from agents.domain.turn import Message
from bot.render.pictures import painted, told
from bot.render.pictures.drawing import drawn
from bot.render.pictures.lettering import legible
from bot.render.pictures.palette import EMPTY, GOAL, GROUND, INK, LINES, PARTS, SOFT
from tests.support.lookback import PERSON, SUNDAY, TARGETS, history, say

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def every_chart(known=None):
    known = known or history()
    views = (
        charts.weight(known, PERSON, say), charts.macros(known, PERSON, TARGETS, say),
        charts.adherence(known, PERSON, say), charts.strength(known, PERSON, say), charts.sleep(known, PERSON, say),
        charts.cycle(known, PERSON, say),
    )  # fmt: skip
    return [charts.chart_of(view, say) for view in views if view]


def chart(*panels, title="Title"):
    return Chart("a.png", title, "in words", panels, MONTHS, WEEKDAYS)


def panel(*layers, **more):
    return Panel("Panel", SUNDAY - timedelta(days=20), SUNDAY, layers, **more)


@pytest.mark.parametrize("shown", every_chart(), ids=lambda shown: shown.file_name)
def test_every_picture_is_a_sharp_png_of_a_phones_width_with_the_same_bytes_each_time(shown):
    data = drawn(shown)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.width) == ("PNG", 1080)
    assert 700 <= image.height <= 2200
    assert len(data) < 400_000
    assert image.info.get("Software") is None
    assert drawn(block_of(plain_of(shown))) == data, "also after it waited in the outbox"


def test_other_data_gives_other_pictures():
    assert len({drawn(shown) for shown in (*every_chart(), *every_chart(history(seed=2)))}) > len(every_chart())


def test_another_process_draws_the_same_bytes():
    script = (
        "import hashlib; from tests.bot.render.pictures.test_drawing import every_chart, drawn; "
        "print(hashlib.sha256(drawn(every_chart()[0])).hexdigest())"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == sha256(drawn(every_chart()[0])).hexdigest()


def test_a_figure_less_scale_draws_no_figures():
    layers = (Dots("a", ((SUNDAY, 80.0), (SUNDAY - timedelta(days=9), 81.0))),)
    shown, hidden = (drawn(chart(panel(*layers, shows_figures=shows))) for shows in (True, False))
    left = [Image.open(io.BytesIO(data)).convert("RGB").crop((0, 140, 130, 680)) for data in (shown, hidden)]
    assert [len(set(part.get_flattened_data())) > 1 for part in left] == [True, False]


VALUES = st.floats(0, 1e5)
DAYS = st.integers(0, 400).map(lambda n: SUNDAY - timedelta(days=n))
POINTS = st.lists(st.tuples(DAYS, VALUES), min_size=1, max_size=30).map(lambda found: tuple(sorted(found)))
NAMES = st.text(max_size=60)
LAYERS = st.one_of(
    st.builds(Dots, NAMES, POINTS),
    st.builds(lambda name, points, marks: Curve(name, (points,), marks), NAMES, POINTS, st.booleans()),
    st.builds(lambda name, points: Band(name, (tuple((on, v, v + 1) for on, v in points),)), NAMES, POINTS),
    st.builds(Level, NAMES, VALUES),
    st.builds(lambda name, low: Span(name, low, low + 1), NAMES, VALUES),
    st.builds(lambda name, points: Stack((name,), tuple((on, (v,)) for on, v in points)), NAMES, POINTS),
)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LAYERS, min_size=1, max_size=5), NAMES, NAMES)
def test_whatever_is_in_it_there_is_a_picture(found, title, unit):
    curves = 0
    layers = []
    for layer in found:
        curves += isinstance(layer, Curve)
        if not isinstance(layer, Curve) or curves <= 4:
            layers.append(layer)
    made = Panel("", SUNDAY - timedelta(days=400), SUNDAY, tuple(layers), unit)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert drawn(chart(made, title=title)).startswith(b"\x89PNG")


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(st.none() | st.floats(0, 1), min_size=7, max_size=7).map(tuple), min_size=1, max_size=53))
def test_any_calendar_can_be_drawn(weeks):
    assert drawn(chart(Grid("", date(2026, 11, 16), tuple(weeks), ("none", "all")))).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bench press", "Bench press"), ("تمرين", "تمرين"), ("לחיצת חזה", "לחיצת חזה"), ("Жим лёжа", "Жим лёжа"),
        ("スクワット", "#1"), ("🏋️", "#1"), ("Squat 🏋️", "Squat"), ("a\x00b\nc", "abc"), ("$x^2$", "$x^2$"), ("", "#1"),
    ],
)  # fmt: skip
def test_letters_the_font_lacks_stay_out_of_the_picture(text, shown):
    assert legible(text, "#1") == shown


async def test_on_its_way_out_a_chart_becomes_a_picture_with_its_words():
    (shown, *_) = every_chart()
    message = Message("logistics", "photo", "text", None, cards=(Paragraph("before"), shown))  # type: ignore[arg-type]
    before, picture = (await painted(message)).cards
    assert before == Paragraph("before")
    assert isinstance(picture, Picture)
    assert (picture.alt, picture.mime, picture.data) == (shown.alt, "image/png", drawn(shown))


async def test_a_message_without_a_chart_is_left_as_it_is():
    message = Message("logistics", "reply", "text", None)  # type: ignore[arg-type]
    assert await painted(message) is message
    assert told(message) is message


async def test_a_chart_that_cannot_be_drawn_is_said(caplog):
    too_many = Stack(("a",) * 9, ((SUNDAY, (1.0,) * 9),))  # nothing makes one; whatever breaks, the message goes out
    broken = chart(panel(too_many))
    with caplog.at_level(logging.ERROR):
        (block,) = (await painted(Message("logistics", "photo", "", None, cards=(broken,)))).cards  # type: ignore[arg-type]
    assert block == Paragraph("in words")
    assert "could not be drawn" in caplog.text


def test_who_wishes_words_alone_gets_the_words_once():
    shown = replace(every_chart()[0], alt="all of it")
    message = Message("logistics", "photo", "see", None, cards=(shown,))  # type: ignore[arg-type]
    assert told(message).cards == (Paragraph("all of it"),)
    assert told(replace(message, text="all of it")).cards == ()


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_and_signs_stand_out_from_the_ground():
    assert contrast(INK, GROUND) >= 7
    assert contrast(SOFT, GROUND) >= 7
    assert all(contrast(colour, GROUND) >= 3 for colour in (*LINES, *PARTS, GOAL))
    assert contrast(EMPTY, SOFT) >= 3, "an empty field is seen by its edge"


def test_nothing_of_the_drawing_is_imported_before_the_first_picture():
    script = (
        "import sys, bot.app, bot.console, bot.render.pictures, agents.nodes.logistics; "
        "print([name for name in sys.modules if name.split('.')[0] in ('matplotlib', 'PIL')])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
