"""The doorway of Telegram's webhook, over a real socket: who comes in, what is refused, and what is said."""

import asyncio
import json

import pytest

from bot.web.telegram import LARGEST_BYTES, SECRET_HEADER, Unwritable, doorway

SECRET = "a_secret-of-the-tests"  # noqa: S105 - of these tests only
HEADERS = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = json.dumps({"update_id": 5, "message": {"text": "hi"}})


class Taker:
    """Takes what has an update_id."""

    def __init__(self):
        self.taken, self.is_full = [], False

    async def __call__(self, plain):
        if self.is_full:
            raise Unwritable
        self.taken.append(plain)
        return isinstance(plain, dict) and "update_id" in plain


@pytest.fixture
def taker():
    return Taker()


@pytest.fixture
async def client(serve, taker):
    async with serve(doorway(42, SECRET, taker)) as client:
        yield client


async def status(client, data=UPDATE, path="/telegram/42", headers=HEADERS):
    async with client.post(path, data=data, headers=headers) as response:
        body = await response.read()
        assert body == b"", "a webhook is never answered with a call (TG-61)"
        return response.status


async def test_an_update_is_taken_before_it_is_confirmed(client, taker):
    assert await status(client) == 200
    assert taker.taken == [json.loads(UPDATE)]


def test_there_is_no_door_without_a_secret(taker):
    with pytest.raises(ValueError, match="without a secret"):
        doorway(42, "", taker)


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe9"])
async def test_who_does_not_know_the_secret_learns_nothing(client, taker, given):
    headers = {key: value for key, value in HEADERS.items() if key != SECRET_HEADER}
    if given is not None:
        headers[SECRET_HEADER] = given
    assert await status(client, headers=headers) == 401
    assert await status(client, path="/telegram/43", headers=headers) == 401
    assert taker.taken == []


async def test_another_bots_path_is_nowhere(client, taker):
    assert await status(client, path="/telegram/43") == 404
    assert await status(client, path="/telegram/042") == 404
    assert taker.taken == []


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_only_a_post_is_an_update(client, method):
    async with getattr(client, method)("/telegram/42", headers=HEADERS) as response:
        assert response.status == 405


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
async def test_another_content_type_is_refused(client, taker, kind):
    assert await status(client, headers={**HEADERS, "Content-Type": kind}) == 415
    assert taker.taken == []


async def test_a_charset_beside_the_content_type_is_fine(client):
    assert await status(client, headers={**HEADERS, "Content-Type": "Application/JSON; charset=utf-8"}) == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"not json", b"\xff\xfe", b"[" * 100_000, b'{"update_id": ' + b"9" * 5000 + b"}", b'"text"', b"null"],
)
async def test_what_is_no_json_object_with_a_number_is_a_bad_request(client, body):
    assert await status(client, data=body) == 400


async def test_a_body_may_have_a_megabyte_and_no_more(client, taker):
    whole = json.dumps({"update_id": 1, "x": ""})
    fits = json.dumps({"update_id": 1, "x": "y" * (LARGEST_BYTES - len(whole))})
    assert len(fits) == LARGEST_BYTES
    assert await status(client, data=fits) == 200
    assert await status(client, data=fits + " ") == 413
    assert len(taker.taken) == 1


async def test_a_body_that_does_not_say_how_large_it_is_is_counted(client, taker):
    async def endless():
        for _ in range(64):
            yield b"x" * 64_000

    assert await status(client, data=endless()) == 413
    assert taker.taken == []


async def test_what_cannot_be_written_down_is_wanted_again(client, taker):
    taker.is_full = True
    async with client.post("/telegram/42", data=UPDATE, headers=HEADERS) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")


async def test_many_come_in_side_by_side(client, taker):
    bodies = [json.dumps({"update_id": number}) for number in range(100)]
    assert set(await asyncio.gather(*(status(client, data=body) for body in bodies))) == {200}
    assert {plain["update_id"] for plain in taker.taken} == set(range(100))


async def test_a_path_that_does_not_exist_is_not_found_and_nothing_is_documented(client):
    for path in ("/", "/docs", "/openapi.json", "/telegram", "/telegram/"):
        async with client.get(path) as response:
            assert response.status == 404, path
            assert "server" not in {name.lower() for name in response.headers}
