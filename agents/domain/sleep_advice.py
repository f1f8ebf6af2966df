"""What helps sleep, in words and in the order of R-20, and what must be told (R-2, R-21, N-8, N-9, S-120)."""

from dataclasses import dataclass
from datetime import time

from agents.domain import life_stage
from agents.domain.clock_minutes import before
from agents.domain.note import Note
from agents.domain.profile import Profile

NAP_END_BEFORE_BED_MINUTES = 8 * 60  # 15:00 for a bedtime of 23:00
COFFEE_BEFORE_BED_MINUTES = 528  # N-9: 8.8 h, a cup of about 107 mg
PRE_WORKOUT_BEFORE_BED_MINUTES = 792  # N-9: 13.2 h, a dose of about 217 mg
CAFFEINE_MG, CAFFEINE_AT_ONCE_MG = 400, 200  # N-9
CAFFEINE_PREGNANCY_MG = 200  # N-9, S-133: pregnancy and lactation
CAFFEINE_MINOR_MG_PER_KG = 3.0  # N-9, S-120
DAY_SLEEP_FROM, DAY_SLEEP_TO = time(4, 0), time(15, 0)  # a bedtime in here means sleeping in daylight
DARK_FROM, DARK_TO = time(17, 0), time(5, 0)  # whoever wakes then may find no daylight
# what must be looked at by a clinician within three days.
REFER_CODES = frozenset(
    {"insomnia", "sleep_apnoea", "breathing_stops", "restless_legs", "acting_out_dreams", "sleepy_at_wheel"}
)
# N-8, S-160: nobody here hears about drinking less, because the advice is none at all or a clinician's.
NO_ALCOHOL_CODES = ("liver", "pancreatitis", "epilepsy", "care_mode", "eating_disorder", "alcohol_dependence")
NO_ALCOHOL_WORDS = ("halal", "alcohol")


@dataclass(frozen=True, slots=True)
class SleepStep:
    """One piece of advice, ready to be shown; `code` is stable, `rule` is the id of science.md it rests on."""

    code: str
    text: str
    rule: str = "R-20"


def steps(profile: Profile, *, wake: time, bed: time, wind_down: time) -> tuple[SleepStep, ...]:
    """R-20: the order of advice; a step that does not suit this person is left out."""
    found = (
        SleepStep("steady_wake", f"Get up at {wake:%H:%M} every day, also on days off."),
        SleepStep("morning_light", _light_text(wake, bed)),
        SleepStep("caffeine", _caffeine_text(profile, bed), "N-9"),
        SleepStep("alcohol", _alcohol_text(profile), "N-8"),
        SleepStep("screens", f"Put bright screens away at {wind_down:%H:%M}."),
        SleepStep("cool_dark_room", _room_text(bed)),
        SleepStep("wind_down", "After brushing your teeth, do one calm thing: a book, a stretch, slow breathing."),
        SleepStep("nap", _nap_text(profile, bed)),
    )
    return tuple(step for step in found if step.text)


def findings(profile: Profile, *, least_hours: float, is_poor: bool) -> tuple[Note, ...]:
    """R-21, R-20, R-2: what the answers about sleep call for."""
    notes: list[Note] = []
    reported = {*(profile.symptoms or ()), *(profile.conditions or ())} & REFER_CODES
    if reported:
        notes.append(
            Note("R-21", "Please have your sleep looked at by a clinician within three days; the steps can wait.")
        )
    if "sleepy_at_wheel" in reported:
        notes.append(Note("R-21", "Until then, please do not drive when you feel sleepy, not even a short way."))
    if profile.sleep_hours is not None and profile.sleep_hours < least_hours:
        text = f"You sleep about {profile.sleep_hours:g} hours; {least_hours:.0f} is where most people feel well."
        notes.append(Note("R-20", text))
    if is_poor:
        notes.append(Note("R-2", "Your nights have been poor lately, so training eases off rather than food."))
    return tuple(notes)


def last_caffeine(bed_time: time, *, is_pre_workout: bool = False) -> time:
    """N-9: the latest coffee (8.8 h) or pre-workout drink (13.2 h) before this bedtime."""
    return before(bed_time, PRE_WORKOUT_BEFORE_BED_MINUTES if is_pre_workout else COFFEE_BEFORE_BED_MINUTES)


def caffeine_limit_mg(profile: Profile) -> int | None:
    """N-9: caffeine a day. Minors, and people of unknown age, 3 mg/kg; None where the weight is unknown."""
    is_maternal = life_stage.is_pregnant(profile) or life_stage.is_breastfeeding(profile)
    limit = CAFFEINE_PREGNANCY_MG if is_maternal else CAFFEINE_MG
    if profile.age is not None and not life_stage.is_minor(profile):
        return limit
    return None if profile.weight_kg is None else min(limit, int(CAFFEINE_MINOR_MG_PER_KG * profile.weight_kg))


def is_day_sleep(bed: time) -> bool:
    """Whether the main sleep starts in the morning, as after a night shift."""
    return DAY_SLEEP_FROM <= bed < DAY_SLEEP_TO


def wakes_in_the_dark(wake: time) -> bool:
    """Whether the day starts where there may be no daylight."""
    return wake >= DARK_FROM or wake < DARK_TO


def _light_text(wake: time, bed: time) -> str:
    where = "switch on every lamp" if wakes_in_the_dark(wake) else "outside, or at a window"
    light = f"Get bright light within an hour of waking: {where}."
    return f"{light} Once you are home from work, keep it dim." if is_day_sleep(bed) else light


def _caffeine_text(profile: Profile, bed: time) -> str:
    limit, latest = caffeine_limit_mg(profile), last_caffeine(bed)
    if profile.age is None or life_stage.is_minor(profile):
        most = "" if limit is None else f", and at most {limit} mg of caffeine a day"
        return f"Have your last tea, cola or coffee by {latest:%H:%M}{most}; no energy or pre-workout drinks."
    at_once = f", {CAFFEINE_AT_ONCE_MG} at once" if limit == CAFFEINE_MG else ""
    return f"Have your last coffee by {latest:%H:%M}, and at most {limit} mg of caffeine a day{at_once}."


def _alcohol_text(profile: Profile) -> str:
    """Whoever must not or does not drink is told nothing about drinking less (N-8)."""
    is_young = profile.age is None or life_stage.is_minor(profile)
    is_maternal = life_stage.is_pregnant(profile) or life_stage.is_breastfeeding(profile)
    abstains = any(entry.code in NO_ALCOHOL_WORDS for entry in profile.restrictions)
    if is_young or is_maternal or abstains or profile.medications or profile.has(*NO_ALCOHOL_CODES):
        return ""
    return "If you drink alcohol, leave it out on weeknights: it breaks up the second half of sleep."


def _room_text(bed: time) -> str:
    dark = " Blackout curtains are worth it." if is_day_sleep(bed) else ""
    return f"Keep the bedroom cool, dark and quiet; earplugs and a sleep mask count.{dark}"


def _nap_text(profile: Profile, bed: time) -> str:
    """With insomnia a nap takes sleep from the night; with a baby it is what keeps a parent going."""
    if profile.has("insomnia"):
        return ""
    nap_end = before(bed, NAP_END_BEFORE_BED_MINUTES)
    return f"If you nap, keep it to 30 minutes and be up again by {nap_end:%H:%M}."
