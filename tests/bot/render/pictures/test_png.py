"""Pixels go into a PNG and come out as they were."""

import io
import random

import pytest
from PIL import Image

from bot.render.pictures.png import png


@pytest.mark.parametrize(("wide", "tall"), [(1, 1), (7, 3), (64, 64)])
def test_every_pixel_comes_back(wide, tall):
    pixels = b"".join(random.Random(5).randbytes(3) + b"\xff" for _ in range(wide * tall))
    image = Image.open(io.BytesIO(png(pixels, wide, tall)))
    assert (image.mode, image.size, image.info) == ("RGB", (wide, tall), {})
    assert image.convert("RGBA").tobytes() == pixels


def test_a_flat_picture_is_small():
    assert len(png(b"\x1f\x2a\x33\xff" * 1080 * 800, 1080, 800)) < 20_000
