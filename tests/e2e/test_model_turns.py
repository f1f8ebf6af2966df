"""A model helps, fails, and is sent away: the real process against a server that speaks like a provider's."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from agents.domain.model_consent import model_policy
from tests.e2e.ledger import Ledger
from tests.support import model_server
from tests.support.console import START, Console
from tests.support.keel import run
from tests.support.model_server import TOKENS_IN, TOKENS_OUT, WORDS, Fails, ModelServer, fact, intent, proposes

OFFLINE = "The model did not help just now"
FOREIGN = "ich habe noch nie trainiert"


def configured(server: ModelServer, **more: str) -> dict[str, str]:
    return {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-test", **more}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Everything that was said; the tests look at the parts."""
    path = tmp_path_factory.mktemp("model") / "keel.db"
    told = SimpleNamespace(path=path, ledger=Ledger(path))
    with model_server.serving() as server:
        with Console(path, user="Rosalind", env=configured(server, PYTHONPROFILEIMPORTTIME="1")) as console:
            console.say("hello")
            console.tap("onb:consent:yes")
            told.not_asked = console.say("ich bin 34")
            told.requests_before = len(server.requests)
            told.allowed = console.say("use the model")
            told.allowed_again = console.say("use the model")
            told.imports_before = console.errors
            server.will(proposes(facts=(fact("age", "34", "34"),)))
            told.age = console.say("ich bin jetzt 34")
            told.imports_after = console.errors
            told.known = console.say("what is on today?")
            server.outage = Fails(500)
            told.failed = console.say(FOREIGN)
            server.outage = Fails(429, retry_after_seconds=60)
            told.failed_again = console.say(FOREIGN)
            console.kill()
        with Console(path, user="Rosalind", env=configured(server)) as console:
            server.outage = Fails(500)
            told.failed_after_restart = console.say(FOREIGN)
            console.advance("P1D")
            told.failed_next_day = console.say(FOREIGN)
            told.errors = console.errors
            console.kill()
        server.outage = None  # and a new process does not know that it was one
        with Console(path, user="Rosalind", env=configured(server)) as console:
            label = "New to it, or back after a long break"
            server.will(proposes(intents=(intent("answer", "noch nie", label),)))
            told.answered = console.say(FOREIGN)
            told.stopped = console.say("stop using the model")
            requests = len(server.requests)
            told.after_the_stop = console.say("das ist mir egal")
            told.requests_after_the_stop = len(server.requests) - requests
            told.exit_code = console.close()
            told.errors += console.errors
        told.sent, told.complaints = server.sent, server.complaints
    return told


def tokens(turn: object) -> tuple[int, int, int]:
    end = turn.end  # type: ignore[attr-defined]  # a Turn
    return end["llm_calls"], end["tokens"]["in"], end["tokens"]["out"]


def test_nobody_is_asked_before_the_person_agreed(story: SimpleNamespace) -> None:
    assert story.requests_before == 0
    assert tokens(story.not_asked) == (0, 0, 0)
    assert OFFLINE not in story.not_asked.text


def test_consent_is_a_row_and_names_what_goes_where(story: SimpleNamespace) -> None:
    assert story.allowed.receipts == (("consent", "created"),)
    assert "I ask 127.0.0.1. I send your message" in story.allowed.text
    assert "Never your name, contacts, birthday or diagnoses" in story.allowed.text
    assert story.allowed_again.receipts == ()
    assert story.ledger.all("SELECT purpose, withdrawn_at IS NULL FROM consents ORDER BY granted_at, purpose") == [
        ("coaching", 1), ("llm_provider", 0),
    ]  # fmt: skip


def test_what_the_model_pointed_at_is_read_saved_and_counted(story: SimpleNamespace) -> None:
    assert "age: 34" in story.age.text.lower()
    assert story.age.receipts == (("profile", "updated"),)
    assert tokens(story.age) == (2, 2 * TOKENS_IN, 2 * TOKENS_OUT), "once to understand, once to speak"


def test_its_words_stand_above_ours(story: SimpleNamespace) -> None:
    assert story.age.text.startswith(f"{WORDS}\n\nSaved: age: 34")


def test_a_known_phrase_costs_no_call(story: SimpleNamespace) -> None:
    assert tokens(story.known) == (0, 0, 0)


def test_a_failing_model_is_owned_up_to_once_a_day_even_after_a_restart(story: SimpleNamespace) -> None:
    assert story.failed.text.count(OFFLINE) == 1
    assert OFFLINE not in story.failed_again.text
    assert OFFLINE not in story.failed_after_restart.text
    assert story.failed_next_day.text.count(OFFLINE) == 1


def test_the_turn_with_a_failing_model_is_answered_like_an_offline_one(story: SimpleNamespace) -> None:
    assert "How much training have you done so far?" in story.failed.text
    assert tokens(story.failed) == (1, 0, 0)
    degraded = story.ledger.all("SELECT count(*) FROM messages WHERE is_degraded = 1 AND direction = 'inbound'")
    assert degraded == [(4,)]


def test_a_button_in_other_words_is_the_models_to_recognise(story: SimpleNamespace) -> None:
    assert "experience: beginner" in story.answered.text
    assert story.answered.receipts == (("profile", "updated"),)


def test_withdrawing_counts_at_once(story: SimpleNamespace) -> None:
    assert story.stopped.receipts == (("consent", "withdrawn"),)
    assert story.requests_after_the_stop == 0
    assert tokens(story.after_the_stop) == (0, 0, 0)


def test_a_consent_holds_for_the_host_it_named_only(tmp_path: Path) -> None:
    path = tmp_path / "keel.db"
    with model_server.serving() as server:
        with Console(path, env=configured(server)) as console:
            console.say("hello")
            console.tap("onb:consent:yes")
            console.say("use the model")
            console.close()
        moved = {"OPENAI_BASE_URL": server.url.replace("127.0.0.1", "localhost")}
        with Console(path, env=moved) as console:
            console.say(FOREIGN)
            assert server.requests == []
            again = console.say("use the model")
            assert "I ask localhost." in again.text
            assert again.receipts == (("consent", "created"),)
            console.say(FOREIGN)
            assert len(server.requests) == 1
    rows = Ledger(path).all("SELECT policy_version, withdrawn_at IS NULL FROM consents WHERE purpose = 'llm_provider'")
    assert dict(rows) == {model_policy("127.0.0.1"): 0, model_policy("localhost"): 1}


def test_neither_name_nor_profile_left_the_machine(story: SimpleNamespace) -> None:
    assert story.complaints == []
    assert "Rosalind" not in story.sent
    assert "onb:" not in story.sent


def test_the_log_holds_no_words_of_the_person(story: SimpleNamespace) -> None:
    assert story.exit_code == 0
    assert "trainiert" not in story.errors
    assert "the turn goes on offline" in story.errors


def test_the_client_library_is_imported_at_the_first_question_and_no_earlier(story: SimpleNamespace) -> None:
    assert " langgraph.graph" in story.imports_before
    for module in (" langchain_openai", " openai"):
        assert module not in story.imports_before
        assert module in story.imports_after


def test_without_a_model_nothing_of_it_is_imported_and_use_the_model_says_so(tmp_path: Path) -> None:
    with Console(tmp_path / "keel.db", env={"PYTHONPROFILEIMPORTTIME": "1"}) as console:
        console.say("hello")
        console.tap("onb:consent:yes")
        console.say("ich bin 34")
        told = console.say("use the model")
        assert "No model is set up here" in told.text
        assert told.receipts == ()
        assert console.close() == 0
        assert " agents.understanding.rules" in console.errors
        for module in (" langchain_openai", " openai", " agents.understanding.model"):
            assert module not in console.errors


def test_an_unusable_address_is_one_sentence_at_the_start(tmp_path: Path) -> None:
    address = "localhost:8000"
    database = f"sqlite:///{tmp_path / 'keel.db'}"
    ended = run("chat", "--json", "--database", database, "--now", START, env={"OPENAI_BASE_URL": address})
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr == b"keel: OPENAI_BASE_URL: use an address like https://api.openai.com/v1\n"
    assert not (tmp_path / "keel.db").exists()
