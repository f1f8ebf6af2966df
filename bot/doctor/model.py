"""The model behind the coach, where one is set up; a coach without one works too."""

from bot.doctor.check import Check, error, ok, warning
from bot.doctor.web import Answer, ask
from bot.model import endpoint_of
from bot.settings import Settings, SettingsError

OFFLINE = "turns finish with the offline rules until then"


async def check(settings: Settings) -> Check:
    """Asks for the list of models, which costs nothing and sends nothing of anybody."""
    try:
        endpoint = endpoint_of(settings)
    except SettingsError as problem:
        return error("model", str(problem), "mend the address")
    if endpoint is None:
        return ok("model", "none: the offline rules understand")
    key = endpoint.api_key.get_secret_value()
    answer = await ask(f"{endpoint.base_url.rstrip('/')}/models", {"Authorization": f"Bearer {key}"})
    return _judged(answer, endpoint.host or "", endpoint.model)


def _judged(answer: Answer, host: str, model: str) -> Check:
    if answer.status == 0:
        return warning("model", f"{host} cannot be reached ({answer.problem})", f"start it; {OFFLINE}")
    if answer.status in (401, 403):
        return error("model", f"{host} refuses the key", f"check OPENAI_API_KEY; {OFFLINE}")
    if answer.status != 200:
        return warning("model", f"{host} answers, but gives no list ({answer.status})", "only a real turn will tell")
    listed = answer.body.get("data") if isinstance(answer.body, dict) else None
    names = [each.get("id") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    if names and model not in names:
        return warning("model", f"{host} does not list {model}", "set KEEL_MODEL to one that it has")
    return ok("model", f"{model} at {host}")
