"""How a question looks: its sentence, its buttons, its progress."""

from datetime import datetime

from agents.domain.onboarding import FIRST_OPTIONAL_STEP, LAST_STEP
from agents.domain.profile import Profile
from agents.domain.questions import Question
from agents.domain.safety.conditions import unknown_conditions
from agents.domain.zones import zone_words
from agents.state import Choice, Line

_LISTED = {"conditions", "symptoms", "medications", "injuries", "allergies"}


def lines_for(question: Question, profile: Profile, now: datetime) -> tuple[Line, ...]:
    """The progress mark and the question; a list that already holds something is asked for the rest."""
    more = question.code in _LISTED and known_words(question.code, profile)
    asked = (
        Line(f"ask-{question.code}-more", {"known": more})
        if more
        else Line(f"ask-{question.code}", _args(profile, now))
    )
    return (Line("progress", {"step": question.step, "last": LAST_STEP}), asked)


def _args(profile: Profile, now: datetime) -> dict[str, str]:
    unknown = ", ".join(unknown_conditions(profile))
    return {"zone": zone_words(profile.timezone), "time": f"{now:%H:%M}", "unknown": unknown}


def known_words(code: str, profile: Profile) -> str:
    """What is already on the list this question asks for, in words; "" when nothing is."""
    if code == "allergies":
        return ", ".join(dict.fromkeys(r.code.replace("_", " ") for r in profile.allergies))
    if code == "injuries":
        return ", ".join(dict.fromkeys(i.region.replace("_", " ") for i in profile.injuries or ()))
    codes: tuple[str, ...] = getattr(profile, code) or ()
    hidden = {"pregnancy", "postpartum", "breastfeeding"}
    return ", ".join(c.replace("_", " ") for c in codes if c not in hidden)


def choices_for(question: Question, profile: Profile) -> tuple[tuple[Choice, ...], ...]:
    """Rows of buttons: the options, then skip, back and the short cut where they make sense."""
    more = question.code in _LISTED and bool(known_words(question.code, profile))
    options = [
        Choice(
            "opt-thats-all" if more and data == "none" else option_key(question.code, data), tap(question.code, data)
        )
        for data in question.options
    ]
    rows = [tuple(options[i : i + question.columns]) for i in range(0, len(options), question.columns)]
    control = []
    if not question.is_required:
        control.append(Choice("opt-skip", tap(question.code, "ctl_skip")))
    if question.step > 0 and question.code not in ("review", "confirm"):
        control.append(Choice("opt-back", tap(question.code, "ctl_back")))
        control.append(Choice("opt-why", tap(question.code, "ctl_why")))
    if FIRST_OPTIONAL_STEP <= question.step < LAST_STEP - 1:
        rows.append((Choice("opt-defaults", tap(question.code, "ctl_defaults")),))
    return (*rows, *((tuple(control),) if control else ()))


def option_key(code: str, data: str) -> str:
    """The catalogue key of an option; numbers and clock times share one that shows the value."""
    return f"opt-{code}-{data}".replace(":", "")


def tap(code: str, data: str) -> str:
    """Button data of an onboarding option."""
    return f"onb:{code}:{data}"
