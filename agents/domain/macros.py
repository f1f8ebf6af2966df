"""From kcal to protein, carbohydrate, fat and fibre in grams a day (science.md N-1..N-7).

Grams are the truth; 4, 9 and 4 kcal per gram of protein, fat and carbohydrate.
"""

from dataclasses import dataclass

from agents.domain import energy, life_stage
from agents.domain.body import body
from agents.domain.note import Note
from agents.domain.profile import Goal, Profile

KCAL_PER_G_PROTEIN, KCAL_PER_G_CARBS, KCAL_PER_G_FAT = 4, 4, 9  # N-1
# N-3, g per kg of reference weight for people who train, inside the range of each line.
PROTEIN_G_PER_KG: dict[Goal, float] = {
    "fat_loss": 1.8,
    "muscle_gain": 1.8,
    "strength": 1.6,
    "athletic_performance": 1.6,
    "endurance": 1.6,
    "general_fitness": 1.4,
    "flexibility": 1.2,
}
PROTEIN_ACTIVE = 1.4  # N-3: active 1.2–1.6, where no goal is known
PROTEIN_SEDENTARY = 1.0  # N-3: at least 0.8
PROTEIN_OLDER = 1.2  # N-3: age 65 and over 1.0–1.2
PROTEIN_MATERNAL = 1.2  # N-3: pregnancy and lactation count as active at the least
PROTEIN_LOWEST = 0.8  # N-3
PROTEIN_FALLBACK = 1.6  # N-7: where an infeasible set is lowered to
PROTEIN_CLINICIAN_CODES = {"kidney": "N-3", "pku": "3.1"}
OLDER_AGE = 65
FAT_SHARE = 0.30  # N-4: usual 25–35 %
FAT_SHARE_MEDITERRANEAN = 0.35
FAT_LEAST_SHARE, FAT_LEAST_G_PER_KG = 0.20, 0.6  # N-4
CARBS_LEAST_G = 130  # N-4
KETO_NET_CARBS_G = 40  # N-6; the cap is 50 (3.1)
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


def kcal_of(*, protein_g: float, carbs_g: float, fat_g: float) -> float:
    """N-1: 20 g protein, 30 g carbohydrate and 10 g fat are 290 kcal."""
    return KCAL_PER_G_PROTEIN * protein_g + KCAL_PER_G_CARBS * carbs_g + KCAL_PER_G_FAT * fat_g


def reference_weight_kg(*, weight_kg: float, height_cm: float) -> float:
    """N-2: the weight protein is counted on; above BMI 30 only a quarter of the excess over BMI 25 counts."""
    square_m = (height_cm / 100) ** 2
    if weight_kg / square_m < 30:
        return weight_kg
    return 25 * square_m + 0.25 * (weight_kg - 25 * square_m)


def fibre_g(kcal: float) -> float:
    """N-5: max(25 g, 14 g per 1,000 kcal)."""
    return max(float(FIBRE_LEAST_G), FIBRE_G_PER_1000_KCAL * kcal / 1000)


def protein_g_per_kg(profile: Profile, *, is_deficit: bool) -> tuple[float, Note | None]:
    """N-3: protein per kg of reference weight. Kidney disease and PKU keep to the minimum and are routed."""
    for code, rule in PROTEIN_CLINICIAN_CODES.items():
        if profile.has(code):
            return PROTEIN_LOWEST, Note(rule, "How much protein suits you is for your clinician or dietitian to set.")
    rate = _protein_by_goal(profile, is_deficit=is_deficit)
    if profile.age is not None and profile.age >= OLDER_AGE:
        rate = max(rate, PROTEIN_OLDER)
    if life_stage.is_pregnant(profile) or life_stage.is_breastfeeding(profile):
        rate = max(rate, PROTEIN_MATERNAL)
    return rate, None


def macros(kcal: float, profile: Profile, *, is_deficit: bool = False, is_keto: bool = False) -> Macros:
    """N-3, N-4, N-7: protein first, then fat, carbohydrate the rest; kcal are never raised to make room.

    Where carbohydrate would fall under 130 g, fat gives way down to its minimum, then protein down to 1.6 g/kg; if it
    still does, a note says which limit broke. Raises ValueError when height, weight or age is unknown.
    """
    person = body(profile)
    rate, note = protein_g_per_kg(profile, is_deficit=is_deficit)
    reference = reference_weight_kg(weight_kg=person.weight_kg, height_cm=person.height_cm)
    notes = () if note is None else (note,)
    if is_keto:
        return _keto(kcal, rate * reference, notes)
    share = FAT_SHARE_MEDITERRANEAN if profile.diet_type == "mediterranean" else FAT_SHARE
    fat_least = max(FAT_LEAST_G_PER_KG * person.weight_kg, FAT_LEAST_SHARE * kcal / KCAL_PER_G_FAT)
    return _balanced(
        kcal,
        protein=(min(rate, PROTEIN_FALLBACK) * reference, rate * reference),
        fat=(fat_least, max(fat_least, share * kcal / KCAL_PER_G_FAT)),
        notes=notes,
    )


def _protein_by_goal(profile: Profile, *, is_deficit: bool) -> float:
    if profile.workout_days == () and profile.leisure_activity in (None, "very_light"):
        return PROTEIN_ACTIVE if is_deficit else PROTEIN_SEDENTARY
    # The high figure for fat loss protects muscle in a deficit; without one there is nothing to protect it from.
    if profile.primary_goal is None or (profile.primary_goal == "fat_loss" and not is_deficit):
        return PROTEIN_ACTIVE
    return PROTEIN_G_PER_KG[profile.primary_goal]


def _balanced(
    kcal: float, *, protein: tuple[float, float], fat: tuple[float, float], notes: tuple[Note, ...]
) -> Macros:
    """Give way inside (least, wanted) of fat, then of protein, until 130 g of carbohydrate fit."""
    room = kcal - KCAL_PER_G_CARBS * CARBS_LEAST_G
    fat_g = _within((room - KCAL_PER_G_PROTEIN * protein[1]) / KCAL_PER_G_FAT, *fat)
    protein_g = _within((room - KCAL_PER_G_FAT * fat_g) / KCAL_PER_G_PROTEIN, *protein)
    found = _rounded(kcal, protein_g=protein_g, fat_g=fat_g, notes=notes)
    if protein_g < protein[1]:
        lowered = Note("N-7", "I lowered protein a little so that the other limits fit inside your calories.")
        found = _with_note(found, lowered)
    if found.carbs_g < CARBS_LEAST_G:
        low = Note(
            "N-7", f"Carbohydrate comes out at {found.carbs_g:.0f} g, under the usual 130 g: the calories are tight."
        )
        found = _with_note(found, low)
    return found


def _keto(kcal: float, protein_g: float, notes: tuple[Note, ...]) -> Macros:
    protein = energy.round_half_away(protein_g, 0.1)
    fat = (kcal - KCAL_PER_G_PROTEIN * protein - KCAL_PER_G_CARBS * KETO_NET_CARBS_G) / KCAL_PER_G_FAT
    return Macros(round(protein, 1), float(KETO_NET_CARBS_G), round(fat, 1), notes)


def _rounded(kcal: float, *, protein_g: float, fat_g: float, notes: tuple[Note, ...]) -> Macros:
    """One decimal each; carbohydrate takes what rounding leaves, so that the energy agrees."""
    protein, fat = round(protein_g, 1), round(fat_g, 1)
    carbs = (kcal - KCAL_PER_G_PROTEIN * protein - KCAL_PER_G_FAT * fat) / KCAL_PER_G_CARBS
    return Macros(protein, round(carbs, 1), fat, notes)


def _with_note(found: Macros, note: Note) -> Macros:
    return Macros(found.protein_g, found.carbs_g, found.fat_g, (*found.notes, note))


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
