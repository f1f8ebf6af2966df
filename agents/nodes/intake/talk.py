"""Talk that is not about a plan: greetings, thanks, questions about itself, pain and illness, not understood."""

import re
from collections.abc import Mapping

from agents.domain.allergens import restrictions_for, scan_text
from agents.domain.changes import AccountErased, Change, QuestionOpened, SafetyEased, SafetyNoted
from agents.domain.commands import nearest
from agents.domain.context import Context, OpenQuestion
from agents.domain.knowledge import entry_of
from agents.domain.life_stage import spares_weight
from agents.domain.moves import PERSONAL, move_for
from agents.domain.profile import Profile
from agents.domain.safety import is_all_clear
from agents.domain.turn import Inbound
from agents.schemas import Intent, Understanding
from agents.state import Choice, Line, Part

_SAID: Mapping[str, str] = {
    "greeting": "hello-again",
    "thanks": "youre-welcome",
    "goodbye": "goodbye",
    "small_talk": "small-talk",
    "about_bot": "about-bot",
    "help": "help",
    "start": "hello-again",
    "illness": "ill-rest",
    "pain": "pain-ask",
    "feedback": "feedback",
    "export_me": "export-how",
    "command_unknown": "command-unknown",
    "why_ask": "why-ask",
    "question": "question-beyond",
}
_DURING_ONBOARDING = (
    "greeting",
    "goodbye",
    "feedback",
    "illness",
    "pain",
    "question",
    "thanks",
    "about_bot",
    "help",
    "small_talk",
    "command_unknown",
    "export_me",
)
_MAY_I = re.compile(
    r"\b(?:can|could|may|should|shall|is it (?:ok|okay|fine|safe)|am i allowed)\b.*\b(?:i|me)\b|"
    r"\b(?:ok|okay|safe|fine) for me\b"
)
_FAREWELL = 99  # nothing comes after a certificate, not even the line that follows a crisis (telegram.md TG-88)
_SAFETY_TAPS = {"safety:called": "safety-called", "safety:with_someone": "safety-with-someone"}


DELETE_YES, DELETE_NO = "delete:yes", "delete:no"


def asides(context: Context, heard: Understanding, inbound: Inbound) -> Part | None:
    """What is answered by itself, wherever the person is: a file, and the wish to be deleted."""
    if inbound.attachment is not None and not inbound.text and not heard.facts:
        file = inbound.attachment
        return Part("intake_safety", lines=(Line(f"attach-{file.problem or file.kind}"),))
    if inbound.tap and inbound.tap.startswith("safety:"):
        return _tapped(context, inbound.tap)
    if context.last_safety == "emergency" and is_all_clear(inbound.text):
        return _tapped(context, "safety:not_now")
    asked = context.question is not None and context.question.code == "delete_me"
    by_words = (
        asked and context.question is not None and context.question.hears_words(context.now) and heard.has("yes", "no")
    )
    if inbound.tap in (DELETE_YES, DELETE_NO) or by_words:
        return _deletion(inbound.tap == DELETE_YES or (inbound.tap is None and heard.has("yes")), is_asked=asked)
    if heard.has("delete_me"):
        question = OpenQuestion("delete_me", (), {}, context.now)
        choices = ((Choice("opt-delete-yes", DELETE_YES, style="danger"),), (Choice("opt-delete-no", DELETE_NO),))
        return Part(
            "intake_safety", changes=(QuestionOpened(question),), lines=(Line("delete-ask"),), choices=choices, order=5
        )
    return None


def _deletion(is_wanted: bool, *, is_asked: bool) -> Part:  # noqa: FBT001 - the answer itself
    if not is_asked:
        return Part("intake_safety", lines=(Line("stale-button"),))
    if is_wanted:
        return Part("intake_safety", changes=(AccountErased("asked"),), lines=(Line("erased"),), order=_FAREWELL)
    return Part("intake_safety", changes=(QuestionOpened(None),), lines=(Line("delete-kept"),))


def during_onboarding(context: Context, heard: Understanding) -> list[Part]:
    """A short answer to talk in the middle of onboarding; the open question follows."""
    if not context.may_store_health:
        return []
    said = {**_SAID, "greeting": "hello-onboarding", "start": "hello-onboarding"}
    names = [i for i in heard.intents if i.name in _DURING_ONBOARDING and not _is_told(i.name, heard)]
    lines = tuple(line for i in names for line in _said(context.profile, i, said))
    return [Part("intake_safety", lines=lines, order=5)] if lines else []


def talk(context: Context, heard: Understanding, inbound: Inbound, *, is_answered: bool) -> list[Part]:
    """What to say to the talk in this message; an honest "I did not get that" when nothing else was understood.

    Somebody who lets off steam, is torn or pushes back has been understood well enough for an answer of its own.
    """
    tap = inbound.tap
    if tap and not is_answered and not heard.intents:
        return [Part("intake_safety", lines=(Line("stale-button"),), choices=_BASICS)]
    if tap and is_answered:
        return []
    intents = [i for i in heard.intents if i.name in _SAID and not _is_told(i.name, heard)]
    lines = [line for i in intents for line in _said(context.profile, i)]
    changes: tuple[Change, ...] = ()
    if heard.has("illness"):
        changes = (SafetyNoted("caution", "illness", ("S-190",), context.profile.locale, "noted"),)
    if not lines and not is_answered:
        move = move_for(inbound.text, ())
        lines = [Line(f"moved-{move}")] if move in PERSONAL else [Line("not-understood"), Line("examples-now")]
        return [Part("intake_safety", lines=tuple(lines), choices=_BASICS)]
    return [Part("intake_safety", changes=changes, lines=tuple(lines), order=20)] if lines else []


def _said(profile: Profile, intent: Intent, table: Mapping[str, str] = _SAID) -> tuple[Line, ...]:
    """What is said to one intent; a question of everyday knowledge gets its entry and where that comes from."""
    if intent.name == "question" and (kept_out := _kept_out(profile, intent.quote)):
        return (kept_out,)
    if intent.name == "feedback" and intent.payload == "plan":
        return (Line("plan-disliked"),)
    entry = entry_of(intent.payload) if intent.name == "question" and isinstance(intent.payload, str) else None
    if entry is None:
        return (Line(table[intent.name], _args(intent.name, intent.payload)),)
    if entry.about == "weight" and spares_weight(profile):
        return (Line("knowledge-not-weight"),)
    named = dict.fromkeys(v.allergen.replace("_", " ") for v in scan_text(entry.text, restrictions_for(profile)))
    yours = (Line("knowledge-your-list", {"kept_out": ", ".join(named)}),) if named else ()
    return (Line("knowledge", {"text": entry.text}), *yours, Line("knowledge-source", {"source": entry.source}))


def _kept_out(profile: Profile, question: str) -> Line | None:
    """A clear no to "can I have …?" about a food that this person must not have (science.md N-33).

    Never a yes: that no word of a question is known to hold an allergen proves nothing.
    """
    if not _MAY_I.search(question.casefold()):
        return None
    offered = scan_text(question, restrictions_for(profile))
    if not offered:
        return None
    kept_out = ", ".join(dict.fromkeys(verdict.allergen.replace("_", " ") for verdict in offered))
    return Line("food-not-for-you", {"food": offered[0].term, "kept_out": kept_out})


def _is_told(name: str, heard: Understanding) -> bool:
    """A pain whose place was said is a fact already: nothing is left to ask."""
    return name == "pain" and any(fact.field == "injury" for fact in heard.facts)


def _args(name: str, payload: object) -> dict[str, str]:
    if name != "command_unknown":
        return {}
    near = ", ".join(f"/{known}" for known in nearest(str(payload)))
    return {"name": str(payload)[:40], "near": near}


_BASICS = ((Choice("opt-today", "view:today"), Choice("opt-help", "view:help")),)


def _tapped(context: Context, tap: str) -> Part:
    if tap == "safety:not_now":
        changes: tuple[Change, ...] = (SafetyEased(),) if context.last_safety == "emergency" else ()
        return Part("intake_safety", changes=changes, lines=(Line("safety-not-now"),))
    return Part("intake_safety", lines=(Line(_SAFETY_TAPS.get(tap, "stale-button")),))
