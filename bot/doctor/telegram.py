"""Telegram: is the token good, does it answer, and does the webhook stand as the settings say?"""

from collections.abc import AsyncIterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from bot.doctor.check import Check, error, ok, warning
from bot.doctor.machine import skew
from bot.doctor.web import Answer, ask
from bot.settings import Settings

TELEGRAM = "https://api.telegram.org"
MANY_WAITING = 1000  # updates Telegram holds for us


async def checks(settings: Settings, now: datetime) -> AsyncIterator[Check]:
    """Asks getMe and getWebhookInfo, which change nothing."""
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        yield warning("telegram", "no token, so only `keel chat` works", "set KEEL_TELEGRAM_TOKEN_FILE")
        return
    base = f"{(settings.telegram_api_base or TELEGRAM).rstrip('/')}/bot{token}"
    me = await ask(f"{base}/getMe")
    found = _me(me)
    yield found
    if found.state != "ok":
        return
    if me.date:
        yield skew("clock skew", now, parsedate_to_datetime(me.date))
    yield _webhook(await ask(f"{base}/getWebhookInfo"), settings.telegram_webhook_url)


def _me(me: Answer) -> Check:
    if me.status == 0:
        return error("telegram", f"cannot be reached ({me.problem})", "check the network, or KEEL_TELEGRAM_API_BASE")
    if me.status in (401, 404):
        return error("telegram", "does not accept this token", "copy it again from BotFather")
    name = _result(me).get("username")
    if me.status != 200 or not name:
        return error("telegram", f"answered {me.status}", "try again later; KEEL_TELEGRAM_API_BASE may be wrong")
    return ok("telegram", f"@{name} answers")


def _webhook(info: Answer, wanted: str) -> Check:
    found = _result(info)
    url, waiting = str(found.get("url") or ""), found.get("pending_update_count")
    if info.status != 200:
        return warning("webhook", "Telegram does not say how it stands", "try again later")
    if wanted and not url.startswith(wanted):
        return warning("webhook", "another address is registered, or none", "start `keel run`: it registers its own")
    if url and not wanted:
        return warning("webhook", "one is registered, but the settings say polling", "start `keel run`: it removes it")
    if found.get("last_error_message"):
        return warning("webhook", f"Telegram's last word: {found['last_error_message']}", "check certificate and proxy")
    if isinstance(waiting, int) and waiting > MANY_WAITING:
        return warning("webhook", f"{waiting} updates wait at Telegram", "is `keel run` up? It works them off")
    return ok("webhook", "registered" if url else "none: updates are polled")


def _result(answer: Answer) -> dict[str, object]:
    result = answer.body.get("result") if isinstance(answer.body, dict) else None
    return result if isinstance(result, dict) else {}
