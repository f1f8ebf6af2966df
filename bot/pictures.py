"""Pictures from outside: what they really are, made small, upright and free of all metadata, with their product codes.

The one home of Pillow and zxing-cpp; both are imported with the first picture. Everything here works in a thread and
trusts nothing: only three decoders may run, and how many pixels there are is known before one is decoded.
"""

import io
from typing import TYPE_CHECKING, Final

from agents.domain.barcodes import product_number
from agents.domain.sight import Photo
from agents.domain.turn import ContentUnavailable

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES: Final = 20_000_000  # what Telegram hands a bot (telegram.md TG-4)
MOST_PIXELS: Final = 24_000_000  # decoded whole, three bytes each
MOST_PIXELS_JPEG: Final = 64_000_000  # a JPEG is decoded at a fraction of its size
SHOWN_SIDE: Final = 1024  # pixels; what a model is shown
READ_SIDE: Final = 2048  # pixels; bars need more than a meal
QUALITY: Final = 85
DECODERS: Final = ("JPEG", "PNG", "WEBP")
_BEGINS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def looked_into(content: bytes) -> Photo:
    """The picture in these bytes. Takes up to a second of a core. Raises ContentUnavailable."""
    if len(content) > MOST_BYTES:
        raise ContentUnavailable("too_large")
    if not (content.startswith(_BEGINS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")):
        raise ContentUnavailable("not_a_picture")
    whole = _decoded(content)
    return Photo(_small(whole), _codes(whole))


def _decoded(content: bytes) -> "Image":
    """The pixels of the first frame, upright, in three colours, at most READ_SIDE wide and high, and nothing else."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=DECODERS)
        _refuse_bombs(image)
        image.draft("RGB", (READ_SIDE, READ_SIDE))  # of a JPEG only as much is decoded as will be looked at
        image.load()
        upright = _upright(image)
        upright.thumbnail((READ_SIDE, READ_SIDE))
        return _bare(upright)
    except ContentUnavailable:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ContentUnavailable("too_many_pixels") from None
    except Exception:  # decoders of bytes from outside: whatever they raise, it is no picture for us
        raise ContentUnavailable("not_a_picture") from None


def _upright(image: "Image") -> "Image":
    """Turned as its camera was held; broken metadata must not cost the picture."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image


def _refuse_bombs(image: "Image") -> None:
    most = MOST_PIXELS_JPEG if image.format == "JPEG" else MOST_PIXELS
    if image.width * image.height > most:
        raise ContentUnavailable("too_many_pixels")


def _bare(image: "Image") -> "Image":
    """The pixels alone on white, in a picture that was never opened from a file."""
    from PIL import Image

    layered = image.convert("RGBA") if image.mode in ("P", "LA", "PA", "RGBA") else image.convert("RGB")
    bare = Image.new("RGB", layered.size, "white")
    bare.paste(layered, mask=layered.getchannel("A") if layered.mode == "RGBA" else None)
    return bare


def _small(image: "Image") -> bytes:
    small = image.copy()
    small.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _codes(image: "Image") -> tuple[str, ...]:
    """Product numbers whose check digit is right, each once."""
    import zxingcpp

    formats = zxingcpp.BarcodeFormat
    names = {formats.EAN13: "EAN13", formats.EAN8: "EAN8", formats.UPCA: "UPCA", formats.UPCE: "UPCE"}
    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormats(list(names)))
    numbers = (product_number(code.text, names.get(code.format, "")) for code in found)
    return tuple(dict.fromkeys(number for number in numbers if number is not None))
