"""A day's share of the model: it helps until the share is used up, says so once, and helps again the next day."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.ledger import Ledger
from tests.support import model_server
from tests.support.console import Console
from tests.support.model_server import TOKENS_IN, ModelServer, fact, proposes

SPENT = "Today's share of the model is used up"
OFFLINE = "The model did not help"
MARGIN = 250  # the open question makes one call a little longer than another; less than what one call really takes
NEXT_MORNING = "2026-11-24T07:00:00+01:00"
SUMS = "calls, tokens_in, tokens_out, cost_micros, reserved_tokens"
SUMS_OF_CALLS = "sum(finish <> 'over_budget'), sum(tokens_in), sum(tokens_out), sum(cost_micros), 0"


def configured(server: ModelServer, **more: str) -> dict[str, str]:
    return {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test", **more}


def questions(server: ModelServer) -> int:
    """How often the model was asked what a message means; wording an answer is another call."""
    return sum("response_format" in request for request in server.requests)


def aged(console: Console, server: ModelServer, age: int) -> SimpleNamespace:
    """A sentence no rule knows; the model would point at the number in it."""
    before, all_before = questions(server), len(server.requests)
    server.script.clear()
    server.will(proposes(facts=(fact("age", str(age), str(age)),)))
    turn = console.say(f"ich bin jetzt {age}")
    asked = questions(server) - before
    return SimpleNamespace(turn=turn, asked=asked, requests=len(server.requests) - all_before)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A day without a tight cap shows what is reserved for a question; then there is room for one a day."""
    path = tmp_path_factory.mktemp("allowance") / "keel.db"
    ledger = Ledger(path)
    told = SimpleNamespace(path=path, ledger=ledger)
    with model_server.serving() as server:
        with Console(path, env=configured(server)) as console:
            console.say("hello")
            console.tap("onb:consent:yes")
            console.say("use the model")
            told.free = aged(console, server, 34)
            assert console.close() == 0
        cap = ledger.one("SELECT max(reserved_tokens) FROM llm_calls WHERE purpose = 'understand'") + MARGIN
        tight = configured(server, KEEL_TEXT_TOKENS_A_DAY=str(cap), KEEL_PRICE_OF_MILLION_TOKENS_IN="1000")
        with Console(path, env=tight, now=NEXT_MORNING) as console:
            told.last = aged(console, server, 35)
            told.refused = aged(console, server, 36)
            told.refused_again = aged(console, server, 37)
            told.known = console.say("what is on today?")
            console.kill()
        with Console(path, env=tight, now=NEXT_MORNING) as console:
            told.refused_after_restart = aged(console, server, 38)
            console.advance("P1D")
            told.next_day = aged(console, server, 39)
            told.refused_next_day = [aged(console, server, age) for age in (40, 41)]
            told.entries = ledger.all(f"SELECT day, {SUMS} FROM usage_ledger ORDER BY day")
            told.calls = ledger.all(f"SELECT day, {SUMS_OF_CALLS} FROM llm_calls GROUP BY day ORDER BY day")
            told.finishes = ledger.all("SELECT day, purpose FROM llm_calls WHERE finish = 'over_budget' ORDER BY day")
            told.degraded = ledger.count("messages", "is_degraded")
            console.say("/delete")
            console.tap("delete:yes")
            assert console.close() == 0
    return told


def test_the_model_helps_while_there_is_a_share(story: SimpleNamespace) -> None:
    for helped in (story.free, story.last, story.next_day):
        assert helped.asked == 1
        assert helped.turn.end["llm_calls"] == helped.requests >= 1
        assert helped.turn.receipts == (("profile", "updated"),)
        assert SPENT not in helped.turn.text


def test_then_the_rules_answer_alone_and_say_why_once_a_day(story: SimpleNamespace) -> None:
    refused = [story.refused, story.refused_again, story.refused_after_restart, *story.refused_next_day]
    assert [(each.turn.end["llm_calls"], each.requests) for each in refused] == [(0, 0)] * 5
    assert [each.turn.text.count(SPENT) for each in refused] == [1, 0, 0, 1, 0]
    assert all(OFFLINE not in each.turn.text and each.turn.messages for each in refused)
    assert all(each.turn.receipts == () for each in refused)


def test_it_says_when_there_is_a_new_share(story: SimpleNamespace) -> None:
    assert "until 01:00 tomorrow." in story.refused.turn.text


def test_what_the_rules_know_needs_no_share(story: SimpleNamespace) -> None:
    assert story.known.messages
    assert SPENT not in story.known.text


def test_the_books_agree_with_the_calls(story: SimpleNamespace) -> None:
    assert [day for day, *_ in story.entries] == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert story.entries == story.calls
    assert [cost for _, _, _, _, cost, _ in story.entries] == [
        0, *(1000 * tokens_in for _, _, tokens_in, *_ in story.entries[1:]),
    ]  # fmt: skip
    assert story.entries[0][2] % TOKENS_IN == 0, "they hold what the server counted"
    assert story.finishes == [("2026-11-24", "understand"), ("2026-11-25", "understand")]
    assert story.degraded == 0, "nothing failed"


def test_of_an_erased_person_only_the_sums_stay(story: SimpleNamespace) -> None:
    assert story.ledger.owners() == {}
    assert story.ledger.count("llm_calls") == story.ledger.count("usage_ledger") == 0
    assert story.ledger.all(f"SELECT day, {SUMS} FROM usage_totals ORDER BY day") == story.entries


def test_everybodys_share_is_one(tmp_path: Path) -> None:
    path = tmp_path / "keel.db"
    with model_server.serving() as server:
        first = _told_an_age(path, "one", server)
        cap = Ledger(path).one("SELECT max(reserved_tokens) FROM llm_calls WHERE purpose = 'understand'") + MARGIN
        second = _told_an_age(path, "two", server, KEEL_TEXT_TOKENS_A_DAY_FOR_ALL=str(cap))
    assert (first.asked, second.asked) == (1, 0)
    assert SPENT not in first.turn.text
    assert SPENT in second.turn.text


def _told_an_age(path: Path, name: str, server: ModelServer, **more: str) -> SimpleNamespace:
    with Console(path, user=name, env=configured(server, **more)) as console:
        console.say("hello")
        console.tap("onb:consent:yes")
        console.say("use the model")
        told = aged(console, server, 34)
        assert console.close() == 0
    return told
