"""Charts become pictures on their way out, off the event loop."""

from bot.render.pictures.painting import painted, told

__all__ = ["painted", "told"]
