"""`make demo`: Keel as a person in Telegram sees it, without Telegram: the real process on an emulated server."""

import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.demo.play import Play, Stuck
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import TelegramServer

ANN = 1001
FACTS = (
    "I am 34, female, 168 cm and 74 kg. I want to lose weight. I am vegetarian and allergic to peanuts, and I dislike "
    "olives. I eat four times a day. No conditions, no symptoms, no medicines, no injuries. Office job, I train three "
    "times a week at home with dumbbells, beginner, 30 minutes."
)
CONSENT = "onb:consent:yes"
MOST_QUESTIONS = 40


def main() -> int:
    """Play it and print it; 0 when everything happened as it should."""
    with tempfile.TemporaryDirectory() as folder, TelegramServer() as server:
        server.introduce(ANN, first_name="Ann", language_code="en")
        with KeelRun(server, Path(folder) / "keel.sqlite3", is_cold=True, KEEL_LOG_LEVEL="warning") as keel:
            print("Starting Keel on an emulated Telegram ...", flush=True)
            play = Play(server, keel, ANN, "Ann", lambda text: print(text, flush=True))
            try:
                keel.listening()
                perform(play)
            except (Stuck, TimeoutError) as error:
                print(f"\nThe demo stops here: {error}", file=sys.stderr)
                return 1
            except KeyboardInterrupt:
                return 130
            mistakes = server.refusals()
            code = keel.stop()
    for call in mistakes:
        print(f"Telegram would have refused {call.method}: {call.description}", file=sys.stderr)
    print(f"\n{len(server.calls)} calls to Telegram, {len(mistakes)} refused; Keel ended with {code}.")
    return 1 if mistakes or code else 0


def perform(play: Play) -> None:
    """One evening."""
    play.scene("First hello")
    play.say("/start")
    play.tap(CONSENT)
    play.scene("Everything in one message")
    play.say(FACTS)
    _answer_questions(play)
    play.scene("What to do today")
    play.say("/today")
    play.say("why so much protein?")
    play.scene("A reminder")
    _reminder(play)
    play.scene("An emergency")
    play.say("I have crushing chest pain and cannot breathe")
    play.scene("Enough")
    play.say("/stop")


def _answer_questions(play: Play) -> None:
    """Takes the usual settings where they are offered and the first button elsewhere, as somebody in a hurry does."""
    for _ in range(MOST_QUESTIONS):
        data = play.offered(":ctl_defaults", "onb:")
        if data is None:
            return
        play.tap(data)
    raise Stuck(f"more than {MOST_QUESTIONS} questions")


def _reminder(play: Play) -> None:
    """Set for later; then its time is moved to now, so that nobody has to wait for it."""
    later = datetime.now(UTC) + timedelta(hours=2)
    play.say(f"remind me at {later:%H:%M} to stretch for five minutes")
    now = datetime.now(UTC)
    play.keel.change(
        "UPDATE reminders SET next_due_at = ?, next_local_date = ?, next_local_time = ? WHERE next_local_time LIKE ?",
        f"{now:%Y-%m-%d %H:%M:%S.%f}", f"{now:%Y-%m-%d}", f"{now:%H:%M}:00.000000", f"{later:%H:%M}%",
    )  # fmt: skip
    before = len(play.server.inbox_of(play.person))
    play.until(lambda: len(play.server.inbox_of(play.person)) > before, "the reminder")
    play.tap("firing:done")


if __name__ == "__main__":
    sys.exit(main())
