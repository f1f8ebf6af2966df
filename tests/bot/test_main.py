"""The command line: exit codes, one sentence on stderr, nothing else on stdout."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import UsageError, _instant, main
from tests.support.keel import run

DANGER = "I have crushing chest pain and cannot breathe"


def called(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """`keel …` in this process; the exit code."""
    monkeypatch.setattr("sys.argv", ["keel", *arguments])
    try:
        main()
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def test_an_instant_needs_an_offset() -> None:
    assert _instant("") is None
    assert _instant("2026-11-23T07:00:00+01:00") == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert _instant("2026-11-23T07:00:00Z") == datetime(2026, 11, 23, 7, tzinfo=UTC)
    for text in ("2026-11-23T07:00:00", "yesterday", "2026-13-01T00:00:00Z", "7"):
        with pytest.raises(UsageError, match="--now"):
            _instant(text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("chat", "--colour"),
        ("dance",),
        ("chat", "--now"),
        ("migrate", "--database", "mysql://x/y"),
        ("chat", "--json", "--now", "2026-11-23T07:00:00"),
        ("chat", "--json", "--database", "mysql://x/y"),
    ],
)
def test_a_wrong_call_is_exit_code_two_and_one_sentence(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("keel: ")
    assert len(shown.err.strip().splitlines()) == 1


def test_help_is_exit_code_zero(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(monkeypatch, "--help") == 0
    shown = capsys.readouterr().out
    assert all(command in shown for command in ("chat", "triage", "migrate"))


def test_migrate_makes_a_database_and_is_calm_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite:///{tmp_path / 'new' / 'keel.db'}"
    assert called(monkeypatch, "migrate", "--database", address) == 0
    assert "new database" in capsys.readouterr().out
    assert called(monkeypatch, "migrate", "--database", address) == 0
    assert "up to date" in capsys.readouterr().out


def test_migrate_brings_an_older_database_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from storage import schema

    address = f"sqlite:///{tmp_path / 'keel.db'}"
    schema.upgrade(address, "004")
    assert called(monkeypatch, "migrate", "--database", address) == 0
    assert "brought up to date" in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "keel.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (schema.HEAD,)


def test_triage_judges_each_line_and_survives_any_bytes() -> None:
    lines = [DANGER.encode(), b"", b"what is on today?", b"\xff\xfe\x00 \xc3", "مرحبا".encode(), b"x" * 100_000]
    done = run("triage", "--json", stdin=b"\n".join(lines) + b"\n")
    assert (done.returncode, done.stderr) == (0, b"")
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(line) for line in shown] == [["level", "rules"]] * 6
    assert [line["level"] for line in shown][:3] == ["emergency", "none", "none"]


def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.support.surroundings import ROOT, environment

    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "triage", "--json"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate((DANGER + "\n").encode() * 20_000, timeout=60)
    assert b"Traceback" not in errors


@pytest.mark.parametrize("now", ["0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_the_ends_of_time_are_refused_or_survived(now: str, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'keel.db'}"
    lines = b'hello\n{"advance":"P1D"}\nhello\n'
    done = run("chat", "--json", "--database", database, "--now", now, stdin=lines)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)
    if done.returncode == 0:
        assert [json.loads(line)["n"] for line in done.stdout.splitlines() if b'"turn"' in line[:20]] == [1, 2, 3]


def test_now_may_be_centuries_away_but_not_nonsense() -> None:
    assert _instant("2400-01-01T00:00:00Z") == datetime(2400, 1, 1, tzinfo=UTC)
    assert (_instant("2026-11-23T07:00:00+14:00") or datetime.now(UTC)).utcoffset() == timedelta(hours=14)
