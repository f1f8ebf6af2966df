"""Recordings from outside: what they really are and how long they last, by their first and last bytes.

Nothing is decoded. A type whose length cannot be told is refused, because a minute is the limit.
"""

import re
import struct
from typing import Final

from agents.domain.sight import Recording
from agents.domain.turn import ContentUnavailable

MOST_BYTES: Final = 2_000_000  # a minute of uncompressed speech at 16 kHz
MOST_SECONDS: Final = 61.0  # a minute, and what a recorder adds
_OPUS_HZ: Final = 48_000  # Ogg Opus counts in these, whatever was recorded (RFC 7845)
_PAGE: Final = re.compile(rb"OggS\x00.(.{8})", re.DOTALL)
_HANDLER_VIDEO: Final = re.compile(rb"hdlr.{8}vide", re.DOTALL)
_MOVIE_HEADER: Final = re.compile(rb"mvhd(?:\x00.{11}(.{8})|\x01.{19}(.{12}))", re.DOTALL)
_KBPS: Final = {  # MPEG audio layer III by version bit and index (ISO 11172-3, 13818-3)
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    0: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def listened_into(content: bytes) -> Recording:
    """The recording in these bytes. Raises ContentUnavailable."""
    if len(content) > MOST_BYTES:
        raise ContentUnavailable("too_long")
    mime_type, seconds = _kind(content)
    if seconds is None:
        raise ContentUnavailable("not_a_recording")
    if seconds > MOST_SECONDS:
        raise ContentUnavailable("too_long")
    return Recording(content, mime_type)


def _kind(content: bytes) -> tuple[str, float | None]:
    if content.startswith(b"OggS"):
        return "audio/ogg", _ogg_seconds(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav", _wave_seconds(content)
    if content[4:8] == b"ftyp":
        if _HANDLER_VIDEO.search(content):
            raise ContentUnavailable("is_video")
        return "audio/mp4", _mp4_seconds(content)
    return "audio/mpeg", _mp3_seconds(content)


def _ogg_seconds(content: bytes) -> float | None:
    """Where the last page of an Ogg stream of Opus or Vorbis ends."""
    rate = _ogg_rate(content)
    ends = [struct.unpack("<q", found)[0] for found in _PAGE.findall(content)]
    known = [end for end in ends if end >= 0]
    return max(known) / rate if rate and known and max(known) > 0 else None


def _ogg_rate(content: bytes) -> int:
    head = content[:200]
    if b"OpusHead" in head:
        return _OPUS_HZ
    at = head.find(b"\x01vorbis")
    return int.from_bytes(head[at + 12 : at + 16], "little") if at >= 0 else 0


def _wave_seconds(content: bytes) -> float | None:
    at = content.find(b"fmt ", 12, 200)
    if at < 0 or len(content) < at + 20:
        return None
    bytes_a_second: int = struct.unpack("<I", content[at + 16 : at + 20])[0]
    return len(content) / bytes_a_second if bytes_a_second else None


def _mp4_seconds(content: bytes) -> float | None:
    found = _MOVIE_HEADER.search(content)
    if found is None:
        return None
    scale, length = struct.unpack(">II", found[1]) if found[1] else struct.unpack(">IQ", found[2])
    return length / scale if scale and length else None


def _mp3_seconds(content: bytes) -> float | None:
    """By the first frame's rate; a tag of names before it is stepped over."""
    at = _after_tag(content)
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, index = (1 if head[1] & 0x18 == 0x18 else 0), head[2] >> 4
    kbps = _KBPS[version][index] if 0 < index < 15 else 0
    return (len(content) - at) * 8 / (kbps * 1000) if kbps else None


def _after_tag(content: bytes) -> int:
    if not content.startswith(b"ID3") or len(content) < 10:
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size
