"""Whether and where this process shows its metrics, and whether its turns are traced."""

from typing import TYPE_CHECKING

from bot.allowance import tariff_of
from bot.app import App
from bot.settings import SettingsError

if TYPE_CHECKING:
    from bot.metrics_standing import Measured
    from bot.tracing import Tracing
    from bot.web.server import Server

NO_TRACING = "KEEL_OTEL_ENDPOINT: tracing needs more libraries; install Keel as keel[otel]"
NO_METRICS = "KEEL_METRICS_ADDRESS: serving metrics needs more libraries; install Keel as keel[web]"


def measured_for(app: App, server: "Server | None") -> "tuple[Measured | None, Server | None]":
    """The metrics where anybody can read them, and the server that is theirs alone where they have one.

    `server` is the one this process has for other reasons. Raises SettingsError when they cannot be served.
    """
    where = app.settings.metrics_at
    if where is None and server is None:
        return None, None
    try:
        from bot.metrics import Metrics
        from bot.metrics_standing import Measured
        from bot.web.metrics import metrics
        from bot.web.server import Server
    except ImportError:
        raise SettingsError(NO_METRICS) from None
    own = None
    if where is not None:
        try:
            own = Server(*where)
        except OSError as error:
            address = app.settings.metrics_address
            raise SettingsError(f"KEEL_METRICS_ADDRESS: {address} cannot be used ({error.strerror})") from None
    measured = Measured(app, Metrics(tariff_of(app.settings)))
    (own or server).mount(metrics(measured.text))  # type: ignore[union-attr]  # one of them is there
    return measured, own


def traced_for(app: App) -> "Tracing | None":
    """What sends the turns to a collector, where one is set. Raises SettingsError when the libraries are missing."""
    endpoint = app.settings.otel_endpoint
    if not endpoint:
        return None
    try:
        from bot.tracing import Tracing
    except ImportError:
        raise SettingsError(NO_TRACING) from None
    tracing = Tracing(endpoint, app.ring.keys)
    app.turns.watch(tracing.turn)
    return tracing
