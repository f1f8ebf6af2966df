"""What a person reads and may tap when reminders go out: one occurrence alone, or several after an outage together."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from agents.domain.crockford import encode
from agents.domain.pushes import Push
from agents.domain.turn import Button, Draft
from agents.ports import Speech

Rows = tuple[tuple[Button, ...], ...]
_BUTTONS = ("done", "snooze10", "snooze60", "skip")
_ENERGY = (("low", 3), ("okay", 6), ("high", 9))


@dataclass(frozen=True, slots=True)
class Sending:
    """One occurrence that goes out: the id of its firing, its kind and its words."""

    firing_id: UUID
    kind: str
    push: Push


def draft_of(sendings: Sequence[Sending], locale: str, speech: Speech) -> Draft:
    """The message for one or several occurrences, oldest first. Its buttons answer for all of them."""
    lead = sendings[-1]
    texts = ("\n".join(speech.say(locale, line.key, line.args) for line in one.push.lines) for one in sendings)
    kinds = [one.kind for one in sendings]
    cards = tuple(card for one in sendings for card in one.push.cards)
    return Draft(
        agent=lead.push.agent,
        kind="check_in" if lead.kind == "check_in" else "photo" if cards else "reminder",
        text="\n\n".join(texts),
        buttons=_buttons(kinds, lead.firing_id, locale, speech),
        cards=cards,
    )


def _buttons(kinds: Sequence[str], firing_id: UUID, locale: str, speech: Speech) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if "check_in" in kinds:
        rows.append(
            tuple(
                Button(speech.say(locale, f"opt-energy-{word}", {}), f"checkin:energy_level:{score}")
                for word, score in _ENERGY
            )
        )
    names = _answers(set(kinds))
    if names:
        rows.append(
            tuple(Button(speech.say(locale, f"opt-{name}", {}), f"firing:{name}:{encode(firing_id)}") for name in names)
        )
    if "morning_brief" in kinds:
        rows.append((Button(speech.say(locale, "opt-today", {}), "view:today"),))
    if "weekly_report" in kinds:
        ways = (("opt-week-plan", "view:plan"), ("opt-week-stop", "week:stop"))
        rows.append(tuple(Button(speech.say(locale, key, {}), data) for key, data in ways))
    return tuple(rows)


def _answers(kinds: set[str]) -> tuple[str, ...]:
    """What may be said to it: check-ins are answered by a scale, an invitation back by going on, reports by none."""
    asked = kinds - {"onboarding_resume", "weekly_report"}
    if not asked:
        return ()
    return ("skip",) if asked == {"check_in"} else _BUTTONS
