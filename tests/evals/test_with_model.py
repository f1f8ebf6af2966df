"""The evaluation with a model, over real sockets: good answers and bad ones, and every figure that comes of them."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agents.model.allowance import Spent
from agents.model.endpoint import Endpoint
from agents.understanding.proposals import INTENTS
from agents.understanding.rules import Rules
from bot.model import door_at, model_at
from tests.evals import __main__ as program
from tests.evals import tables, understanding, voicing
from tests.evals.cases import cases
from tests.evals.ledger import Ledger, Prices
from tests.support.model_server import (
    TOKENS_IN,
    TOKENS_OUT,
    Fails,
    ModelServer,
    Refuses,
    Reply,
    Says,
    intent,
    proposes,
    serving,
)

MOST = 30
PRICES = Prices(2.0, 8.0)
FOREIGN = {"id": "x", "text": "näytä mitä tänään on ohjelmassa", "intents": ["today"], "facts": []}
GOOD = "That is worth a moment of rest."
BAD = ("I've added it to your plan.", "Two questions? Really?", "Have 900 kcal more.")


class Mind:
    """Knows what was meant, and is out of order at every fifth question: prose, another shape, a refusal."""

    def __init__(self) -> None:
        self.asked = self.bad = 0
        self.spoken = 0
        self.meant = {case["text"]: case for half in understanding_halves() for case in half}

    def __call__(self, request: dict[str, Any]) -> Reply:
        return self._words() if request.get("stream") else self._proposal(request["messages"])

    def _proposal(self, messages: list[dict[str, str]]) -> Reply:
        self.asked += 1
        if self.asked % 5 == 0:
            self.bad += 1
            return (Refuses(), Fails(400, message="content_filter"))[self.bad % 2]
        said = messages[1]["content"].rpartition("Message:\n")[2].partition("\n")[2].rpartition("\n")[0]
        case = self.meant.get(said)
        names = [name for name in case["intents"] if name in INTENTS] if case else []
        return proposes(intents=tuple(intent(name, said) for name in names))

    def _words(self) -> Reply:
        self.spoken += 1
        if self.spoken % 10 == 9:
            return Refuses()
        return Says(BAD[self.spoken % len(BAD)] if self.spoken % 4 == 3 else GOOD)


def understanding_halves() -> tuple[Any, Any]:
    return cases("understanding_open"), cases("understanding_held")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with serving() as running:
        yield running


def endpoint(server: ModelServer) -> Endpoint:
    return Endpoint(server.url, SecretStr("sk-test"), "mock-model")


@pytest.fixture(scope="module")
def found(server: ModelServer) -> tuple[program.Results, Mind]:
    server.forget()
    server.mind = mind = Mind()
    return asyncio.run(program.results(endpoint(server), MOST)), mind


async def test_a_model_that_knows_adds_to_the_rules(server: ModelServer) -> None:
    server.forget()
    server.will(proposes(intents=(intent("today", FOREIGN["text"]),)))
    door = door_at(endpoint(server))
    assert door is not None
    models = Rules(), model_at(endpoint(server), door)
    rules, both = [await understanding.read([FOREIGN], understanding.Meter(model)) for model in models]
    await door.close()
    assert [understanding.intents_of(reads)["today"].recall for reads in (rules, both)] == [0.0, 1.0]


def test_every_call_is_counted_with_what_became_of_it(found: tuple[program.Results, Mind]) -> None:
    (rules, both), mind = found[0].runs, found[1]
    ledger = both.meter.ledger
    assert rules.meter.ledger.calls == []
    assert len(ledger.calls) == both.meter.usage.calls == mind.asked > 5
    assert ledger.failed == Counter(refused=mind.bad)
    assert both.meter.failures == mind.bad
    assert ledger.tokens[1] >= TOKENS_OUT * (mind.asked - mind.bad)
    assert 0 <= ledger.milliseconds(0.5) <= ledger.milliseconds(0.95)


def test_words_are_judged_as_in_a_turn_and_counted_by_their_faults(found: tuple[program.Results, Mind]) -> None:
    spoken, mind = found[0].spoken, found[1]
    assert spoken is not None
    assert len(spoken.voiced) == mind.spoken == MOST
    by_words: dict[str, set[str]] = {}
    for each in spoken.voiced:
        by_words.setdefault(each.failed or each.words, set()).update(each.faults)
    assert by_words[GOOD] == set()
    assert "claim" in by_words[BAD[0]]
    assert "questions" in by_words[BAD[1]]
    assert "figure" in by_words[BAD[2]]
    assert spoken.reasons["refused"] == sum(each.failed == "refused" for each in spoken.voiced) > 0
    assert spoken.fit == sum(each.words == GOOD for each in spoken.voiced)
    assert len(spoken.first_seconds) == sum(bool(each.words) for each in spoken.voiced)


def test_what_is_printed_tells_shares_tokens_cost_and_times(found: tuple[program.Results, Mind]) -> None:
    spoken = found[0].spoken
    assert spoken is not None
    shown = tables.of_run(found[0].runs[1], PRICES) + tables.of_voice(spoken, "mock-model", PRICES)
    assert f"fit to be sent     {spoken.fit} of {MOST}" in shown
    for part in ("refused", "cost 0.", "ms p95", "== words of mock-model =="):
        assert part in shown
    held = [case for case in cases("understanding_held") if len(case["text"]) > 12]
    assert not [case["id"] for case in held if case["text"] in shown]


def test_rows_are_kept_in_both_tables_and_renewed(found: tuple[program.Results, Mind], tmp_path: Path) -> None:
    copy = tmp_path / "evaluation.md"
    copy.write_text(tables.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        program.record(found[0], PRICES, copy)
    kept = copy.read_text(encoding="utf-8")
    assert kept.count("| rules + mock-model |") == 1
    assert kept.count("| mock-model |") == kept.count(tables.VOICED) == 1
    before = tables.DOCUMENT.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if "| rules |" not in line and line not in kept.splitlines()] == []


async def test_a_model_that_never_answers_is_left_out(server: ModelServer, capsys: pytest.CaptureFixture[str]) -> None:
    server.forget()
    server.outage = Refuses()
    found = await program.results(endpoint(server), MOST)
    assert [run.who for run in found.runs] == ["rules"]
    assert found.spoken is None
    assert "left out" in capsys.readouterr().err


def test_every_case_is_a_saying_and_every_way_to_answer_is_tried() -> None:
    sayings = [voicing.saying_of(case, number) for number, case in enumerate(cases("phrasing"))]
    assert {saying.move for saying in sayings} >= {"explain", "reflect", "roll", "evoke", "affirm"}
    assert all(saying.follows for saying in sayings)


def test_the_program_asks_the_model_that_the_environment_names(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.forget()
    server.mind = Mind()
    for name, value in (("OPENAI_BASE_URL", server.url), ("OPENAI_API_KEY", "k"), ("KEEL_MODEL", "mock-model")):
        monkeypatch.setenv(name, value)
    document = tables.DOCUMENT.read_text(encoding="utf-8")
    with redirect_stdout(StringIO()) as shown:
        program.main(["--most", "3", "--price-in", "2", "--price-out", "8"])
    assert "== rules + mock-model ==" in shown.getvalue()
    assert "== words of mock-model ==" in shown.getvalue()
    assert tables.DOCUMENT.read_text(encoding="utf-8") == document, "nothing is kept unasked"


@pytest.mark.parametrize("arguments", [["--most", "0"], ["--most", "3", "--record"], ["--price-in", "much"]])
def test_a_look_at_some_cases_is_not_kept(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(arguments)


def test_cost_is_by_the_million() -> None:
    ledger = Ledger([Spent(TOKENS_IN, TOKENS_OUT, 100), Spent(1_000_000, 0, 900, "timeout")])
    assert ledger.cost(Prices(2.0, 8.0)) == pytest.approx(2 * (1 + TOKENS_IN / 1e6) + 8 * TOKENS_OUT / 1e6)
    assert ledger.milliseconds(0.95) == 100, "what failed took no time to answer"
    assert ledger.failed == Counter(timeout=1)
