"""Who must not eat ketogenic (science.md 3.1, S-133, S-142, S-160)."""

from agents.domain import life_stage, weight_change
from agents.domain.medicines import takes
from agents.domain.note import Note
from agents.domain.profile import Profile

NET_CARBS_CAP_G = 50  # 3.1: net carbohydrate a day
REFUSED_CODES = ("diabetes_t1", "gallbladder", "pancreatitis", "fat_oxidation_disorder", "kidney", "liver")


def refusal(profile: Profile) -> Note | None:
    """Why this person gets carbohydrate although keto was chosen, or None."""
    if takes(profile, "sglt2"):
        text = "With your medicine, keto can make the blood dangerously acid. Please talk to your clinician first."
        return Note("S-142", text)
    if takes(profile, "insulin", "sulfonylurea"):
        return Note("S-160", "With your diabetes medicine, keto needs your clinician's yes, so I keep carbohydrate in.")
    if life_stage.is_pregnant(profile) or life_stage.is_breastfeeding(profile):
        return Note("S-133", "Keto does not suit pregnancy or breastfeeding, so I keep carbohydrate in.")
    if profile.has(*REFUSED_CODES):
        return Note("3.1", "With your health condition keto is not for me to plan, so I keep carbohydrate in.")
    flag = weight_change.forbidden(profile)
    return None if flag is None else Note(flag.rule, "Keto is too strict for you right now, so I plan balanced meals.")
