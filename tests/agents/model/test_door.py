"""Asking for JSON: every way a server can take, what it costs, and how it fails."""

from dataclasses import replace

import pytest

from agents.model import allowance
from agents.model.asking import Picture
from agents.model.crossing import Surroundings
from agents.model.door import ModelDoor
from agents.model.endpoint import Endpoint
from agents.model.failure import ModelFailed
from agents.model.size import MOST_TOKENS_IN
from tests.agents.model.conftest import ASK, GOOD, KEY, SCHEMA, Time
from tests.support import model_server
from tests.support.model_server import (
    TOKENS_IN,
    TOKENS_OUT,
    Calls,
    Disconnects,
    Fails,
    Hangs,
    ModelServer,
    Part,
    Proposes,
    Refuses,
    Says,
    Sends,
)

ANSWER = Proposes(GOOD)
WAYS: tuple[Part, ...] = ("json_schema", "json_object", "tools")


def way_of(body: dict) -> str:
    """How a request asked for JSON."""
    return "tools" if "tools" in body else body.get("response_format", {}).get("type", "words")


# The ways


@pytest.mark.parametrize("lacking", range(4))
async def test_the_surest_way_that_the_server_takes_is_found_and_remembered(
    server: ModelServer, door: ModelDoor, lacking: int
) -> None:
    server.lacks = frozenset(WAYS[:lacking])
    for _ in range(2):
        server.will(ANSWER)
        with allowance.metered() as used:
            assert await door.as_json(ASK, SCHEMA) == GOOD
        assert (used.calls, used.tokens_in, used.tokens_out) == (1, TOKENS_IN, TOKENS_OUT)
    assert server.refused == list(WAYS[:lacking])
    assert [way_of(body) for body in server.requests] == [(*WAYS, "words")[lacking]] * 2
    assert server.complaints == []


async def test_parameters_that_a_server_does_not_know_are_left_out_from_then_on(
    server: ModelServer, door: ModelDoor
) -> None:
    server.lacks = frozenset(("temperature", "store", "max_completion_tokens"))
    server.will(ANSWER, ANSWER)
    await door.as_json(ASK, SCHEMA)
    await door.as_json(ASK, SCHEMA)
    assert sorted(server.refused) == ["max_completion_tokens", "store", "temperature"]
    for body in server.requests:
        assert body["max_tokens"] == ASK.most_tokens_out
        assert not {"temperature", "store", "max_completion_tokens"} & body.keys()


async def test_one_odd_refusal_teaches_nothing(server: ModelServer, door: ModelDoor) -> None:
    server.will(*[Fails(400, message="temperature and response_format make me ill")] * 9)
    with pytest.raises(ModelFailed, match="refused"):
        await door.as_json(ASK, SCHEMA)
    server.script.clear()
    server.will(ANSWER)
    await door.as_json(ASK, SCHEMA)
    assert way_of(server.requests[-1]) == "json_schema"
    assert server.requests[-1]["temperature"] == 0


async def test_a_wrong_model_name_is_not_taken_for_a_missing_ability(server: ModelServer, door: ModelDoor) -> None:
    server.will(Fails(404, message="The model `small-model` does not exist or you do not have access to it."))
    with pytest.raises(ModelFailed, match="unauthorised"):
        await door.as_json(ASK, SCHEMA)
    assert len(server.requests) == 1


# The repair


@pytest.mark.parametrize(
    "first",
    [Says("Sure! Here it is."), Says('{"mood": "fi'), Says(""), Says("[]"), Proposes({"mood": "fine"}),
     Proposes({"mood": "grand", "hours": 7}), Proposes({**GOOD, "reply": "Hi"}), Calls("{not json"), Calls("{}")],
)  # fmt: skip
async def test_an_answer_of_the_wrong_shape_is_shown_back_once(
    server: ModelServer, door: ModelDoor, first: model_server.Reply
) -> None:
    server.will(first, ANSWER)
    with allowance.metered() as used:
        assert await door.as_json(ASK, SCHEMA) == GOOD
    assert used.calls == 2
    assert used.tokens_in == 2 * TOKENS_IN
    shown, complaint = server.requests[1]["messages"][-2:]
    assert (shown["role"], complaint["role"]) == ("assistant", "user")
    assert complaint["content"].startswith("That answer cannot be used: ")
    assert server.requests[1]["messages"][1] == server.requests[0]["messages"][1]


async def test_a_second_wrong_answer_is_the_end(server: ModelServer, door: ModelDoor) -> None:
    server.will(Says("one"), Says("two"), ANSWER)
    with pytest.raises(ModelFailed, match="invalid"):
        await door.as_json(ASK, SCHEMA)
    assert len(server.requests) == 2


async def test_a_server_that_ignores_the_schema_is_told_it_in_words_from_then_on(
    server: ModelServer, door: ModelDoor
) -> None:
    server.will(Says("prose"), ANSWER, ANSWER)
    await door.as_json(ASK, SCHEMA)
    await door.as_json(ASK, SCHEMA)
    assert [way_of(body) for body in server.requests] == ["json_schema", "json_object", "json_object"]
    assert "additionalProperties" in server.requests[2]["messages"][0]["content"]


async def test_there_is_no_repair_where_the_turn_has_no_call_left(server: ModelServer, door: ModelDoor) -> None:
    server.will(ANSWER, Says("prose"), ANSWER)
    with allowance.metered() as used:
        await door.as_json(ASK, SCHEMA)
        with pytest.raises(ModelFailed, match="invalid"):
            await door.as_json(ASK, SCHEMA)
        with pytest.raises(ModelFailed, match="over_budget"):
            await door.as_json(ASK, SCHEMA)
    assert used.calls == len(server.requests) == 2


async def test_a_long_wrong_answer_does_not_outgrow_one_call(server: ModelServer, door: ModelDoor) -> None:
    long = replace(ASK, messages=(("system", "You read."), ("user", "x" * 8000)))
    server.will(Says("prose " * 3000), ANSWER)
    await door.as_json(long, SCHEMA)
    sent = sum(len(message["content"]) for message in server.requests[1]["messages"])
    assert sent / 3.5 <= MOST_TOKENS_IN


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Refuses(), "refused"), (Says("{}", "content_filter"), "refused"), (Says('{"mood": "fi', "length"), "invalid"),
        (Sends(b"<html>Sign in</html>", "text/html"), "invalid"), (Sends(b'{"choices": []}'), "invalid"),
        (Sends(b'{"error": {"message": "overloaded"}}'), "invalid"), (Sends(b"\xff\xfe"), "invalid"),
        (Disconnects(), "unavailable"), (Disconnects(after_bytes=40), "unavailable"),
        (Fails(401), "unauthorised"), (Fails(413), "too_long"),
        (Fails(400, message="This model's maximum context length is 10 tokens."), "too_long"),
        (Fails(307, headers=(("Location", "/v1/elsewhere"),)), "unauthorised"),
    ],
)  # fmt: skip
async def test_what_another_attempt_cannot_mend_fails_at_once(
    server: ModelServer, door: ModelDoor, reply: model_server.Reply, kind: str
) -> None:
    server.will(reply)
    with pytest.raises(ModelFailed, match=f"^{kind}$"):
        await door.as_json(ASK, SCHEMA)
    assert len(server.requests) == 1


async def test_a_question_that_is_too_long_is_not_asked(server: ModelServer, door: ModelDoor) -> None:
    with allowance.metered() as used, pytest.raises(ModelFailed, match="too_long"):
        await door.as_json(replace(ASK, messages=(("system", "x" * 10_500),)), SCHEMA)
    assert (used.calls, server.requests) == (0, [])


# Time


@pytest.mark.parametrize("busy", [Fails(429), Fails(500), Fails(503), Fails(529)])
async def test_a_busy_server_is_asked_again_and_it_stays_one_call(
    server: ModelServer, door: ModelDoor, time: Time, busy: Fails
) -> None:
    server.will(busy, busy, ANSWER)
    with allowance.metered() as used:
        assert await door.as_json(ASK, SCHEMA) == GOOD
    assert used.calls == 1
    assert time.slept == [0.5, 1.0]
    assert server.requests[0] == server.requests[2]


@pytest.mark.parametrize(("status", "kind"), [(429, "rate_limited"), (500, "unavailable")])
async def test_it_is_given_up_after_three_attempts(
    server: ModelServer, door: ModelDoor, status: int, kind: str
) -> None:
    server.will(*[Fails(status)] * 4)
    with allowance.metered() as used, pytest.raises(ModelFailed, match=kind):
        await door.as_json(ASK, SCHEMA)
    assert len(server.requests) == 3
    assert (used.calls, used.tokens_in, used.tokens_out) == (1, 0, 0)


async def test_the_time_a_server_names_is_waited_for(server: ModelServer, door: ModelDoor, time: Time) -> None:
    server.will(Fails(429, retry_after_seconds=4), ANSWER)
    await door.as_json(ASK, SCHEMA)
    assert len(time.slept) == 1
    assert 4 <= time.slept[0] < 5


async def test_a_time_that_does_not_fit_is_not_waited_for_and_kept_to_afterwards(
    server: ModelServer, door: ModelDoor, time: Time
) -> None:
    server.will(Fails(429, retry_after_seconds=30), ANSWER)
    with pytest.raises(ModelFailed, match="rate_limited"):
        await door.as_json(ASK, SCHEMA)
    time.now += 29
    with pytest.raises(ModelFailed, match="resting"):
        await door.as_json(ASK, SCHEMA)
    assert (time.slept, len(server.requests)) == ([], 1)
    time.now += 2
    assert await door.as_json(ASK, SCHEMA) == GOOD


async def test_nothing_listens_at_that_address(time: Time, around: Surroundings) -> None:
    with model_server.serving() as gone:
        address = gone.url
    door = ModelDoor(Endpoint(address, KEY, "m"), around)
    with allowance.metered() as used, pytest.raises(ModelFailed, match="unavailable"):
        await door.as_json(ASK, SCHEMA)
    await door.close()
    assert (used.calls, used.tokens_in) == (1, 0)
    assert len(time.slept) == 2


async def test_a_silent_server_is_left_and_its_question_still_costs(server: ModelServer) -> None:
    hasty = ModelDoor(Endpoint(server.url, KEY, "m"), Surroundings(patience_seconds=0.3))
    server.will(Hangs())
    with allowance.metered() as used, pytest.raises(ModelFailed, match="timeout"):
        await hasty.as_json(ASK, SCHEMA)
    await hasty.close()
    assert used.calls == len(server.requests) == 1
    assert used.tokens_in > 0


async def test_a_turn_without_time_left_asks_nobody(server: ModelServer, door: ModelDoor) -> None:
    server.will(ANSWER)
    await door.as_json(ASK, SCHEMA)
    with allowance.metered() as used:
        used.ends_at = 0.0
        with pytest.raises(ModelFailed, match="timeout"):
            await door.as_json(ASK, SCHEMA)
    assert (used.calls, len(server.requests)) == (0, 1)


async def test_a_server_that_keeps_failing_rests_and_is_tried_by_one_request(
    server: ModelServer, door: ModelDoor, time: Time
) -> None:
    server.will(*[Fails(503)] * 9)
    for _ in range(3):
        with pytest.raises(ModelFailed, match="unavailable"):
            await door.as_json(ASK, SCHEMA)
    with allowance.metered() as used, pytest.raises(ModelFailed, match="resting"):
        await door.as_json(ASK, SCHEMA)
    assert (used.calls, len(server.requests)) == (0, 9)
    time.now += 16
    server.will(Fails(503), ANSWER)
    with pytest.raises(ModelFailed, match="unavailable"):
        await door.as_json(ASK, SCHEMA)
    assert len(server.requests) == 10
    time.now += 31
    assert await door.as_json(ASK, SCHEMA) == GOOD


# What is sent


async def test_nothing_is_to_be_stored_and_the_question_stands_as_it_was_put(
    server: ModelServer, door: ModelDoor
) -> None:
    server.will(ANSWER)
    await door.as_json(ASK, SCHEMA)
    [body] = server.requests
    assert body["store"] is False
    assert body["temperature"] == 0
    assert [(each["role"], each["content"]) for each in body["messages"]] == list(ASK.messages)
    assert server.headers[0]["authorization"].startswith("Bearer ")
    assert "user" not in body


async def test_a_picture_alone_is_a_question_too(server: ModelServer, door: ModelDoor) -> None:
    server.will(ANSWER)
    pictures = (Picture(b"RIFF", "image/webp"),)
    await door.as_json(replace(ASK, messages=(("system", "You see."),), pictures=pictures), SCHEMA)
    assert [message["role"] for message in server.requests[0]["messages"]] == ["system", "user"]
    assert server.requests[0]["messages"][1]["content"][1]["image_url"]["url"] == "data:image/webp;base64,UklGRg=="


async def test_pictures_come_with_the_last_words_of_the_person(server: ModelServer, door: ModelDoor) -> None:
    server.will(ANSWER)
    messages = (("system", "You see."), ("user", "first"), ("assistant", "yes?"), ("user", "my fridge"))
    pictures = (Picture(b"\x89PNG", "image/png"), Picture(b"\xff\xd8", "image/jpeg"))
    await door.as_json(replace(ASK, messages=messages, pictures=pictures), SCHEMA)
    sent = server.requests[0]["messages"]
    assert [message["content"] for message in sent[:3]] == ["You see.", "first", "yes?"]
    words, *seen = sent[3]["content"]
    assert words == {"type": "text", "text": "my fridge"}
    assert [each["image_url"]["url"] for each in seen] == [
        "data:image/png;base64,iVBORw==", "data:image/jpeg;base64,/9g=",
    ]  # fmt: skip
