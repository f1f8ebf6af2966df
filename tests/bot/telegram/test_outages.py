"""The real `keel run` when Telegram is away, talks nonsense, is slow, or loses people: what they get in the end."""

CLOSED = "SELECT count(*) FROM inbox WHERE update_id = ? AND state IN ('done', 'ignored')"
PENDING = "SELECT count(*) FROM outbox WHERE state = 'pending'"


def emptied(server, keel, *updates):
    """Wait until these are answered and nothing is left to send."""
    for update in updates:
        server.wait(lambda number=update: keel.rows(CLOSED, number) == [(1,)], f"an answer to {update}")
    server.wait(lambda: keel.rows(PENDING) == [(0,)], "an empty outbox")


def test_when_a_second_chat_is_told_to_wait_everybody_waits(server, keel, anna, ben, cleo):
    before = {person: len(server.inbox_of(person)) for person in (anna, ben, cleo)}
    for person in (anna, ben):
        server.fail("sendMessage", 429, chat_id=person, retry_after=5)
        server.say(person, "/help")

    def refused():
        return [call for person in (anna, ben) for call in server.made("sendMessage", person) if call.status == 429]

    server.wait(lambda: len(refused()) == 2, "two refusals")
    server.say(cleo, "/help")
    last = max(call.at for call in refused())
    for person in (anna, ben, cleo):
        assert server.answers(person, before[person] + 1)[-1].at - last >= 4.5
    emptied(server, keel)
    assert [len(server.inbox_of(person)) - before[person] for person in (anna, ben, cleo)] == [1, 1, 1]


def test_when_telegram_restarts_what_people_wrote_meanwhile_is_answered(server, keel, anna, ben):
    before = {person: len(server.inbox_of(person)) for person in (anna, ben)}
    server.go_down()
    try:
        numbers = [server.say(anna, "/privacy"), server.say(ben, "/help")]
    finally:
        server.come_back()
    for person in (anna, ben):
        server.answers(person, before[person] + 1)
    emptied(server, keel)
    assert [len(server.inbox_of(person)) - before[person] for person in (anna, ben)] == [1, 1]
    assert keel.rows("SELECT count(*) FROM inbox WHERE update_id IN (?, ?)", *numbers) == [(2,)]


def test_answers_that_are_none_and_slow_ones_cost_nothing_but_time(server, keel, anna):
    before = len(server.inbox_of(anna))
    server.fail("getUpdates", 200)
    server.fail("getUpdates", 502, is_page=True)
    server.hang("getUpdates", drip=0.5)
    server.fail("sendMessage", 502, chat_id=anna, is_page=True)
    server.say(anna, "/help")
    assert "You can say" in server.answers(anna, before + 1)[-1].text
    emptied(server, keel)
    assert len(server.inbox_of(anna)) == before + 1


def test_what_arrived_unheard_of_is_said_at_most_once_more(server, keel, anna):
    before = len(server.inbox_of(anna))
    server.fail("sendMessage", -1, chat_id=anna)
    emptied(server, keel, server.say(anna, "/help"))
    assert [sent.text for sent in server.inbox_of(anna)[before:]] == [server.inbox_of(anna)[-1].text] * 2


def test_the_account_of_somebody_is_gone_and_nobody_is_bothered(server, keel, anna):
    before = len(server.inbox_of(anna))
    server.say(anna, "/help")
    server.answers(anna, before + 1)
    server.vanish(anna)
    server.say(anna, "/privacy")
    server.wait(lambda: [call for call in server.made("sendMessage", anna) if call.status == 403], "the refusal")
    emptied(server, keel)
    assert len([call for call in server.made("sendMessage", anna) if call.status == 403]) == 1


def test_a_group_that_moves_is_not_spoken_to_under_its_old_number(server, keel):
    server.say(-502, "hello")
    server.answers(-502, 1)
    fresh = server.migrate(-502)
    emptied(server, keel, server.say(fresh, "still here"))
    assert len(server.inbox_of(-502)) == 1
    assert [call.status for call in server.made("sendMessage", -502)] == [200]


def test_updates_out_of_order_are_answered_all(server, keel, anna):
    before = len(server.inbox_of(anna))
    with server.lock:  # so that it is not fetched before it is held
        late = server.say(anna, "/help")
        server.hold(late)
    server.say(anna, "/privacy")
    server.answers(anna, before + 1)
    server.repeat(late)
    server.answers(anna, before + 2)
    emptied(server, keel)
    assert [("You can say" in sent.text) for sent in server.inbox_of(anna)[before:]] == [False, True]


def test_in_all_of_this_telegram_had_nothing_to_complain_about(server, keel):
    """Whatever was scripted to go wrong, no call was malformed, and nobody was spoken to too fast."""
    late = {"answerCallbackQuery", "getFile"}  # a busy machine taps too late, and a file may have gone
    assert [(call.method, call.description) for call in server.refusals() if call.method not in late] == []
    server.assert_rates(burst=2)
