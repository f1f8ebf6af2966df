"""What a model is asked, and the door it is asked through."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Purpose = Literal["understand", "speak", "see", "listen", "summarise"]
Kind = Literal["text", "vision", "transcription"]  # what allowances are counted by
Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to look at: its bytes, already checked, made small and free of metadata."""

    content: bytes
    mime_type: Literal["image/jpeg", "image/png", "image/webp"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a model. `messages` are (role, text), the part that never changes first, so it can be cached."""

    purpose: Purpose
    prompt_id: str
    prompt_sha256: str  # 64 hex digits
    messages: tuple[tuple[str, str], ...]
    most_tokens_out: int
    pictures: tuple[Picture, ...] = ()

    @property
    def kind(self) -> Kind:
        """Which allowance it is counted against."""
        return "vision" if self.pictures else "text"


class Door(Protocol):
    """Asks a model, inside the turn's time, calls and allowance. Raises ModelFailed and nothing else."""

    async def as_json(self, ask: Ask, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """An answer in this strict JSON schema, checked against it."""
        ...

    def as_words(self, ask: Ask) -> AsyncIterator[str]:
        """The answer in pieces, as they come. May fail between any two of them."""
        ...

    async def as_heard(self, recording: bytes, mime_type: str) -> str:
        """What is said in a recording."""
        ...

    async def close(self) -> None:
        """Let go of the connections; the next question opens new ones."""
        ...
