"""Where no new plan can be made: planned meals that do not go with the person any more are taken out at once."""

from agents.domain.context import PlannedMealView
from agents.domain.meal_changes import MealsDropped
from agents.domain.meals.judge import judge_for
from agents.domain.plan_vetting import meal_findings
from agents.domain.planned_days import whole_meal
from agents.nodes.meals.naming import meal_words
from agents.nodes.meals.week import Week
from agents.state import Line

MOST_NAMED = 6


def withdrawn(week: Week) -> tuple[MealsDropped, Line] | None:
    """The change that takes out what must not be eaten, with its sentence; None where all may stay."""
    today = week.context.today
    coming = [view for view in week.views if view.local_date >= today and view.status == "planned"]
    wrong = [view for view in coming if not _may_stay(week, view)]
    if not wrong:
        return None
    change = MealsDropped(tuple(view.id for view in wrong))
    named = ", ".join(f"{view.name} ({meal_words(view, today)})" for view in wrong[:MOST_NAMED])
    more = len(wrong) - len(wrong[:MOST_NAMED])
    return change, Line("done-meals-dropped", {"count": len(wrong), "meals": named, "more": more}, (change,))


def _may_stay(week: Week, view: PlannedMealView) -> bool:
    """A meal that cannot be judged any more must not stay either."""
    meal = whole_meal(view, week.catalogue, judge_for(week.profile))
    if meal is None:
        return False
    return not meal_findings(meal, week.empty(view.local_date), week.context.profile, week.planned.relaxed)
