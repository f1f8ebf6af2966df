"""Quick logs: water, weight, how one is; and what today adds up to."""

from uuid import UUID

from agents.domain import crockford
from agents.domain.changes import Change, CheckInLogged, Json, MetricLogged
from agents.domain.context import Context
from agents.domain.protein import is_for_clinician
from agents.domain.rationale import hides_numbers
from agents.domain.turn import Card
from agents.nodes.logistics.today import no_plan
from agents.ports import Ports
from agents.schemas import Amount, CheckIn, Intent
from agents.state import Choice, Line, Part

WATER_LIMIT_ML = 5000  # one message; more at once is a slip or a danger (science.md S-31, S-180)
WEIGHT_RANGE_KG = (20.0, 400.0)
JUMP_KG = 10.0  # asked back before it is taken over: 20 kg in a week is a slip
_SCALES = ("energy_level", "mood", "stress_level", "soreness_level", "sleep_quality", "digestion")
_COLUMNS = {"digestion": "digestion_score"}


async def water(context: Context, order: Intent, ports: Ports) -> Part:
    """Add a drink."""
    amount = order.payload
    if not isinstance(amount, Amount):
        choices = tuple(Choice("opt-water", f"water:{ml}", {"ml": str(ml)}) for ml in (250, 500))
        return Part("logistics", lines=(Line("water-how"),), choices=(choices,))
    return _water(context, ports, amount.value)


async def water_tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on "+250 ml"."""
    if not data.isdecimal():
        return Part("logistics", lines=(Line("stale-button"),))
    return _water(context, ports, float(data))


def _water(context: Context, ports: Ports, ml: float) -> Part:
    if not 0 < ml <= WATER_LIMIT_ML:
        return Part("logistics", lines=(Line("water-limit", {"ml": f"{ml:.0f}", "limit": str(WATER_LIMIT_ML)}),))
    change = MetricLogged(ports.new_id(), "water_ml", ml, "ml", context.now, context.today)
    total = context.logged.water_ml + round(ml)
    line = Line("done-water", {"ml": f"{ml:.0f}", "total": str(total)}, (change,))
    return Part("logistics", changes=(change,), lines=(line,), choices=_undo("health_metric", change.id))


async def weight(context: Context, order: Intent, ports: Ports) -> Part:
    """A weigh-in: a log, never a change of the profile."""
    amount = order.payload
    if not isinstance(amount, Amount):
        return Part("logistics", lines=(Line("weight-how"),))
    low, high = WEIGHT_RANGE_KG
    if not low <= amount.value <= high:
        args = {"what": "weight", "quote": f"{amount.value:g}", "low": f"{low:g}", "high": f"{high:g}"}
        return Part("logistics", lines=(Line("rejected-out-of-range", args),))
    known = context.profile.weight_kg
    if known is not None and abs(known - amount.value) > JUMP_KG:
        args = {"kg": f"{amount.value:.1f}", "known": f"{known:.1f}"}
        choice = Choice("opt-confirm", f"weighin:{amount.value:.1f}")
        return Part("logistics", lines=(Line("weight-jump", args),), choices=((choice,),))
    return _weighed(context, ports, amount.value)


async def weight_tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap that confirms a weight far from the last one."""
    try:
        kg = float(data)
    except ValueError:
        kg = 0.0
    low, high = WEIGHT_RANGE_KG
    if not low <= kg <= high:
        return Part("logistics", lines=(Line("stale-button"),))
    return _weighed(context, ports, kg)


def _weighed(context: Context, ports: Ports, kg: float) -> Part:
    change = MetricLogged(ports.new_id(), "weight_kg", kg, "kg", context.now, context.today)
    line = Line("done-weight", {"kg": f"{kg:.1f}"}, (change,))
    return Part("logistics", changes=(change,), lines=(line,), choices=_undo("health_metric", change.id))


async def check_in(context: Context, order: Intent, ports: Ports) -> Part:
    """How the person is, in words; without figures it asks with one-tap scales."""
    said = order.payload
    if not isinstance(said, CheckIn):
        return Part("logistics", lines=(Line("check-in-ask"),), choices=check_in_choices())
    values: dict[str, int | float | str | bool | None] = {}
    for name in _SCALES:
        score = getattr(said, name)
        if score is not None:
            values[_COLUMNS.get(name, name)] = score
    extra = (("mood_label", said.mood_label), ("sleep_hours", said.sleep_hours), ("note", said.note))
    values.update({name: value for name, value in extra if value is not None})
    return _checked_in(context, ports, values)


def check_in_choices() -> tuple[tuple[Choice, ...], ...]:
    """Three taps for energy: the rest can be typed."""
    levels = (("low", 3), ("okay", 6), ("high", 9))
    return (tuple(Choice(f"opt-energy-{word}", f"checkin:energy_level:{score}") for word, score in levels),)


async def check_in_tapped(context: Context, data: str, ports: Ports) -> Part:
    """A tap on a scale: "<column>:<score>"."""
    column, _, score = data.partition(":")
    if column not in (*_SCALES, "digestion_score") or not score.isdecimal() or int(score) > 10:
        return Part("logistics", lines=(Line("stale-button"),))
    return _checked_in(context, ports, {column: int(score)})


def _checked_in(context: Context, ports: Ports, values: dict[str, int | float | str | bool | None]) -> Part:
    if not values:
        return Part("logistics", lines=(Line("check-in-ask"),), choices=check_in_choices())
    raw: dict[str, Json] = {
        name: {"scale": "0-10", "value": value} for name, value in values.items() if isinstance(value, int)
    }
    change = CheckInLogged(ports.new_id(), "adhoc", context.today, context.now, values, raw)
    words = ", ".join(
        f"{name.replace('_level', '').replace('_score', '').replace('_', ' ')} {value}"
        for name, value in values.items()
    )
    changes: tuple[Change, ...] = (change,)
    lines = [Line("done-check-in", {"what": words}, changes)]
    lines += [Line("check-in-care")] if _is_hard(values) else []
    return Part("logistics", changes=changes, lines=tuple(lines), choices=_undo("check_in", change.id))


def _word(column: str) -> str:
    return column.replace("_level", "").replace("_score", "").replace("_", " ")


def _undo(entity: str, row_id: UUID) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice("opt-undo", f"undo:log:{entity}:{crockford.encode(row_id)}"),),)


def _is_hard(values: dict[str, int | float | str | bool | None]) -> bool:
    """The triggers of science.md R-2, R-3, R-4: strict thresholds."""
    limits = (("sleep_hours", 6.0, -1), ("sleep_quality", 5, -1), ("stress_level", 7, 1), ("soreness_level", 7, 1))
    for name, limit, sign in limits:
        value = values.get(name)
        if isinstance(value, int | float) and (value - limit) * sign > 0:
            return True
    return False


async def progress(context: Context, order: Intent, ports: Ports) -> Part:
    """What today's logs add up to, beside the target."""
    if not context.plans:
        return no_plan(context)
    logged, target = context.logged, context.targets
    rows = [("Water", f"{logged.water_ml} ml", "")]
    if not hides_numbers(context.profile) and target is not None:
        rows += [
            ("Energy", f"{logged.kcal:.0f} kcal", f"{target.kcal_min}–{target.kcal_max} kcal"),
            (
                "Protein",
                f"{logged.protein_g:.0f} g",
                "" if is_for_clinician(context.profile) else f"{target.protein_g:.0f} g",
            ),
            ("Carbohydrate", f"{logged.carbs_g:.0f} g", f"{target.carbs_g:.0f} g"),
            ("Fat", f"{logged.fat_g:.0f} g", f"{target.fat_g:.0f} g"),
        ]
    done = sum(1 for task in context.tasks if task.status == "completed")
    rows.append(("Tasks", f"{done} done", f"{len(context.tasks)} today"))
    return Part(
        "logistics", lines=(Line("progress-head"),), cards=(Card("So far today", ("", "Logged", "Plan"), tuple(rows)),)
    )
