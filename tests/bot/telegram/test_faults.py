"""The real `keel run` when Telegram refuses, stumbles or is cut off, and when people turn away."""


def test_when_telegram_says_wait_that_chat_waits_and_nobody_else_and_nothing_is_lost(server, keel):
    server.say(108, "/start")
    server.answers(108, 1)
    server.fail("sendMessage", 429, chat_id=108, retry_after=3, description="Too Many Requests: retry after 3")
    server.say(108, "hello")
    refused = server.wait(lambda: [c for c in server.made("sendMessage", 108) if c.status == 429], "the refusal")[0]
    server.say(109, "/start")
    assert server.answers(109, 1)[-1].at - refused.at < 3.0
    assert server.answers(108, 2)[-1].at - refused.at >= 3.0
    assert len(server.inbox_of(108)) == 2


def test_failing_and_broken_connections_delay_a_message_but_never_lose_it(server, keel):
    server.fail("sendMessage", 500, chat_id=110, times=2, description="Internal Server Error")
    server.fail("sendMessage", 0, chat_id=111)
    server.fail("sendMessage", -1, chat_id=112)
    server.fail("getUpdates", 502)
    for person in (110, 111, 112):
        server.say(person, "/start")
    assert [len(server.answers(person, 1)) for person in (110, 111)] == [1, 1]
    # The third was delivered although the connection broke: said twice, once, and marked so.
    assert len(server.answers(112, 2)) == 2
    server.wait(lambda: keel.rows("SELECT count(*) FROM outbox WHERE state = 'pending'") == [(0,)], "an empty outbox")
    assert keel.rows("SELECT count(*) FROM outbox WHERE maybe_twice") == [(2,)]


def test_somebody_who_blocked_the_bot_is_left_alone_until_they_write_again(server, keel, anna):
    server.fail("sendMessage", 403, chat_id=anna, description="Forbidden: bot was blocked by the user")
    server.say(anna, "34")
    blocked = "SELECT count(*) FROM channel_accounts WHERE state = 'blocked'"
    server.wait(lambda: keel.rows(blocked) == [(1,)], "the block")
    assert keel.rows("SELECT drop_reason FROM outbox WHERE state = 'dropped'") == [("blocked",)]
    server.say(anna, "/help")
    assert "You can say" in server.answers(anna, 3)[-1].text
    assert keel.rows(blocked) == [(0,)]


def test_blocking_and_letting_in_again_are_noted_without_a_word(server, keel):
    server.say(114, "/start")
    server.answers(114, 1)
    state = "SELECT count(*) FROM channel_accounts WHERE blocked_at IS NOT NULL"
    server.membership(114, "kicked")
    server.wait(lambda: keel.rows(state) == [(1,)], "the block")
    update = server.membership(114, "member")
    server.wait(lambda: keel.rows(state) == [(0,)], "the return")
    assert keel.rows("SELECT state FROM inbox WHERE update_id = ?", update) == [("done",)]
    assert len(server.inbox_of(114)) == 1
