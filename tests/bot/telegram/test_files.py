"""Files that people sent, fetched from the emulated Telegram over a real socket."""

import pytest

from agents.domain.turn import Attachment, ContentUnavailable
from bot.telegram.mouth import Mouth
from tests.support.telegram.server import TOKEN

MOST = 1000


@pytest.fixture
async def mouth(server):
    """A bot's mouth of this test's own."""
    server.mend()
    opened = Mouth(TOKEN, server.address, read_s=2.0)
    await opened.open()
    yield opened
    await opened.close()
    server.mend()


def kept(server, content=b"picture", **more):
    """A file that somebody sent."""
    return server.world.files.add("photo", content, **more)


async def problem(mouth, source, size=0):
    with pytest.raises(ContentUnavailable) as error:
        await mouth.fetched(Attachment("photo", size, source=source), MOST)
    return error.value.problem


async def test_a_file_is_asked_for_by_its_id_and_fetched(server, mouth):
    file = kept(server)
    assert await mouth.fetched(Attachment("photo", source=file.file_id), MOST) == b"picture"


async def test_what_is_declared_or_known_to_be_too_large_is_not_fetched(server, mouth):
    file = kept(server, size=MOST + 1)
    before = len(server.made("file"))
    assert await problem(mouth, file.file_id, size=MOST + 1) == "too_large"
    assert await problem(mouth, file.file_id) == "too_large"
    assert len(server.made("file")) == before


async def test_what_is_larger_than_it_says_is_not_taken(server, mouth):
    assert await problem(mouth, kept(server, bytes(MOST + 1), size=10).file_id) == "too_large"


async def test_a_file_telegram_does_not_know_or_nobody_named_is_missing(server, mouth):
    assert await problem(mouth, "no-such-file") == "missing"
    assert await problem(mouth, "") == "unreadable"


@pytest.mark.parametrize("method", ["getFile", "file"])
@pytest.mark.parametrize("status", [500, 502])
async def test_a_fault_on_the_way_is_said_so(server, mouth, method, status):
    server.fail(method, status)
    assert await problem(mouth, kept(server).file_id) == "not_fetched"


@pytest.mark.parametrize(
    "path",
    ["/etc/hostname", "../../etc/hostname", "photos/../../x", "http://127.0.0.1/x", "", "pyproject.toml?x", 5, None],
)
async def test_a_path_that_leads_elsewhere_is_not_followed(server, mouth, monkeypatch, path):
    """Telegram answers; the library would read a file of this machine when the path names one."""
    file = kept(server)
    monkeypatch.setattr(type(file), "path", property(lambda _self: path))
    assert await problem(mouth, file.file_id) == "not_fetched"


async def test_a_path_that_names_a_file_of_this_machine_is_still_fetched_from_telegram(
    server, mouth, monkeypatch, tmp_path
):
    file = kept(server, b"from telegram")
    (tmp_path / file.path).parent.mkdir(parents=True)
    (tmp_path / file.path).write_bytes(b"from this machine")
    monkeypatch.chdir(tmp_path)
    assert await mouth.fetched(Attachment("photo", source=file.file_id), MOST) == b"from telegram"
