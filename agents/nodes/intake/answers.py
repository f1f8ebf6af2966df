"""Which option of the open question was chosen: by a tap, by its label, or by a plain yes or no."""

from agents.domain.questions import Question
from agents.schemas import Understanding

_YES = {
    "consent": "yes", "guardian": "yes", "regular_exercise": "yes", "water_reminders": "yes", "review": "right",
    "confirm": "lock", "meal_times": "suggested", "timezone": "keep",
}  # fmt: skip
_NO = {
    "consent": "no", "guardian": "no", "regular_exercise": "no", "water_reminders": "no", "pregnancy": "no",
    "review": "change", "confirm": "not_yet", "conditions": "none", "condition_kind": "none",
    "symptoms": "none", "medications": "none",
    "injuries": "none", "allergies": "none", "dislikes": "none", "equipment": "none", "target_weight_kg": "none",
    "morning_brief_time": "no", "evening_checkin_time": "no",
}  # fmt: skip
# Never the data of an option: "back" is also a place that can hurt.
CONTROLS = ("ctl_skip", "ctl_back", "ctl_why", "ctl_defaults")


def chosen(pending: Question, heard: Understanding, tap: str | None) -> str | None:
    """The option that was chosen for the pending question, by tap or by words; "stale" for another question's tap."""
    if tap and not tap.startswith("onb:"):
        return "stale"
    data = tap
    intent = heard.first("answer")
    if data is None and intent and isinstance(intent.payload, str) and intent.payload.startswith("onb:"):
        data = intent.payload
    if data is not None:
        code, _, choice = data.removeprefix("onb:").partition(":")
        is_offered = choice in pending.options or choice in CONTROLS
        return choice if code == pending.code and is_offered else "stale"
    for name, control in (
        ("back", "ctl_back"),
        ("why_ask", "ctl_why"),
        ("skip", "ctl_skip"),
        ("later", "ctl_skip"),
    ):
        if heard.first(name):  # type: ignore[arg-type]  # the names above are intent names
            return control
    if heard.first("yes"):
        return _YES.get(pending.code)
    if heard.first("no") and not any(fact.op == "add" for fact in heard.facts):
        return _NO.get(pending.code)
    return "ctl_skip" if heard.first("dont_know") else None


def is_option(answer: str | None) -> bool:
    """Whether the answer says something about the person, and is no control."""
    return answer is not None and answer not in CONTROLS and answer != "stale"
