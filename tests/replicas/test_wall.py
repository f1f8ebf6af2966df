"""Row-level security at work: a login without special rights serves a person as nobody but that person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.event import listen

from bot.app import bootstrap
from bot.clock import VirtualClock
from bot.settings import load_settings
from bot.spoken import Spoken
from storage.migrations.row_security import TENANT
from tests.replicas.fleet import MASTER_KEY, database
from tests.support import postgres
from tests.support.house import FACTS, ME, START

_TABLE = re.compile(r"(?:FROM|INTO|UPDATE|JOIN) (\w+)")
# Who somebody is, before it is known that they are somebody; and what is the channel's work, not the person's.
_THE_SYSTEMS = {"conversations", "outbox"}


class Watch:
    """In which role which tables were touched, from the statements themselves."""

    def __init__(self, engine):
        self.touched: dict[str, set[str]] = {}
        self._roles: dict[int, str] = {}
        listen(engine, "begin", lambda connection: self._roles.pop(id(connection.connection), None))
        listen(engine, "before_cursor_execute", self._note)

    def _note(self, connection, _cursor, statement, parameters, _context, _many):
        if "set_config('role'" in statement:
            self._roles[id(connection.connection)] = parameters["role"]
            return
        role = self._roles.get(id(connection.connection), "login")
        for table in _TABLE.findall(statement):
            self.touched.setdefault(table, set()).add(role)


@pytest.fixture
async def house():
    """The whole house on PostgreSQL, watched."""
    if postgres.is_switched_off():
        pytest.skip(f"{postgres.OFF_VARIABLE}=1")
    with database() as url:
        app = bootstrap(load_settings({}, database=url, master_key=MASTER_KEY), clock=VirtualClock(START))
        yield app, Watch(app.database._writer)
        await app.close()


async def test_every_turn_reads_and_writes_a_person_as_that_person(house):
    app, watch = house

    async def say(**spoken):
        app.clock.advance(timedelta(seconds=1))
        outcome = await app.turns.take(ME, Spoken(**spoken), app.clock())
        assert all("nothing was kept" not in message.text.lower() for message in outcome.messages)
        return outcome.messages

    await say(text="hello")
    watch.touched.clear()  # from here on the person is known
    await say(tap="onb:consent:yes")
    messages = await say(text=FACTS)
    while taps := [b.data for m in messages for row in m.buttons for b in row if b.data.startswith("onb:")]:
        messages = await say(tap=taps[0])
    for words in ("what is on today?", "I had oatmeal for breakfast", "remind me to stretch at 15:00", "my progress"):
        await say(text=words)
    as_app = {table for table, roles in watch.touched.items() if roles == {"keel_app"}}
    by_others = {table for table, roles in watch.touched.items() if roles != {"keel_app"}}
    assert {"profiles", "goals", "plans", "planned_meals", "meals", "messages", "reminders", "audit_log"} <= as_app
    assert (by_others & set(TENANT)) <= _THE_SYSTEMS
    assert by_others >= {"inbox", "channel_accounts", "analytics_events"}
    assert "login" not in set().union(*watch.touched.values())
