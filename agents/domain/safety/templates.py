"""The fixed texts for danger (science.md S-9 to S-11, S-62 to S-66): written by people, shown with the model down.

Emergency: what to do now with the number, one line for the wait, and that an AI cannot see or call. Crisis: the text of
S-62. Urgent and caution: one line whom to see and by when.
"""

from dataclasses import dataclass
from typing import Any, Final

from agents.domain.safety.countries import HELPLINE_FINDER, UNKNOWN_NUMBER, numbers_of
from agents.domain.safety.lexicon import LANGUAGES, load
from agents.domain.safety.triage import Triage

_BUTTONS: Final = {
    "emergency": ("called", "with_someone", "not_now"),
    "crisis": ("called", "with_someone"),
}


@dataclass(frozen=True, slots=True)
class SafetyReply:
    """What to send: the text, buttons as (label, data), and whether the country must still be asked."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    needs_country: bool = False


def reply_for(triage: Triage, *, country: str | None, locale: str, in_followup: bool = False) -> SafetyReply:
    """The fixed answer to a triaged message; empty text for `none` outside a follow-up.

    `country` is an ISO 3166 code from the profile or the time zone, never guessed from the language (S-10).
    `in_followup` tells that a crisis was less than 72 h ago: the line stays visible (S-65).
    """
    texts = _texts(locale)
    if triage.level == "crisis":
        return _crisis(triage, country, texts, in_followup=in_followup)
    if triage.level == "emergency":
        return _emergency(triage, country, texts)
    own = _filled(_one_line(triage, texts), country, texts) if triage.level in ("urgent", "caution") else ""
    if in_followup:
        followup = _filled(texts["crisis"]["still_here"], country, texts)
        return SafetyReply(f"{own}\n{followup}".strip(), needs_country=not country)
    return SafetyReply(own)


def _texts(locale: str) -> dict[str, Any]:
    """The texts of the locale's language; English where there are none."""
    language = locale.replace("_", "-").split("-")[0].lower()
    name = f"texts_{language if language in LANGUAGES else 'en'}"
    return dict(load(name))


def _filled(text: str, country: str | None, texts: dict[str, Any]) -> str:
    """`text` with the emergency number, crisis line and poison line of the country."""
    numbers = numbers_of(country)
    either = f" {texts['or']} "
    emergency = either.join(numbers.emergency) if numbers else UNKNOWN_NUMBER.replace(" / ", either)
    line = numbers.crisis if numbers and numbers.crisis else HELPLINE_FINDER
    return text.replace("{emergency}", emergency).replace("{line}", line)


def _emergency(triage: Triage, country: str | None, texts: dict[str, Any]) -> SafetyReply:
    """Three lines (S-9), a poison line where one is known (S-38), and the country question if it is not known."""
    parts = texts["emergency"]
    numbers = numbers_of(country)
    waiting = parts["while"].get(triage.category, parts["while"]["default"])
    lines = [parts["call_other" if triage.about_other else "call"], waiting, parts["ai"]]
    if triage.category == "poisoning" and numbers and numbers.poison:
        lines.insert(1, parts["poison"].replace("{poison}", numbers.poison))
    if not country:
        lines.append(texts["ask_country"])
    text = _filled("\n".join(lines), country, texts)
    return SafetyReply(text, _buttons("emergency", texts), needs_country=not country)


def _crisis(triage: Triage, country: str | None, texts: dict[str, Any], *, in_followup: bool) -> SafetyReply:
    """The text of S-62 in the variant for the person or a helper; acute danger puts the number first (S-61)."""
    parts = texts["crisis"]
    lines = []
    if triage.imminent:
        lines.append(parts["imminent_other" if triage.about_other else "imminent"])
    key = "other" if triage.about_other else "again" if in_followup and not triage.imminent else "text"
    lines.append(parts[key])
    if not country:
        lines.append(texts["ask_country"])
    text = _filled("\n".join(lines), country, texts)
    return SafetyReply(text, _buttons("crisis", texts), needs_country=not country)


def _buttons(kind: str, texts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((texts["buttons"][code], f"safety:{code}") for code in _BUTTONS[kind])


def _one_line(triage: Triage, texts: dict[str, Any]) -> str:
    """Whom to see and by when, for the category; rules of E1 to E8 bring their own sentence."""
    lines: dict[str, str] = texts[triage.level]
    return lines.get(triage.category, lines["default"])
