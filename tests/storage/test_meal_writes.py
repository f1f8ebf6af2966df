"""Planned meals as rows: targets of training and rest days, dishes cooked once and eaten twice, changes and back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from agents.domain.context import PlannedMealView
from agents.domain.meal_changes import Exchange, MealsDropped, MealSwapped, MealSwapUndone
from agents.domain.meals import DayPlan
from agents.domain.planned_days import PlannedDays, whole_day
from storage import meal_swaps, planned, recall
from storage.keyscope import entered
from storage.reference.food_tables import catalogue
from tests.e2e.ledger import Ledger
from tests.support.house import START, House, locked_copy, open_house

MONDAY = date(2026, 11, 23)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return locked_copy(tmp_path)


@contextmanager
def scope(house: House, session: Session) -> Iterator[Session]:
    with entered(house.app.turns._ring.scope(session, house.person.user_id)):
        yield session


class Rows:
    """One person's planned meals, read and written as a turn does."""

    def __init__(self, house: House) -> None:
        self.house, self.user = house, house.person.user_id
        self.database = house.app.turns._database

    async def read(self, work):
        def inside(session):
            with scope(self.house, session):
                return work(session)

        return await self.database.run_read(inside)

    async def write(self, work):
        def inside(session):
            with scope(self.house, session):
                found = work(session)
                session.flush()
                return found

        return await self.database.run_write(inside)

    async def meals(self, on: date = MONDAY) -> tuple[PlannedMealView, ...]:
        return await self.read(lambda s: planned.meals(s, self.user, on, on, items=True))

    async def days(self) -> PlannedDays | None:
        return await self.read(lambda s: planned.days(s, self.user))

    async def swap(self, view: PlannedMealView, number: int = 7):
        """Put the other meal of the day's end in the place of this one."""
        context = await self.read(lambda s: recall.recall(s, self.house.person, START))
        day = await self.whole()
        exchange = Exchange(view.id, type(view.id)(int=number), day.meals[-1])
        change = MealSwapped((exchange,), day, context.targets, 0.05)
        return exchange.new_id, await self.write(lambda s: meal_swaps.swap(s, self.user, change))

    async def whole(self) -> DayPlan:
        days, views = await self.days(), await self.meals()
        context = await self.read(lambda s: recall.recall(s, self.house.person, START))
        found = whole_day(MONDAY, views, days.goals[MONDAY], context.profile, catalogue())
        assert found is not None
        return found

    async def undo(self, meal_id):
        day = await self.whole()
        return await self.write(lambda s: meal_swaps.undo(s, self.user, MealSwapUndone(meal_id, day)))


async def test_the_mean_and_both_kinds_of_day_are_kept_and_the_mean_is_what_a_turn_knows(path: Path) -> None:
    rows = dict(Ledger(path).all("SELECT day_type, kcal_target FROM nutrition_targets"))
    assert set(rows) == {"all", "training", "rest"}
    assert rows["rest"] < rows["all"] < rows["training"]
    async with open_house(path) as house:
        kept = Rows(house)
        days = await kept.days()
        context = await kept.read(lambda s: recall.recall(s, house.person, START))
    assert (days.goals[MONDAY].kcal, days.goals[MONDAY + timedelta(days=1)].kcal) == (rows["training"], rows["rest"])
    assert context.targets.kcal == rows["all"]


async def test_kept_meals_are_whole_again_with_their_day_inside_its_band(path: Path) -> None:
    async with open_house(path) as house:
        day = await Rows(house).whole()
    totals = day.totals
    assert day.targets.misfit((totals.kcal, totals.protein_g, totals.carbs_g, totals.fat_g)) <= 1.0
    assert all(meal.recipe_code and meal.items and meal.proof for meal in day.meals)


async def test_a_dish_cooked_for_two_days_tells_on_the_second_from_which(path: Path) -> None:
    ledger = Ledger(path)
    batches = ledger.all("SELECT local_date, batch_key FROM planned_meals WHERE batch_key IS NOT NULL ORDER BY 1")
    assert len(batches) >= 2
    assert {key for _, key in batches if [k for _, k in batches].count(key) != 2} == set()
    cooked, eaten = (date.fromisoformat(row[0]) for row in batches if row[1] == batches[0][1])
    async with open_house(path) as house:
        kept = Rows(house)
        assert [view.cooked_on for view in await kept.meals(eaten) if view.cooked_on] == [cooked]
        assert not [view.cooked_on for view in await kept.meals(cooked) if view.cooked_on == cooked]


async def test_a_swap_keeps_the_old_row_and_can_be_undone_once(path: Path) -> None:
    async with open_house(path) as house:
        kept = Rows(house)
        old = (await kept.meals())[0]
        new_id, proofs = await kept.swap(old)
        assert [(p.entity, p.row_id, p.action) for p in proofs] == [("planned_meal", new_id, "swapped")]
        assert (await kept.meals())[0].id == new_id
        assert [v.id for v in await kept.read(lambda s: meal_swaps.before(s, kept.user, new_id))] == [old.id]
        assert [p.action for p in await kept.undo(new_id)] == ["restored"]
        assert (await kept.meals())[0] == old
        assert await kept.undo(new_id) == []
        assert await kept.read(lambda s: meal_swaps.before(s, kept.user, new_id)) == ()


async def test_what_was_swapped_again_is_undone_last_change_first(path: Path) -> None:
    async with open_house(path) as house:
        kept = Rows(house)
        first, _ = await kept.swap((await kept.meals())[0], 7)
        second, _ = await kept.swap((await kept.meals())[0], 8)
        assert await kept.undo(first) == []
        assert [p.row_id for p in await kept.undo(second)] == [first]
        assert [p.action for p in await kept.undo(first)] == ["restored"]


async def test_a_meal_of_another_plan_or_already_swapped_is_not_swapped(path: Path) -> None:
    async with open_house(path) as house:
        kept = Rows(house)
        old = (await kept.meals())[0]
        await kept.swap(old, 7)
        assert (await kept.swap(old, 8))[1] == []


async def test_meals_taken_out_leave_the_plan_and_no_undo_brings_them_back(path: Path) -> None:
    async with open_house(path) as house:
        kept = Rows(house)
        old = (await kept.meals())[0]
        proofs = await kept.write(lambda s: meal_swaps.drop(s, kept.user, MealsDropped((old.id,))))
        assert [(p.row_id, p.action) for p in proofs] == [(old.id, "removed")]
        assert old.id not in [view.id for view in await kept.meals()]
        assert await kept.read(lambda s: meal_swaps.before(s, kept.user, old.id)) == ()
        assert await kept.write(lambda s: meal_swaps.drop(s, kept.user, MealsDropped((old.id,)))) == []
    assert Ledger(path).all("SELECT source, change_kind, approved_by FROM plan_changes") == [
        ("safety", "remove", "system")
    ]
