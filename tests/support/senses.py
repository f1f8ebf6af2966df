"""Doubles for eyes and ears: contents that are ready or missing, and a model that saw and heard what a test says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from agents.domain.sight import NotPerceived, Photo, Recording, Sight
from agents.domain.turn import Attachment, ContentUnavailable, Problem
from agents.ports import MatchedFood, Ports
from agents.schemas import FoodItem
from agents.understanding.food_names import grams_of, match_food
from storage.reference.tables import ReferenceTables
from tests.support.mind import MemoryInMemory, ScriptedModel, ports

HOST = "models.example.org"


@dataclass
class ReadyContents:
    """Files by their source; one that is not here is a picture without a code, or a recording."""

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: Mapping[str, Problem] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    async def photo(self, file: Attachment) -> Photo:
        """The picture of this source."""
        self._fetch(file)
        return Photo(file.source.encode(), self.codes.get(file.source, ()))

    async def recording(self, file: Attachment) -> Recording:
        """The recording of this source."""
        self._fetch(file)
        return Recording(file.source.encode(), "audio/ogg")

    def _fetch(self, file: Attachment) -> None:
        self.fetched.append(file.source)
        if file.source in self.problems:
            raise ContentUnavailable(self.problems[file.source])


@dataclass
class ScriptedSenses:
    """Sees and hears exactly what it was told to."""

    sight: Sight | NotPerceived = field(default_factory=lambda: Sight("other"))
    words: str | NotPerceived = ""
    seen: list[tuple[tuple[bytes, ...], str]] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)

    async def see(self, photos: Sequence[Photo], said: str) -> Sight:
        """The scripted sight."""
        self.seen.append((tuple(photo.content for photo in photos), said))
        if isinstance(self.sight, NotPerceived):
            raise self.sight
        return self.sight

    async def hear(self, recording: Recording) -> str:
        """The scripted words."""
        self.heard.append(recording.content)
        if isinstance(self.words, NotPerceived):
            raise self.words
        return self.words


def matched(item: FoodItem) -> MatchedFood | None:
    """The food of our own tables, as in the running house."""
    found = match_food(item.name, ReferenceTables().foods())
    if found.food is None:
        return None
    grams, source = grams_of(item, found.food)
    return MatchedFood(found.food, grams, source, found.is_sure)


def sensing(
    memory: MemoryInMemory, senses: ScriptedSenses | None, contents: ReadyContents | None = None,
    model: ScriptedModel | None = None,
) -> Ports:  # fmt: skip
    """A house that sees and hears; without senses no model is set up."""
    return replace(
        ports(memory, model), senses=senses, contents=contents or ReadyContents(), match_food=matched,
        model_host=HOST if senses else None,
    )  # fmt: skip
