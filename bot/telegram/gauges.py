"""Whether and where this process shows its metrics: at an address of their own, or beside what it serves anyway."""

from typing import TYPE_CHECKING

from bot.allowance import tariff_of
from bot.app import App
from bot.settings import SettingsError

if TYPE_CHECKING:
    from bot.metrics_standing import Measured
    from bot.web.server import Server

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
