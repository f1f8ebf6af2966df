"""Doubles for the coach's mind: a scripted model, a memory that lives in a dictionary, and ready pictures of people.

They implement the protocols of `agents.ports`; the real adapters are tested elsewhere.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from agents.domain import changes as c
from agents.domain.context import (
    Context,
    FiringView,
    PlannedMealView,
    PlanView,
    ReminderView,
    Task,
    VersionView,
    WorkoutView,
)
from agents.domain.crockford import encode
from agents.domain.onboarding import OnboardingState, with_defaults
from agents.domain.planned_days import PlannedDays
from agents.domain.product import Product
from agents.domain.profile import Injury, Profile, Restriction
from agents.domain.questions import BY_CODE, QUESTIONS
from agents.domain.remembering import Remembered
from agents.domain.sent import LastSent
from agents.domain.training.record import TrainingRecord
from agents.domain.turn import ClaimUnproven, MemoryUnavailable, Message, Receipt, TurnRecord
from agents.ports import Ports, Unseen
from agents.schemas import Intent, Moment, Understanding
from prompts.loader import Catalogue
from storage.reference.tables import ReferenceTables

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)  # a Monday, 07:00 in Berlin
ME = UUID(int=1)
NOT_HEARD = Understanding(intents=(Intent("unknown"),))


def profile(**changes: object) -> Profile:
    """A grown-up in Berlin with everything answered."""
    known = Profile(
        age=36,
        sex="male",
        height_cm=180.0,
        weight_kg=82.0,
        fitness_level="beginner",
        regular_exercise=False,
        primary_goal="fat_loss",
        work_activity="light",
        leisure_activity="light",
        conditions=(),
        symptoms=(),
        medications=(),
        injuries=(Injury("knee"),),
        diet_type="vegetarian",
        restrictions=(Restriction("allergy", "peanut"),),
        allergies_asked=True,
        equipment=(),
        location="home",
        morning_brief_time=time(7, 15),
        timezone="Europe/Berlin",
        country="DE",
    )
    return replace(with_defaults(known), **changes)  # type: ignore[arg-type]  # fields by name


def newcomer(**changes: object) -> Context:
    """Somebody who writes for the first time."""
    base = Context(
        user_id=ME,
        account_id=UUID(int=2),
        conversation_id=UUID(int=3),
        now=NOW,
        profile=Profile(timezone="Europe/Berlin"),
        onboarding=OnboardingState(),
        is_new=True,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # fields by name


def asked(code: str, known: Profile | None = None, **changes: object) -> Context:
    """Somebody in the middle of onboarding, with this question open and those before it answered."""
    codes = [question.code for question in QUESTIONS]
    state = OnboardingState(pending=code, answered=tuple(codes[: codes.index(code)]), current_step=BY_CODE[code].step)
    person = known or Profile(age=None if code == "age" else 36, timezone="Europe/Berlin")
    return newcomer(is_new=False, consents=frozenset({"coaching"}), onboarding=state, profile=person, **changes)


def settled(**changes: object) -> Context:
    """Somebody with a locked profile and three active plans."""
    plans = tuple(
        PlanView(UUID(int=10 + n), kind, 1, date(2026, 11, 23), f"Because of {kind}.")
        for n, kind in enumerate(("exercise", "nutrition", "sleep"))
    )
    base = newcomer(
        is_new=False,
        consents=frozenset({"coaching"}),
        onboarding=OnboardingState(completed_at=NOW - timedelta(days=1), current_step=11),
        profile=profile(is_locked=True, version=1),
        plans=plans,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # fields by name


def task(number: int, words: str = "Full body A (30 min)", category: str = "exercise", **changes: object) -> Task:
    """An open task of today."""
    made = Task(UUID(int=100 + number), words, category, date(2026, 11, 23), time(18), "pending")
    return replace(made, **changes)  # type: ignore[arg-type]  # fields by name


class Watched(Unseen):
    """A preview that remembers what it was told to show."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks: list[str] = []
        self.written: list[str] = []
        self.shows = asyncio.Event()

    def remark(self, text: str) -> None:
        """Keep what is being done."""
        self.remarks.append(text)

    def write(self, text: str) -> None:
        """Keep the answer so far."""
        self.written.append(text)
        self.shows.set()


@dataclass
class ScriptedModel:
    """Understands exactly what it was told to; everything else is unknown."""

    script: Mapping[str, Understanding] = field(default_factory=dict)
    heard: list[tuple[str, Moment]] = field(default_factory=list)

    async def understand(self, text: str, moment: Moment) -> Understanding:
        """The scripted understanding of this text."""
        self.heard.append((text, moment))
        return self.script.get(text, NOT_HEARD)


@dataclass
class MemoryInMemory:
    """One person. `fails_at` names the call that raises, as a lost database would."""

    context: Context
    fails_at: str = ""
    planned_meals: tuple[PlannedMealView, ...] = ()
    days: PlannedDays | None = None
    replaced_meals: Mapping[UUID, tuple[PlannedMealView, ...]] = field(default_factory=dict)
    planned_workouts: tuple[WorkoutView, ...] = ()
    known_reminders: tuple[ReminderView, ...] = ()
    firings: Mapping[UUID, FiringView] = field(default_factory=dict)
    versions: tuple[VersionView, ...] = ()
    lively: Mapping[str, int] = field(default_factory=dict)  # what is kept up to date, and the number of its message
    on_screen: Mapping[int, Message] = field(default_factory=dict)
    record: TrainingRecord = field(default_factory=TrainingRecord)
    facts: tuple[Remembered, ...] = ()
    sent: LastSent | None = None
    products: Mapping[str, Product] = field(default_factory=dict)
    unproven: tuple[type, ...] = ()  # kinds of change that touch no row
    committed: list[TurnRecord] = field(default_factory=list)

    async def recall(self, now: datetime) -> Context:
        """The person as of now."""
        self._may("recall")
        return replace(self.context, now=now)

    async def commit(self, record: TurnRecord) -> tuple[Message, ...]:
        """Keep the record; claims must be among its changes."""
        self._may("commit")
        said = tuple(self._message(record, number) for number in range(len(record.drafts)))
        self.committed.append(record)
        for change in record.changes:
            self._apply(change)
        return said

    async def meals(self, start: date, end: date) -> tuple[PlannedMealView, ...]:
        """Planned meals of these days."""
        self._may("meals")
        return tuple(meal for meal in self.planned_meals if start <= meal.local_date <= end)

    async def planned_days(self) -> PlannedDays | None:
        """What the meal plan was made for."""
        self._may("planned_days")
        return self.days

    async def meals_before(self, meal_id: UUID) -> tuple[PlannedMealView, ...]:
        """What an undo would bring back."""
        self._may("meals_before")
        return self.replaced_meals.get(meal_id, ())

    async def workouts(self, start: date, end: date) -> tuple[WorkoutView, ...]:
        """Planned sessions of these days."""
        self._may("workouts")
        return tuple(workout for workout in self.planned_workouts if start <= workout.local_date <= end)

    async def tasks(self, start: date, end: date) -> tuple[Task, ...]:
        """Tasks of these days."""
        self._may("tasks")
        return tuple(one for one in self.context.tasks if start <= one.due_on <= end)

    async def reminders(self) -> tuple[ReminderView, ...]:
        """Active reminders."""
        self._may("reminders")
        return self.known_reminders

    async def firing(self, firing_id: UUID) -> FiringView | None:
        """One firing."""
        self._may("firing")
        return self.firings.get(firing_id)

    async def product(self, number: str) -> Product | None:
        """A product by its number."""
        self._may("product")
        return self.products.get(number)

    async def task(self, task_id: UUID) -> Task | None:
        """One task."""
        self._may("task")
        return next((one for one in self.context.tasks if one.id == task_id), None)

    async def live(self, topic: str) -> int | None:
        """The message about this."""
        self._may("live")
        return self.lively.get(topic)

    async def shown(self, message_id: int) -> Message | None:
        """A message as the person sees it."""
        self._may("shown")
        return self.on_screen.get(message_id)

    async def training_record(self, today: date) -> TrainingRecord:
        """What was trained before and on this day."""
        self._may("training_record")
        return replace(self.record, sets=tuple(one for one in self.record.sets if one.on <= today))

    async def profile_history(self) -> tuple[VersionView, ...]:
        """Versions, newest first."""
        self._may("profile_history")
        return self.versions

    async def remembered(self) -> tuple[Remembered, ...]:
        """What is kept in mind."""
        self._may("remembered")
        return self.facts

    async def last_sent(self) -> LastSent | None:
        """What went to a model last."""
        self._may("last_sent")
        return self.sent

    @property
    def changes(self) -> list[c.Change]:
        """Everything that was written, without the counting of events."""
        return [
            change for record in self.committed for change in record.changes if not isinstance(change, c.EventNoted)
        ]

    def _may(self, call: str) -> None:
        if call == self.fails_at:
            raise MemoryUnavailable(f"{call} is out of reach")

    def _message(self, record: TurnRecord, number: int) -> Message:
        draft = record.drafts[number]
        written = [id(change) for change in record.changes if not isinstance(change, self.unproven)]
        for claim in draft.claims:
            if id(claim) not in written:
                raise ClaimUnproven(type(claim).__name__)
        proofs = tuple(Receipt(type(claim).__name__, encode(UUID(int=number + 1)), "written") for claim in draft.claims)
        return Message(
            draft.agent, draft.kind, draft.text, record.inbound.at, draft.buttons, draft.cards, draft.level,
            draft.rules, proofs, edits=draft.edits, live=draft.live, expects=draft.expects,
        )  # fmt: skip

    def _apply(self, change: c.Change) -> None:
        match change:
            case c.ConsentGranted():
                self.context = replace(self.context, consents=self.context.consents | {change.purpose})
            case c.ProfileSaved():
                self.context = replace(self.context, profile=change.after)
            case c.OnboardingMoved():
                self.context = replace(self.context, onboarding=change.state, is_new=False)
            case c.QuestionOpened():
                self.context = replace(self.context, question=change.question)
            case c.TaskMarked():
                tasks = tuple(
                    replace(one, status=change.status) if one.id == change.task_id else one
                    for one in self.context.tasks
                )
                self.context = replace(self.context, tasks=tasks)
            case c.FactRemembered():
                self.facts = (*self.facts, change.fact)
            case c.FactForgotten():
                self.facts = tuple(one for one in self.facts if one.id != change.id)
            case c.AllForgotten():
                self.facts = ()
            case c.WordsSent():
                self.sent = change.last
            case _:
                pass


class Numbers:
    """Ids that count up."""

    def __init__(self) -> None:
        self._last = 1000

    def __call__(self) -> UUID:
        """The next one."""
        self._last += 1
        return UUID(int=self._last)


def ports(memory: MemoryInMemory, model: ScriptedModel | None = None) -> Ports:
    """What a run of the graph may reach."""
    return Ports(
        memory=memory,
        model=model or ScriptedModel(),
        speech=Catalogue(),
        tables=ReferenceTables(),
        match_food=lambda _item: None,
        new_id=Numbers(),
    )
