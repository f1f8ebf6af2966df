"""The door against a mock server made by others, which also judges how its faults were taken."""

from collections.abc import AsyncIterator, Callable

import pytest
from llmock.pytest_plugin import LLMock

from agents.model import allowance
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.model.shape import complaint
from agents.understanding.proposals import SCHEMA as PROPOSAL
from tests.agents.model.conftest import ASK, KEY, SCHEMA

SHAPE = PROPOSAL["schema"]


@pytest.fixture
async def mocked(llmock: LLMock) -> AsyncIterator[ModelDoor]:
    door = ModelDoor(Endpoint(llmock.base_url("openai"), KEY, "gpt-4.1-mini"), Surroundings(patience_seconds=4))
    yield door
    await door.close()


async def words(door: ModelDoor) -> str:
    return "".join([piece async for piece in door.as_words(ASK)])


async def test_an_answer_follows_the_schema(llmock: LLMock, mocked: ModelDoor) -> None:
    with allowance.metered() as used:
        found = await mocked.as_json(ASK, SHAPE)
    assert complaint(found, SHAPE) == ""
    assert used.calls == 1
    assert used.tokens_in > 0
    llmock.assert_resilient(strict=True)


async def test_an_answer_of_another_shape_leads_to_a_repair_that_follows_it(llmock: LLMock, mocked: ModelDoor) -> None:
    llmock.reply("Sure, here is what I think.")
    with allowance.metered() as used, pytest.raises(ModelFailed, match="invalid"):
        await mocked.as_json(ASK, SHAPE)  # its JSON mode does not know our schema
    assert used.calls == 2
    llmock.reply("no JSON").reply('{"mood": "tired", "hours": 4}')
    assert await mocked.as_json(ASK, SCHEMA) == {"mood": "tired", "hours": 4}
    llmock.assert_resilient(strict=True)


async def test_words_are_streamed(llmock: LLMock, mocked: ModelDoor) -> None:
    llmock.reply("Eggs and toast are a fine start to the day.")
    assert await words(mocked) == "Eggs and toast are a fine start to the day."
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
async def test_a_passing_fault_is_waited_out_as_the_server_asks(llmock: LLMock, mocked: ModelDoor, status: int) -> None:
    llmock.fail(status, times=2, retry_after=0.6)
    assert complaint(await mocked.as_json(ASK, SHAPE), SHAPE) == ""
    assert len(llmock.requests) == 3
    llmock.assert_resilient(strict=True)


async def test_an_outage_is_left_after_a_few_attempts_and_then_alone(llmock: LLMock, mocked: ModelDoor) -> None:
    llmock.outage()
    kinds = []
    for _ in range(4):
        with pytest.raises(ModelFailed) as failed:
            await mocked.as_json(ASK, SHAPE)
        kinds.append(failed.value.kind)
    assert (kinds[0], kinds[-1]) == ("unavailable", "resting")
    assert 3 <= len(llmock.requests) <= 9
    llmock.assert_resilient()


async def test_a_limit_is_kept_to_by_everybody_who_asks_later(llmock: LLMock, mocked: ModelDoor) -> None:
    llmock.rate_limit(retry_after=60, times=None)
    for kind in ("rate_limited", "resting", "resting"):
        with pytest.raises(ModelFailed, match=kind):
            await mocked.as_json(ASK, SHAPE)
    assert len(llmock.requests) == 1
    llmock.assert_resilient()


@pytest.mark.parametrize(
    ("status", "kind"), [(400, "refused"), (401, "unauthorised"), (403, "unauthorised"), (404, "unauthorised")]
)
async def test_what_no_repetition_can_mend_is_never_repeated(
    llmock: LLMock, mocked: ModelDoor, status: int, kind: str
) -> None:
    llmock.fail(status, times=None)
    with pytest.raises(ModelFailed, match=kind):
        await mocked.as_json(ASK, SHAPE)
    llmock.assert_resilient(strict=True)


async def test_a_question_too_long_for_the_model_is_not_asked_another_way(llmock: LLMock, mocked: ModelDoor) -> None:
    llmock.context_overflow(times=None)
    with pytest.raises(ModelFailed, match="too_long"):
        await mocked.as_json(ASK, SHAPE)
    assert len(llmock.requests) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (lambda mock: mock.truncate(after_chunks=3), "unavailable"),
        (lambda mock: mock.disconnect(after_chunks=3), "unavailable"),
        (lambda mock: mock.corrupt(after_chunks=3), "invalid"),
        (lambda mock: mock.stall(after_chunks=3, seconds=30), "timeout"),
        (lambda mock: mock.slow_first_token(30), "timeout"),
        (lambda mock: mock.delay(30), "timeout"),
    ],
)
async def test_a_stream_that_breaks_is_never_taken_for_an_answer(
    llmock: LLMock, mocked: ModelDoor, fault: Callable[[LLMock], LLMock], kind: str
) -> None:
    fault(llmock).reply("Eggs and toast are a fine start to the day, and so is porridge.")
    with pytest.raises(ModelFailed, match=kind):
        await words(mocked)


@pytest.mark.parametrize("kind", ["malformed_arguments", "unknown_tool"])
async def test_a_broken_tool_call_is_repaired(llmock: LLMock, mocked: ModelDoor, kind: str) -> None:
    mocked._lacks = frozenset(("json_schema", "json_object"))
    llmock.break_tool_call(kind)
    with allowance.metered() as used:
        assert complaint(await mocked.as_json(ASK, SHAPE), SHAPE) == ""
    assert used.calls <= 2
