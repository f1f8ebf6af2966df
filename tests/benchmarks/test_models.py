"""The comparison with a model is fair in what can be checked: same words, same count, rivals that do their jobs."""

import pytest

from tests.benchmarks import models, models_jobs
from tests.benchmarks.models_rivals import SPECIALISTS, Agent, tools_of
from tests.support.model_server import serving

ROUND = [models_jobs.job(number) for number in range(models_jobs.cycle())]


def test_a_round_holds_eight_kinds_of_jobs_and_the_next_one_too():
    assert len({one.kind for one in ROUND}) == len(ROUND) == 8
    again = [models_jobs.job(number).kind for number in range(8, 16)]
    assert again == [one.kind for one in ROUND]


def test_every_tool_that_is_called_belongs_to_the_specialist_who_is_sent_for():
    for one in ROUND:
        if one.tool:
            assert one.tool in SPECIALISTS[one.specialist][1]
            assert set(tools_of([])[one.tool].args) == {models_jobs.ARGUMENTS[one.tool]}


def test_what_a_model_reads_is_counted_and_nothing_else():
    said = {"messages": [{"role": "user", "content": "hi"}]}
    assert models.tokens_of({**said, "temperature": 0, "model": "m"}) == models.tokens_of(said) > 5
    assert models.tokens_of({**said, "tools": [{"name": "x" * 350}]}) > models.tokens_of(said) + 100


@pytest.mark.parametrize(("name", "calls"), [("react", [2] * 5 + [1, 2, 2]), ("supervisor", [4] * 5 + [1, 4, 4])])
async def test_a_rival_does_every_job_and_sends_its_history_again(name, calls, tmp_path):
    with serving() as server:
        agent = Agent(name, server.url)
        await agent.open(tmp_path)
        made, sizes = [], []
        for one in ROUND:
            server.forget()
            server.will(*models_jobs.replies(name, one))
            assert await agent.say(one.words), one.kind
            assert not server.script, "everything was used"
            made.append(len(server.requests))
            sizes.append(models.tokens_of(server.requests[0]))
        await agent.close()
    assert made == calls
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0] + 300
