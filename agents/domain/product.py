"""A packaged food by the figures on its label: per 100 g, believed only where they agree with one another."""

from dataclasses import asdict, dataclass
from typing import Any, Final

LARGEST_PORTION_G: Final = 2000.0
MOST_KCAL: Final = 910.0  # per 100 g; pure fat has about 900
MOST_MACROS_G: Final = 105.0  # of 100 g, with what rounding on a label adds
KCAL_PER_G: Final = {"protein": 4.0, "carbs": 4.0, "fat": 9.0, "fibre": 2.0}  # EU 1169/2011, annex XIV
SHARE_OFF, KCAL_OFF = 0.15, 15.0  # how far energy may be from the sum of its parts, whichever is more
KCAL_PER_KJ: Final = 1 / 4.184
SODIUM_MG_PER_G_SALT: Final = 400.0  # EU 1169/2011: salt is sodium times 2.5


@dataclass(frozen=True, slots=True)
class Product:
    """Figures per 100 g, or per 100 ml of a drink. `carbs_g` includes fibre (science.md N-1); None is not known.

    `ingredients` are the words of the package, warnings about traces included.
    """

    name: str
    kcal: float
    protein_g: float
    carbs_g: float
    fat_g: float
    fibre_g: float | None = None
    sugar_g: float | None = None
    sat_fat_g: float | None = None
    sodium_mg: float | None = None
    serving_g: float | None = None
    ingredients: str = ""

    @property
    def is_plausible(self) -> bool:
        """Whether food can have these figures. A kilojoule read as a kilocalorie or a slipped comma cannot."""
        macros = (self.protein_g, self.carbs_g, self.fat_g)
        parts = (self.fibre_g, self.sugar_g, self.sat_fat_g)
        if not 0 <= self.kcal <= MOST_KCAL or any(not 0 <= gram <= 100 for gram in macros):
            return False
        if sum(macros) > MOST_MACROS_G or any(part is not None and not 0 <= part <= 100 for part in parts):
            return False
        if (self.sugar_g or 0) > self.carbs_g + 1 or (self.sat_fat_g or 0) > self.fat_g + 1:
            return False
        return self._has_the_energy_of_its_parts()

    def _has_the_energy_of_its_parts(self) -> bool:
        """Fibre counts between nothing and as a carbohydrate, so a label may lie anywhere between the two sums."""
        most = self.protein_g * KCAL_PER_G["protein"] + self.carbs_g * KCAL_PER_G["carbs"]
        most += self.fat_g * KCAL_PER_G["fat"]
        least = most - min(self.fibre_g or 0.0, self.carbs_g) * KCAL_PER_G["carbs"]
        room = max(KCAL_OFF, SHARE_OFF * self.kcal)
        return least - room <= self.kcal <= most + room

    def written(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)


def product_of(written: dict[str, Any]) -> Product:
    """What `written` made. Raises TypeError for anything else."""
    return Product(**written)


def portions_g(product: Product) -> tuple[float, ...]:
    """Amounts to offer: half a serving, one and two where the label tells its size, else round ones."""
    size = product.serving_g
    if size is None or not 1 <= size <= LARGEST_PORTION_G / 2:
        return (30.0, 50.0, 100.0)
    return tuple(dict.fromkeys(max(1.0, round(size * share)) for share in (0.5, 1.0, 2.0)))
