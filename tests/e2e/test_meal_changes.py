"""Planned meals change by words and taps: other dishes, other days, the rest of today, and every change goes back."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from agents.domain.crockford import decode
from storage.reference.tables import ReferenceTables
from tests.e2e.backstage import recorded
from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn

MONDAY_MORNING = "2026-11-23T07:00:00+01:00"
FOODS = {food.name: food for food in ReferenceTables().foods().foods}


def meals(ledger: Ledger, on: str = "2026-11-23") -> dict[str, str]:
    """Planned dishes of a day by meal."""
    rows = ledger.all(
        "SELECT meal_type, m.name FROM planned_meals m JOIN plans p ON p.id = m.plan_id WHERE p.status = 'active'"
        " AND m.status <> 'swapped' AND local_date = ? ORDER BY meal_number",
        on,
    )
    return dict(rows)


def off_target(ledger: Ledger, on: str) -> float:
    """How far a day is from the goal of its kind, as a share, in the worst of its four figures."""
    names = ("kcal", "protein_g", "carbs_g", "fat_g")
    have = ledger.all(
        f"SELECT {', '.join(f'sum({name})' for name in names)} FROM planned_meals m JOIN plans p ON p.id = m.plan_id"
        " WHERE p.status = 'active' AND m.status <> 'swapped' AND local_date = ?",
        on,
    )[0]
    goals = ledger.all(
        "SELECT kcal_target, protein_g, carbs_g, fat_g FROM nutrition_targets t JOIN plans p ON p.id = t.plan_id"
        " WHERE p.status = 'active' AND (t.day_type = ? OR t.day_type = 'all') ORDER BY t.day_type = 'all'",
        "training" if date.fromisoformat(on).weekday() in (0, 2, 4) else "rest",
    )[0]
    return max(abs(float(h) / float(g) - 1) for h, g in zip(have, goals, strict=True))


def offered(turn: Turn) -> list[str]:
    """The taps that take an offer."""
    return [tap for tap in turn.taps if tap.startswith("meal:use:")]


@recorded("locked")
def swapped(path: Path) -> SimpleNamespace:
    """A dinner becomes another dish by tap, goes back, and becomes another by words."""
    told = SimpleNamespace(ledger=Ledger(path))
    told.first = meals(told.ledger)
    with Console(path, now=MONDAY_MORNING) as console:
        told.offer = console.say("swap dinner")
        told.offered = meals(told.ledger)
        told.taken = console.tap(offered(told.offer)[0])
        told.after = meals(told.ledger)
        told.off = off_target(told.ledger, "2026-11-23")
        told.again = console.tap(offered(told.offer)[0])
        told.undone = console.tap(told.taken.taps[-1])
        told.back = meals(told.ledger)
        told.undone_twice = console.tap(told.taken.taps[-1])
        console.say("something else for dinner")
        told.by_words = console.say("the second one")
        told.second = meals(told.ledger)
        told.by_undo = console.say("undo")
        told.last = meals(told.ledger)
        console.say("swap lunch tomorrow")
        told.kept = console.say("no")
    return told


def test_an_offer_names_two_other_dishes_with_minutes_and_energy_and_changes_nothing(swapped: SimpleNamespace) -> None:
    assert len(offered(swapped.offer)) == 2
    labels = [button["label"] for button in swapped.offer.buttons if button["data"].startswith("meal:use:")]
    assert all(" min, " in label and label.endswith(" kcal)") for label in labels)
    assert all(len(tap.encode()) <= 64 for tap in swapped.offer.taps)
    assert swapped.offer.receipts == ()
    assert swapped.offered == swapped.first


def test_a_tap_writes_the_swap_with_a_receipt_and_the_day_keeps_its_targets(swapped: SimpleNamespace) -> None:
    assert swapped.taken.receipts == (("planned_meal", "swapped"),)
    assert swapped.after["dinner"] != swapped.first["dinner"]
    assert {slot: name for slot, name in swapped.after.items() if slot != "dinner"} == {
        slot: name for slot, name in swapped.first.items() if slot != "dinner"
    }
    assert swapped.off <= 0.0501


def test_a_taken_offer_is_a_stale_button(swapped: SimpleNamespace) -> None:
    assert swapped.again.receipts == ()
    assert "earlier question" in swapped.again.text


def test_undo_brings_the_old_dish_back_once(swapped: SimpleNamespace) -> None:
    assert swapped.undone.receipts == (("planned_meal", "restored"),)
    assert swapped.back == swapped.first
    assert swapped.undone_twice.receipts == ()


def test_words_choose_and_undo_as_taps_do(swapped: SimpleNamespace) -> None:
    assert swapped.by_words.receipts == (("planned_meal", "swapped"),)
    assert swapped.second["dinner"] != swapped.first["dinner"]
    assert swapped.by_undo.receipts == (("planned_meal", "restored"),)
    assert swapped.last == swapped.first
    assert swapped.kept.text == "Good, everything stays as planned."


def test_every_change_of_the_plan_is_kept_with_its_way_back(swapped: SimpleNamespace) -> None:
    rows = swapped.ledger.all("SELECT source, change_kind, approved_by, reverts_id FROM plan_changes ORDER BY id")
    assert [row[:3] for row in rows] == [("user", "swap", "user")] * 4
    assert [row[3] is None for row in rows] == [True, False, True, False]
    assert swapped.ledger.is_sound()


@recorded("locked")
def renewed(path: Path) -> SimpleNamespace:
    """Tomorrow becomes another day and goes back; the rest of today is filled with what is at hand."""
    told = SimpleNamespace(ledger=Ledger(path))
    told.monday, told.tuesday = meals(told.ledger), meals(told.ledger, "2026-11-24")
    with Console(path, now=MONDAY_MORNING) as console:
        told.new_day = console.say("give me a different day tomorrow")
        told.after = meals(told.ledger, "2026-11-24")
        told.off = off_target(told.ledger, "2026-11-24")
        told.other_days = meals(told.ledger), meals(told.ledger, "2026-11-25")
        told.undone = console.say("undo")
        told.back = meals(told.ledger, "2026-11-24")
        told.logged = console.say("3 eggs and 2 slices of toast for breakfast")
        told.eaten = console.say("swap breakfast today")
        told.fill = console.say("what can I cook with eggs, spinach and rice tonight?")
        told.used = console.say("yes")
        told.filled = meals(told.ledger)
        told.scaled = console.say("dinner for four")
        told.unscaled = meals(told.ledger)
        told.which = console.say("swap a meal")
        told.chosen = console.tap(told.which.taps[0])
        told.list_of_three = console.say("shopping list for the next 3 days")
        told.list = console.say("/shopping")
    return told


def test_a_different_day_changes_that_day_alone_and_goes_back_whole(renewed: SimpleNamespace) -> None:
    assert renewed.new_day.receipts == (("planned_meal", "swapped"),) * len(renewed.tuesday)
    assert not set(renewed.after.values()) & set(renewed.tuesday.values())
    assert renewed.off <= 0.0501
    assert renewed.other_days[0] == renewed.monday
    assert renewed.undone.receipts == (("planned_meal", "restored"),) * len(renewed.tuesday)
    assert renewed.back == renewed.tuesday


def test_a_meal_that_was_logged_is_not_offered(renewed: SimpleNamespace) -> None:
    assert offered(renewed.eaten) == []
    assert "is eaten or over" in renewed.eaten.text
    assert [b["label"].partition(":")[0] for b in renewed.which.buttons] == ["Lunch today", "Dinner today"]


def test_the_rest_of_today_uses_what_is_at_hand_and_becomes_the_plan_on_a_yes(renewed: SimpleNamespace) -> None:
    assert "You have logged" in renewed.fill.text
    assert "eggs" in renewed.fill.text
    assert "Use this plan" in {button["label"] for button in renewed.fill.buttons}
    assert renewed.fill.receipts == ()
    assert renewed.used.receipts == (("planned_meal", "swapped"),)
    assert renewed.filled["dinner"] != renewed.monday["dinner"]
    assert renewed.filled["lunch"] == renewed.monday["lunch"]


def test_portions_are_only_shown(renewed: SimpleNamespace) -> None:
    assert "your plan stays as it is" in renewed.scaled.text
    assert renewed.scaled.receipts == ()
    assert renewed.unscaled == renewed.filled
    assert all(len(row) == 2 and "g" in row[1] for row in renewed.scaled.cards[0]["rows"])


def test_the_shopping_list_is_in_packs_by_aisle(renewed: SimpleNamespace) -> None:
    rows = renewed.list.cards[0]["rows"]
    assert renewed.list.cards[0]["columns"] == ["Aisle", "Food", "Buy", "Needed"]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert 0 < len(renewed.list_of_three.cards[0]["rows"]) < len(rows)
    assert "Wednesday 25 November" in renewed.list_of_three.text


@recorded("locked")
def eased(path: Path) -> SimpleNamespace:
    """Five minutes in the kitchen leave no plan; what gives way holds for one plan only; a new allergy empties it."""
    told = SimpleNamespace(ledger=Ledger(path))
    with Console(path, now=MONDAY_MORNING) as console:
        console.say("I have at most 5 minutes to cook")
        told.refused = console.say("yes")
        told.forged = console.tap("relax:allergy:peanut")
        told.eased = console.tap(told.refused.taps[0])
        told.twice = console.tap(told.refused.taps[0])
        told.minutes = console.say("/profile")
        told.allergic = console.say("I am allergic to soy now")
        told.foods = {
            row[0]
            for row in told.ledger.all(
                "SELECT DISTINCT food_name FROM planned_meal_items i JOIN planned_meals m ON m.id = i.planned_meal_id"
                " JOIN plans p ON p.id = m.plan_id WHERE p.status = 'active' AND m.status <> 'swapped'"
            )
        }
    return told


def test_a_refusal_offers_buttons_and_a_tap_plans_with_it_for_this_plan_only(eased: SimpleNamespace) -> None:
    assert "What could give way" in eased.refused.text
    assert eased.refused.taps
    assert all(tap.startswith("relax:") for tap in eased.refused.taps)
    assert eased.eased.receipts == (("plan", "created"),)
    assert "For this plan only" in eased.eased.text
    assert ["Cooking time", "up to 5 min"] in eased.minutes.cards[0]["rows"]


def test_a_forged_way_out_changes_nothing(eased: SimpleNamespace) -> None:
    assert eased.forged.receipts == ()
    assert "does not apply any more" in eased.forged.text


def test_where_no_new_plan_can_be_made_what_must_not_be_eaten_leaves_the_old_one(eased: SimpleNamespace) -> None:
    assert ("planned_meal", "removed") in eased.allergic.receipts
    assert all(FOODS[name].allergens["soy"] == "clear" for name in eased.foods)


@pytest.fixture(scope="module")
def chat(shared: Path) -> Iterator[Console]:
    """A person with planned meals, on Monday evening."""
    with Console(shared, now="2026-11-23T22:30:00+01:00") as console:
        yield console


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("swap dinner tonight", "is eaten or over"),
        ("what can I eat for the rest of today?", "No planned meal is left today"),
        ("swap the elephant curry", "among your coming meals"),
        ("new meals for 20 December", "No meals are planned for"),
        ("swap lunch on 24 December", "No meals are planned for"),
        ("shopping list for 24 December", "nothing to buy"),
    ],
)
def test_what_cannot_be_is_said_kindly(chat: Console, said: str, heard: str) -> None:
    turn = chat.say(said)
    assert heard in turn.text, turn.text
    assert turn.receipts == ()


@pytest.mark.parametrize(
    "data",
    [
        "meal:use:00000000", "meal:use:", "meal:more:x:1", "meal:which:", "meal:keep", "meal:explode", "relax:",
        "undo:swap:01M83FTSR0FRSS3EB3TGGXP876", "undo:swap:", "undo:swap:🙂", "relax:band:9",
        "meal:more:01M83FTSR0FRSS3EB3TGGXP876:99",
    ],
)  # fmt: skip
def test_stale_and_foreign_buttons_change_no_meal(chat: Console, shared: Path, data: str) -> None:
    ledger = Ledger(shared)
    before = ledger.all("SELECT id, status FROM planned_meals ORDER BY id")
    turn = chat.tap(data)
    assert turn.receipts == ()
    assert turn.text.strip()
    assert ledger.all("SELECT id, status FROM planned_meals ORDER BY id") == before


def test_a_receipt_names_the_new_row(own: Path, talk: Callable[..., Console]) -> None:
    console = talk(own, now=MONDAY_MORNING)
    turn = console.tap(offered(console.say("swap lunch"))[0])
    (receipt,) = [receipt for message in turn.messages for receipt in message["receipts"]]
    rows = Ledger(own).all("SELECT status, meal_type FROM planned_meals WHERE id = ?", decode(receipt["id"]).bytes)
    assert rows == [("planned", "lunch")]
