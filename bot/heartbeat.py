"""A file that a running process touches: its age tells anybody outside whether the event loop still turns."""

from pathlib import Path

EVERY_S = 5.0
STALE_S = 60.0  # a process that has not touched it for so long hangs or is gone


def beat(path: Path) -> None:
    """Alive now."""
    path.touch(mode=0o600)


def age_s(path: Path, now_s: float) -> float | None:
    """Seconds since the last beat; None when there never was one. `now_s` counts from 1970 as file times do."""
    try:
        return max(0.0, now_s - path.stat().st_mtime)
    except OSError:
        return None
