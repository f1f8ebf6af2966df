"""What a model may know of a person to talk well: a few plain lines, the same size whatever the history.

Never a name, an id, a contact, a place, a date of birth or a diagnosis: health shows only in how to talk. What the
person typed is scrubbed, cut and put in quotation marks on one line; it is data, and whoever sends it fences it too.
What seldom changes stands first, so that a provider can keep the beginning.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agents.domain.context import Context, PlannedMealView, WorkoutView
from agents.domain.life_stage import spares_weight
from agents.domain.profile import Profile
from agents.domain.pseudonyms import Source, scrubbed
from agents.domain.rationale import hides_numbers
from agents.domain.remembering import Remembered, newest_first

BYTES_PER_TOKEN: Final = 3.5  # an estimate from below the usual four: libraries.md L-41
MOST_TOKENS: Final = 900
MOST_EXCHANGES: Final = 6
_LONGEST: Final = {"quote": 120, "exchange": 140, "name": 60}  # characters
_READ: Final = 800  # characters of a text that are looked at, of which less is kept
_AGE_BANDS: Final = (
    (16, "13 to 15"), (18, "16 or 17"), (30, "18 to 29"), (45, "30 to 44"), (60, "45 to 59"), (75, "60 to 74"),
)  # fmt: skip
_UNMARKED: Final = str.maketrans({'"': "'", "“": "'", "”": "'", "„": "'", "«": "'", "»": "'", "~": "-", "`": "'"})
_OURS: Final[Source] = "ours"
_TYPED: Final[Source] = "talk"
_GENTLE: Final = ("urgent", "emergency", "crisis")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of one subject. With too little room the highest `rank` is left out first, from its first line on."""

    lines: tuple[str, ...]
    rank: int


def digest(context: Context, *, most_tokens: int = MOST_TOKENS) -> str:
    """The lines, in at most so many tokens. Deterministic: the same context gives the same text."""
    names = _names(context.profile)
    sections = (
        _Lines(tuple(_about(context)), 0),
        _Lines(tuple(_remembered(context, names)), 3),
        _Lines(tuple(_today(context, names)), 1),
        _Lines(tuple(_summary(context)), 4),
        _Lines(tuple(_exchanges(context, names)), 2),
    )
    kept = _within(sections, most_tokens)
    return "\n".join(line for lines in kept for line in lines)


def _within(sections: Sequence[_Lines], most_tokens: int) -> list[tuple[str, ...]]:
    """What fits: sections by rank, each from its last line backwards, because the last is the newest or most needed."""
    room = int(most_tokens * BYTES_PER_TOKEN)
    kept: dict[int, tuple[str, ...]] = {}
    for index in sorted(range(len(sections)), key=lambda index: sections[index].rank):
        fitting: list[str] = []
        for line in reversed(sections[index].lines):
            size = len(line.encode()) + 1
            if size > room:
                break
            room -= size
            fitting.append(line)
        kept[index] = tuple(reversed(fitting))
    return [kept[index] for index in range(len(sections))]


def _about(context: Context) -> Iterator[str]:
    """The person in lines that change seldom; the one on how to talk stands last, so that it is never cut."""
    profile = context.profile
    yield f"language: {_word(profile.locale)}; units: {profile.units}; age: {_age_band(profile)}"
    if profile.primary_goal:
        yield f"goal: {_word(profile.primary_goal)}{_pace(profile)}"
    level = [f"training level: {profile.fitness_level}"] if profile.fitness_level else []
    if profile.workout_days:
        level.append(f"trains {len(profile.workout_days)} days a week")
    if level:
        yield "; ".join(level)
    yield from _food(profile)
    yield "talk: " + "; ".join(_how_to_talk(context))


def _age_band(profile: Profile) -> str:
    if profile.age is None:
        return "unknown, so as for a young person"
    return next((band for below, band in _AGE_BANDS if profile.age < below), "75 or older")


def _pace(profile: Profile) -> str:
    """How much there is to change, in words; nothing for those with whom weight is no subject."""
    if spares_weight(profile) or hides_numbers(profile) or not (profile.weight_kg and profile.target_weight_kg):
        return ""
    share = (profile.target_weight_kg - profile.weight_kg) / profile.weight_kg
    if abs(share) < 0.01:
        return ", at the weight they want"
    much = "a little" if abs(share) < 0.05 else "some" if abs(share) < 0.12 else "a lot of"
    return f", {much} weight to {'lose' if share < 0 else 'gain'}, at a gentle pace"


def _food(profile: Profile) -> Iterator[str]:
    if profile.diet_type:
        yield f"diet: {_word(profile.diet_type)}"
    for kind, words in (("allergy", "allergies"), ("intolerance", "intolerances"), ("religious", "faith"),
                        ("exclusion", "does not eat"), ("dislike", "dislikes")):  # fmt: skip
        codes = dict.fromkeys(_word(one.code) for one in profile.restrictions if one.kind == kind)
        named = [_plain(code, _names(profile), _LONGEST["name"]) for code in codes][:8]
        if named:
            yield f"{words}: {', '.join(named)}"


def _how_to_talk(context: Context) -> Iterator[str]:
    """What health, age and mood change about the tone; why is not said."""
    profile = context.profile
    yield "warm, short, never guilt"
    if spares_weight(profile) or hides_numbers(profile):
        yield "no weights, calories or shapes, and nothing about losing weight"
    if _is_careful(profile):
        yield "no pushing in training: a clinician comes first"
    if context.last_safety in _GENTLE:
        yield "very gently: something serious came up lately"
    if context.settings.paused_until and context.settings.paused_until > context.now:
        yield "they asked for a pause"


def _is_careful(profile: Profile) -> bool:
    return bool(profile.conditions or profile.symptoms or profile.injuries) or profile.pregnancy_week is not None


def _remembered(context: Context, names: tuple[str, ...]) -> Iterator[str]:
    """Oldest first: with too little room the newest stay."""
    current = [one for one in newest_first(context.remembered, context.today) if not one.is_over(context.today)]
    for one in reversed(current):
        yield f"said to be remembered{_when(one, context)}: {_quoted(one.text, names, _LONGEST['quote'], context)}"


def _when(one: Remembered, context: Context) -> str:
    if one.on is None:
        return ""
    days = (one.on - context.today).days
    return " (today)" if days == 0 else " (tomorrow)" if days == 1 else f" (in {days} days)"


def _today(context: Context, names: tuple[str, ...]) -> Iterator[str]:
    """The day in a line or two, and last what is being asked: that is needed most."""
    if meals := [_meal(meal, names) for meal in context.meals if meal.local_date == context.today][:8]:
        yield f"meals today: {'; '.join(meals)}"
    if sessions := [_session(one, names) for one in context.workouts if one.local_date == context.today][:3]:
        yield f"training today: {'; '.join(sessions)}"
    if context.tasks:
        yield _adherence(context)
    yield f"now: {context.local_now:%A} {_part_of_day(context.local_now.hour)}"
    if asked := _asked(context):
        yield asked


def _meal(meal: PlannedMealView, names: tuple[str, ...]) -> str:
    return f"{_word(meal.slot)} {_plain(meal.name, names, _LONGEST['name'])} ({meal.status})"


def _session(session: WorkoutView, names: tuple[str, ...]) -> str:
    return f"{_plain(session.name, names, _LONGEST['name'])}, {session.minutes} min ({session.status})"


def _adherence(context: Context) -> str:
    due = [task for task in context.tasks if task.due_on == context.today]
    done = sum(task.status == "completed" for task in due)
    skipped = sum(task.status == "skipped" for task in due)
    left = sum(task.status == "pending" and task.due_on < context.today for task in context.tasks)
    older = f"; {left} still open from yesterday" if left else ""
    return f"tasks today: {done} of {len(due)} done, {skipped} skipped{older}"


def _part_of_day(hour: int) -> str:
    return "night" if hour < 5 or hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _asked(context: Context) -> str:
    if context.onboarding.is_open and context.onboarding.pending:
        return f"still getting to know each other; open question: {_word(context.onboarding.pending)}"
    question = context.question
    return f"open question: {_word(question.code)}" if question and question.hears_words(context.now) else ""


def _summary(context: Context) -> Iterator[str]:
    yield from (f"earlier, {line}" for line in context.summary.splitlines())


def _exchanges(context: Context, names: tuple[str, ...]) -> Iterator[str]:
    for one in context.exchanges[-MOST_EXCHANGES:]:
        who, source = ("Keel", _OURS) if one.is_ours else ("they", _TYPED)
        yield f"lately, {who} said: {_quoted(one.text, names, _LONGEST['exchange'], context, source=source)}"


def _quoted(text: str, names: tuple[str, ...], longest: int, context: Context, *, source: Source = "talk") -> str:
    hides = spares_weight(context.profile) or hides_numbers(context.profile)
    return f'"{_plain(text, names, longest, hides_weight=hides, source=source)}"'


def _plain(
    text: str, names: Iterable[str], longest: int, *, hides_weight: bool = False, source: Source = "ours"
) -> str:
    """One line without what tells who it is, without marks that could end a quotation, and not longer than this.

    It is cut after the scrubbing, so that half a number or half a name cannot pass; of what is far longer the end is
    not even looked at.
    """
    if len(text) > _READ:
        text = text[:_READ].rsplit(maxsplit=8)[0]
    known = scrubbed(text, names, hides_weight=hides_weight, source=source)
    line = " ".join(known.translate(_UNMARKED).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _names(profile: Profile) -> tuple[str, ...]:
    return (profile.name,) if profile.name else ()


def _word(code: str) -> str:
    return code.replace("_", " ")
