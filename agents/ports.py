"""What the coach's mind needs from outside, as protocols. Adapters live in storage, prompts and understanding."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from agents.domain.charts import History
from agents.domain.context import Context, FiringView, PlannedMealView, ReminderView, Task, VersionView, WorkoutView
from agents.domain.exercises import Library
from agents.domain.foods import Catalogue, Food
from agents.domain.planned_days import PlannedDays
from agents.domain.product import Product
from agents.domain.remembering import Remembered
from agents.domain.saying import Saying
from agents.domain.sent import LastSent, Sent
from agents.domain.sight import Photo, Recording, Sight
from agents.domain.training.record import TrainingRecord
from agents.domain.turn import Agent, Attachment, Message, TurnRecord
from agents.schemas import FoodItem, Moment, Understanding
from agents.state import Scalar


class CoachModel(Protocol):
    """Understands one message. Never raises for content; an adapter that can fail is wrapped by a fallback."""

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """Typed intents and facts of this text at this moment."""
        ...


class Memory(Protocol):
    """One person's rows, for one turn."""

    async def recall(self, now: datetime) -> Context:
        """Everything a turn knows, in one short read. Raises MemoryUnavailable."""
        ...

    async def commit(self, record: TurnRecord) -> tuple[Message, ...]:
        """Write the whole turn in one transaction, or nothing. Raises MemoryUnavailable, ClaimUnproven."""
        ...

    async def meals(self, start: date, end: date) -> tuple[PlannedMealView, ...]:
        """Planned meals with their items, both days included."""
        ...

    async def planned_days(self) -> PlannedDays | None:
        """What the active meal plan was made for; None without one."""
        ...

    async def meals_before(self, meal_id: UUID) -> tuple[PlannedMealView, ...]:
        """The meals that would come back if the change which brought this meal were undone; () when it cannot be."""
        ...

    async def workouts(self, start: date, end: date) -> tuple[WorkoutView, ...]:
        """Planned sessions with their exercises, both days included."""
        ...

    async def tasks(self, start: date, end: date) -> tuple[Task, ...]:
        """Tasks due in these days, both included."""
        ...

    async def reminders(self) -> tuple[ReminderView, ...]:
        """Active reminders, next first."""
        ...

    async def firing(self, firing_id: UUID) -> FiringView | None:
        """One firing that was sent, or None when it is unknown."""
        ...

    async def product(self, number: str) -> Product | None:
        """The packaged food of this product number (agents.domain.barcodes), or None when no table has it."""
        ...

    async def task(self, task_id: UUID) -> Task | None:
        """One task of this person, or None."""
        ...

    async def shown(self, message_id: int) -> Message | None:
        """What the person sees as the channel's message of this number, or None when it is not known (any more)."""
        ...

    async def live(self, topic: str) -> int | None:
        """The channel's number of the newest message that is kept up to date about this; None when there is none."""
        ...

    async def training_record(self, today: date) -> TrainingRecord:
        """Logged sets and training plans up to this local day, for a new programme."""
        ...

    async def history(self, first: date, last: date) -> History:
        """What pictures are made from, in these local days, both included."""
        ...

    async def profile_history(self) -> tuple[VersionView, ...]:
        """Versions of the profile, newest first."""
        ...

    async def remembered(self) -> tuple[Remembered, ...]:
        """What the person wants to be kept in mind, oldest first."""
        ...

    async def last_sent(self) -> LastSent | None:
        """What went to a model last, word for word; None when nothing did, or it was erased."""
        ...


class Voice(Protocol):
    """Puts what was decided into warmer words. May fail in any way; its words are vetted before anybody sees them."""

    def speak(self, saying: Saying) -> AsyncIterator[str]:
        """The words in pieces, as they come."""
        ...

    def secrets(self, agent: Agent) -> tuple[str, ...]:
        """Instructions whose wording must not come out."""
        ...


class Allowance(Protocol):
    """What this turn has met of the person's daily share of the model."""

    @property
    def is_spent(self) -> bool:
        """Whether a call was not made because the share is used up."""
        ...

    @property
    def was_told(self) -> bool:
        """Whether the person has read so before today."""
        ...

    @property
    def renews_at(self) -> datetime:
        """When there is a new share."""
        ...


class Speech(Protocol):
    """Words for a catalogue key in the person's language."""

    def say(self, locale: str, key: str, args: Mapping[str, Scalar]) -> str:
        """The sentence. Raises KeyError for an unknown key."""
        ...


class Preview(Protocol):
    """What may be seen of an answer before it is committed. It passes; the answer itself always goes by the outbox."""

    def remark(self, text: str) -> None:
        """What is being done now, in the person's words, in place of anything shown before."""
        ...

    def write(self, text: str) -> None:
        """The answer so far, from its beginning, vetted; it may end inside a word."""
        ...

    @property
    def stopped(self) -> asyncio.Event:
        """Set when the person wants to hear no more of it."""
        ...


class Unseen:
    """The preview of a channel that shows none."""

    def __init__(self) -> None:
        self.stopped = asyncio.Event()

    def remark(self, text: str) -> None:
        """Show nothing."""

    def write(self, text: str) -> None:
        """Show nothing."""


class Contents(Protocol):
    """What was attached to one message, fetched when it is wanted and kept by nobody. Raises ContentUnavailable."""

    async def photo(self, file: Attachment) -> Photo:
        """A picture, checked, made small and free of metadata, with the product numbers on it."""
        ...

    async def recording(self, file: Attachment) -> Recording:
        """A voice note, its type and length checked."""
        ...


class Senses(Protocol):
    """Eyes and ears of a model. Raises NotPerceived and nothing else."""

    async def see(self, photos: Sequence[Photo], said: str) -> Sight:
        """What is on these pictures of one thing, in one look; `said` is what the person wrote beside them."""
        ...

    async def hear(self, recording: Recording) -> str:
        """The words that are said; "" for none."""
        ...


class Tables(Protocol):
    """The shared reference tables the engines plan from."""

    def foods(self) -> Catalogue:
        """Foods and recipes."""
        ...

    def exercises(self) -> Library:
        """Exercises."""
        ...


@dataclass(frozen=True, slots=True)
class MatchedFood:
    """A food of ours for the person's words, with the grams meant. `source`: "stated" or "default_serving"."""

    food: Food
    grams: float
    source: str
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything one run of the graph may reach: the `context` of LangGraph's runtime."""

    memory: Memory
    model: CoachModel
    speech: Speech
    tables: Tables
    match_food: Callable[[FoodItem], MatchedFood | None]
    new_id: Callable[[], UUID]
    seed: int = 0
    zone_at: Callable[[float, float], str | None] = lambda _latitude, _longitude: None  # the IANA zone of a place
    preview: Preview = field(default_factory=Unseen)
    voice: Voice | None = None  # None where no model is set up: the sentences of the catalogue are all there is
    model_host: str | None = None  # whom a model call would reach, by name; None where no model is set up
    sent: Callable[[], tuple[Sent, ...]] = tuple  # what this turn has sent to a model so far
    allowance: Allowance | None = None  # every turn puts its own person's here
    senses: Senses | None = None  # None where no model is set up
    contents: Contents | None = None  # of this turn's files; every turn puts its own here
