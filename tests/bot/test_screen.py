"""A conversation at the terminal: what is typed, what appears, and how it ends."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from agents.domain.blocks import File
from agents.domain.turn import Button, Message
from bot import durations
from bot.app import App
from bot.console import Conversation
from bot.screen import ADVANCE_HELP, BROKEN, FAREWELL, FIRST_CONTACT, GREETING, HOW_TO_CHOOSE, WORKING, Screen
from bot.spoken import Spoken
from storage.errors import DatabaseFull

START = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
YES_NO = ((Button("Yes", "q:yes"), Button("No", "q:no")),)
ROOT = Path(__file__).parents[2]


def reply(text: str, **fields: Any) -> Message:
    return Message("logistics", fields.pop("kind", "reply"), text, fields.pop("at", START), **fields)


class Talk:
    """A conversation in memory: answers from a script, and what is due from a timetable."""

    def __init__(self, *answers: Message | Exception, is_known: bool = True) -> None:
        self.person = object() if is_known else None
        self.zone = ZoneInfo("Europe/Berlin")
        self.now = START
        self.answers = list(answers)
        self.left_over: list[Message] = []
        self.due: list[Message] = []
        self.heard: list[Spoken] = []
        self.sent: list[str] = []
        self.work: Callable[[], Any] = lambda: asyncio.sleep(0)
        self.shown_fails = False

    def clock(self) -> datetime:
        return self.now

    async def open(self) -> AsyncIterator[Message]:
        for message in self.left_over:
            yield message

    async def say(self, spoken: Spoken) -> tuple[None, list[Message]]:
        self.heard.append(spoken)
        await self.work()
        answer = self.answers.pop(0) if self.answers else reply("Fine.")
        if isinstance(answer, Exception):
            raise answer
        return None, [answer]

    async def pending(self) -> list[Message]:
        due, self.due = self.due, []
        return due

    async def shown(self, messages: list[Message]) -> None:
        if self.shown_fails:
            raise DatabaseFull("no room is left")
        self.sent += [message.text for message in messages]

    async def advance(self, by: str) -> AsyncIterator[Message]:
        end = self.now + durations.parse(by)
        for message in sorted(self.due, key=lambda due: due.at):
            self.now = message.at
            yield message
        self.now = end


class House:
    """The parts of an App that a screen touches."""

    def __init__(self) -> None:
        self.settings = SimpleNamespace(tick_seconds=1, log_level="warning", data_dir=Path("/nowhere/to/be/found"))
        self.is_closed = False
        self.on_tick: Callable[[], None] = lambda: None

    async def tick(self) -> int:
        self.on_tick()
        return 0

    async def close(self) -> None:
        self.is_closed = True


def typing(*said: str) -> Callable[[str], str]:
    """A keyboard with these lines on it, then Ctrl-D."""
    lines = iter(said)

    def read(_prompt: str) -> str:
        for line in lines:
            return line
        raise EOFError

    return read


def seen(talk: Talk, read: Callable[[str], str], house: House | None = None, **console: Any) -> str:
    """Everything on the screen at the end of a session."""
    house, file = house or House(), StringIO()
    paper = Console(file=file, width=console.pop("width", 80), highlight=False, color_system=None, **console)
    Screen(cast("App", house), cast("Conversation", talk), console=paper, read=read).run()
    assert house.is_closed
    assert not [thread for thread in threading.enumerate() if thread.name == "keel-loop"]
    return file.getvalue()


def flat(text: str) -> str:
    """The words, however they were wrapped."""
    return " ".join(text.split())


def test_a_session_greets_answers_and_says_goodbye() -> None:
    talk = Talk(reply("Good morning to you."))
    text = flat(seen(talk, typing("good morning")))
    places = [text.index(words) for words in (GREETING, "Good morning to you.", FAREWELL)]
    assert places == sorted(places)
    assert talk.heard == [Spoken(text="good morning")]
    assert talk.sent == ["Good morning to you."]


def test_a_first_contact_is_shown_how_to_begin_and_nothing_is_said_for_them() -> None:
    talk = Talk(is_known=False)
    assert FIRST_CONTACT in seen(talk, typing())
    assert talk.heard == []


def test_somebody_known_is_not_told_how_to_begin_and_sees_what_was_left_over() -> None:
    talk = Talk()
    talk.left_over = [reply("This was waiting.")]
    text = seen(talk, typing())
    assert FIRST_CONTACT not in text
    assert "This was waiting." in text


def test_a_number_taps_where_it_is_a_choice_and_is_an_answer_elsewhere() -> None:
    age = ((Button("I would rather not say", "onb:age:unsaid"),),)
    talk = Talk(reply("How old?", buttons=age), reply("Sure?", buttons=YES_NO), reply("Again?", buttons=YES_NO))
    seen(talk, typing("hello", "34", "2", "yes", "1"))
    assert talk.heard == [
        Spoken(text="hello"),
        Spoken(text="34"),
        Spoken(tap="q:no"),
        Spoken(tap="q:yes"),
        Spoken(text="1"),  # nothing was offered any more
    ]


def test_choosing_is_explained_once() -> None:
    text = seen(Talk(reply("One?", buttons=YES_NO), reply("Two?", buttons=YES_NO)), typing("x", "y"))
    assert text.count(HOW_TO_CHOOSE) == 1
    assert text.count("[1] Yes   [2] No") == 2


@pytest.mark.parametrize("word", ["/quit", "/exit", " /QUIT "])
def test_leaving_words_leave_and_never_reach_the_coach(word: str) -> None:
    talk = Talk()
    assert FAREWELL in seen(talk, typing(word, "still here"))
    assert talk.heard == []


def test_empty_lines_are_no_turns() -> None:
    talk = Talk()
    seen(talk, typing("", "   ", "\t"))
    assert talk.heard == []


def test_other_commands_are_for_the_coach() -> None:
    talk = Talk()
    seen(talk, typing("/help", "/advanced ideas"))
    assert [spoken.text for spoken in talk.heard] == ["/help", "/advanced ideas"]


@pytest.mark.parametrize("by", ["8h", "PT8H", "7h 60m"])
def test_advancing_prints_what_fires_in_order_with_its_local_time(by: str) -> None:
    talk = Talk()
    talk.due = [
        reply("Walk.", kind="reminder", at=START + timedelta(hours=5)),
        reply("How are you?", kind="check_in", at=START + timedelta(hours=2)),
    ]
    text = seen(talk, typing(f"/advance {by}"))
    words = (
        "Check-in, Mon 23 Nov, 09:00",
        "How are you?",
        "Reminder, Mon 23 Nov, 12:00",
        "Walk.",
        "It is now Mon 23 Nov, 15:00.",
    )
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("by", ["", " soon", " -2h", " 99999d", " 8", " [bold]"])
def test_a_duration_that_is_none_gets_a_kind_error(by: str) -> None:
    talk = Talk()
    assert ADVANCE_HELP in flat(seen(talk, typing(f"/advance{by}", "hello")))
    assert talk.now == START
    assert talk.heard == [Spoken(text="hello")]


def test_what_comes_due_while_nobody_types_appears_above_the_prompt() -> None:
    talk, house, file = Talk(), House(), StringIO()
    rung = threading.Event()
    house.on_tick = lambda: talk.due.append(reply("Drink.", kind="reminder")) if not talk.sent else rung.set()

    def read(prompt: str) -> str:
        file.write(prompt)
        assert rung.wait(20)
        raise EOFError

    paper = Console(file=file, width=60, force_terminal=True, color_system=None)
    Screen(cast("App", house), cast("Conversation", talk), console=paper, read=read).run()
    before, _, after = file.getvalue().partition("Reminder, Mon 23 Nov, 07:00")
    assert before.endswith("> \r\x1b[1A\x1b[J\n")
    assert after.split("Drink.")[1].strip(" \n").startswith("> ")
    assert talk.sent == ["Drink."]


def test_a_tick_that_fails_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    talk, house, failed = Talk(), House(), threading.Event()

    def fail() -> None:
        failed.set()
        raise DatabaseFull("no room is left")

    house.on_tick = fail

    def read(_prompt: str) -> str:
        if talk.heard:
            raise EOFError
        assert failed.wait(20)
        return "hello"

    assert "Fine." in seen(talk, read, house)
    assert "the tick failed" in [record.getMessage() for record in caplog.records]


def test_a_turn_that_breaks_says_so_and_the_next_one_is_answered(caplog: pytest.LogCaptureFixture) -> None:
    text = flat(seen(Talk(RuntimeError("boom"), reply("Better.")), typing("one", "two")))
    assert text.index(BROKEN) < text.index("Better.")
    assert "boom" not in text
    assert [record.getMessage() for record in caplog.records] == ["the conversation stumbled"]


def test_an_answer_that_cannot_be_noted_as_sent_is_still_shown() -> None:
    talk = Talk(reply("Here it is."))
    talk.shown_fails = True
    text = seen(talk, typing("hello"))
    assert "Here it is." in text
    assert BROKEN[:20] not in text


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_long_turn_shows_a_sign_of_life_on_a_terminal_only(is_terminal: bool) -> None:
    talk = Talk()
    talk.work = lambda: asyncio.sleep(0.8)
    text = seen(talk, typing("plan my week"), force_terminal=is_terminal)
    assert (WORKING in text) is is_terminal
    assert "Fine." in text


def test_a_short_turn_shows_no_sign_of_life() -> None:
    assert WORKING not in seen(Talk(), typing("hello"), force_terminal=True)


def test_ctrl_c_at_the_prompt_leaves() -> None:
    def read(_prompt: str) -> str:
        raise KeyboardInterrupt

    assert FAREWELL in seen(Talk(), read)


def test_ctrl_c_in_the_middle_of_a_turn_lets_it_commit_and_leaves() -> None:
    talk = Talk(reply("Saved your weight."))

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0.5)

    talk.work = work
    text = seen(talk, typing("82 kg", "never read"))
    assert text.index("Saved your weight.") < text.index(FAREWELL)
    assert talk.sent == ["Saved your weight."]
    assert len(talk.heard) == 1


def test_leaving_waits_for_a_turn_only_so_long() -> None:
    talk, house, begun = Talk(), House(), threading.Event()

    async def work() -> None:
        begun.set()
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(60)

    talk.work = work
    paper = Console(file=StringIO(), color_system=None)
    started = time.monotonic()
    Screen(cast("App", house), cast("Conversation", talk), console=paper, read=typing("go"), grace_s=0.3).run()
    assert begun.is_set()
    assert time.monotonic() - started < 10
    assert talk.sent == []


def keel(*words: str, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, **options.pop("env", {})}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False, **options)


def test_the_real_program_answers_a_pipe_and_exits_with_success(tmp_path: Path) -> None:
    """Sixty columns, no colours, an ASCII terminal and bytes that are no text."""
    done = keel(
        *("-m", "bot", "chat", "--database", f"sqlite:///{tmp_path}/k.db", "--now", "2026-11-23T07:00:00+01:00"),
        input=b"hello\n\n/advance 8h\n" + b"\xff\xfe\x00 [/bold]\n/advance later\n",
        env={"COLUMNS": "60", "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "ascii"},
    )
    text = done.stdout.decode("ascii")
    assert done.returncode == 0, done.stderr
    assert FIRST_CONTACT in text
    assert "[1] " in text
    assert "It is now Mon 23 Nov, 15:00." in text
    assert "Try /advance 8h" in text
    assert text.rstrip().endswith(FAREWELL)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 60


FIRST_PROMPT = """
import builtins, sys, types
from bot.settings import load_settings
from bot.terminal import chat_in_terminal
heavy = ("langgraph", "langchain", "langchain_core", "aiogram", "telegram", "dateparser", "matplotlib",
         "openai", "apscheduler")
def prompt(words):
    sys.stderr.write("prompt " + ",".join(name for name in heavy if name in sys.modules))
    raise EOFError
builtins.input = prompt
sys.stdin = types.SimpleNamespace(closed=False, isatty=lambda: True)
chat_in_terminal(load_settings(database=sys.argv[1]), "me", None)
"""


def test_nothing_heavy_is_imported_before_the_first_prompt(tmp_path: Path) -> None:
    done = keel("-c", FIRST_PROMPT, f"sqlite:///{tmp_path}/k.db")
    assert done.stderr.decode() == "prompt "


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path: Path) -> None:
    command = f"yes hello | head -5 | {sys.executable} -m bot chat --database sqlite:///{tmp_path}/k.db | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_is_saved_and_where_is_said(tmp_path: Path) -> None:
    house, week = House(), File("week.ics", "text/calendar", b"BEGIN:VCALENDAR")
    house.settings.data_dir = tmp_path
    talk = Talk(reply("Your week.", cards=(week,), kind="document"))
    text = flat(seen(talk, typing("calendar file"), house, width=200))
    assert f"Saved as {tmp_path / 'files' / 'week.ics'}" in text
    assert (tmp_path / "files" / "week.ics").read_bytes() == week.data


def test_a_file_that_cannot_be_saved_does_not_end_the_conversation(tmp_path: Path) -> None:
    house, week = House(), File("week.ics", "text/calendar", b"x")
    (tmp_path / "files").write_text("no folder")
    house.settings.data_dir = tmp_path
    text = flat(seen(Talk(reply("Your week.", cards=(week,), kind="document")), typing("calendar", "more"), house))
    assert "could not be saved here" in text
    assert FAREWELL in text
