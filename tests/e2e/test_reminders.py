"""Reminders at their exact instants: clock changes, quiet hours, pause, snooze, undo."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn


def instants(turn: Turn, words: str) -> list[str]:
    """When this was said, in UTC."""
    return [f"{at.astimezone(UTC):%m-%d %H:%M}" for at in turn.clocks(words)]


def local(turn: Turn, words: str) -> list[str]:
    """When this was said, on the wall clock that the message itself names."""
    return [f"{at:%m-%d %H:%M%z}" for at in turn.clocks(words)]


@recorded("locked")
def spring(path: Path) -> SimpleNamespace:
    """Berlin, the last weekend of March 2027: 02:00 on Sunday the 28th becomes 03:00."""
    said = SimpleNamespace()
    with Console(path, now="2027-03-26T12:00:00+01:00") as console:
        console.say("cancel all reminders")
        said.set = [
            console.say("remind me every day at 02:30 in the night to turn over"),
            console.say("remind me every day at 9:00 to stretch"),
            console.say("remind me on Sunday at 12:00 to call mum"),
        ]
        said.weekend = console.advance("P3D")
    return said


@recorded("locked")
def autumn(path: Path) -> SimpleNamespace:
    """Berlin, the last weekend of October 2027: 03:00 on Sunday the 31st becomes 02:00."""
    said = SimpleNamespace()
    with Console(path, now="2027-10-29T12:00:00+02:00") as console:
        console.say("cancel all reminders")
        console.say("remind me every day at 02:30 in the night to turn over")
        console.say("remind me every day at 9:00 to stretch")
        said.weekend = console.advance("P3D")
    return said


def test_a_reminder_is_confirmed_with_its_time_and_a_receipt(spring: SimpleNamespace) -> None:
    for turn, words in zip(spring.set, ("02:30", "09:00", "12:00"), strict=True):
        assert turn.receipts == (("reminder", "created"),)
        assert words in turn.text
        assert "Berlin" in turn.text


def test_in_spring_wall_times_hold_and_a_skipped_time_comes_at_the_end_of_the_gap(spring: SimpleNamespace) -> None:
    assert instants(spring.weekend, "stretch") == ["03-27 08:00", "03-28 07:00", "03-29 07:00"]
    assert instants(spring.weekend, "turn over") == ["03-27 01:30", "03-28 01:00", "03-29 00:30"]
    assert instants(spring.weekend, "call mum") == ["03-28 10:00"]


def test_in_autumn_a_repeated_time_fires_once(autumn: SimpleNamespace) -> None:
    assert instants(autumn.weekend, "turn over") == ["10-30 00:30", "10-31 00:30", "11-01 01:30"]
    assert instants(autumn.weekend, "stretch") == ["10-30 07:00", "10-31 08:00", "11-01 08:00"]


def test_at_carries_the_offset_that_holds_in_berlin_at_that_moment(
    spring: SimpleNamespace, autumn: SimpleNamespace
) -> None:
    assert local(spring.weekend, "stretch") == ["03-27 09:00+0100", "03-28 09:00+0200", "03-29 09:00+0200"]
    assert local(autumn.weekend, "stretch") == ["10-30 09:00+0200", "10-31 09:00+0100", "11-01 09:00+0100"]


@recorded("locked")
def days(path: Path) -> SimpleNamespace:
    """One person, some days of pauses, quiet hours, snoozes and undos."""
    said = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        said.quiet = console.say("/quiet 20:30 10:50")
        said.at_night = console.say("remind me at 23:00 to lock the door")
        said.first_day = console.advance("P1D")  # to Tuesday 07:00
        said.brief = console.advance("PT3H")  # 10:00
        breakfast = next(p for p in said.brief.pushes if "Breakfast" in p["text"])
        data = [b["data"] for row in breakfast["buttons"] for b in row]
        said.snoozed = console.tap(next(d for d in data if d.startswith("firing:snooze10")))
        said.after_snooze = console.advance("PT20M")
        said.set = console.say("remind me at 12:00 to water the plants")
        said.undone = console.tap(said.set.tap("undo:reminder:"))
        said.noon = console.advance("PT2H")
        said.paused = console.say("pause for 2 days")
        said.own_wish = console.say("remind me tomorrow at 15:00 to pick up the parcel")
        said.silence = console.advance("P1DT12H")
        said.back = console.say("I am back")
        said.after = console.advance("PT24H")
        said.stopped = console.say("/stop")
        said.stop_silence = console.advance("P3D")
        said.in_the_past = console.say("remind me yesterday at 9:00 to run")
        said.no_time = console.say("remind me to dance")
    return said


def test_quiet_hours_hold_back_what_has_no_time_of_its_own_until_their_end(days: SimpleNamespace) -> None:
    assert days.quiet.receipts[0] == ("user_setting", "updated")
    water = [f"{at:%H:%M}" for at in days.first_day.clocks("glass of water")]
    assert water == ["10:50", "12:30", "19:00"]  # the first is due at 10:30


def test_bedtime_comes_at_the_start_of_the_quiet_hours(days: SimpleNamespace) -> None:
    assert [f"{at:%H:%M}" for at in days.first_day.clocks("wind down")] == ["20:30"]


def test_times_the_person_named_hold_inside_the_quiet_hours(days: SimpleNamespace) -> None:
    assert [f"{at:%H:%M}" for at in days.first_day.clocks("lock the door")] == ["23:00"]
    assert [f"{at:%H:%M}" for at in days.brief.clocks("Good morning")] == ["07:15"]
    assert [f"{at:%H:%M}" for at in days.brief.clocks("Breakfast")] == ["07:45"]


def test_a_snooze_brings_it_back_once_after_ten_minutes(days: SimpleNamespace) -> None:
    assert days.snoozed.receipts == (("reminder_firing", "snoozed"),)
    assert [f"{at:%H:%M}" for at in days.after_snooze.clocks("Breakfast")] == ["10:10"]


def test_an_undone_reminder_stays_silent(days: SimpleNamespace) -> None:
    assert days.undone.receipts == (("reminder", "cancelled"),)
    assert days.noon.clocks("plants") == ()


def test_a_pause_silences_everything_and_ends_when_the_person_is_back(days: SimpleNamespace) -> None:
    assert days.paused.receipts == (("user_setting", "updated"),)
    assert "Thursday 26 November" in days.paused.text
    assert days.silence.pushes == ()
    assert days.back.receipts == (("user_setting", "updated"),)
    assert len(days.after.clocks("Good morning")) == 1


def test_stop_silences_until_further_notice(days: SimpleNamespace) -> None:
    assert days.stopped.receipts == (("user_setting", "updated"),)
    assert days.stop_silence.pushes == ()


def test_a_wish_without_a_possible_time_sets_nothing_and_says_so(days: SimpleNamespace) -> None:
    for turn in (days.in_the_past, days.no_time):
        assert turn.receipts == ()
        assert turn.text
    assert "dance" in days.no_time.text


def test_each_occurrence_has_one_firing_and_sent_ones_one_message(days: SimpleNamespace) -> None:
    repeated = days.ledger.all(
        "SELECT 1 FROM reminder_firings GROUP BY reminder_id, local_date, local_time HAVING count(*) > 1"
    )
    sent = days.ledger.count("reminder_firings", "outbox_id IS NOT NULL")
    assert repeated == []
    assert sent == days.ledger.count("outbox", "category = 'reminder'")
    assert days.ledger.count("reminder_firings", "suppressed_reason = 'paused'") >= 8


def test_the_hours_between_two_pushes_are_real(days: SimpleNamespace) -> None:
    times = [datetime.fromisoformat(push["at"]) for push in days.after.pushes]
    assert times == sorted(times)
    assert times[-1] - times[0] <= timedelta(hours=24)
