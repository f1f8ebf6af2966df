"""Due reminders: claimed, judged by the cadence, worded and enqueued."""

from bot.reminders.ticker import Ticker

__all__ = ["Ticker"]
