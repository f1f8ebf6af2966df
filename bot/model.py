"""Which model helps to understand, if any: an OpenAI-compatible endpoint by key or address, else the offline rules."""

from pydantic import SecretStr

from agents.model.endpoint import NO_KEY, OPENAI_URL, Endpoint
from agents.ports import CoachModel
from bot.settings import Settings, SettingsError


def endpoint_of(settings: Settings) -> Endpoint | None:
    """Where a model is asked; None where neither a key nor an address is set. Raises SettingsError for a bad address.

    The address is always explicit, so that the host named to people is the host that is reached.
    """
    key, address = settings.openai_api_key, settings.openai_base_url
    if not key and not address:
        return None
    endpoint = Endpoint(address or OPENAI_URL, key or SecretStr(NO_KEY), settings.model)
    if not endpoint.host or not endpoint.base_url.startswith(("http://", "https://")):
        raise SettingsError("OPENAI_BASE_URL: use an address like https://api.openai.com/v1")
    return endpoint


def model_at(endpoint: Endpoint | None) -> CoachModel:
    """The offline rules; where a model is set up it is asked about what they leave open, by those who agreed to it."""
    from agents.understanding.rules import Rules

    if endpoint is None:
        return Rules()
    from agents.understanding.fallback import Fallback
    from agents.understanding.model import ChatModel
    from prompts.templates import load

    return Fallback(Rules(), ChatModel(endpoint, load("understand")), lambda moment: moment.may_ask_model)
