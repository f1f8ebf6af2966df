"""Everything the profile alone says about safety, in one place (science.md 1.5 to 1.9, E1 to E7, T-31).

A plan is made inside these findings: the cap of the training, whether a deficit, a fast or keto may be planned, and the
kind sentences with their rules. Order of the sentences: refusals first, then the screening, then the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agents.domain import hydration, life_stage
from agents.domain.note import Note
from agents.domain.profile import Intensity, Profile
from agents.domain.safety.conditions import understood, unknown_conditions
from agents.domain.safety.fasting import fasting_allowed
from agents.domain.safety.guardrails import (
    account_allowed,
    deficit_allowed,
    deficit_cap,
    goal_findings,
    wants_loss,
)
from agents.domain.safety.levels import Level, worst
from agents.domain.safety.medicine_flags import medicine_findings, zones_allowed
from agents.domain.safety.screening import Allowed, Screening, screen
from agents.domain.safety.verdict import Finding
from agents.domain.safety.weather import NO_FORECAST, is_heat_sensitive

REFUSED_GOALS = frozenset({"E2", "E4"})  # the goal itself is refused, with what is possible instead
USUAL_FAST_HOURS = 16.0  # E7
NO_MEDICAL_SUPPLEMENTS = ("pregnancy", "breastfeeding", "kidney", "dialysis", "eating_disorder", "care_mode")  # N-10
_GROWING = (
    "While you grow I show food groups instead of calories, plan 8 to 10 hours of sleep and an hour of movement a "
    "day, and leave out caffeine drinks and creatine."
)
_PREGNANCY_FOOD = (
    "For the pregnancy I leave out alcohol, raw fish, meat and egg, unpasteurised dairy, liver, large predatory fish, "
    "and stay under 200 mg of caffeine."
)
_PREGNANCY_STOP = (
    "Stop and call your maternity unit with bleeding, fluid, contractions, chest pain, breathlessness before effort, "
    "dizziness, headache, calf pain or weakness."
)
_CARE = (
    "I keep numbers and the scale out of sight and plan regular, enough meals. A doctor or an eating-disorder helpline "
    "can be a good ally."
)
_KIDNEY = (
    "With kidney disease your kidney team sets the protein, salt and potassium; please bring them this plan before you "
    "use it."
)
_ILL_WITH_SGLT2 = (
    "With your diabetes medicine an illness can bring ketones up even at normal sugar. Please call your diabetes team "
    "today, and get help at once if you keep vomiting or breathe fast."
)
_OUTDOORS = ("outdoor", "hybrid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What the profile allows. `profile` is the one to plan with: its conditions and medicines are codes.

    `cleared` is false when training waits for a clinician, the goal was refused or there is no plan at all; true never
    says that somebody is healthy. Without `may_plan` there is no plan at all (S-120).
    """

    profile: Profile
    level: Level
    cleared: bool
    findings: tuple[Finding, ...]
    screening: Screening
    training_cap: Allowed
    may_plan: bool
    deficit_allowed: bool
    deficit_cap: float  # share of expenditure
    fasting_allowed: bool  # windows up to 16 h
    keto_allowed: bool
    zones_allowed: bool
    max_tests_allowed: bool  # one-repetition maximum
    supplements_allowed: bool
    water_target_allowed: bool

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of all findings, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))


def profile_findings(
    profile: Profile, *, on: date, weeks_since_birth: int | None = None, has_reason_to_lose: bool = False
) -> Findings:
    """All findings of the profile on the local day `on`. Unknown answers count against, never for, the person.

    `weeks_since_birth` lifts S-134 and E6 in time, `has_reason_to_lose` is the stated reason of E2.
    """
    # These two read the medicine table of this package, so they cannot be imported before the package is complete.
    from agents.domain import injuries, keto

    known = understood(profile)
    screening = screen(known, wants=wanted_intensity(known), on=on, weeks_since_birth=weeks_since_birth)
    limits = injuries.limits(known, on=on)
    account = account_allowed(known.age)
    deficit = deficit_allowed(known, weeks_since_birth=weeks_since_birth)
    refused_goal = goal_findings(known)
    no_keto = keto.refusal(known)
    if not account.allowed:
        return _refused(known, screening, account.findings)
    found = (
        *refused_goal,
        *(deficit.findings if wants_loss(known) or not deficit.allowed else ()),
        *screening.findings,
        *_unknown_findings(known),
        *_stage_findings(known),
        *medicine_findings(known),
        *(_keto_findings(no_keto) if known.diet_type == "keto" else ()),
        *(Finding(note.rule, _injury_level(note), note.message) for note in limits.notes if note.rule != "S-160"),
        *_setting_findings(known),
    )
    is_goal_refused = any(finding.rule in REFUSED_GOALS for finding in refused_goal)
    is_closed = limits.easy_only and screening.allowed != "none"
    return Findings(
        profile=known,
        level=_level(found),
        cleared=not screening.is_waiting and not is_goal_refused,
        findings=tuple(dict.fromkeys(found)),
        screening=screening,
        training_cap="easy" if is_closed else screening.allowed,
        may_plan=True,
        deficit_allowed=deficit.allowed,
        deficit_cap=deficit_cap(known, has_reason=has_reason_to_lose, weeks_since_birth=weeks_since_birth),
        fasting_allowed=fasting_allowed(known, USUAL_FAST_HOURS).allowed,
        keto_allowed=no_keto is None,
        zones_allowed=zones_allowed(known) and not life_stage.is_pregnant(known),
        max_tests_allowed=_is_adult(known) and screening.allowed == "vigorous" and not life_stage.is_pregnant(known),
        supplements_allowed=_is_adult(known) and not known.has(*NO_MEDICAL_SUPPLEMENTS),
        water_target_allowed=not hydration.is_fluid_restricted(known),
    )


def _refused(profile: Profile, screening: Screening, findings: tuple[Finding, ...]) -> Findings:
    """No account, no plan (S-120): nothing else is judged or told."""
    return Findings(
        profile=profile,
        level=_level(findings),
        cleared=False,
        findings=findings,
        screening=screening,
        training_cap="none",
        may_plan=False,
        deficit_allowed=False,
        deficit_cap=0.0,
        fasting_allowed=False,
        keto_allowed=False,
        zones_allowed=False,
        max_tests_allowed=False,
        supplements_allowed=False,
        water_target_allowed=False,
    )


def wanted_intensity(profile: Profile) -> Intensity:
    """What the level of a person asks of the screening: trained and regular people want to go hard (S-102)."""
    is_trained = bool(profile.regular_exercise) and profile.fitness_level in ("intermediate", "advanced")
    return "vigorous" if is_trained else "moderate"


def _is_adult(profile: Profile) -> bool:
    return profile.age is not None and profile.age >= life_stage.ADULT_AGE


def _level(found: tuple[Finding, ...]) -> Level:
    level: Level = "none"
    for finding in found:
        level = worst(level, finding.level)
    return level


def _unknown_findings(profile: Profile) -> Iterator[Finding]:
    for entry in unknown_conditions(profile):
        name = " ".join(entry.split())[:40]
        message = f'I do not know "{name}". Does it concern your heart, sugar, kidneys, lungs or bones? We stay easy.'
        yield Finding("S-103", "caution", message)


def _stage_findings(profile: Profile) -> Iterator[Finding]:
    """Stages of life and conditions that change the food or the numbers shown (S-120, S-133, S-181, E8)."""
    if profile.age is not None and life_stage.is_minor(profile):
        yield Finding("S-120", "caution", _GROWING)
    if life_stage.is_pregnant(profile):
        yield Finding("S-133", "caution", _PREGNANCY_FOOD)
        yield Finding("S-131", "caution", _PREGNANCY_STOP)
    if life_stage.is_breastfeeding(profile):
        yield Finding("S-133", "caution", "While you breastfeed your plan has energy and about 0.7 L of water on top.")
    if profile.has("eating_disorder", "care_mode"):
        yield Finding("E8", "caution", _CARE)
    if profile.has("kidney"):  # dialysis brings the code of its disease along
        yield Finding("N-3", "caution", _KIDNEY)
    if profile.has("acute_illness") and "sglt2" in (profile.medications or ()):
        yield Finding("S-142", "urgent", _ILL_WITH_SGLT2)
    water = hydration.note(profile)
    if water is not None:
        yield Finding(water.rule, "caution", water.message)


def _keto_findings(refusal: Note | None) -> Iterator[Finding]:
    """Keto is judged for everybody and told only to those who chose it; with SGLT2 it is urgent (S-142)."""
    if refusal is not None:
        yield Finding(refusal.rule, "urgent" if refusal.rule == "S-142" else "caution", refusal.message)


def _injury_level(note: Note) -> Level:
    """T-31: a severe hurt is urgent, and its note says so."""
    return "urgent" if note.rule == "T-31" and note.message.startswith("Urgent") else "caution"


def _setting_findings(profile: Profile) -> Iterator[Finding]:
    """Outdoor training: no forecast is on file, and who is sensitive to heat is told (S-172, S-174)."""
    if profile.location not in _OUTDOORS:
        return
    yield Finding(NO_FORECAST.rule, "none", NO_FORECAST.message)
    if is_heat_sensitive(profile):
        yield Finding("S-172", "caution", "Heat is harder on you than on most, so I am one step stricter on warm days.")
