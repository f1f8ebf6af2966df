"""The story a newcomer lives through, from hello to a changed plan that survives a power cut."""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.conftest import FACTS
from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn, onboard

RESTART = "2026-11-25T20:30:00+01:00"


@recorded("empty")
def story(path: Path) -> SimpleNamespace:
    """Everything that was said in it; the tests look at the parts."""
    told = SimpleNamespace(path=path, ledger=Ledger(path))
    with Console(path) as console:
        told.questions = onboard(console, FACTS)
        told.hello, told.agreed, told.facts, *_, told.locked = told.questions
        told.today = console.say("what is on today?")
        bed = next(b for b in told.today.buttons if "Lights out" in b["label"])
        told.ticked = console.tap(bed["data"])
        told.monday = console.advance("P1D")
        told.tuesday = console.advance("P1D")
        told.wednesday = console.say("what is on today?")
        told.trained = console.say("done with the workout")
        told.after_training = console.advance("PT12H")
        told.proposal = console.say("I want to train 4 days a week")
        told.confirmed = console.say("yes")
        console.kill()
    told.plans_before = told.ledger.all("SELECT kind, version, status FROM plans ORDER BY kind, version")
    with Console(path, now=RESTART) as console:
        told.again = console.say("what is on today?")
        told.history = console.say("/profile history")
        told.reminders = console.say("/reminders")
        told.week = console.say("/plan")
        told.exit_code = console.close()
        told.errors = console.errors
    return told


def at(push: dict[str, str]) -> datetime:
    return datetime.fromisoformat(push["at"])


def test_hello_introduces_an_ai_and_asks_for_consent_first(story: SimpleNamespace) -> None:
    assert "I am an AI, not a doctor" in story.hello.text
    assert story.hello.taps == ("onb:consent:yes", "onb:consent:more", "onb:consent:no")
    assert story.hello.receipts == ()


def test_consent_is_a_row(story: SimpleNamespace) -> None:
    assert story.agreed.receipts == (("consent", "created"),)
    assert story.ledger.all("SELECT purpose, withdrawn_at FROM consents") == [("coaching", None)]


def test_one_sentence_fills_many_fields(story: SimpleNamespace) -> None:
    for said in ("age: 36", "height: 180 cm", "weight: 82.0 kg", "male", "fat loss", "knee", "vegetarian", "07:15"):
        assert said in story.facts.text
    assert "tree nut" in story.facts.text
    assert "peanut" in story.facts.text
    asked = {tap.split(":")[1] for turn in story.questions for tap in turn.taps if tap.startswith("onb:")}
    assert not asked & {"height_cm", "weight_kg", "primary_goal", "diet_type", "sex", "morning_brief_time", "timezone"}


def test_every_question_shows_progress_and_buttons(story: SimpleNamespace) -> None:
    for turn in story.questions[:-1]:
        assert re.search(r"Step \d+ of 11", turn.text), turn.text
        assert turn.buttons
        assert len(turn.messages) == 1


def test_the_review_shows_everything_before_the_lock(story: SimpleNamespace) -> None:
    review = story.questions[-3]
    assert review.taps == ("onb:review:right", "onb:review:change")
    rows = dict(review.cards[0]["rows"])
    assert (rows["Age"], rows["Weight"], rows["Diet"]) == ("36", "82.0 kg", "vegetarian")
    assert rows["Time zone"].endswith("Berlin")


def test_the_lock_makes_version_one_and_three_plans_with_tasks_and_reminders(story: SimpleNamespace) -> None:
    counted = Counter(story.locked.receipts)
    assert counted["profile", "locked"] == 1
    assert counted["plan", "created"] == 3
    assert counted["task", "created"] >= 8
    assert counted["reminder", "created"] == 9
    assert "version 1" in story.locked.text
    assert [m["agent"] for m in story.locked.messages][:1] == ["intake_safety"]
    assert {m["agent"] for m in story.locked.messages} == {
        "intake_safety",
        "meal_planner",
        "exercise_coach",
        "logistics",
    }


def test_today_shows_workout_meals_and_tasks_of_the_local_day(story: SimpleNamespace) -> None:
    assert "Monday 23 November" in story.today.text
    titles = [card["title"] for card in story.today.cards]
    assert titles == ["Plan", "Tasks"]
    plan, tasks = story.today.cards
    assert [row[0] for row in plan["rows"] if "kcal" in row[2]] == ["08:00", "12:30", "19:00"]
    assert any(row[0] == "18:00" and "min" in row[2] for row in plan["rows"])
    assert len(tasks["rows"]) == 2


def test_a_tap_ticks_a_task(story: SimpleNamespace) -> None:
    assert story.ticked.receipts == (("task", "completed"),)
    assert story.ticked.text.startswith("Done: Lights out")
    assert story.ledger.count("tasks", "status = 'completed' AND category = 'sleep'") == 1


def test_words_tick_a_task(story: SimpleNamespace) -> None:
    assert ("task", "completed") in story.trained.receipts
    assert story.ledger.count("tasks", "status = 'completed' AND category = 'exercise'") == 1
    assert story.ledger.count("planned_workouts", "status = 'completed'") == 1


def test_the_morning_brief_comes_once_a_day_at_the_chosen_time(story: SimpleNamespace) -> None:
    for day, turn in ((23, story.monday), (24, story.tuesday)):
        briefs = turn.clocks("Good morning")
        assert briefs == (datetime.fromisoformat(f"2026-11-{day}T07:15:00+01:00"),)


def test_a_day_of_reminders_comes_in_order_at_local_times(story: SimpleNamespace) -> None:
    times = [at(push) for push in story.tuesday.pushes]
    assert times == sorted(times)
    assert all(time.utcoffset() == timedelta(hours=1) for time in times)
    heard = [(f"{at(push):%H:%M}", push["text"].partition(" ")[0]) for push in story.tuesday.pushes]
    assert heard == [
        ("07:15", "Good"),
        ("07:45", "Breakfast"),  # inside the quiet hours, but the person chose the time
        ("10:30", "A"),
        ("12:15", "Lunch"),
        ("12:30", "A"),
        ("18:45", "Dinner"),
        ("19:00", "A"),
        ("20:00", "How"),
        ("21:30", "Time"),
    ]


def test_a_training_day_brings_the_workout_reminder_half_an_hour_before(story: SimpleNamespace) -> None:
    assert [f"{time:%H:%M}" for time in story.monday.clocks("in 30 minutes")] == ["17:30"]
    assert story.tuesday.clocks("in 30 minutes") == ()


def test_a_finished_workout_is_not_reminded_of(story: SimpleNamespace) -> None:
    assert not [push for push in story.after_training.pushes if "in 30 minutes" in push["text"]]


def test_a_change_is_proposed_before_it_is_made(story: SimpleNamespace) -> None:
    assert story.proposal.taps == ("profile:confirm", "profile:keep")
    assert story.proposal.receipts == ()
    assert ["Training days", "Mon, Wed, Fri", "Mon, Tue, Thu, Fri"] in story.proposal.cards[0]["rows"]


def test_a_confirmed_change_makes_version_two_and_plans_anew(story: SimpleNamespace) -> None:
    assert ("profile", "locked") in story.confirmed.receipts
    assert ("plan", "created") in story.confirmed.receipts
    assert "version 2" in story.confirmed.text
    exercise = [row for row in story.plans_before if row[0] == "exercise"]
    assert exercise == [("exercise", 1, "superseded"), ("exercise", 2, "active")]


def test_after_a_power_cut_everything_is_found_again(story: SimpleNamespace) -> None:
    assert "Wednesday 25 November" in story.again.text
    assert story.ledger.is_sound()
    assert (story.exit_code, story.errors) == (0, "")
    assert "Morning brief" in story.reminders.shown
    assert "every Mon, Tue, Thu, Fri at 17:30" in story.reminders.shown
    assert len(story.week.cards[0]["rows"]) == 7


def test_the_history_shows_both_versions_with_the_reason(story: SimpleNamespace) -> None:
    rows = story.history.cards[0]["rows"]
    assert [row[0] for row in rows] == ["2", "1"]
    assert "4 days" in rows[0][2]
    assert "Mon, Wed, Fri → Mon, Tue, Thu, Fri" in rows[0][3]


def test_no_message_was_sent_twice(story: SimpleNamespace) -> None:
    keys = story.ledger.all("SELECT dedup_key, count(*) FROM outbox GROUP BY dedup_key HAVING count(*) > 1")
    firings = story.ledger.all(
        "SELECT reminder_id, local_date, local_time, count(*) FROM reminder_firings GROUP BY 1, 2, 3"
        " HAVING count(*) > 1"
    )
    assert (keys, firings) == ([], [])
    assert story.ledger.count("outbox", "state = 'pending'") == 0


def test_the_calm_of_the_console(story: SimpleNamespace) -> None:
    everything: list[Turn] = [*story.questions, story.today, story.ticked, story.monday, story.tuesday, story.history]
    for turn in everything:
        for message in turn.messages:
            assert "{" not in message["text"]
            assert message["text"].strip()


def test_the_database_file_is_its_owners_alone(story: SimpleNamespace) -> None:
    for name in ("keel.db", "keel.db.key"):
        assert Path(story.path).with_name(name).stat().st_mode & 0o077 == 0
