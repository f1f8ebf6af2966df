"""Which ear this process has, and whether it serves the web: what its settings and its role ask for.

Each is imported only where it is used: a process that sends needs no ear, one that is called no aiogram (L-20).
"""

from functools import partial
from typing import TYPE_CHECKING

from bot import roles
from bot.app import App
from bot.settings import Settings, SettingsError
from bot.telegram.ear import Ear

if TYPE_CHECKING:
    from bot.web.server import Server

NO_WEB = "KEEL_WEB_PORT: serving the web needs more libraries; install Keel as keel[web]"


def server_for(app: App) -> "Server | None":
    """The web server with its health checks, if anything has to be served. Raises SettingsError when it cannot be."""
    settings, port = app.settings, app.settings.serving_port
    if port is None or (settings.web_port is None and not roles.hears(settings.role)):
        return None
    try:
        from bot.web.health import health
        from bot.web.readiness import readiness
        from bot.web.server import Server
    except ImportError:
        raise SettingsError(NO_WEB) from None
    try:
        server = Server(settings.web_host, port)
    except OSError as error:
        where = f"{settings.web_host} port {port}"
        raise SettingsError(f"KEEL_WEB_HOST, KEEL_WEB_PORT: {where} cannot be used ({error.strerror})") from None
    server.mount(health(partial(readiness, app.database)))
    return server


def ear_for(settings: Settings, token: str, server: "Server | None") -> Ear | None:
    """The ear of a process that hears. Raises TokenRefused."""
    if not roles.hears(settings.role):
        return None
    if not settings.telegram_webhook_url or settings.telegram_webhook_secret is None or server is None:
        from bot.telegram.polling import Polling

        return Polling(token, settings.telegram_api_base)
    from bot.telegram.registration import Registration
    from bot.telegram.webhook import Webhook

    registration = Registration(token, settings.telegram_api_base)
    secret = settings.telegram_webhook_secret.get_secret_value()
    return Webhook(registration, settings.telegram_webhook_url, secret, server.mount)
