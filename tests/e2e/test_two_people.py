"""Two names in one database: two people who never see each other's data."""

from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.ledger import Ledger
from tests.support.console import Console, take_first_buttons

BEA = "41, female, 170 cm, 65 kg, general fitness, vegan, allergic to soy, I live in Lisbon"


@recorded("locked")
def house(path: Path) -> SimpleNamespace:
    """Ann is the locked person of the fixture; Bea arrives later, and both talk."""
    said = SimpleNamespace(ledger=Ledger(path))
    with Console(path, user="bea") as bea, Console(path) as ann:
        said.stranger = bea.say("what is on today?")
        bea.tap("onb:consent:yes")
        said.bea_locked = take_first_buttons(bea, bea.say(BEA))[-1]
        said.ann_today = ann.say("what is on today?")
        said.bea_today = bea.say("what is on today?")
        ann.say("remind me to water the orchid at 9:00")
        ann.say("I feed my parrot Kiko, drank 700 ml")
        said.foreign_task = bea.tap(said.ann_today.tap("task:done:"))
        said.bea_reminders, said.ann_reminders = bea.say("/reminders"), ann.say("/reminders")
        said.bea_progress, said.ann_progress = bea.say("/progress"), ann.say("/progress")
        said.bea_profile, said.ann_profile = bea.say("/profile"), ann.say("/profile")
        said.bea_undo = bea.say("undo")
        said.bea_advanced = bea.advance("PT3H")
        said.ann_advanced = ann.advance("PT3H")
        said.bea_all = "\n".join(turn.shown for turn in bea.transcript)
        said.deleted = bea.tap(bea.say("/delete").tap("delete:yes"))
        said.ann_after = ann.say("what is on today?")
    return said


def test_a_new_name_is_a_stranger_who_is_asked_first(house: SimpleNamespace) -> None:
    assert house.stranger.taps[0] == "onb:consent:yes"
    assert "kcal" not in house.stranger.shown


def test_each_sees_their_own_profile_and_plan(house: SimpleNamespace) -> None:
    ann, bea = dict(house.ann_profile.cards[0]["rows"]), dict(house.bea_profile.cards[0]["rows"])
    assert (ann["Age"], bea["Age"]) == ("36", "41")
    assert (ann["Diet"], bea["Diet"]) == ("vegetarian", "vegan")
    assert (ann["Time zone"].endswith("Berlin"), bea["Time zone"].endswith("Lisbon")) == (True, True)
    assert "soy" in bea["Allergies"]
    assert "soy" not in ann["Allergies"]


def test_a_tap_with_the_id_of_somebody_elses_task_does_nothing(house: SimpleNamespace) -> None:
    assert house.foreign_task.receipts == ()
    assert house.ledger.count("tasks", "status = 'completed'") == 0


def test_reminders_and_logs_stay_with_their_owner(house: SimpleNamespace) -> None:
    assert "orchid" in house.ann_reminders.shown
    assert "orchid" not in house.bea_all
    assert "700 ml" in house.ann_progress.shown
    assert "700 ml" not in house.bea_all
    assert house.bea_undo.receipts == () or "health_metric" not in {r[0] for r in house.bea_undo.receipts}


def test_each_is_reminded_by_their_own_clock_and_only_of_their_own(house: SimpleNamespace) -> None:
    assert len(house.ann_advanced.clocks("orchid")) == 1
    assert house.bea_advanced.clocks("orchid") == ()
    assert [m["at"][-6:] for m in house.ann_advanced.messages] == ["+01:00"] * len(house.ann_advanced.messages)
    assert {m["at"][-6:] for m in house.bea_advanced.messages} == {"+00:00"}


def test_deleting_one_leaves_the_other_whole(house: SimpleNamespace) -> None:
    assert "deleted" in house.deleted.text
    assert house.ledger.count("users") == 1
    assert all(len(people) == 1 for people in house.ledger.owners().values())
    assert "kcal" in house.ann_after.shown
