"""From kcal to protein, carbohydrate, fat and fibre in grams a day (science.md N-1..N-8).

Grams are the truth; 4, 9 and 4 kcal per gram of protein, fat and carbohydrate. Carbohydrate counts fibre, as the food
tables do (the US convention of N-1). How much protein a person needs is in `protein`.
"""

from dataclasses import dataclass, replace

from agents.domain import energy, protein
from agents.domain.body import body
from agents.domain.note import Note
from agents.domain.profile import Profile

KCAL_PER_G_PROTEIN, KCAL_PER_G_CARBS, KCAL_PER_G_FAT = 4, 4, 9  # N-1
KCAL_PER_G_ALCOHOL, KCAL_PER_G_EU_FIBRE = 7, 2  # N-1
ALCOHOL_G_PER_ML = 0.789  # N-8
UK_UNIT_ML = 10.0  # N-8: pure alcohol in one unit
FAT_SHARE = 0.30  # N-4: usual 25–35 %
# Without grain and legumes, or with olive oil as the main fat, the upper end is what real plates hold.
FAT_SHARE_BY_DIET = {"mediterranean": 0.35, "paleo": 0.35}
FAT_LEAST_SHARE, FAT_LEAST_G_PER_KG = 0.20, 0.6  # N-4
CARBS_LEAST_G = 130  # N-4
# 3.1 allows 50 g of net carbohydrate. The food tables count fibre as carbohydrate, so all of it stays under 50 g even
# at the 5 % a day may be over; the fibre of N-5 leaves about 22 g net.
KETO_CARBS_G = 47
FIBRE_LEAST_G, FIBRE_G_PER_1000_KCAL = 25, 14  # N-5


@dataclass(frozen=True, slots=True)
class Macros:
    """Grams a day whose energy agrees with the kcal they were made for, and what had to give way."""

    protein_g: float
    carbs_g: float
    fat_g: float
    notes: tuple[Note, ...] = ()

    @property
    def kcal(self) -> float:
        """Energy of the grams (N-1)."""
        return kcal_of(protein_g=self.protein_g, carbs_g=self.carbs_g, fat_g=self.fat_g)


def kcal_of(
    *, protein_g: float, carbs_g: float, fat_g: float, alcohol_g: float = 0.0, eu_fibre_g: float = 0.0
) -> float:
    """N-1: 20 g protein, 30 g carbohydrate and 10 g fat are 290 kcal.

    `eu_fibre_g` is fibre of a European label, which is not inside its carbohydrate: 10 g make the same food 310 kcal.
    """
    macros_kcal = KCAL_PER_G_PROTEIN * protein_g + KCAL_PER_G_CARBS * carbs_g + KCAL_PER_G_FAT * fat_g
    return macros_kcal + KCAL_PER_G_ALCOHOL * alcohol_g + KCAL_PER_G_EU_FIBRE * eu_fibre_g


def alcohol_g(*, drink_ml: float, percent: float) -> float:
    """N-8: grams of alcohol in a drink."""
    return drink_ml * percent / 100 * ALCOHOL_G_PER_ML


def uk_units(*, drink_ml: float, percent: float) -> float:
    """N-8: UK units in a drink; the limit is 14 a week."""
    return drink_ml * percent / 100 / UK_UNIT_ML


def fibre_g(kcal: float, *, is_keto: bool = False) -> float:
    """N-5: max(25 g, 14 g per 1,000 kcal). Under 50 g of carbohydrate a day only the 25 g are within reach of food."""
    return float(FIBRE_LEAST_G) if is_keto else max(float(FIBRE_LEAST_G), FIBRE_G_PER_1000_KCAL * kcal / 1000)


def split(kcal: float, *, protein_g: float, fat_g: float) -> Macros:
    """N-4, N-6: carbohydrate is what protein and fat leave. Rounded to 0.1 g, so the energy agrees within 1 kcal."""
    carbs = (kcal - KCAL_PER_G_PROTEIN * protein_g - KCAL_PER_G_FAT * fat_g) / KCAL_PER_G_CARBS
    return Macros(_tenth(protein_g), _tenth(carbs), _tenth(fat_g))


def keto_split(kcal: float, *, protein_g: float, carbs_g: float = KETO_CARBS_G) -> Macros:
    """N-6, 3.1: fat is what protein and the few carbohydrates leave."""
    fat = (kcal - KCAL_PER_G_PROTEIN * protein_g - KCAL_PER_G_CARBS * carbs_g) / KCAL_PER_G_FAT
    return Macros(_tenth(protein_g), _tenth(carbs_g), _tenth(fat))


def macros(kcal: float, profile: Profile, *, is_deficit: bool = False, is_keto: bool = False) -> Macros:
    """N-3, N-4, N-7: protein first, then fat, carbohydrate the rest; kcal are never raised to make room.

    Where carbohydrate would fall under 130 g, fat gives way down to its minimum, then protein down to 1.6 g/kg; if it
    still does, a note says which limit broke. Raises ValueError when height, weight or age is unknown.
    """
    need = protein.need(kcal, profile, is_deficit=is_deficit)
    fat_least = max(FAT_LEAST_G_PER_KG * body(profile).weight_kg, FAT_LEAST_SHARE * kcal / KCAL_PER_G_FAT)
    if is_keto:
        return _keto(kcal, need, fat_least)
    share = FAT_SHARE_BY_DIET.get(profile.diet_type or "omnivore", FAT_SHARE)
    return _balanced(kcal, need, fat=(fat_least, max(fat_least, share * kcal / KCAL_PER_G_FAT)))


def _balanced(kcal: float, need: protein.Need, *, fat: tuple[float, float]) -> Macros:
    """Give way inside (least, wanted) of fat, then of protein, until 130 g of carbohydrate fit."""
    room = kcal - KCAL_PER_G_CARBS * CARBS_LEAST_G
    fat_g = _within((room - KCAL_PER_G_PROTEIN * need.wanted_g) / KCAL_PER_G_FAT, *fat)
    protein_g = _within((room - KCAL_PER_G_FAT * fat_g) / KCAL_PER_G_PROTEIN, need.least_g, need.wanted_g)
    found = split(kcal, protein_g=protein_g, fat_g=fat_g)
    notes = list(need.notes)
    if protein_g < need.wanted_g and not notes:
        notes.append(Note("N-7", "I lowered protein a little so that the other limits fit inside your calories."))
    if found.carbs_g < CARBS_LEAST_G:
        text = f"Carbohydrate comes out at {found.carbs_g:.0f} g, under the usual 130 g: the calories are tight."
        notes.append(Note("N-7", text))
    return replace(found, notes=tuple(notes))


def _keto(kcal: float, need: protein.Need, fat_least_g: float) -> Macros:
    room = kcal - KCAL_PER_G_FAT * fat_least_g - KCAL_PER_G_CARBS * KETO_CARBS_G
    protein_g = _within(room / KCAL_PER_G_PROTEIN, need.least_g, need.wanted_g)
    found = keto_split(kcal, protein_g=protein_g)
    lowered = Note("N-7", "I lowered protein a little so that the fat fits inside your calories.")
    return replace(found, notes=need.notes if protein_g >= need.wanted_g or need.notes else (lowered,))


def _tenth(grams: float) -> float:
    return round(energy.round_half_away(grams, 0.1), 1)


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
