"""Five real processes of one bot: order, exactly once, and what happens when one of them, or the database, goes away.

The tests stand in the order in which they run; each leaves the processes it killed starting again.
"""

import re
import signal
from collections import Counter
from datetime import UTC, datetime

import psycopg
import pytest

from tests.support import postgres

SENDER, SCHEDULER, POLLER = "outbox_sender:%", "scheduler", "poller:%"
WORDS = ("what can you do?", "hello", "/help", "thank you")


def talk(server, people, words):
    """Everybody says everything, turn by turn; the ids of the updates by person."""
    said = {person: [] for person in people}
    for text in words:
        for person in people:
            said[person].append(server.say(person, text))
    return said


def settled(fleet):
    """Whether everything that was accepted is answered, and everything that was written is sent."""
    (waiting,) = fleet.rows("SELECT count(*) FROM inbox WHERE state = 'received'")[0]
    (pending,) = fleet.rows("SELECT count(*) FROM outbox WHERE state = 'pending'")[0]
    return (waiting, pending) == (0, 0)


def wait_for_all(fleet, server, said):
    """Until each update has come in, is answered and its answer sent."""
    last = max(max(updates) for updates in said.values())
    fleet.wait(lambda: server.confirmed > last and settled(fleet), "everything settled", 120)


def replies(fleet, updates):
    """Per update: messages it led to, in the order they were received; a message per row of the outbox."""
    keys = [f"4242-{update}-" for update in updates]
    rows = fleet.rows(
        "SELECT dedup_key, telegram_message_id, state, maybe_twice FROM outbox WHERE dedup_key LIKE ANY(%s)"
        " ORDER BY telegram_message_id",
        [key + "%" for key in keys],
    )
    return [(int(key.split("-")[1]), state, twice) for key, _, state, twice in rows]


def check_each_once_in_order(fleet, said):
    """Every update was answered, once, each person's in the order they wrote; everything is sent."""
    for person, updates in said.items():
        found = replies(fleet, updates)
        assert [update for update, _, _ in found] == sorted(update for update, _, _ in found), person
        assert {update for update, _, _ in found} == set(updates), (person, fleet.state())
        assert {state for _, state, _ in found} == {"sent"}
    everything = [update for updates in said.values() for update in updates]
    turns = fleet.rows(
        "SELECT count(*), count(DISTINCT update_id) FROM messages WHERE direction = 'inbound' AND update_id = ANY(%s)",
        everything,
    )
    assert turns == [(len(everything), len(everything))]


def heard_twice(fleet, server, people):
    """How many messages people received more often than the outbox has rows for them, and how many rows say "maybe"."""
    received = sum(len(server.inbox_of(person)) for person in people)
    rows = fleet.rows("SELECT count(*) FROM outbox WHERE state = 'sent' AND dedup_key NOT LIKE '%%edit%%'")[0][0]
    marked = fleet.rows("SELECT count(*) FROM outbox WHERE maybe_twice")[0][0]
    return received - rows, marked


def test_two_hundred_updates_are_each_answered_once_and_each_persons_in_order(fleet, server):
    people = range(1000, 1040)
    said = talk(server, people, ("/start", *WORDS))
    for person in people[:10]:
        server.repeat(said[person][0])
    wait_for_all(fleet, server, said)
    check_each_once_in_order(fleet, said)
    assert heard_twice(fleet, server, people) == (0, 0)
    workers = fleet.rows("SELECT count(DISTINCT lease_holder) FROM inbox WHERE state = 'done'")
    assert workers == [(2,)], "both workers had their share"


def test_the_processes_work_as_the_person_they_serve_and_see_nobody_without_one(fleet):
    """They log in as an ordinary role; a statement without a person's setting finds nothing."""
    login = "SELECT DISTINCT usename, usesuper FROM pg_stat_activity JOIN pg_user USING (usename)"
    mine = f"{login} WHERE datname = current_database() AND application_name = '' AND usename <> 'keel'"
    assert fleet.rows(mine) == [("keel_test_login", False)]
    with psycopg.connect(fleet.url) as connection:
        connection.execute("SET LOCAL ROLE keel_app")
        for table in ("users", "messages", "outbox", "profiles"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM inbox")


def due_now(fleet, people_ids):
    """Let these people's reminders be due, as if their hour had come."""
    now = datetime.now(UTC)
    fleet.rows(
        "UPDATE reminders SET next_due_at = %s, next_local_date = %s, next_local_time = %s"
        " WHERE kind = 'custom' AND user_id = ANY(%s)",
        now, now.date(), now.time().replace(second=0, microsecond=0, tzinfo=None), list(people_ids),
    )  # fmt: skip


def test_killed_leaders_are_followed_and_nothing_is_lost_or_reminded_twice(fleet, server):
    """One worker that is the scheduler, and the one that sends, die in the middle of it all."""
    friends = range(2000, 2012)
    for person in friends:
        server.say(person, "/start")
    for person in friends:
        server.tap(person, "onb:consent:yes")
        server.say(person, "remind me at 23:58 to breathe slowly")
    wanted = "SELECT user_id FROM reminders WHERE kind = 'custom'"
    ids = fleet.wait(lambda: len(found := fleet.rows(wanted)) == len(friends) and found, "twelve reminders")
    ids = sorted(row[0] for row in ids)
    fleet.wait(lambda: settled(fleet), "everything settled")
    before = heard_twice(fleet, server, [*range(1000, 1040), *friends])
    people = range(3000, 3040)
    first_half, second_half = ids[:6], ids[6:]
    due_now(fleet, first_half)
    said = talk(server, people, ("/start", *WORDS[:2]))
    scheduler, sender = fleet.holder(SCHEDULER), fleet.holder(SENDER)
    server.wait(lambda: sum(bool(server.inbox_of(person)) for person in people) > 8, "some answers")
    for name in (scheduler, sender):
        fleet[name].send_signal(signal.SIGKILL)
    due_now(fleet, second_half)
    fleet.wait(lambda: fleet.holder(SCHEDULER) not in ("", scheduler), "another scheduler", 30)
    fleet.wait(lambda: fleet.holder(SENDER) not in ("", sender), "another sender", 30)
    for name in (scheduler, sender):
        fleet[name].kill()
        fleet[name].start()
    wait_for_all(fleet, server, said)
    fired = "SELECT count(*), count(DISTINCT reminder_id) FROM reminder_firings WHERE state = 'sent'"
    fleet.wait(lambda: fleet.rows(fired) == [(12, 12)], "twelve proofs of twelve reminders")
    check_each_once_in_order(fleet, said)
    twice, marked = heard_twice(fleet, server, [*range(1000, 1040), *friends, *people])
    assert 0 <= twice - before[0] <= marked, "what came twice is marked"
    reminded = Counter(
        person for person in friends for sent in server.inbox_of(person) if re.search("breathe slowly", sent.text)
    )
    rows = fleet.rows("SELECT count(*) FROM outbox WHERE category = 'reminder'")
    assert rows == [(12,)]
    assert set(reminded) == set(friends)


def test_asked_to_stop_one_after_the_other_under_load_they_lose_nothing(fleet, server):
    fleet.start()
    people = range(4000, 4030)
    said = talk(server, people, ("/start", WORDS[0]))
    worker, sender = fleet.holder(SCHEDULER), fleet.holder(SENDER)
    for name in (worker, "ear", sender):
        assert fleet[name].stop() == 0
        for person in people:
            said[person].append(server.say(person, WORDS[1]))
    fleet["ear"].start()
    fleet.wait(lambda: fleet.holder(SCHEDULER) not in ("", worker), "another scheduler")
    fleet.wait(lambda: fleet.holder(SENDER) not in ("", sender), "another sender")
    fleet["ear"].ready()
    wait_for_all(fleet, server, said)
    check_each_once_in_order(fleet, said)
    marked = {person for person in people for _, _, twice in replies(fleet, said[person]) if twice}
    assert marked == set(), "who stops says what it began"


def test_when_the_database_goes_away_and_comes_back_everybody_goes_on(fleet, server):
    name = fleet.url.partition("?")[0].rpartition("/")[2]
    people = range(5000, 5020)
    said = talk(server, people, ("/start",))
    with psycopg.connect(postgres.server_url(), autocommit=True) as operator:
        operator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        operator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        for person in people:
            said[person].append(server.say(person, WORDS[0]))
        operator.execute("SELECT pg_sleep(2)")
        operator.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    wait_for_all(fleet, server, said)
    check_each_once_in_order(fleet, said)
    assert [name for name, replica in fleet.replicas.items() if replica.pid and not replica.is_running] == []
