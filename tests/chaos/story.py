"""What a seed makes happen: who writes what, what breaks, when each life ends. Pure: one seed, one story."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.chaos.cast import GROUP, LOCK, NEARLY, NEWCOMERS, REGULARS
from tests.chaos.deaths import Death

LONGEST_MS = 1500  # of the machine: half a minute of the story
FARTHEST = {"await": 900, "statement": 240, "commit": 45, "committed": 45, "asked": 28, "told": 28, "moment": 1200}
MORNING = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)  # Berlin is an hour ahead
BEGINNINGS = (
    (MORNING, 6), (datetime(2026, 3, 2, 20, 26, tzinfo=UTC), 3), (datetime(2026, 3, 3, 6, 13, tzinfo=UTC), 2),
    (datetime(2026, 3, 2, 17, 44, tzinfo=UTC), 2),
)  # fmt: skip
EMERGENCIES = ("I have crushing chest pain and cannot breathe", "I took 40 sleeping pills an hour ago")
CRISES = ("I want to kill myself", "I do not want to live any more, I will end it tonight")
PLAIN = ("/today", "/help", "/privacy", "/profile", "hello", "thank you", "what is on today?", "/reminders")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one update changes, exactly once: a kind of row and the value that tells it from all others."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens `at_ms` after the beginning."""

    at_ms: int
    what: str
    who: int = 0
    text: str = ""
    effect: Effect | None = None
    is_red_flag: bool = False
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Fall:
    """How one life ends, and how far the wall clock jumps before the next one."""

    death: Death
    skip_s: float = 0.0


@dataclass(frozen=True)
class Story:
    """One seed's."""

    seed: int
    engine: str
    starts_at: datetime
    acts: tuple[Act, ...]
    falls: tuple[Fall, ...]
    last_skip_s: float = 0.0
    themes: tuple[str, ...] = field(default=())

    @property
    def breaks_database(self) -> bool:
        """Whether the database may refuse for a while: then an update may honestly fail."""
        return any(act.what in ("disk", "lock", "limit", "terminate", "crash") for act in self.acts)


class _Pen:
    """Collects acts. Every logged value of a story differs from the others, so that each is found again."""

    def __init__(self, rng: Random, starts_at: datetime) -> None:
        self.rng, self.starts_at = rng, starts_at
        self.acts: list[Act] = []
        self._numbers = iter(range(1, 100))
        self._silent: dict[int, int] = {}

    def moment(self) -> int:
        return self.rng.randrange(LONGEST_MS)

    def add(self, what: str, who: int = 0, text: str = "", *, at_ms: int | None = None, **more: Any) -> None:
        """One act at some time; nobody says anything after their /delete."""
        when = self.moment() if at_ms is None else at_ms
        if who in self._silent and what in ("say", "tap", "tap_newest", "file"):
            when = min(when, self._silent[who] - 1)
        self.acts.append(Act(max(0, when), what, who, text, **more))

    def hush(self, who: int, at_ms: int) -> None:
        """This person's last act is then."""
        self._silent[who] = at_ms
        said = ("say", "tap", "tap_newest", "swap", "file")
        self.acts = [a for a in self.acts if not (a.who == who and a.what in said and a.at_ms >= at_ms)]

    def number(self) -> int:
        return next(self._numbers)


def story(seed: int, engine: str = "sqlite") -> Story:
    """The story of a seed."""
    rng = Random(f"keel-chaos-{seed}")
    starts_at = rng.choices([b for b, _ in BEGINNINGS], [w for _, w in BEGINNINGS])[0]
    starts_at += timedelta(seconds=rng.randrange(60))
    pen = _Pen(rng, starts_at)
    people = _people(rng)
    for person in people:
        _talk(pen, person, rng.randint(2, 4))
    themes = tuple(_themes(rng, engine))
    for theme in themes:
        _THEMES[theme](pen, people)
    falls = tuple(_falls(rng))
    skip = rng.choice((0.0, 0.0, 0.0, 600.0, 3 * 3600.0, 11 * 3600.0))
    return Story(seed, engine, starts_at, tuple(sorted(pen.acts, key=lambda a: a.at_ms)), falls, skip, themes)


def _people(rng: Random) -> tuple[int, ...]:
    regulars = rng.sample(REGULARS, rng.randint(1, len(REGULARS)))
    return (*regulars, NEWCOMERS[0]) if rng.random() < 0.2 else tuple(regulars)


def _falls(rng: Random) -> Iterator[Fall]:
    """One to four deaths. Steps are drawn so that early and late ones are as likely, decade by decade."""
    for _ in range(rng.choice((1, 2, 2, 3, 3, 4))):
        kind = rng.choice((*FARTHEST, "committed", "told"))
        step = int(math.exp(rng.uniform(0, math.log(FARTHEST[kind]))))
        skip = rng.choice((0.0,) * 7 + (90.0, 1500.0, 3 * 3600.0))
        yield Fall(Death(kind, max(1, step)), skip)


def _talk(pen: _Pen, person: int, count: int) -> None:
    if person in NEWCOMERS:
        at = pen.moment() // 2
        pen.add("say", person, "/start", at_ms=at)
        pen.add("tap", person, "onb:consent:yes", at_ms=at + 1)
        return
    for _ in range(count):
        pen.rng.choices(list(_LINES), list(_LINES.values()))[0](pen, person)


def _drink(pen: _Pen, person: int) -> None:
    ml = 200 + pen.number()
    pen.add("say", person, f"drank {ml} ml", effect=Effect("water", str(ml)))


def _weigh(pen: _Pen, person: int) -> None:
    kg = 80 + pen.number() / 10
    pen.add("say", person, f"I weigh {kg:.1f} kg", effect=Effect("weight", f"{kg:.1f}"))


def _move(pen: _Pen, person: int) -> None:
    minutes = 20 + pen.number()
    pen.add("say", person, f"log {minutes} minutes of yoga", effect=Effect("activity", str(minutes)))


def _remind(pen: _Pen, person: int) -> None:
    """A reminder that becomes due while the story lasts, or shortly after a jump of the clock."""
    local = pen.starts_at + timedelta(hours=1, minutes=1 + pen.number() % 40)
    pen.add(
        "say", person, f"remind me at {local:%H:%M} to water plant {pen.number()}",
        effect=Effect("reminder", f"{local:%H:%M}"),
    )  # fmt: skip


def _ask(pen: _Pen, person: int) -> None:
    pen.add("say", person, pen.rng.choice(PLAIN))


def _tap(pen: _Pen, person: int) -> None:
    """Whatever the newest reminder offers, often twice."""
    at = pen.moment()
    for again in range(pen.rng.choice((1, 2))):
        pen.add("tap_newest", person, pen.rng.choice(("firing:done", "firing:snooze10")), at_ms=at + again)


_LINES: dict[Callable[[_Pen, int], None], int] = {_drink: 6, _weigh: 2, _move: 2, _remind: 3, _ask: 2, _tap: 2}


def _themes(rng: Random, engine: str) -> Iterator[str]:
    """What else goes wrong."""
    for name, chance in _CHANCES.items():
        if rng.random() < chance:
            yield name
    broken = ("terminate", "crash") if engine == "postgres" else ("disk", "lock", "limit")
    if rng.random() < 0.3:
        yield rng.choice(broken)


def _repeats(pen: _Pen, _people: tuple[int, ...]) -> None:
    for _ in range(pen.rng.randint(1, 4)):
        pen.add("repeat", values=(pen.rng.randrange(100),))


def _swaps(pen: _Pen, people: tuple[int, ...]) -> None:
    person = pen.rng.choice(people)
    if person in NEWCOMERS:
        return
    first, second = 200 + pen.number(), 200 + pen.number()
    pen.add("swap", person, values=(first, second))


def _storm(pen: _Pen, people: tuple[int, ...]) -> None:
    """429, to everybody or to one chat."""
    for _ in range(pen.rng.randint(1, 3)):
        chat = pen.rng.choice((0, *people))
        pen.add("fail", chat, values=("sendMessage", 429, pen.rng.randint(1, 4), pen.rng.choice((1, 2, 5, 30))))


def _stumble(pen: _Pen, people: tuple[int, ...]) -> None:
    """Errors and broken connections, before and after the call took effect."""
    for _ in range(pen.rng.randint(1, 4)):
        method = pen.rng.choice(("sendMessage", "sendMessage", "getUpdates", "answerCallbackQuery", "getMe"))
        status = pen.rng.choice((500, 502, 0, -1))
        chat = pen.rng.choice((0, *people)) if method == "sendMessage" else 0
        pen.add("fail", chat, values=(method, status, pen.rng.randint(1, 2), None))


def _conflict(pen: _Pen, _people: tuple[int, ...]) -> None:
    pen.add("fail", values=("getUpdates", 409, 1, None))


def _shut_out(pen: _Pen, people: tuple[int, ...]) -> None:
    pen.add("fail", pen.rng.choice(people), values=("sendMessage", 403, 1, None))


def _membership(pen: _Pen, people: tuple[int, ...]) -> None:
    person, at = pen.rng.choice(people), pen.moment()
    pen.add("kicked", person, at_ms=at)
    pen.add("member", person, at_ms=at + pen.rng.randrange(200))


def _red_flag(pen: _Pen, people: tuple[int, ...]) -> None:
    words = pen.rng.choice((*EMERGENCIES, *CRISES))
    pen.add("say", pen.rng.choice(people), words, is_red_flag=True)


def _deletion(pen: _Pen, people: tuple[int, ...]) -> None:
    person, at = pen.rng.choice(people), pen.rng.randrange(300, LONGEST_MS)
    pen.hush(person, at)
    pen.acts.append(Act(at, "say", person, "/delete"))
    pen.acts.append(Act(at + 1, "tap", person, "delete:yes", Effect("erased", "")))


def _locking(pen: _Pen, _people: tuple[int, ...]) -> None:
    at = pen.moment()
    pen.add("say", NEARLY, "/start", at_ms=at)  # the question is asked again
    pen.add("tap", NEARLY, LOCK, at_ms=at + 1, effect=Effect("lock", "1"))


def _oddities(pen: _Pen, people: tuple[int, ...]) -> None:
    """What a bot hears besides people's words."""
    pen.add("odd", values=("poll_of_the_future",))
    pen.add("odd", values=("message",))
    pen.add("group", GROUP, "@keel_test_bot hello")
    pen.add("group", GROUP, "anybody?")
    pen.add("file", pen.rng.choice(people))


def _clock_jumps(pen: _Pen, _people: tuple[int, ...]) -> None:
    pen.add("skip", values=(pen.rng.choice((30.0, 600.0, 7200.0, -20.0, -90.0)),))


def _disk(pen: _Pen, _people: tuple[int, ...]) -> None:
    _for_a_while(pen, "disk")


def _limit(pen: _Pen, _people: tuple[int, ...]) -> None:
    _for_a_while(pen, "limit")


def _lock(pen: _Pen, _people: tuple[int, ...]) -> None:
    _for_a_while(pen, "lock")


def _for_a_while(pen: _Pen, what: str) -> None:
    at = pen.rng.randrange(LONGEST_MS - 300)
    pen.add(what, at_ms=at, values=(True,))
    pen.add(what, at_ms=at + pen.rng.choice((60, 300, 900, 1500)), values=(False,))


def _terminate(pen: _Pen, _people: tuple[int, ...]) -> None:
    for _ in range(pen.rng.randint(1, 4)):
        pen.add("terminate")


def _crash(pen: _Pen, _people: tuple[int, ...]) -> None:
    pen.add("crash")


_THEMES: dict[str, Callable[[_Pen, tuple[int, ...]], None]] = {
    "repeats": _repeats, "swaps": _swaps, "storm": _storm, "stumble": _stumble, "conflict": _conflict,
    "shut out": _shut_out, "membership": _membership, "red flag": _red_flag, "deletion": _deletion,
    "locking": _locking, "oddities": _oddities, "clock": _clock_jumps, "disk": _disk, "limit": _limit, "lock": _lock,
    "terminate": _terminate, "crash": _crash,
}  # fmt: skip
_CHANCES = {
    "repeats": 0.5, "swaps": 0.25, "storm": 0.3, "stumble": 0.4, "conflict": 0.05, "shut out": 0.06, "membership": 0.06,
    "red flag": 0.25, "deletion": 0.12, "locking": 0.03, "oddities": 0.15, "clock": 0.1,
}  # fmt: skip


def chosen(count: int) -> list[int]:
    """So many seeds that hold every fault and every way to die between them: first those that add most, each time."""
    left = {seed: _holds(story(seed)) for seed in range(count * 6)}
    found: list[int] = []
    missing = set().union(*left.values())
    while missing and len(found) < count:
        best = max(left, key=lambda seed: (len(left[seed] & missing), -seed))
        found.append(best)
        missing -= left.pop(best)
    return sorted([*found, *list(left)[: count - len(found)]])


def _holds(told: Story) -> set[str]:
    return {*told.themes, *(f"dies: {fall.death.kind}" for fall in told.falls)}
