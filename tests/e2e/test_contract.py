"""Machine interface 1, word by word: keys, lists of values, order, and nothing else on stdout."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.backstage import recorded
from tests.support.console import Console, Turn
from tests.support.keel import run

MESSAGE_KEYS = ["type", "kind", "agent", "text", "buttons", "cards", "safety", "receipts", "at"]
KINDS = {"reply", "reminder", "check_in", "alert", "document", "photo"}
AGENTS = {"intake_safety", "meal_planner", "exercise_coach", "logistics"}
LEVELS = {"none", "caution", "urgent", "emergency", "crisis"}


@recorded("locked")
def every_form(path: Path) -> SimpleNamespace:
    """One process; every form of line once."""
    said = SimpleNamespace()
    with Console(path) as console:
        said.plain = console.say("what is on today?")
        said.tap_by_label = console.tap(said.plain.buttons[0]["label"])
        said.json_text = console.send(text="what is on today?")
        said.location = console.send(location={"lat": 52.5, "lon": 13.4})
        said.bad_location = console.send(location={"lat": 452.5, "lon": 13.4})
        said.two_keys = console.send(text="hello", tap="view:today")
        said.no_known_key = console.send(words="hello")
        said.wrong_type = console.send(text=5)
        said.null = console.raw(b'{"text":null}')
        said.not_json = console.raw(b'{"text": "what is on today?"')
        said.array = console.raw(b'["text","hello"]')
        said.number = console.raw(b"42")
        said.nested = console.raw(b'{"text":' + b"[" * 20_000 + b"}")
        said.extra_key = console.send(text="thank you", colour="red")
        said.bad_advances = [console.advance(text) for text in ("", "PT0S", "P1Y", "soon", "-PT1H", "P99999999D")]
        said.advances = [console.advance(text) for text in ("PT1H30M", "P1D", "PT1S", "2h")]
        said.water = console.say("drank 300 ml")
        said.chest_pain = console.say("I have crushing chest pain and cannot breathe")
        said.transcript = list(console.transcript)
        said.exit_code = console.close()
        said.rest, said.errors = console.left_over(), console.errors
    return said


def test_every_message_has_exactly_the_keys_and_values_of_the_interface(every_form: SimpleNamespace) -> None:
    messages = [message for turn in every_form.transcript for message in turn.messages]
    assert len(messages) > 25
    for message in messages:
        assert list(message) == MESSAGE_KEYS
        assert message["type"] == "message"
        assert message["kind"] in KINDS
        assert message["agent"] in AGENTS
        assert isinstance(message["text"], str)
        assert list(message["safety"]) == ["level", "rules"]
        assert message["safety"]["level"] in LEVELS
        assert all(isinstance(rule, str) for rule in message["safety"]["rules"])
        assert all(list(button) == ["label", "data"] for row in message["buttons"] for button in row)
        assert all(row for row in message["buttons"])
        assert all(list(card)[:4] == ["type", "title", "columns", "rows"] for card in message["cards"])
        assert all(len(row) == len(card["columns"]) for card in message["cards"] for row in card["rows"])


def test_receipts_are_singular_names_ids_and_past_participles(every_form: SimpleNamespace) -> None:
    receipts = [r for turn in every_form.transcript for m in turn.messages for r in m["receipts"]]
    assert receipts
    for receipt in receipts:
        assert list(receipt) == ["entity", "id", "action"]
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", receipt["id"])
        assert re.fullmatch(r"[a-z_]+(ed|one)", receipt["action"])
        assert not receipt["entity"].endswith("s")
    assert every_form.water.receipts == (("health_metric", "created"),)


def test_at_is_an_instant_with_the_persons_offset_on_every_message(every_form: SimpleNamespace) -> None:
    for turn in every_form.transcript:
        for message in turn.messages:
            assert datetime.fromisoformat(message["at"]).utcoffset() == timedelta(hours=1), message["at"]
    assert every_form.plain.messages[0]["at"] == "2026-11-23T07:00:00+01:00"


def test_a_turn_object_ends_each_line_and_counts_them(every_form: SimpleNamespace) -> None:
    assert [turn.end["n"] for turn in every_form.transcript] == list(range(1, len(every_form.transcript) + 1))
    for turn in every_form.transcript:
        assert list(turn.end) == ["type", "n", "ms", "llm_calls", "tokens"]
        assert turn.end["ms"] >= 0
        assert turn.end["llm_calls"] == 0
        assert turn.end["tokens"] == {"in": 0, "out": 0}


def test_nothing_else_is_on_stdout_and_a_quiet_end_is_exit_code_zero(every_form: SimpleNamespace) -> None:
    assert (every_form.exit_code, every_form.rest, every_form.errors) == (0, [], "")
    for turn in every_form.transcript:
        for line in turn.raw:
            assert json.loads(line)["type"] in ("message", "turn")


def test_plain_text_and_a_text_object_mean_the_same(every_form: SimpleNamespace) -> None:
    assert [m["agent"] for m in every_form.plain.messages] == [m["agent"] for m in every_form.json_text.messages]
    assert "Monday 23 November" in every_form.plain.text
    assert "Monday 23 November" in every_form.json_text.text


def test_broken_json_is_read_as_text_and_other_json_too(every_form: SimpleNamespace) -> None:
    for turn in (every_form.not_json, every_form.array, every_form.number):
        assert turn.messages
        assert turn.receipts == ()


@pytest.mark.parametrize("name", ["two_keys", "no_known_key", "wrong_type", "null", "nested", "bad_location"])
def test_a_line_that_is_no_known_form_is_answered_with_what_works(every_form: SimpleNamespace, name: str) -> None:
    turn: Turn = getattr(every_form, name)
    assert len(turn.messages) == 1
    assert turn.receipts == ()
    assert turn.messages[0]["kind"] == "reply"
    assert turn.text


def test_an_unknown_key_beside_a_known_one_does_no_harm(every_form: SimpleNamespace) -> None:
    assert every_form.extra_key.text == "Gladly."


def test_a_bad_duration_moves_nothing_and_says_what_works(every_form: SimpleNamespace) -> None:
    for turn in every_form.bad_advances:
        assert "PT8H" in turn.text
        assert turn.messages[0]["at"] == "2026-11-23T07:00:00+01:00"


def test_a_tap_by_label_means_the_button(every_form: SimpleNamespace) -> None:
    assert every_form.tap_by_label.receipts == (("task", "completed"),)


def test_advance_moves_the_clock_by_exactly_that(every_form: SimpleNamespace) -> None:
    assert every_form.water.messages[0]["at"] == "2026-11-24T10:30:01+01:00"
    times = [datetime.fromisoformat(m["at"]) for turn in every_form.advances for m in turn.messages]
    assert times == sorted(times)


def test_the_rules_of_a_red_flag_are_named(every_form: SimpleNamespace) -> None:
    flagged = every_form.chest_pain.messages[0]
    assert flagged["safety"]["level"] == "emergency"
    assert flagged["safety"]["rules"]
    assert len(every_form.chest_pain.messages) == 1


def test_lines_piped_in_at_once_are_answered_in_order(shared: Path) -> None:
    lines = b'thank you\n{"tap":"view:help"}\n\nthank you'
    done = run("chat", "--json", "--database", f"sqlite:///{shared}", "--now", "2026-11-25T07:00:00Z", stdin=lines)
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    turns = [line["n"] for line in shown if line["type"] == "turn"]
    assert done.returncode == 0
    assert turns == [1, 2, 3, 4]
    assert done.stderr == b""
    assert shown[-2]["text"] == "Gladly."


def test_without_now_time_is_real(shared: Path) -> None:
    before = datetime.now().astimezone()
    with Console(shared, user="somebody", now=None) as console:
        hello = console.say("hello")
        later = console.advance("PT10H")
        again = console.say("hello")
    after = datetime.now().astimezone()
    first, second = (datetime.fromisoformat(turn.messages[-1]["at"]) for turn in (hello, again))
    assert before <= first <= after
    assert timedelta(hours=10) <= second - first <= timedelta(hours=10) + (after - before)
    assert later.end["type"] == "turn"


def test_a_wrong_call_is_one_sentence_on_stderr_and_exit_code_two(tmp_path: Path) -> None:
    done = run("chat", "--json", "--now", "yesterday", env={"KEEL_DATA_DIR": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--now" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not any(tmp_path.iterdir())
