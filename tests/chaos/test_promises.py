"""The judge itself: a story in which all went well passes, and each broken promise is noticed by its name."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.chaos.evidence import Evidence, Occurrence, Row, Screen, Update, clock_face
from tests.chaos.promises import PROMISES, broken

ANNA, BEN = 11, 12
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC).timestamp()
NIGHT = datetime(2026, 3, 2, 23, tzinfo=UTC).timestamp()
DRINK, OTHER = ("water", "201"), ("water", "202")


def row(update, message, **changes):
    plain = Row(ANNA, f"4242-{update}-0", "sent", "reply", None, False, message, update, 0, False)
    return replace(plain, **changes)


def screen(message, text, at=NOON):
    return Screen(message, text, at, frozenset({text}))


FIRED = Occurrence(ANNA, "r1", "2026-03-02 12:00:00", "sent", "meal", True, 103, "sent")
REMINDED = row(0, 103, key="reminder:r1:f1", category="reminder", update_id=None)
GOOD = Evidence(
    updates=(
        Update(1, ANNA, "done", 1, DRINK, wants_answer=True),
        Update(2, ANNA, "done", 1, OTHER, wants_answer=True),
    ),
    rows=(row(1, 101), row(2, 102), REMINDED),
    screens={ANNA: (screen(101, "Logged 201 ml."), screen(102, "Logged 202 ml."), screen(103, "Lunch at 12:15"))},
    occurrences=(FIRED,),
    effects={ANNA: Counter([DRINK, OTHER])},
    erased=frozenset(),
    shut_out=frozenset(),
    said_straight=frozenset({"All of it is gone.", "Nothing was kept.", "Call 112."}),
    certificate="All of it is gone.",
    honest_words=frozenset({"Nothing was kept."}),
    kills=1,
    unsure=0,
    may_fail=False,
)
TWICE = replace(GOOD, screens={ANNA: (screen(100, "Logged 201 ml."), *GOOD.screens[ANNA])})
MARKED = replace(TWICE, rows=(row(1, 101, maybe_twice=True), *GOOD.rows[1:]))
REFUSED = replace(
    GOOD,
    updates=(replace(GOOD.updates[0], state="failed"), GOOD.updates[1]),
    effects={ANNA: Counter([OTHER])},
    rows=GOOD.rows[1:],
    screens={ANNA: (screen(99, "Nothing was kept."), *GOOD.screens[ANNA][1:])},
    may_fail=True,
)
FLAGGED = replace(GOOD, updates=(*GOOD.updates, Update(3, BEN, "done", is_red_flag=True, wants_answer=True)))
HELPED = replace(
    FLAGGED,
    rows=(*GOOD.rows, row(3, 104, who=BEN, category="safety")),
    screens={**GOOD.screens, BEN: (screen(104, "!"),)},
)
GONE = replace(GOOD, erased=frozenset({BEN}), screens={**GOOD.screens, BEN: (screen(104, "All of it is gone."),)})
GONE_ASKED = (*GOOD.updates, Update(3, BEN, "done", effect=("erased", ""), wants_answer=True))


@pytest.mark.parametrize("evidence", [GOOD, MARKED, REFUSED, HELPED, replace(GONE, updates=GONE_ASKED)])
def test_a_story_in_which_every_promise_was_kept_passes(evidence):
    assert broken(evidence) == []


def updates_with(**changes):
    return replace(GOOD, updates=(replace(GOOD.updates[0], **changes), GOOD.updates[1]))


def rows_with(**changes):
    return replace(GOOD, rows=(replace(GOOD.rows[0], **changes), *GOOD.rows[1:]))


def fired(**changes):
    return replace(GOOD, occurrences=(replace(FIRED, **changes),))


BROKEN = {
    "an update nobody knows": ("accepted", updates_with(state=None)),
    "an update that is still open": ("accepted", updates_with(state="received")),
    "a failure without a cause": ("accepted", replace(REFUSED, may_fail=False)),
    "an effect that is missing": ("once", replace(GOOD, effects={ANNA: Counter([OTHER])})),
    "an effect that came twice": ("once", replace(GOOD, effects={ANNA: Counter([DRINK, DRINK, OTHER])})),
    "an effect of what was refused": ("once", replace(REFUSED, effects=GOOD.effects)),
    "a log out of nothing": ("nothing made up", replace(GOOD, effects={ANNA: Counter([DRINK, OTHER, ("water", "9")])})),
    "an update without an answer": ("answered", replace(GOOD, rows=GOOD.rows[1:])),
    "a refusal nobody heard of": ("answered", replace(REFUSED, screens=GOOD.screens)),
    "a message that waits for ever": ("sent", rows_with(state="pending", message_id=None)),
    "a message called sent that never came": ("sent", rows_with(message_id=100)),
    "a message dropped without a reason": ("sent", rows_with(state="dropped", reason="blocked")),
    "a message that failed": ("sent", rows_with(state="failed")),
    "the same message twice, unmarked": ("twice", TWICE),
    "more repeats than faults": ("twice", replace(MARKED, kills=0)),
    "words of no row": ("twice", replace(GOOD, screens={ANNA: (*GOOD.screens[ANNA], screen(109, "Boo"))})),
    "answers in the wrong order": ("order", replace(GOOD, rows=(row(1, 102), row(2, 101), REMINDED))),
    "one occurrence that fired twice": (
        "reminders", replace(GOOD, occurrences=(FIRED, replace(FIRED, message_id=None))),
    ),
    "a firing that does not know it was sent": ("reminders", fired(state="queued")),
    "a reminder nobody looked at": ("reminders", replace(GOOD, overdue=("11's meal",))),
    "a reminder at night": (
        "quiet hours", replace(GOOD, screens={ANNA: (*GOOD.screens[ANNA][:2], screen(103, "Lunch at 12:15", NIGHT))}),
    ),
    "a deletion without a word": ("erasure", replace(GONE, screens={**GOOD.screens, BEN: ()})),
    "a word after the certificate": (
        "erasure", replace(GONE, screens={**GOOD.screens, BEN: (*GONE.screens[BEN], screen(105, "Hello!"))}),
    ),
    "somebody who came back": ("erasure", replace(GOOD, updates=GONE_ASKED)),
    "a cry for help that nobody answered": ("red flags", FLAGGED),
    "a damaged file": ("sound", replace(GOOD, unsound=("row 3 missing from index",))),
    "a process that ended by itself": ("sound", replace(GOOD, complaints=("a life ended by itself with 1",))),
    "a traceback in the log": ("sound", replace(GOOD, log="Traceback (most recent call last)")),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_promise_is_noticed(name):
    promise, evidence = BROKEN[name]
    assert promise in {fault.partition(":")[0] for fault in broken(evidence)}


def test_every_promise_has_a_story_that_breaks_it():
    assert {promise for promise, _ in BROKEN.values()} == set(PROMISES)


def test_a_reminder_whose_minute_was_named_may_come_at_night():
    named = replace(FIRED, is_shy=False)
    late = replace(GOOD, occurrences=(named,), screens={ANNA: (*GOOD.screens[ANNA][:2], screen(103, "Stretch", NIGHT))})
    assert broken(late) == []


@pytest.mark.parametrize(
    ("typed", "hands"), [("10:07", "10:07"), ("22:07", "10:07"), ("00:30", "00:30"), ("12:30", "00:30")]
)
def test_a_typed_hour_is_compared_by_where_the_hands_stand(typed, hands):
    assert clock_face(typed) == hands
