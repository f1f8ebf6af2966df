"""`make eval`: how well Keel understands and speaks, by its rules and by a configured model, on cases of its own.

Nothing here can fail a build: what must hold is asserted by test_evals.py.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agents.model.endpoint import Endpoint
from agents.ports import CoachModel
from agents.understanding.rules import Rules
from bot.model import door_at, endpoint_of, model_at, voice_at
from bot.settings import Settings, SettingsError
from tests.evals import attacks, phrasing, safety, tables, understanding, voicing
from tests.evals.cases import Case, Kind, cases
from tests.evals.ledger import Prices


@dataclass(frozen=True)
class Results:
    """What was found out: each way of understanding, and a model's words where one is configured."""

    runs: tuple[tables.Run, ...]
    spoken: voicing.Spoken | None = None
    model: str = ""


def main(arguments: list[str]) -> None:
    """Run everything that can be run, print it, and keep the rows where that is asked for."""
    settings, asked = _settings(), _asked(arguments)
    prices = _prices(settings, asked)
    found = asyncio.run(results(_endpoint(settings), asked.most))
    for run in found.runs:
        print(tables.of_run(run, prices), end="\n\n")
        if asked.misses:
            print(f"misses on the open half\n{tables.of_misses(run.open_half)}", end="\n\n")
    if found.spoken is not None:
        print(tables.of_voice(found.spoken, found.model, prices), end="\n\n")
    print(tables.of_safety(safety.judged()), end="\n\n")
    print(tables.of_guard(phrasing.guarded()))
    if asked.record is not None:
        record(found, prices, asked.record)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description=__doc__)
    parser.add_argument(
        "--record", "--write", nargs="?", const=tables.DOCUMENT, type=Path, metavar="FILE",
        help="keep the results in docs/evaluation.md, or in a copy of it",
    )  # fmt: skip
    parser.add_argument("--misses", action="store_true", help="name what was misread on the open half")
    parser.add_argument("--most", type=int, metavar="N", help="only the first cases of each kind, for a cheap look")
    parser.add_argument("--price-in", type=float, help="of a million tokens sent; else as the settings say")
    parser.add_argument("--price-out", type=float, help="of a million tokens answered; else as the settings say")
    asked = parser.parse_args(arguments)
    if asked.most is not None and (asked.record is not None or asked.most < 1):
        parser.error("--most takes a number from 1 on, and a look at some cases is not kept")
    return asked


def _settings() -> Settings | None:
    try:
        return Settings()
    except ValueError as error:
        print(f"No model is asked: {error}", file=sys.stderr)
        return None


def _endpoint(settings: Settings | None) -> Endpoint | None:
    try:
        return endpoint_of(settings) if settings is not None else None
    except SettingsError as error:
        print(f"No model is asked: {error}", file=sys.stderr)
        return None


def _prices(settings: Settings | None, asked: argparse.Namespace) -> Prices:
    into = settings.price_of_million_tokens_in if settings else 0.0
    out = settings.price_of_million_tokens_out if settings else 0.0
    return Prices(
        asked.price_in if asked.price_in is not None else into, asked.price_out if asked.price_out is not None else out
    )


async def results(endpoint: Endpoint | None, most: int | None = None) -> Results:
    """By the rules alone, and with the model at this address where there is one."""
    rules = await evaluated("rules", Rules(), most)
    door = door_at(endpoint)
    voice = voice_at(door)
    if endpoint is None or door is None or voice is None:
        return Results((rules,))
    try:
        both = await evaluated(f"rules + {endpoint.model}", model_at(endpoint, door), most)
        spoken = await voicing.voiced(voice, _first("phrasing", most))
        return Results((rules, both), spoken, endpoint.model)
    except understanding.NoAnswerError as error:
        print(f"The model is left out: {error}.", file=sys.stderr)
        return Results((rules,))
    finally:
        await door.close()


async def evaluated(who: str, model: CoachModel, most: int | None = None) -> tables.Run:
    """Both halves and the attacks, understood by this model. Raises NoAnswerError."""
    meter = understanding.Meter(model)
    return tables.Run(
        who,
        await understanding.read(_first("understanding_open", most), meter),
        await understanding.read(_first("understanding_held", most), meter),
        await attacks.attacked(meter, _first("attacks", most)),
        meter,
    )


def _first(kind: Kind, most: int | None) -> Sequence[Case]:
    return cases(kind)[:most]


def record(found: Results, prices: Prices, file: Path) -> None:
    """Keep the rows of today in a document."""
    day = datetime.now(tz=UTC).date().isoformat()
    document = tables.renewed(file.read_text(encoding="utf-8"), [tables.row(run, day) for run in found.runs])
    if found.spoken is not None:
        line = tables.row_of_voice(found.spoken, found.model, day, prices)
        document = tables.renewed(tables.with_voices(document), [line], tables.VOICED)
    file.write_text(document, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
