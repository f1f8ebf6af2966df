"""The same session in less time: the same main lifts first, fewer sets (science.md R-9, "no time")."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil
from typing import Final

from agents.domain.training.session import Block, Session, total_seconds, with_blocks

LEAST_MINUTES: Final = 5
Blocks = tuple[Block, ...]


def shorten(session: Session, minutes: int) -> Session:
    """The session in at most `minutes`; unchanged when it already fits. Raises ValueError below five minutes.

    In this order, until it fits: a shorter frame, half the sets of each lift and half the time of the rest, two lifts
    at least, a frame of one piece each, a single lift. What is left of the time goes back into the first exercises.
    """
    if minutes < LEAST_MINUTES:
        raise ValueError(f"a session has at least {LEAST_MINUTES} minutes")
    if session.minutes <= minutes:
        return session
    seconds = minutes * 60
    for blocks in _shorter(session.exercises):
        if total_seconds(blocks) <= seconds:
            return with_blocks(session, _refill(blocks, session.exercises, seconds))
    return with_blocks(session, _squeezed(session.exercises, seconds))


def _shorter(blocks: Blocks) -> Iterator[Blocks]:
    blocks = _each(blocks, _short_frame)
    yield blocks
    blocks = _each(blocks, _half)
    yield blocks
    count = sum(1 for block in blocks if block.phase == "main")
    yield from (_first(blocks, keep) for keep in range(count - 1, 1, -1))
    yield from (_bare(_first(blocks, keep)) for keep in range(count, 0, -1))
    yield _each(_bare(_first(blocks, 1)), _one_set)


def _each(blocks: Blocks, change: Callable[[Block], Block]) -> Blocks:
    return tuple(change(block) for block in blocks)


def _short_frame(block: Block) -> Block:
    """A warm-up of two thirds, a cool-down of half."""
    if block.phase == "main" or block.duration_seconds is None:
        return block
    share = 2 / 3 if block.phase == "warm_up" else 1 / 2
    return replace(block, duration_seconds=max(15, int(block.duration_seconds * share)))


def _half(block: Block) -> Block:
    if block.phase != "main":
        return block
    if block.sets > 1:
        return replace(block, sets=ceil(block.sets / 2))
    if block.duration_seconds is not None and block.exercise.family in ("cardio", "mobility"):
        return replace(block, duration_seconds=max(30, block.duration_seconds // 2))
    return block


def _one_set(block: Block) -> Block:
    return replace(block, sets=1)


def _first(blocks: Blocks, keep: int) -> Blocks:
    """The first `keep` main blocks with the frame."""
    main = [block for block in blocks if block.phase == "main"][:keep]
    return tuple(block for block in blocks if block.phase != "main" or block in main)


def _bare(blocks: Blocks) -> Blocks:
    """The first warm-up piece, the work, the last cool-down piece."""
    before = [block for block in blocks if block.phase == "warm_up"][:1]
    after = [block for block in blocks if block.phase == "cool_down"][-1:]
    return (*before, *(block for block in blocks if block.phase == "main"), *after)


def _refill(blocks: Blocks, full: Blocks, seconds: int) -> Blocks:
    """Sets and time back to the first exercises, never more than the plan had."""
    planned = {block.exercise.slug: block for block in full if block.phase == "main"}
    result = list(blocks)
    for index, block in enumerate(result):
        if block.phase == "main":
            room = seconds - total_seconds(tuple(result))
            result[index] = _grown(block, planned[block.exercise.slug], room)
    return tuple(result)


def _grown(block: Block, full: Block, room: int) -> Block:
    if full.sets > 1 or block.duration_seconds is None or full.duration_seconds is None:
        return replace(block, sets=min(full.sets, block.sets + room // max(1, block.set_seconds)))
    longer = block.duration_seconds + room // (2 if block.exercise.is_unilateral else 1) // block.sets // 30 * 30
    return replace(block, duration_seconds=min(full.duration_seconds, longer))


def _squeezed(blocks: Blocks, seconds: int) -> Blocks:
    """The last resort: one minute of warm-up, half a minute of cool-down, and the first exercise as far as it goes."""
    before, main, after = (next((b for b in blocks if b.phase == phase), None) for phase in _PHASES)
    frame = [replace(b, sets=1, duration_seconds=60, reps_min=None, reps_max=None, rest_sec=0) for b in (before,) if b]
    ends = [replace(b, sets=1, duration_seconds=30, rest_sec=0) for b in (after,) if b]
    if main is None:
        return (*frame, *ends)
    room = seconds - total_seconds((*frame, *ends))
    short = replace(main, sets=1, rest_sec=0)
    if short.duration_seconds is not None:
        sides = 2 if main.exercise.is_unilateral else 1
        short = replace(short, duration_seconds=max(10, min(short.duration_seconds, room // sides)))
    return (*frame, short, *ends)


_PHASES: Final = ("warm_up", "main", "cool_down")
