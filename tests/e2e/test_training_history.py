"""What was lifted carries into the next plan, and what is new since a clinician's yes makes training wait again."""

from pathlib import Path
from types import SimpleNamespace

from tests.e2e.backstage import recorded
from tests.e2e.ledger import Ledger
from tests.support.console import Console, onboard

LIFTER = (
    "36, 82 kg, 1.80 m, male, I want to build muscle, I train regularly 4 times a week, intermediate, I train at the "
    "gym, 60 minutes per session, I live in Berlin"
)
CLEARED = (
    "58, 82 kg, 1.80 m, male, I want to get fitter, I have heart disease, my cardiologist cleared me for moderate "
    "exercise, I live in Berlin"
)
PLANNED = (
    "SELECT p.version, e.name, e.target_load_kg, e.sets, w.local_date FROM planned_exercises e "
    "JOIN planned_workouts w ON w.id = e.planned_workout_id JOIN plans p ON p.id = w.plan_id WHERE e.phase = 'main'"
)


@recorded("empty")
def lifting(path: Path) -> SimpleNamespace:
    """Two good bench days, a squat on a machine, then the plan runs out and goes on by itself; later a wish."""
    told = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        onboard(console, LIFTER)
        told.first = told.ledger.all(PLANNED)
        console.advance("P7D")
        told.logged = console.say("barbell bench press 60x12 @6, 60x12 @6, 60x12 @6")
        console.say("hack squat 140x10")
        console.advance("P5D")
        console.say("bench press 3x12x60 @6")
        console.advance("P2D")
        told.continued = told.ledger.all(PLANNED + " AND p.version = 2")
        told.shown = console.say("show my workout")
        console.say("I want to train 3 days a week")
        told.changed = console.say("yes")
        told.renewed = told.ledger.all(PLANNED + " AND p.version = 3")
    return told


def test_t6_the_first_plan_invents_no_load(lifting: SimpleNamespace) -> None:
    assert {load for _, _, load, _, _ in lifting.first} == {None}


def test_t6_a_plan_that_goes_on_by_itself_raises_what_was_done_with_reserve_twice(lifting: SimpleNamespace) -> None:
    third = [(name, float(load)) for _, name, load, _, day in lifting.continued if load and day < "2026-12-14"]
    assert ("Barbell bench press", 62.5) in third
    assert "62.5 kg: all reps with reserve twice" in lifting.shown.shown


def test_a_machine_gives_no_load_to_the_barbell(lifting: SimpleNamespace) -> None:
    later = (*lifting.continued, *lifting.renewed)
    lifts = {name for _, name, load, _, _ in later if load is not None}
    assert "Hack squat machine" in lifts
    assert lifts <= {"Hack squat machine", "Barbell bench press"}


def test_a_changed_plan_keeps_the_loads(lifting: SimpleNamespace) -> None:
    loads = {name: float(load) for _, name, load, _, _ in lifting.renewed if load is not None}
    assert 60 <= loads["Barbell bench press"] <= 62.5


def test_t7_the_course_goes_on_and_its_fourth_week_is_lighter(lifting: SimpleNamespace) -> None:
    weeks: dict[str, int] = {}
    for _, _, _, sets, day in lifting.continued:
        week = "third" if day <= "2026-12-13" else "fourth"
        weeks[week] = weeks.get(week, 0) + sets
    assert weeks["fourth"] < weeks["third"]


@recorded("empty")
def heart(path: Path) -> SimpleNamespace:
    """Somebody with a heart disease and a yes, a new medicine, and the yes again."""
    told = SimpleNamespace(ledger=Ledger(path))
    with Console(path) as console:
        onboard(console, CLEARED)
        told.before = console.say("show my workout")
        told.titles = [row[0] for row in told.ledger.all("SELECT DISTINCT name FROM planned_workouts")]
        told.medicine = console.say("I started taking metoprolol")
        told.waiting = console.say("show my workout")
        told.today = console.say("what is on today?")
        told.days = console.advance("P2D")
        console.say("my cardiologist cleared me for moderate exercise")
        told.again = console.say("yes")
        told.after = console.say("show my workout")
    return told


def test_s107_a_cleared_person_trains(heart: SimpleNamespace) -> None:
    assert heart.before.cards


def test_s107_a_new_heart_medicine_ends_the_yes_at_once_and_says_so(heart: SimpleNamespace) -> None:
    assert "no longer counts" in heart.medicine.text
    assert "doctor's yes" in heart.medicine.text
    assert heart.waiting.cards == ()
    assert "doctor's yes" in heart.waiting.text


def test_s107_while_training_waits_no_session_is_left_to_do(heart: SimpleNamespace) -> None:
    assert heart.titles
    shown = "\n".join((heart.today.shown, heart.days.shown))
    assert not [title for title in heart.titles if title in shown]


def test_s107_a_new_yes_brings_training_back(heart: SimpleNamespace) -> None:
    assert "sessions are planned" in heart.again.text
    assert heart.after.cards
