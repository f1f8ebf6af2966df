"""`keel admin stats`: figures for a person to read and for a program, of an empty house and of one with people."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from bot.admin.stats import as_json, lines
from bot.app import bootstrap
from bot.settings import load_settings
from storage import people
from storage.models.budget import Kind
from storage.people import Contact
from storage.stats import Funnel, Reminded, Stats, Waiting
from storage.usage import Total, Used

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY, TEXT = NOW.date(), "text"
KIND: Kind = "text"


def figures() -> Stats:
    return Stats(
        at=NOW,
        days=7,
        used=((TODAY, Used(KIND, "ok", 2, 1000, 50, 1_250_000)), (TODAY, Used(KIND, "timeout", 1, 400, 0, 0))),
        spent=((TODAY, Total(KIND, 0, 1450, 1_250_000)),),
        funnel=Funnel(4, 1, (1, 0, 2, *[0] * 9)),
        people=9,
        active={1: 3, 7: 5, 30: 8},
        inbox=Waiting(0, None),
        outbox=Waiting(2, NOW.replace(hour=11)),
        reminded=Reminded({"sent": 4, "suppressed": 1}, 3),
    )


@pytest.fixture
def keel(monkeypatch, tmp_path, capsys):
    """`keel admin …` in this process: its exit code, what it printed, what it complained of."""
    from bot.__main__ import main

    monkeypatch.setenv("KEEL_DATABASE", f"sqlite:///{tmp_path / 'keel.db'}")

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["keel", "admin", *arguments])
        code = 0
        try:
            main()
        except SystemExit as done:
            code = int(done.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_person_reads_lines():
    assert lines(figures()) == [
        "Keel at 2026-11-21 12:00 UTC; 7 days",
        "People: 9; heard from 3 in 1 d, 5 in 7 d, 8 in 30 d",
        "Waiting: inbox empty; outbox 2, the oldest for 3600 s",
        "Reminders: 4 sent, 1 suppressed; 3 answered",
        "Onboarding: 4 began, 1 completed (25%)",
        "   0 welcome: 4 reached, 1 stand here",
        "   1 experience: 3 reached, 0 stand here",
        "   2 goals: 3 reached, 2 stand here",
        *(f"  {number:2} {name}: 1 reached, 0 stand here" for number, name in [
            (3, "constraints"), (4, "diet"), (5, "meal structure"), (6, "meal times"), (7, "workouts"),
            (8, "hydration"), (9, "lifestyle"), (10, "review"), (11, "confirm"),
        ]),
        "Model: 3 calls, 1,450 tokens, cost 1.2500",
        "  2026-11-21 text ok: 2 calls, 1,000 + 50 tokens, cost 1.2500",
        "  2026-11-21 text timeout: 1 calls, 400 + 0 tokens, cost 0.0000",
    ]  # fmt: skip


def test_a_program_reads_the_same():
    found = as_json(figures())
    assert json.loads(json.dumps(found)) == found
    assert found["onboarding"]["completion_rate"] == 0.25
    assert found["onboarding"]["steps"][2] == {"step": 2, "name": "goals", "reached": 3, "stopped": 2}
    assert found["outbox"] == {"depth": 2, "oldest_s": 3600.0}
    assert [(call["outcome"], call["cost_micros"]) for call in found["calls"]] == [("ok", 1_250_000), ("timeout", 0)]


def test_the_command_counts_who_is_there_and_names_nobody(keel, tmp_path):
    assert json.loads(keel("stats", "--json")[1])["people"] == 0

    async def meet():
        app = bootstrap(load_settings({}, database=f"sqlite:///{tmp_path / 'keel.db'}"))
        contact = Contact("telegram", "7700099", name="Marker Name")
        await app.database.run_write(lambda s: people.create(s, app.ring, contact, app.clock()))
        await app.close()

    asyncio.run(meet())
    code, out, err = keel("stats", "--days", "1")
    assert (code, err) == (0, "")
    assert "People: 1; heard from 1 in 1 d" in out
    assert "Onboarding: 1 began, 0 completed (0%)" in out
    assert not any(marker in out for marker in ("Marker", "7700099"))


@pytest.mark.parametrize("days", ["0", "91", "-1"])
def test_a_span_that_cannot_be_counted_is_one_sentence(keel, days):
    assert keel("stats", "--days", days) == (2, "", "keel: --days takes a number from 1 to 90\n")
