"""The whole plan for a person at a terminal: tables of meals, sessions, sleep and shopping."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agents.domain.meals import DayPlan, GroceryPart, MealPlan, MealRefusal
from agents.domain.note import Note
from agents.domain.rationale import hides_numbers
from agents.domain.targets import Targets
from agents.domain.training import Block, Session
from agents.domain.whole_plan import WholePlan
from bot.plan.report import findings_of, rationale, reps_of

AISLES: Final = {
    "dairy_eggs": "dairy and eggs", "nuts_seeds": "nuts and seeds", "oils_condiments": "oils and sauces",
    "tins_pulses": "tins and pulses", "sweets_snacks": "sweets and snacks", "plant_based": "plant-based",
}  # fmt: skip

LONG_SECONDS = 90  # from here on minutes read better


def view(plan: WholePlan, remarks: Sequence[Note] = ()) -> RenderableType:
    """Everything, in the order in which a person would read it."""
    return Group(*_parts(plan, remarks))


def _parts(plan: WholePlan, remarks: Sequence[Note]) -> Iterator[RenderableType]:
    yield _heading("Please read first")
    for note in findings_of(plan, remarks):
        yield Padding(Text(f"{note.message} ({note.rule})"), (0, 2))
    if not plan.findings.may_plan:
        return
    yield _heading("Why this plan")
    yield Padding(Text(rationale(replace(plan, meals=None))), (0, 2))  # what stands against meals follows below
    is_hidden = hides_numbers(plan.findings.profile)
    if isinstance(plan.aim, Targets) and not is_hidden:
        yield _targets(plan.aim)
    if isinstance(plan.meals, MealRefusal):
        yield _heading("No meals yet")
        yield from _refused(plan.meals)
    if isinstance(plan.meals, MealPlan):
        yield from _allergies(plan)
        for day in plan.meals.days:
            yield _day(day, is_hidden=is_hidden)
    for session in plan.training.sessions if plan.training else ():
        yield _session(session)
    yield from _sleep(plan)
    if plan.groceries:
        yield _groceries(plan)


def _refused(refusal: MealRefusal) -> Iterator[RenderableType]:
    for conflict in refusal.conflicts:
        yield Padding(Text(conflict.message), (0, 2))
    for letter, offer in zip("ABC", refusal.trade_offs, strict=False):
        yield Padding(Text(f"{letter}) {offer.message}"), (0, 2))


def _allergies(plan: WholePlan) -> Iterator[RenderableType]:
    """N-33: what was looked for, and that the label has the last word."""
    labels = list(dict.fromkeys(entry.label or entry.code for entry in plan.findings.profile.allergies))
    if labels:
        text = f"As far as I know the ingredients, no meal here contains {', '.join(labels)}. Please read every label."
        yield Padding(Text(text), (1, 2, 0, 2))


def _heading(text: str) -> Padding:
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _table(title: str, *columns: str) -> Table:
    """An empty table under a blank line and its title."""
    table = Table(title=Text(f"\n{title}", style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in ("Amount", "Energy", "Protein", "Packs") else "left")
    return table


def _targets(aim: Targets) -> Table:
    table = _table("Each day, on average", "What", "Amount")
    rows = (
        ("Energy", f"{aim.kcal:,} kcal ({aim.kcal_min:,}-{aim.kcal_max:,})"),
        ("Protein", "as your kidney team says" if aim.is_protein_for_clinician else f"{aim.protein_g:.0f} g"),
        ("Carbohydrate", f"{aim.carbs_g:.0f} g"),
        ("Fat", f"{aim.fat_g:.0f} g"),
        ("Fibre", f"{aim.fibre_g:.0f} g"),
        ("Drinks", f"{aim.water_ml / 1000:.1f} l" if aim.water_ml else "as your doctor says"),
    )
    for row in rows:
        table.add_row(*row)
    return table


def _day(day: DayPlan, *, is_hidden: bool) -> Table:
    sums, energy = day.totals, () if is_hidden else ("Energy",)
    total = "" if is_hidden else f": {sums.kcal:,.0f} kcal, {sums.protein_g:.0f} g protein, {sums.carbs_g:.0f} g "
    tail = "" if is_hidden else f"carbohydrate, {sums.fat_g:.0f} g fat, {sums.fibre_g:.0f} g fibre"
    table = _table(f"{day.date:%A %d %B}{total}{tail}", "Meal", "Dish and amounts", "Minutes", *energy)
    for meal in day.meals:
        foods = ", ".join(f"{item.food.name.lower()} {item.grams:g} g" for item in meal.items)
        name = f"{meal.name} (left from the day before)" if meal.is_leftover else meal.name
        dish = Text.assemble((name, "bold"), "\n", foods, *("\n" + note for note in meal.notes))
        kcal = () if is_hidden else (f"{meal.totals.kcal:.0f} kcal",)
        table.add_row(meal.slot.replace("_", " ").capitalize(), dish, str(meal.prep_minutes), *kcal)
    return table


def _session(session: Session) -> Table:
    table = _table(
        f"{session.date:%A %d %B}: {session.title}, {session.minutes} minutes", "Part", "Exercise", "Dose", "Hints"
    )
    for block in session.exercises:
        table.add_row(block.phase.replace("_", " "), Text(block.exercise.name), _dose(block), Text(_hints(block)))
    return table


def _hints(block: Block) -> str:
    """How to do it, then what is special today."""
    cues = block.exercise.cues[:1] if block.phase == "main" else ()
    return " ".join((*cues, *(f"{hint[:1].upper()}{hint[1:].rstrip('.')}." for hint in block.modifications)))


def _dose(block: Block) -> str:
    """ "3 x 8-12, 2 left, rest 90 s"; "5 min"."""
    if block.duration_seconds:
        seconds = block.duration_seconds
        amount = f"{seconds} s" if seconds < LONG_SECONDS else f"{round(seconds / 30) / 2:g} min"
    else:
        amount = reps_of(block) or ""
    parts = [amount if block.sets == 1 and block.duration_seconds else f"{block.sets} x {amount}"]
    parts += [f"{block.load_kg:g} kg"] if block.load_kg else []
    parts += [f"{block.rir} left in you"] if block.rir is not None and block.phase == "main" else []
    parts += [f"rest {block.rest_sec} s"] if block.rest_sec and block.phase == "main" else []
    return ", ".join(parts)


def _sleep(plan: WholePlan) -> Iterator[RenderableType]:
    if plan.sleep is None:
        return
    yield _heading(f"Sleep: lights out {plan.sleep.bed_time:%H:%M}, up {plan.sleep.wake_time:%H:%M}")
    for step in plan.sleep.steps:
        yield Padding(Text(f"- {step.text}"), (0, 2))
    if plan.habits:
        yield _heading("Small habits")
        for habit in plan.habits:
            yield Padding(Text(f"- {habit.text}"), (0, 2))


def _groceries(plan: WholePlan) -> Table:
    table = _table("Shopping", "Aisle", "Buy", "Packs", "Pack", "For meals")
    for line in plan.groceries:
        aisle = AISLES.get(line.aisle, line.aisle.replace("_", " "))
        table.add_row(
            aisle, line.bought, str(line.packs), line.pack, "; ".join(_use(part, line.bought) for part in line.parts)
        )
    return table


def _use(part: GroceryPart, bought: str) -> str:
    """ "120 g", or "120 g as white rice, cooked" where the shop sells it under another name."""
    amount = f"{part.grams:.0f} g"
    return amount if part.food == bought else f"{amount} as {part.food.lower()}"
