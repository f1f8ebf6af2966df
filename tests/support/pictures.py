"""Pictures and recordings to send: made here, so that what is in them is known."""

import io
import struct
import zlib
from typing import Any

import zxingcpp
from PIL import Image

SECRET = b"48.137N-secret-place"


def encoded(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def plain(width: int = 640, height: int = 480, kind: str = "JPEG", colour: str = "olive") -> bytes:
    """A picture of one colour."""
    return encoded(Image.new("RGB", (width, height), colour), kind)


def with_metadata(kind: str = "JPEG", *, turned: int = 1, width: int = 300, height: int = 200) -> bytes:
    """A picture that says where, when and with what it was taken; `turned` is the orientation of its camera (1..8)."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = SECRET.decode()
    exif[0x9003] = "2026:11:21 21:00:00"
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    image = Image.new("RGB", (width, height), "olive")
    more: dict[str, Any] = {"exif": exif.tobytes(), "icc_profile": SECRET}
    if kind == "JPEG":
        more["comment"] = SECRET
    if kind in ("JPEG", "WEBP"):
        more["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    return encoded(image, kind, **more)


def barcode(digits: str, symbology: str = "EAN13", *, turn: int = 0, scale: int = 6) -> bytes:
    """A package with this code on it, lying at an angle in degrees."""
    code = zxingcpp.create_barcode(digits, getattr(zxingcpp.BarcodeFormat, symbology)).to_image(scale=scale)
    bars = Image.fromarray(code)
    package = Image.new("L", (bars.width + 160, bars.height + 160), 255)
    package.paste(bars, (80, 80))
    return encoded(package.rotate(turn, expand=True, fillcolor=255), "PNG")


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few hundred bytes that claims to be as large as a house."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    packed = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def animated(kind: str = "PNG", frames: int = 30) -> bytes:
    """A moving picture."""
    first, *rest = (Image.new("RGB", (40, 40), (step * 8, 0, 0)) for step in range(frames))
    return encoded(first, kind, save_all=True, append_images=rest, duration=50)


def opus(seconds: float = 3.0, size: int = 4000) -> bytes:
    """An Ogg Opus voice note as Telegram sends them: a head, and a last page that tells the length."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    return _page(2, 0, head) + _page(0, 0, b"OpusTags" + bytes(8)) + _page(4, round(seconds * 48_000), bytes(size))


def wave(seconds: float = 1.0, rate: int = 16_000) -> bytes:
    """Silence, uncompressed."""
    data = bytes(round(seconds * rate) * 2)
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + (struct.pack("<I", len(data)) + data)
    )


def mp4(seconds: int = 3, *, film: bool = False) -> bytes:
    """The boxes that tell the length of an MP4, and whether there is a film in it."""
    movie = b"mvhd" + bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80)
    handler = b"hdlr" + bytes(8) + (b"vide" if film else b"soun") + bytes(12)
    return struct.pack(">I", 20) + b"ftypM4A " + bytes(8) + b"moov" + movie + handler + bytes(500)


def mp3(seconds: float = 3.0, *, named: bool = False) -> bytes:
    """Frames of 64 kbit/s, perhaps with a tag of names before them."""
    tag = b"ID3\x04\x00\x00" + bytes((0, 0, 2, 0)) + bytes(256) if named else b""
    return tag + b"\xff\xfb\x50\xc4" + bytes(round(seconds * 8000))


def _page(kind: int, granule: int, body: bytes) -> bytes:
    return b"OggS\x00" + struct.pack("<BqIIIB", kind, granule, 7, 0, 0, 1) + b"\xff" + body
