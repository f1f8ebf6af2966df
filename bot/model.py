"""Which model helps, if any: an OpenAI-compatible endpoint by key or address, else the offline rules."""

from pydantic import SecretStr

from agents.model.asking import Door
from agents.model.endpoint import NO_KEY, OPENAI_URL, Endpoint
from agents.ports import CoachModel, Voice
from bot.settings import Settings, SettingsError


def endpoint_of(settings: Settings) -> Endpoint | None:
    """Where a model is asked; None where neither a key nor an address is set. Raises SettingsError for a bad address.

    The address is always explicit, so that the host named to people is the host that is reached.
    """
    key, address = settings.openai_api_key, settings.openai_base_url
    if not key and not address:
        return None
    endpoint = Endpoint(address or OPENAI_URL, key or SecretStr(NO_KEY), settings.model, settings.hearing_model)
    if not endpoint.host or not endpoint.base_url.startswith(("http://", "https://")):
        raise SettingsError("OPENAI_BASE_URL: use an address like https://api.openai.com/v1")
    return endpoint


def door_at(endpoint: Endpoint | None) -> Door | None:
    """The door to that model; None where there is none.

    A process needs one, shared by all who ask: it knows what the server lacks and when it rests. Its client library is
    imported at the first question.
    """
    if endpoint is None:
        return None
    from agents.model.door import ModelDoor
    from agents.model.witness import Witness

    return Witness(ModelDoor(endpoint))


def model_at(endpoint: Endpoint | None, door: Door | None = None) -> CoachModel:
    """The offline rules; where a model is set up it is asked about what they leave open, by those who agreed to it.

    Asks through `door`, or through one of its own where none is given.
    """
    from agents.understanding.rules import Rules

    door = door or door_at(endpoint)
    if door is None:
        return Rules()
    from agents.understanding.fallback import Fallback
    from agents.understanding.model import ChatModel
    from prompts.templates import load

    return Fallback(Rules(), ChatModel(door, load("understand")), lambda moment: moment.may_ask_model)


def voice_at(door: Door | None) -> Voice | None:
    """The voice behind that door; None where there is none, and the sentences of the catalogue are all there is."""
    if door is None:
        return None
    from agents.speaking.voice import AGENTS, ModelVoice
    from prompts.templates import load

    return ModelVoice(door, load("speak"), {agent: load(f"speak_{agent}") for agent in AGENTS})
