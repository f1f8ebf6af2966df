"""`/metrics` of a running app: figures of turns and of the database, and no word, name or number of anybody."""

import pytest

from bot.allowance import tariff_of
from bot.app import bootstrap
from bot.metrics import Metrics
from bot.metrics_standing import Measured
from bot.settings import Settings, SettingsError, load_settings
from bot.spoken import Spoken
from bot.web.metrics import metrics
from storage.errors import DatabaseBusy
from storage.people import Contact
from tests.support.metrics import values

MARKERS = ("zanzibar", "marker-name", "7788990011")


@pytest.fixture
async def app(tmp_path):
    made = bootstrap(Settings(database=f"sqlite:///{tmp_path / 'keel.sqlite3'}", data_dir=tmp_path))
    yield made
    await made.close()


@pytest.fixture
def measured(app):
    return Measured(app, Metrics(tariff_of(app.settings)))


async def test_turns_are_counted_and_nothing_of_them_is_told(app, measured, serve):
    contact = Contact("telegram", MARKERS[2], name=MARKERS[1])
    await app.turns.take(contact, Spoken(text="hello, I am from zanzibar"), app.clock())
    await app.turns.take(contact, Spoken(tap="onb:consent:yes"), app.clock())
    await app.turns.take(contact, Spoken(text="I have crushing chest pain and cannot breathe"), app.clock())
    async with serve(metrics(measured.text)) as client, client.get("/metrics") as response:
        page = await response.read()
        assert (response.status, response.headers["Content-Type"][:25]) == (200, "text/plain; version=0.0.4")
    found = values(page)
    assert found['keel_turns_total{outcome="done"}'] == 3
    assert found['keel_consents_total{decision="given",purpose="coaching"}'] == 1
    assert found['keel_safety_levels_total{level="emergency"}'] == 1
    assert found['keel_phase_seconds_count{phase="commit"}'] == 3
    assert found['keel_phase_seconds_count{phase="understand"}'] == 2
    assert found['keel_database_seconds_count{hop="write"}'] > 3
    assert (found["keel_database_up"], found["keel_onboarding_began_7d"], found["keel_outbox_waiting"]) == (1, 1, 3)
    assert found["keel_inbox_waiting"] == 0
    assert 0 < found["keel_disk_used_ratio"] <= 1
    assert not any(marker in page.decode().lower() for marker in MARKERS)


async def test_a_database_out_of_reach_is_a_figure_and_no_error(app, measured, monkeypatch):
    async def away(*_args, **_more):
        raise DatabaseBusy("sqlite:////home/somebody/secret")

    monkeypatch.setattr(app.database, "run_read", away)
    page = await measured.text()
    assert values(page)["keel_database_up"] == 0
    assert b"secret" not in page


async def test_the_database_is_asked_seldom_however_often_somebody_looks(app, measured, monkeypatch):
    asked = []
    real = app.database.run_read

    async def counted(work, **more):
        asked.append(work)
        return await real(work, **more)

    monkeypatch.setattr(app.database, "run_read", counted)
    for _ in range(5):
        await measured.text()
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("text", "where"), [("", None), ("127.0.0.1:9464", ("127.0.0.1", 9464)), ("[::1]:80", ("::1", 80))]
)
def test_the_address_is_a_host_and_a_port(text, where):
    assert load_settings({}, metrics_address=text).metrics_at == where


@pytest.mark.parametrize(
    "text", ["9464", ":9464", "localhost", "localhost:", "localhost:0", "localhost:65536", "a:b", "a:²"]
)
def test_what_is_no_address_is_refused_by_name(text):
    with pytest.raises(SettingsError, match="KEEL_METRICS_ADDRESS"):
        load_settings({}, metrics_address=text)
