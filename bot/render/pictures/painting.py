"""The charts of a message become pictures: in a thread of their own, one at a time.

Drawing is pure and the library behind it is not made for several threads, so one thread is both its lock and what
keeps turns from waiting. A chart that cannot be drawn is said in words: no message is lost over its looks.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache

from agents.domain.blocks import Block, Paragraph, Picture
from agents.domain.charts import Chart
from agents.domain.turn import Message

log = logging.getLogger(__name__)


def told(message: Message) -> Message:
    """The message with words in the place of its charts, for who wants no pictures; nothing is said twice."""
    cards = [Paragraph(block.alt) if isinstance(block, Chart) else block for block in message.cards]
    kept = (card for card in cards if not (isinstance(card, Paragraph) and card.text in message.text))
    return replace(message, cards=tuple(kept)) if cards != list(message.cards) else message


async def painted(message: Message) -> Message:
    """The message with pictures in the place of its charts."""
    if not any(isinstance(block, Chart) for block in message.cards):
        return message
    cards = [await _painted(block) if isinstance(block, Chart) else block for block in message.cards]
    return replace(message, cards=tuple(cards))


async def _painted(chart: Chart) -> Block:
    try:
        return await asyncio.get_running_loop().run_in_executor(_studio(), picture_of, chart)
    except Exception:  # whatever broke in the drawing, its words are still to be had
        log.exception("a chart could not be drawn")
        return Paragraph(chart.alt)


def picture_of(chart: Chart) -> Picture:
    """The chart as a picture with its words. Takes some tens of milliseconds; not for two threads at once."""
    from bot.render.pictures.drawing import MIME, drawn  # with the first picture, off the start path

    return Picture(chart.file_name, MIME, drawn(chart), alt=chart.alt)


@cache
def _studio() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="keel-pictures")
