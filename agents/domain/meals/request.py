"""What a plan of meals is asked for: everything the compiler needs, as one frozen value."""

import datetime as dt
from dataclasses import dataclass, field

from agents.domain.foods import Catalogue
from agents.domain.meals.larder import Larder
from agents.domain.meals.plan import DayTargets, Leeway
from agents.domain.profile import Profile

MOST_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Days of meals from `start` (local date), one for each goal in `targets`. `history` are dishes eaten lately.

    Allergies, diet, faith, time, skill, budget and the weekly limit of a dish are kept without exception, and energy
    and each macro of every day stay within the band of `leeway`; tastes, season, fibre, salt and variety are weighed.
    """

    profile: Profile
    targets: tuple[DayTargets, ...]
    catalogue: Catalogue
    start: dt.date
    seed: int = 0
    history: tuple[str, ...] = ()
    larder: Larder = field(default_factory=Larder)
    leeway: Leeway = field(default_factory=Leeway)

    def __post_init__(self) -> None:
        """Raise ValueError for more days than a plan may have."""
        if len(self.targets) > MOST_DAYS:
            raise ValueError(f"a plan has at most {MOST_DAYS} days, not {len(self.targets)}")

    @property
    def chance(self) -> str:
        """What the random choices hang on: the seed and the person, so that not everybody gets the same week."""
        return f"{self.seed}:{self.profile.age}:{self.profile.sex}:{self.profile.height_cm}"

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """The local dates of the plan."""
        return tuple(self.start + dt.timedelta(days=n) for n in range(len(self.targets)))
