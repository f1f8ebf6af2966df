"""What somebody is allergic to never reaches their plate: planned, replanned, suggested or logged without a word."""

from pathlib import Path
from types import SimpleNamespace

from agents.domain.allergens import decide
from agents.domain.foods import Food
from agents.domain.profile import Restriction
from storage.reference.tables import ReferenceTables
from tests.e2e.backstage import recorded
from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn, onboard

FACTS = "30, 68 kg, 172 cm, female, general fitness, I eat everything, allergic to milk and fish, I live in Oslo"
FOODS = {food.name: food for food in ReferenceTables().foods().foods}


def planned_foods(ledger: Ledger) -> set[str]:
    """Every food of every meal that is still to come in an active plan."""
    rows = ledger.all(
        "SELECT DISTINCT i.food_name FROM planned_meal_items i JOIN planned_meals m ON m.id = i.planned_meal_id"
        " JOIN plans p ON p.id = m.plan_id WHERE p.status = 'active'"
    )
    return {row[0] for row in rows}


def conflicts(names: set[str], *codes: str) -> list[str]:
    """Which of these foods contain, or may contain, one of these allergens."""
    wanted = tuple(Restriction("allergy", code) for code in codes)

    def is_clear(food: Food) -> bool:
        return decide(
            wanted, food.allergens, food=food.name, ingredients=food.synonyms, is_single_ingredient=food.is_curated
        ).allowed

    return sorted(name for name in names if not is_clear(FOODS[name]))


@recorded("empty")
def allergic(path: Path) -> SimpleNamespace:
    """Allergic to milk and fish from the start, to egg from the first day on; milk is lifted by name."""
    said = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        said.locked = onboard(console, FACTS)[-1]
        said.first = planned_foods(said.ledger)
        said.added = console.say("I am allergic to eggs now")
        said.second = planned_foods(said.ledger)
        said.blanket = console.say("I have no allergies any more")
        said.after_blanket = console.say("/profile")
        said.proposal = console.say("I am no longer allergic to milk")
        said.before_yes = console.say("/profile")
        said.refused = console.tap(said.proposal.tap("profile:keep"))
        said.after_no = console.say("/profile")
        said.again = console.say("I am no longer allergic to milk")
        said.lifted = console.say("yes")
        said.third = planned_foods(said.ledger)
        said.eaten = console.say("I ate scrambled eggs")
        said.week = [console.say("/meals"), console.say("/plan"), console.say("/shopping")]
        said.later = console.advance("P8D")
        said.continued = planned_foods(said.ledger)
    return said


def allergies(turn: Turn) -> str:
    return str(dict(turn.cards[0]["rows"])["Allergies"])


def test_the_first_plan_holds_nothing_of_the_list(allergic: SimpleNamespace) -> None:
    assert len(allergic.first) >= 10
    assert conflicts(allergic.first, "milk", "fish") == []


def test_an_allergy_added_after_the_lock_replans_at_once_without_asking(allergic: SimpleNamespace) -> None:
    assert ("profile", "locked") in allergic.added.receipts
    assert ("plan", "created") in allergic.added.receipts
    assert "egg" in allergic.added.text
    assert conflicts(allergic.second, "milk", "fish", "egg") == []


def test_a_blanket_denial_lifts_nothing(allergic: SimpleNamespace) -> None:
    assert ("profile", "locked") not in allergic.blanket.receipts
    assert allergic.blanket.messages
    assert all(name in allergies(allergic.after_blanket) for name in ("milk", "fish", "egg"))


def test_lifting_one_needs_its_name_and_a_yes(allergic: SimpleNamespace) -> None:
    assert allergic.proposal.receipts == ()
    assert "profile:confirm" in allergic.proposal.taps
    assert "milk" in allergies(allergic.before_yes)
    assert allergic.refused.receipts == ()
    assert "milk" in allergies(allergic.after_no)
    assert ("profile", "locked") in allergic.lifted.receipts
    assert "milk" not in allergic.lifted.messages[0]["text"].partition("allergies:")[2].partition(".")[0]


def test_after_lifting_the_others_still_hold(allergic: SimpleNamespace) -> None:
    assert ("plan", "created") in allergic.lifted.receipts
    assert conflicts(allergic.third, "fish", "egg") == []


def test_logging_something_on_the_list_is_logged_with_a_warning(allergic: SimpleNamespace) -> None:
    assert ("meal", "created") in allergic.eaten.receipts
    assert allergic.eaten.levels[0] in ("caution", "urgent")
    assert "allergy list" in allergic.eaten.text


def test_views_name_no_food_of_the_list(allergic: SimpleNamespace) -> None:
    for turn in allergic.week:
        shown = {cell for card in turn.cards for row in card["rows"] for cell in row}
        assert conflicts(shown & FOODS.keys(), "fish", "egg") == []


def test_the_plan_that_goes_on_by_itself_keeps_to_the_list(allergic: SimpleNamespace) -> None:
    assert allergic.ledger.count("plans", "kind = 'nutrition'") >= 4
    assert conflicts(allergic.continued, "fish", "egg") == []


def test_every_planned_meal_carries_its_proof(allergic: SimpleNamespace) -> None:
    rows = allergic.ledger.all("SELECT allergen_proof FROM planned_meals")
    assert rows
    assert all("items" in str(row[0]) for row in rows if isinstance(row[0], str))
    assert allergic.ledger.count("planned_meals", "allergen_proof IS NULL") == 0
