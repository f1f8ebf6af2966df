"""Pictures from outside: what they really are, bounded, upright, and nothing but their pixels."""

import gzip
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from agents.domain.sight import Photo
from agents.domain.turn import ContentUnavailable
from bot.pictures import MOST_BYTES, SHOWN_SIDE, looked_into
from tests.support import pictures
from tests.support.pictures import SECRET, encoded, plain


def opened(content: bytes) -> Image.Image:
    """What a model would be shown."""
    return Image.open(io.BytesIO(looked_into(content).content))


def problem(content: bytes) -> str:
    """Why it cannot be looked at."""
    with pytest.raises(ContentUnavailable) as error:
        looked_into(content)
    return error.value.problem


def outcome(content: bytes) -> Photo | str:
    """The picture, or why there is none."""
    try:
        return looked_into(content)
    except ContentUnavailable as error:
        return error.problem


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_three_kinds_of_pictures_become_small_jpegs(kind: str) -> None:
    shown = opened(plain(3000, 1500, kind))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (SHOWN_SIDE, SHOWN_SIDE // 2))


def test_a_small_picture_is_not_made_larger() -> None:
    assert opened(plain(30, 20)).size == (30, 20)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_where_and_when_and_with_what_goes_on(kind: str) -> None:
    sent = pictures.with_metadata(kind)
    assert SECRET in sent
    photo = looked_into(sent)
    assert SECRET not in photo.content
    shown = Image.open(io.BytesIO(photo.content))
    assert not shown.getexif()
    assert set(shown.info) == {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(1, 8), st.integers(8, 200), st.integers(8, 200),
)  # fmt: skip
@settings(max_examples=40)
def test_every_picture_loses_its_metadata_and_stands_upright(kind: str, turned: int, width: int, height: int) -> None:
    photo = looked_into(pictures.with_metadata(kind, turned=turned, width=width, height=height))
    shown = Image.open(io.BytesIO(photo.content))
    assert SECRET not in photo.content
    assert shown.size == ((height, width) if turned > 4 else (width, height))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I", "I;16", "F", "YCbCr", "LAB", "HSV"])
def test_every_way_to_write_colours_is_read_or_refused(mode: str) -> None:
    for kind in ("PNG", "JPEG", "WEBP"):
        try:
            content = encoded(Image.new(mode, (20, 20)), kind)
        except (OSError, ValueError, KeyError):  # this kind of file cannot hold them
            continue
        assert opened(content).mode == "RGB"


def test_what_is_transparent_is_white() -> None:
    assert opened(encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")).getpixel((10, 10)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_is_looked_at() -> None:
    for kind in ("PNG", "WEBP"):
        shown = opened(pictures.animated(kind))
        assert getattr(shown, "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_000_000, 20), (5000, 5000), (12_000, 7000)])
def test_pixels_are_counted_before_they_are_decoded(size: tuple[int, int]) -> None:
    assert problem(pictures.bomb(*size)) in ("too_many_pixels", "not_a_picture")


def test_a_picture_of_a_good_camera_is_not_too_large() -> None:
    assert opened(plain(6000, 4000)).size == (1024, 683)


def test_too_many_bytes_are_not_opened() -> None:
    assert problem(plain() + bytes(MOST_BYTES)) == "too_large"


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("lunch.jpg", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        _zip(),
        gzip.compress(plain()),
        encoded(Image.new("RGB", (20, 20)), "GIF"),
        encoded(Image.new("RGB", (20, 20)), "BMP"),
        encoded(Image.new("RGB", (20, 20)), "TIFF"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 20 20\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        plain()[:200],
        plain(kind="PNG")[:60],
        b"\xff\xd8\xff" + bytes(1000),
        b"RIFF\x00\x00\x00\x00WEBP" + bytes(100),
    ],
)
def test_what_is_no_whole_picture_of_these_kinds_is_none(content: bytes) -> None:
    assert problem(content) == "not_a_picture"


def test_only_the_picture_of_a_file_that_is_two_things_goes_on() -> None:
    photo = looked_into(plain() + _zip() + b"<script>alert(1)</script>")
    assert b"PK\x03\x04" not in photo.content
    assert b"<script>" not in photo.content


@pytest.mark.parametrize(
    ("digits", "symbology", "number"),
    [
        ("4006381333931", "EAN13", "04006381333931"),
        ("96385074", "EAN8", "00000096385074"),
        ("036000291452", "UPCA", "00036000291452"),
        ("01234565", "UPCE", "00012345000065"),
    ],
)
@pytest.mark.parametrize("turn", [0, 90, 180, 7])
def test_a_number_on_a_package_is_read_however_it_lies(digits: str, symbology: str, number: str, turn: int) -> None:
    assert looked_into(pictures.barcode(digits, symbology, turn=turn)).codes == (number,)


def test_a_code_that_is_no_product_number_is_not_read() -> None:
    for symbology, text in (("QRCode", "https://example.org/?do=delete"), ("Code128", "4006381333931")):
        assert looked_into(pictures.barcode(text, symbology)).codes == ()


def test_a_picture_without_a_code_has_none() -> None:
    assert looked_into(plain()).codes == ()


_HEADS = (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"RIFF\x10\x00\x00\x00WEBPVP8X")


@given(st.sampled_from(_HEADS), st.binary(max_size=600))
def test_no_bytes_make_it_fail_otherwise(head: bytes, body: bytes) -> None:
    found = outcome(head + body)
    assert isinstance(found, Photo) or found in ("not_a_picture", "too_many_pixels")


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 3000), st.integers(0, 255))
@example("JPEG", 20, 0)
@settings(max_examples=80)
def test_a_damaged_picture_is_read_or_refused(kind: str, place: int, byte: int) -> None:
    content = bytearray(pictures.with_metadata(kind))
    content[place % len(content)] = byte
    found = outcome(bytes(content))
    if isinstance(found, Photo):
        assert SECRET not in found.content
    else:
        assert found in ("not_a_picture", "too_many_pixels")
