"""Runs of text in one style, packed into messages that are not too long and written as HTML or as they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Literal

from bot.render.telegram.lengths import TEXT_LIMIT, cut, units

ENTITY_LIMIT = 100  # styled stretches of one message (TG-1)
SCRAP = 400  # UTF-16 units; less room than this is not worth beginning a long text in
TIME_FORMAT = "wDt"  # weekday, long date, short time, as the reader's own device writes them
_TAGS = {"": ("", ""), "bold": ("<b>", "</b>"), "pre": ("<pre>", "</pre>")}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of text in one style. `unix`: the instant it names; `is_folded`: shown on demand where that is possible."""

    text: str
    style: Literal["", "bold", "pre"] = ""
    unix: int | None = None
    is_folded: bool = False


def html_of(group: Sequence[Stretch]) -> str:
    """Neighbouring folded stretches share one quotation that opens on demand."""
    written = []
    for is_folded, run in groupby(group, key=lambda stretch: stretch.is_folded):
        inside = "".join(map(_tagged, run))
        written.append(f"<blockquote expandable>{inside}</blockquote>" if is_folded else inside)
    return "".join(written)


def _tagged(stretch: Stretch) -> str:
    words = escape(stretch.text, quote=False)
    if stretch.unix is not None:
        return f'<tg-time unix="{stretch.unix}" format="{TIME_FORMAT}">{words}</tg-time>'
    before, after = _TAGS[stretch.style]
    return before + words + after


def packed(stretches: Iterable[Stretch], limit: int = TEXT_LIMIT) -> list[list[Stretch]]:
    """Stretches in order, grouped so that each group fits one message and says something."""
    groups = (_trimmed(group) for group in _packed(stretches, limit))
    return [group for group in groups if group]


def _packed(stretches: Iterable[Stretch], limit: int) -> Iterator[list[Stretch]]:
    group: list[Stretch] = []
    room, weight = limit, 0
    for stretch in stretches:
        rest, heft = stretch.text, 2 if stretch.is_folded else 1
        while rest:
            is_better_whole = units(rest) > room and (units(rest) <= limit or room < SCRAP)
            if group and (is_better_whole or weight + heft > ENTITY_LIMIT or room == 0):
                yield group
                group, room, weight = [], limit, 0
            piece, rest = cut(rest, room)
            group.append(replace(stretch, text=piece))
            room, weight = room - units(piece), weight + heft
            if rest:
                room = 0
    yield group


def _trimmed(group: Sequence[Stretch]) -> list[Stretch]:
    """Without the white space at both ends, which Telegram drops, and without empty stretches."""
    kept = [stretch for stretch in group if stretch.text]
    while kept and not (head := kept[0].text.lstrip() if kept[0].style != "pre" else kept[0].text.lstrip("\n")).strip():
        kept.pop(0)
    if kept:
        kept[0] = replace(kept[0], text=head)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept
