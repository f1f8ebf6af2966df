"""The planned days around today as they can be changed: which meals are still open, and what binds new dishes."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from agents.domain.context import Context, PlannedMealView
from agents.domain.easing import step_for
from agents.domain.foods import Catalogue, Nutrients, Recipe, total
from agents.domain.meals import DayPlan, DayTargets, Larder, PlannedMeal, Request
from agents.domain.meals.judge import judge_for
from agents.domain.planned_days import PlannedDays, recipe_of, whole_meal
from agents.domain.profile import Profile
from agents.domain.safety import understood
from agents.ports import Ports

BEFORE, AFTER = timedelta(days=6), timedelta(days=7)
GRACE = timedelta(minutes=90)  # a meal may be late
USUAL = {
    "suhoor": time(4, 30), "breakfast": time(8), "morning_snack": time(10, 30), "lunch": time(13),
    "afternoon_snack": time(16), "pre_workout": time(17), "iftar": time(18), "snack": time(18), "dinner": time(19),
    "post_workout": time(20), "evening_snack": time(21),
}  # fmt: skip


@dataclass(frozen=True)
class Week:
    """Planned meals from six days back to a week ahead, with what the plan was made for."""

    context: Context
    catalogue: Catalogue
    seed: int
    views: tuple[PlannedMealView, ...]
    planned: PlannedDays

    @cached_property
    def profile(self) -> Profile:
        """The person as the engines plan for them."""
        return understood(self.context.profile)

    def on(self, day: date) -> tuple[PlannedMealView, ...]:
        """The meals of one day."""
        return tuple(view for view in self.views if view.local_date == day)

    def open_on(self, day: date) -> tuple[PlannedMealView, ...]:
        """The meals of one day that are still to be eaten."""
        return tuple(view for view in self.on(day) if self.is_open(view))

    def is_open(self, view: PlannedMealView) -> bool:
        """Whether a meal is still to be eaten: neither logged nor long over by the clock."""
        today = self.context.today
        if view.status != "planned" or view.local_date < today:
            return False
        if view.local_date > today:
            return True
        return view.slot not in self.context.logged.slots and not self.is_over(view)

    def is_over(self, view: PlannedMealView) -> bool:
        """Whether the hour of a meal has passed, with some grace."""
        now = self.context.local_now
        at = datetime.combine(view.local_date, view.at or USUAL.get(view.slot, time(19)), now.tzinfo)
        return at + GRACE < now

    def goal(self, day: date) -> DayTargets:
        """What the meals of a day have to bring."""
        known = self.planned.goals.get(day)
        if known is not None:
            return known
        mean = self.context.targets
        if mean is None:
            raise ValueError("a week of meals has targets")
        return DayTargets(
            kcal=mean.kcal, kcal_min=mean.kcal_min, kcal_max=mean.kcal_max, protein_g=mean.protein_g,
            carbs_g=mean.carbs_g, fat_g=mean.fat_g, fibre_g=mean.fibre_g or 0.0,
        )  # fmt: skip

    def request(
        self, day: date, larder: Larder | None = None, suits: Callable[[Recipe], bool] = lambda _recipe: True
    ) -> Request:
        """What new dishes of this day are asked for; a dish that the week has had often enough is left out."""
        near = [v for v in self.views if v.local_date != day and abs(v.local_date - day) <= BEFORE]
        times = Counter(recipe.code for view in near if (recipe := recipe_of(view.name, self.catalogue)))
        limit = self.planned.leeway.most_a_week
        recipes = tuple(r for r in self.catalogue.recipes if times[r.code] < limit and suits(r))
        asked = Request(
            profile=self.profile,
            targets=(self.goal(day),),
            catalogue=replace(self.catalogue, recipes=recipes),
            start=day,
            seed=self.seed,
            history=tuple(times),
            larder=larder or Larder(),
            leeway=self.planned.leeway,
        )
        step = step_for(asked, self.planned.relaxed) if self.planned.relaxed else None
        return replace(asked, profile=step.request.profile) if step else asked

    def whole(self, views: Sequence[PlannedMealView]) -> tuple[PlannedMeal, ...] | None:
        """These meals with their foods; None when the tables do not know one of them any more."""
        judge = judge_for(self.profile)
        meals = [whole_meal(view, self.catalogue, judge) for view in views]
        kept = tuple(meal for meal in meals if meal is not None)
        return kept if len(kept) == len(meals) else None

    @property
    def logged(self) -> Nutrients:
        """What was eaten today by the logs."""
        today = self.context.logged
        return Nutrients(today.kcal, today.protein_g, today.carbs_g, today.fat_g, today.fibre_g)

    def empty(self, day: date) -> DayPlan:
        """A day that only has its goal."""
        return DayPlan(day, (), total(()), self.goal(day))


async def planned_week(context: Context, ports: Ports) -> Week | None:
    """The planned days around today; None without a meal plan."""
    planned = await ports.memory.planned_days()
    if planned is None or context.targets is None:
        return None
    views = await ports.memory.meals(context.today - BEFORE, context.today + AFTER)
    return Week(context, ports.tables.foods(), ports.seed, views, planned)
