"""What understanding yields: typed intents and typed facts, the same from rules and from a model.

Nothing here reaches the database by itself: facts are proposals until they were vetted and committed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from agents.domain.profile import Injury, MealTime, Profile, Restriction
from agents.domain.recurrence import Recurrence
from agents.domain.remembering import FactKind
from agents.domain.turn import Attachment

Agent = Literal["intake_safety", "meal_planner", "exercise_coach", "logistics"]

IntentName = Literal[
    # answers to what was asked
    "yes", "no", "skip", "back", "later", "dont_know", "cancel", "undo", "why_ask", "answer",
    # talk
    "greeting", "thanks", "goodbye", "small_talk", "about_bot", "privacy", "help", "feedback",
    # profile
    "start", "give_facts", "correct", "profile_view", "profile_history", "profile_change", "goals_view",
    "remember", "forget", "memory_view",
    # the day and the plan
    "today", "plan_view", "calendar_view", "meals_view", "workout_view", "sleep_view", "shopping_view", "replan",
    "task_done", "task_skip", "task_snooze", "why_plan",
    "swap_meal", "renew_day", "fill_day", "scale_meal", "swap_exercise", "shorten_workout", "move_workout",
    # logs
    "log_food", "log_sets", "log_activity", "log_water", "log_weight", "check_in", "pain", "illness", "progress_view",
    # logistics
    "remind", "reminders_view", "reminder_cancel", "pause", "resume", "quiet_hours", "units", "timezone", "language",
    "settings_view", "delete_me", "export_me", "model_consent", "model_withdraw",
    # neither
    "look", "command_unknown", "question", "unknown",
]  # fmt: skip

ProfileField = Literal[
    "name", "age", "birth_date", "sex", "height_cm", "weight_kg", "target_weight_kg", "target_change_kg",
    "target_weeks", "fitness_level", "regular_exercise", "primary_goal", "secondary_goal",
    "work_activity", "leisure_activity",
    "condition", "symptom", "medication", "injury", "pregnancy_week", "clearance",
    "diet_type", "allergy", "intolerance", "dislike", "religious", "exclusion", "cuisine",
    "meals_per_day", "meal_time", "cooking_skill", "max_prep_minutes", "budget_per_day",
    "equipment", "location", "workout_days", "workout_days_count", "workout_minutes", "workout_time", "modality",
    "water_target_ml", "water_reminders", "energy_level", "stress_level", "sleep_quality", "sleep_hours",
    "wake_time", "bed_time", "morning_brief_time", "evening_checkin_time",
    "timezone", "country", "units",
]  # fmt: skip

FactValue = str | int | float | bool | date | time | tuple[int, ...] | Injury | Restriction | MealTime


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said about the person, with the words it rests on.

    op "set" replaces a single value, "add" adds to a list field (condition, symptom, medication, injury, allergy,
    intolerance, dislike, religious, exclusion, cuisine, equipment, modality, meal_time), "remove" takes one value
    back ("I can eat eggs again"), "none" says the list is empty ("no allergies"; the value is then "").
    """

    field: ProfileField
    value: FactValue
    quote: str
    op: Literal["set", "add", "remove", "none"] = "set"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that looked like a fact but cannot be one ("weight 4000 kg"): kept so that the answer can say so.

    `reason` is a short code: out_of_range, unknown_word, ambiguous, impossible_time, in_the_future. `low`, `high` are
    the limits in the field's unit where there are any.
    """

    field: ProfileField
    quote: str
    reason: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """ "no, 82 not 28": the new value, the old one if said, and the field if it is clear from the words."""

    new: str
    old: str | None = None
    field: ProfileField | None = None


@dataclass(frozen=True, slots=True)
class Remind:
    """A wish to be reminded. `recurrence` is None when no time was understood: then it is asked."""

    title: str
    recurrence: Recurrence | None
    time_is_explicit: bool = True
    problem: str | None = None  # impossible_time, in_the_past


@dataclass(frozen=True, slots=True)
class FoodItem:
    """One food of a sentence. `grams` is set only where it was stated as mass; `unit` is the word used ("slice")."""

    name: str
    quantity: float | None = None
    unit: str | None = None
    grams: float | None = None
    ml: float | None = None


@dataclass(frozen=True, slots=True)
class LogFood:
    """What was eaten. `slot` is a code of meal_times where the sentence tells ("for breakfast")."""

    items: tuple[FoodItem, ...]
    slot: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SetEntry:
    """Sets of one exercise: `sets` × `reps` at `weight_kg` (None = body weight, plus `added_kg`)."""

    exercise: str | None
    sets: int
    reps: int | None
    weight_kg: float | None = None
    is_bodyweight: bool = False
    rpe: float | None = None
    duration_seconds: int | None = None
    distance_m: float | None = None


@dataclass(frozen=True, slots=True)
class LogSets:
    """Sets in free notation: "bench 60x8 @8, 3x5x100, bw+10x6"."""

    entries: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class LogActivity:
    """A free activity: "ran 5k in 27:30", "walked 40 min"."""

    activity: str
    minutes: float | None = None
    distance_m: float | None = None
    effort: Literal["light", "moderate", "hard"] | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A single amount: water in ml, weight in kg, a snooze or a session in minutes."""

    value: float
    unit: Literal["ml", "kg", "minutes"]


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How the person says they are; scales 0..10 of science.md R-1, hours for sleep."""

    energy_level: int | None = None
    mood: int | None = None
    mood_label: str | None = None
    stress_level: int | None = None
    soreness_level: int | None = None
    sleep_quality: int | None = None
    sleep_hours: float | None = None
    digestion: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What an order is about: words ("the walk", "lunch"), a number in a list ("2"), a day, "all"."""

    words: str = ""
    number: int | None = None
    on: date | None = None
    everything: bool = False
    minutes: int | None = None
    days: int | None = None  # for how many days, from `on` or today


@dataclass(frozen=True, slots=True)
class FillDay:
    """A wish for the rest of today: the foods at hand that were named, and the meal where one was."""

    foods: tuple[FoodItem, ...] = ()
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Portions:
    """A meal's amounts times `factor`; `people` is set where it is for so many. `words` and `on` as in Target."""

    factor: float
    people: int | None = None
    words: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Remember:
    """Words to keep in mind. `on` is the day of an event; `number` the entry they take the place of, -1 the last."""

    text: str
    kind: FactKind = "memory"
    on: date | None = None
    confidence: float = 1.0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local wall times between which nothing unasked is sent; may cross midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures to be looked at, with the words beside them. No words mean this: it comes of the pictures alone."""

    files: tuple[Attachment, ...]
    said: str = ""
    slot: str | None = None  # the meal the words name


Payload = (
    Remind
    | LogFood
    | LogSets
    | LogActivity
    | Amount
    | CheckIn
    | Target
    | FillDay
    | Photos
    | Portions
    | QuietHours
    | Remember
    | Correction
    | Injury
    | str
    | None
)


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing the person wants. The payload's type follows from the name."""

    name: IntentName
    payload: Payload = None
    confidence: float = 1.0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What surrounds the words: the local now, what was asked last, what is known.

    `expecting` is the code of the open question (a ProfileField or a question code such as "consent"), `options` its
    buttons as (label, data). With it a bare "82" can be a weight and a bare "no" an answer.
    """

    now: datetime  # aware, in the person's zone
    expecting: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    profile: Profile = field(default_factory=Profile)
    locale: str = "en"
    is_forwarded: bool = False
    may_ask_model: bool = False  # the person's own consent to a model provider (data-model 3.5)


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that one message says."""

    intents: tuple[Intent, ...] = ()
    facts: tuple[Fact, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    language: str = "en"
    is_from_model: bool = False
    is_degraded: bool = False  # a model was asked and failed: this is the rules' reading alone

    def has(self, *names: IntentName) -> bool:
        """Whether one of these intents was understood."""
        return any(intent.name in names for intent in self.intents)

    def first(self, *names: IntentName) -> Intent | None:
        """The first intent with one of these names."""
        return next((intent for intent in self.intents if intent.name in names), None)
