"""The real `keel run` killed between an erasure and its certificate: the person is told all the same, once it runs."""

import signal

CERTIFICATE = "Everything about you is deleted."
LEFT = "SELECT count(*) FROM inbox WHERE kind = 'last_words' AND state = 'received'"


def test_killed_before_the_certificate_went_out_it_goes_out_after_the_restart(server, keel, anna):
    server.say(anna, "/delete")
    server.wait(lambda: "Shall I?" in server.inbox_of(anna)[-1].text, "the question")
    heard = len(server.inbox_of(anna))
    server.fail("sendMessage", 502, chat_id=anna, times=1000)
    server.tap(anna, "delete:yes")
    server.wait(lambda: keel.rows(LEFT) == [(1,)], "the erasure")
    keel.send_signal(signal.SIGKILL)
    assert keel.ended() == -signal.SIGKILL
    assert [sent.text for sent in server.inbox_of(anna)[heard:]] == []
    server.mend()
    keel.listening()
    assert server.answers(anna, heard + 1)[-1].text.startswith(CERTIFICATE)
    server.wait(lambda: keel.rows(LEFT) == [(0,)], "the end of it")
    assert [sent.text.startswith(CERTIFICATE) for sent in server.inbox_of(anna)[heard:]] == [True]
    rest = "SELECT payload, external_hmac, user_id FROM inbox WHERE kind = 'last_words' AND state = 'done'"
    assert set(keel.rows(rest)) == {(None, None, None)}


def test_who_shuts_the_bot_out_before_the_certificate_is_let_go(server, keel, ben):
    server.say(ben, "/delete")
    server.wait(lambda: "Shall I?" in server.inbox_of(ben)[-1].text, "the question")
    server.fail("sendMessage", 403, chat_id=ben, times=1000)
    server.tap(ben, "delete:yes")
    server.wait(lambda: keel.rows(LEFT) == [(0,)] and server.made("sendMessage", ben)[-1].status == 403, "the end")
    tried = len(server.made("sendMessage", ben))
    number = server.say(ben, "hello")
    server.wait(lambda: server.confirmed > number, "the confirmation")
    assert len([c for c in server.made("sendMessage", ben) if c.status == 403]) <= tried + 2
