"""The port `Senses` by a model behind its door: one call for the pictures of one message, one for a recording."""

import logging
from collections.abc import Sequence
from typing import Final, Protocol

from agents.domain.pseudonyms import scrubbed
from agents.domain.sight import NotPerceived, Photo, Recording, Sight
from agents.model.asking import Ask, Door, Picture
from agents.model.failure import ModelFailed
from agents.sensing.reading import SCHEMA, read

log = logging.getLogger(__name__)
MOST_TOKENS_OUT: Final = 900  # a fridge of twenty foods takes about 700
MOST_SAID: Final = 300  # characters of the words beside a picture; more of them were read as a message already


class Prompt(Protocol):
    """Instructions with holes; what is data is fenced by the prompt itself."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def sha256(self) -> str:
        """Which wording it is."""
        ...

    def fill(self, **values: str) -> tuple[tuple[str, str], ...]:
        """(role, text) of each message. Raises for a missing or an unknown name."""
        ...


class ModelSenses:
    """Nothing that is seen or heard is kept here."""

    def __init__(self, door: Door, prompt: Prompt) -> None:
        self._door, self._prompt = door, prompt

    async def see(self, photos: Sequence[Photo], said: str) -> Sight:
        """What is on these pictures, in one look. Raises NotPerceived."""
        ask = Ask(
            "see",
            self._prompt.id,
            self._prompt.sha256,
            self._prompt.fill(said=scrubbed(said, source="order")[:MOST_SAID] or "none"),
            MOST_TOKENS_OUT,
            tuple(Picture(photo.content, "image/jpeg") for photo in photos),
        )
        try:
            return read(await self._door.as_json(ask, SCHEMA))
        except ModelFailed as error:
            raise _not_perceived(error, "look") from None

    async def hear(self, recording: Recording) -> str:
        """The words that are said; "" for none. Raises NotPerceived."""
        try:
            return await self._door.as_heard(recording.content, recording.mime_type)
        except ModelFailed as error:
            if error.kind == "empty":
                return ""
            raise _not_perceived(error, "transcript") from None


def _not_perceived(error: ModelFailed, what: str) -> NotPerceived:
    log.warning("no %s from the model (%s)", what, error.kind)
    if error.kind in ("over_budget", "refused"):
        return NotPerceived(error.kind)
    return NotPerceived("failed")
