"""What becomes of planned meals after the plan was made: other dishes in their place, and back again (F22, P4)."""

from dataclasses import dataclass, field
from uuid import UUID

from agents.domain.context import TargetsView
from agents.domain.foods import Nutrients
from agents.domain.meals import DayPlan, PlannedMeal


@dataclass(frozen=True, slots=True)
class Exchange:
    """One dish instead of another: the rows of the old and of the new meal, and what it will be."""

    old_id: UUID
    new_id: UUID
    meal: PlannedMeal


@dataclass(frozen=True, slots=True, eq=False)
class MealSwapped:
    """Planned meals of one day become other dishes.

    `day` is the whole day as it then is, with its goal; `had` is what was eaten beside these meals and counts with
    them. `mean` are the daily targets of the plan, `band` and `relaxed` what the person let give way for this plan.
    """

    exchanges: tuple[Exchange, ...]
    day: DayPlan
    mean: TargetsView
    band: float
    had: Nutrients = field(default_factory=Nutrients)
    relaxed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MealSwapUndone:
    """The whole change that brought the meal `meal_id` is taken back; `day` holds the meals that return."""

    meal_id: UUID
    day: DayPlan
    relaxed: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class MealsDropped:
    """Planned meals that do not go with the person any more are taken out, and no new plan could be made."""

    meal_ids: tuple[UUID, ...]
