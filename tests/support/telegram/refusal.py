"""What Telegram answers instead of a result."""

from dataclasses import dataclass


@dataclass
class Refusal(Exception):
    """`status` is the HTTP status and the error_code; `description` is complete, "Bad Request: " included."""

    status: int
    description: str
    retry_after: int | None = None
    migrate_to: int | None = None


def bad(why: str) -> Refusal:
    """A 400, the commonest of all."""
    return Refusal(400, f"Bad Request: {why}")
