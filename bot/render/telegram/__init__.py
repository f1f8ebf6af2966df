"""Messages for Telegram in three hands: rich blocks, escaped HTML, and plain text (telegram.md TG-40, TG-42).

Nothing in a message is markup: every string is escaped or sent as it is, and only the styles set here become tags
(TG-20). Lengths are UTF-16 units after parsing, as Telegram counts them (TG-1).
"""

from bot.render.telegram.files import Attached
from bot.render.telegram.keyboard import Key, Keys, keyboard
from bot.render.telegram.lengths import TEXT_LIMIT, units
from bot.render.telegram.parts import Part, Writer, parts_of, smaller

__all__ = ["TEXT_LIMIT", "Attached", "Key", "Keys", "Part", "Writer", "keyboard", "parts_of", "smaller", "units"]
