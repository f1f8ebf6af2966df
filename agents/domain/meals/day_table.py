"""What lies on the table of one day: dishes and sides on offer, goals and stocks; what is served; the program."""

from dataclasses import dataclass, field

from agents.domain.foods import Catalogue, Food, Nutrients
from agents.domain.meals.choice import Pick
from agents.domain.meals.larder import Stock
from agents.domain.meals.menu import Menu, SideOption
from agents.domain.meals.plan import BAND, DayTargets
from agents.domain.meals.slots import Slot
from agents.domain.meals.solver import Program
from agents.domain.meals.vectors import Vector


@dataclass(frozen=True, slots=True)
class Table:
    """What is on offer for a day. `lists` and `sides` go with `slots`; `had` is what was already eaten today."""

    slots: tuple[Slot, ...]
    lists: tuple[tuple[Pick, ...], ...]
    sides: tuple[tuple[SideOption, ...], ...]
    targets: DayTargets
    menu: Menu
    catalogue: Catalogue
    stocks: tuple[Stock, ...] = ()
    budget: float | None = None
    had: Nutrients = field(default_factory=Nutrients)
    band: float = BAND


@dataclass(frozen=True, slots=True)
class Serving:
    """A dish chosen for a slot: `portion` of its recipe and some grams of sides."""

    slot: Slot
    pick: Pick
    portion: float
    sides: tuple[tuple[SideOption, float], ...] = ()


@dataclass(slots=True)
class Draft:
    """The program while it is built. `amounts` are (column, food, grams a unit) of everything on the table."""

    table: Table
    program: Program = field(default_factory=Program)
    dishes: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (slot, pick) -> flag, portion
    sides: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (slot, side) -> flag, grams
    figures: list[tuple[int, Vector]] = field(default_factory=list)
    by_slot: list[list[tuple[int, Vector]]] = field(default_factory=list)
    amounts: list[tuple[int, Food, float]] = field(default_factory=list)
