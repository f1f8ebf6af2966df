"""What a button's data look like on the wire: our own words, then a version and a short signature (telegram.md TG-16).

The signature is bound to the chat, so a button that was forwarded, made up or written with another key opens nothing.
It stands at the end, where it disturbs no reader of logs: "task:done:01M7Q1JN80EEJR3CP3TKJZC1RR~1hf8Gk2Pq".
"""

import base64
import hmac

from storage.crypto import MasterKey

VERSION = "1"
SIGNATURE_BYTES = 6  # 48 bits; each guess costs a tap in the guesser's own chat
WIRE_LIMIT = 64  # bytes (TG-2)
_TAIL = 1 + len(VERSION) + SIGNATURE_BYTES * 4 // 3
DATA_LIMIT = WIRE_LIMIT - _TAIL  # bytes left for our own words
OLD_BUTTON = "stale:button"  # what a tap means that opens nothing
_MARK = "~"


class Seal:
    """Signs data on the way out, opens it on the way in."""

    def __init__(self, keys: MasterKey) -> None:
        self._keys = keys

    def sign(self, chat_id: int, data: str) -> str:
        """Data for the wire. Raises ValueError for more than DATA_LIMIT bytes."""
        if not data or len(data.encode()) > DATA_LIMIT:
            raise ValueError(f"a button carries 1 to {DATA_LIMIT} bytes")
        return f"{data}{_MARK}{VERSION}{self._signature(chat_id, data)}"

    def open(self, chat_id: int, raw: str) -> str | None:
        """What we once wrote for this chat; None for anything else."""
        data, mark, tail = raw.rpartition(_MARK)
        if not mark or not data or tail[:1] != VERSION:
            return None
        is_ours = hmac.compare_digest(tail[1:].encode(), self._signature(chat_id, data).encode())
        return data if is_ours else None

    def _signature(self, chat_id: int, data: str) -> str:
        whole = self._keys.blind_index("telegram.button", f"{VERSION}:{chat_id}:{data}")
        return base64.urlsafe_b64encode(whole[:SIGNATURE_BYTES]).decode()
