"""What one person says in a day of fifty messages: a fixed script, shuffled by a seed, the same for both contenders.

A line is typed as it stands; a line in angle brackets is a tap on the first button of the last answer whose data begins
so. Lines that need each other stand in one tuple and stay together. Every fifth day the person changes their taste and
confirms it, so one turn in 250 makes a new week of meals.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import chain

TURNS_A_DAY = 50
SECONDS_BETWEEN_TURNS = (2, 9)  # shortest and longest pause of somebody who is writing

ABOUT_ME = "34, female, 168 cm, 74 kg, want to lose fat, home with dumbbells, vegetarian, allergic to peanuts"
OPENING = ("hi", "I agree", ABOUT_ME)
MOST_QUESTIONS = 80  # after the opening; the onboarding asks about thirty
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("/today", "<task:done>"),
    ("what's on today?", "<task:skip>", "<undo:>"),
    ("/today", "<task:snooze>"),
    ("show my plan",),
    ("/meals",),
    ("what's for dinner?",),
    ("/workout",),
    ("what is my workout today?",),
    ("/reminders",),
    ("how am I doing?",),
    ("/progress",),
    ("/goals",),
    ("/profile",),
    ("what do you know about me?",),
    ("why this plan?",),
    ("/settings",),
    ("/help",),
    ("drank 300 ml of water",),
    ("/water 250 ml",),
    ("a glass of water", "<undo:>"),
    ("had two eggs and a slice of toast for breakfast",),
    ("I ate a bowl of oatmeal with a banana",),
    ("lunch: 150 g rice, 100 g lentils and a tomato",),
    ("ate an apple", "<undo:>"),
    ("dinner was 200 g tofu with broccoli",),
    ("a coffee with milk",),
    ("bench 60x8 @8",),
    ("squat 3x5x80",),
    ("ran 5k in 27:30",),
    ("walked 40 min",),
    ("energy 7, stress 3, mood good",),
    ("slept 7.5 hours",),
    ("I feel tired today",),
    ("weighed 73.6 kg this morning",),
    ("remind me to call mum tomorrow at 9:00",),
    ("remind me to stretch in 2 hours", "<undo:>"),
    ("hi",),
    ("how are you?",),
    ("thanks!",),
    ("how much protein should I eat?",),
    ("is creatine safe?",),
    ("qwrtz plmk",),
    ("good night",),
)
MAKES_A_PLAN = "<profile:confirm>"
TASTES = (("I don't like mushrooms", MAKES_A_PLAN), ("I like mushrooms again", MAKES_A_PLAN))
GIVE_WAY = (("is creatine safe?",), ("qwrtz plmk",))  # what is not said on such a day
DAYS_BETWEEN_TASTES = 5
SEED = 20_260_523


class NotOnboardedError(Exception):
    """The profile could not be locked by taking the first answer to every question."""


def day(number: int, person: int = 0) -> tuple[str, ...]:
    """The fifty lines of one day (from 0) of one person, always the same."""
    order = random.Random(SEED + 1_000 * person + number)
    blocks = list(BLOCKS)
    weeks, weekday = divmod(number, DAYS_BETWEEN_TASTES)
    if weekday == DAYS_BETWEEN_TASTES - 1:
        blocks = [block for block in blocks if block not in GIVE_WAY] + [TASTES[weeks % len(TASTES)]]
    order.shuffle(blocks)
    return tuple(chain.from_iterable(blocks))


def lines(first: int, count: int, person: int = 0) -> Iterator[str]:
    """`count` lines of one person from line `first` (from 0) of their life on."""
    for number in range(first, first + count):
        yield day(number // TURNS_A_DAY, person)[number % TURNS_A_DAY]


def typed(number: int, person: int = 0) -> str:
    """One line as it is typed; taps need an answer on the screen, so a greeting stands for them."""
    line = next(lines(number, 1, person))
    return "hello" if line.startswith("<") else line


def pause_seconds(number: int, person: int = 0) -> int:
    """How long the person takes before this line."""
    return random.Random(SEED ^ (number * 7_919 + person)).randint(*SECONDS_BETWEEN_TURNS)


def tapped(line: str, buttons: Sequence[str]) -> str | None:
    """The data that a line in angle brackets taps: of the last answer's first fitting button, else of one long gone."""
    if not line.startswith("<"):
        return None
    prefix = line.strip("<>")
    return next((data for data in buttons if data.startswith(prefix)), f"{prefix}:gone")
