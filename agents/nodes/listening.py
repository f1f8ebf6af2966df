"""A voice note becomes words first, so that the red-flag screening hears what was said (science.md S-2).

When it cannot, the turn goes on as for any file that cannot be used: the attachment says why.
"""

from dataclasses import replace
from typing import Final, Literal

from langgraph.runtime import Runtime

from agents.domain.context import Context
from agents.domain.safety import triage
from agents.domain.sight import NotPerceived
from agents.domain.turn import Attachment, ContentUnavailable, Inbound, Problem
from agents.ports import Ports
from agents.state import Line, Part, State

ECHOED: Final = 160  # characters of what was heard that are shown back
LONGEST_SECONDS: Final = 60
MOST_WORDS: Final = 4000  # characters, as of a typed message
_ECHO_ORDER: Final = 1  # behind the answer to a red flag, before everything else


def way(state: State) -> Literal["listen", "screen"]:
    """Only voice notes that can be had are listened to; a red flag typed beside one does not wait for that."""
    inbound, context = state["inbound"], state["context"]
    file = inbound.attachment
    if context is None or inbound.tap or file is None or file.kind != "voice" or file.problem:
        return "screen"
    return "screen" if triage(inbound.text).level in ("emergency", "crisis") else "listen"


async def listen(state: State, runtime: Runtime[Ports]) -> State:
    """The message as if it had been typed, and a line that shows what was heard."""
    inbound, context, ports = state["inbound"], state["context"], runtime.context
    file = inbound.attachment
    if file is None or context is None or ports.senses is None:
        return {}
    if not (context.may_store_health and context.allows_model(ports.model_host)):
        return _not_heard(inbound, file, "voice_no_consent")
    if file.seconds > LONGEST_SECONDS:
        return _not_heard(inbound, file, "too_long")
    try:
        words = await _words(file, ports, context)
    except ContentUnavailable as error:
        return _not_heard(inbound, file, error.problem)
    except NotPerceived as error:
        return _not_heard(inbound, file, "voice_over_budget" if error.why == "over_budget" else "voice_not_heard")
    if not any(character.isalnum() for character in words):
        return _not_heard(inbound, file, "voice_silent")
    said = f"{inbound.text}\n{words}" if inbound.text else words
    heard = replace(inbound, text=said[:MOST_WORDS], attachment=None, was_cut=len(said) > MOST_WORDS)
    echo = Part("intake_safety", lines=(Line("voice-heard", {"words": _short(words)}),), order=_ECHO_ORDER)
    return {"inbound": heard, "parts": [echo]}


async def _words(file: Attachment, ports: Ports, context: Context) -> str:
    if ports.contents is None or ports.senses is None:
        raise ContentUnavailable("unreadable")
    recording = await ports.contents.recording(file)
    ports.preview.remark(ports.speech.say(context.profile.locale, "voice-listening", {}))
    return " ".join((await ports.senses.hear(recording)).split())


def _not_heard(inbound: Inbound, file: Attachment, why: Problem) -> State:
    return {"inbound": replace(inbound, attachment=replace(file, problem=why))}


def _short(words: str) -> str:
    return words if len(words) <= ECHOED else f"{words[:ECHOED].rsplit(' ', 1)[0]} …"
