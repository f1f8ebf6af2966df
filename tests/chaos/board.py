"""What the stage and the bot's lives share without talking: the clock, the state of the disk, and how a life ended."""

import mmap
import struct

DISK_BYTES = 7  # room for the flag, so that what follows stays aligned
_CLOCK = struct.Struct("dddd")
_DEATH = struct.Struct("16s24sq")
KINDS = ("await", "statement", "commit", "committed", "asked", "told")


class Board:
    """A page of memory that forked processes see at once. One writer a field, so nothing needs a lock."""

    def __init__(self) -> None:
        self._page = mmap.mmap(-1, 4096)
        self._disk_at = _CLOCK.size
        self._death_at = _CLOCK.size + 1 + DISK_BYTES
        self._steps_at = self._death_at + _DEATH.size
        self.set_clock(0.0, 0.0, 1.0)

    # The clock: `anchor` on the machine's monotonic clock is `start`, `speed` seconds pass in one of the machine's, and
    # `skipped` seconds were jumped over since.

    def set_clock(self, anchor: float, start: float, speed: float) -> None:
        """A new story begins."""
        _CLOCK.pack_into(self._page, 0, anchor, start, 0.0, speed)

    def clock(self) -> tuple[float, float, float, float]:
        """Anchor, start, skipped, speed."""
        anchor, start, skipped, speed = _CLOCK.unpack_from(self._page, 0)
        return anchor, start, skipped, speed

    def skip(self, seconds: float) -> None:
        """The wall clock jumps."""
        anchor, start, skipped, speed = self.clock()
        _CLOCK.pack_into(self._page, 0, anchor, start, skipped + seconds, speed)

    # The disk

    @property
    def is_disk_full(self) -> bool:
        """Whether the database may not grow."""
        return self._page[self._disk_at] == 1

    @is_disk_full.setter
    def is_disk_full(self, value: bool) -> None:
        self._page[self._disk_at] = int(value)

    # How far a life came, and where it ended

    def reset_steps(self) -> None:
        """Before a life begins."""
        _DEATH.pack_into(self._page, self._death_at, b"", b"", 0)
        for place in range(len(KINDS)):
            struct.pack_into("q", self._page, self._steps_at + 8 * place, 0)

    def count(self, kind: str) -> int:
        """One more step of this kind; how many there were."""
        at = self._steps_at + 8 * KINDS.index(kind)
        steps = int(struct.unpack_from("q", self._page, at)[0]) + 1
        struct.pack_into("q", self._page, at, steps)
        return steps

    def steps(self) -> dict[str, int]:
        """Steps by kind, of the life that runs or ran last."""
        return {
            kind: struct.unpack_from("q", self._page, self._steps_at + 8 * place)[0] for place, kind in enumerate(KINDS)
        }
