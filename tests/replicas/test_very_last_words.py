"""Both workers are killed between an erasure and its certificate; whoever answers next says it.

By its name after the tests that count who answered: here others come in the place of both workers.
"""

import signal

CERTIFICATE = "Everything about you is deleted."
LEFT = "SELECT count(*) FROM inbox WHERE kind = 'last_words' AND state = 'received'"


def test_the_certificate_is_said_by_the_next_process(fleet, server):
    fleet.start()
    person = 7700
    server.say(person, "/start")
    server.answers(person, 1)
    server.say(person, "/delete")
    server.wait(lambda: "Shall I?" in server.inbox_of(person)[-1].text, "the question")
    heard = len(server.inbox_of(person))
    server.fail("sendMessage", 502, chat_id=person, times=1000)
    server.tap(person, "delete:yes")
    fleet.wait(lambda: fleet.rows(LEFT) == [(1,)], "the erasure")
    for name in ("anne", "bert"):
        fleet[name].send_signal(signal.SIGKILL)
        fleet[name].kill()
    assert [sent.text for sent in server.inbox_of(person)[heard:]] == []
    server.mend()
    fleet.start()
    fleet.wait(lambda: fleet.rows(LEFT) == [(0,)], "the certificate", 120)
    assert [sent.text.startswith(CERTIFICATE) for sent in server.inbox_of(person)[heard:]] == [True]
    assert fleet.rows("SELECT count(*) FROM inbox WHERE kind = 'last_words' AND external_hmac IS NOT NULL") == [(0,)]
