"""`make eval`: how well Keel understands, by its rules and by a configured model, on cases of its own.

Nothing here can fail a build: what must hold is asserted by test_evals.py.
"""

import argparse
import asyncio
import sys
from datetime import UTC, datetime

from agents.model.endpoint import Endpoint
from agents.ports import CoachModel
from agents.understanding.rules import Rules
from bot.model import endpoint_of, model_at
from bot.settings import Settings, SettingsError
from tests.evals import attacks, phrasing, safety, tables, understanding
from tests.evals.cases import cases


def main(arguments: list[str]) -> None:
    """Run everything that can be run, print it, and keep the rows where that is asked for."""
    asked = _parser().parse_args(arguments)
    runs = asyncio.run(_runs(_endpoint()))
    for run in runs:
        print(tables.of_run(run), end="\n\n")
        if asked.misses:
            print(f"misses on the open half\n{tables.of_misses(run.open_half)}", end="\n\n")
    print(tables.of_safety(safety.judged()), end="\n\n")
    print(tables.of_guard(phrasing.guarded()))
    if asked.write:
        day = datetime.now(tz=UTC).date().isoformat()
        document = tables.DOCUMENT.read_text(encoding="utf-8")
        lines = [tables.row(run, day) for run in runs]
        tables.DOCUMENT.write_text(tables.renewed(document, lines), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.evals", description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the results in docs/evaluation.md")
    parser.add_argument("--misses", action="store_true", help="name what was misread on the open half")
    return parser


def _endpoint() -> Endpoint | None:
    try:
        return endpoint_of(Settings())
    except (SettingsError, ValueError) as error:
        print(f"No model is asked: {error}", file=sys.stderr)
        return None


async def _runs(endpoint: Endpoint | None) -> tuple[tables.Run, ...]:
    runs = [await evaluated("rules", Rules())]
    if endpoint is None:
        return tuple(runs)
    model = model_at(endpoint)
    try:
        runs.append(await evaluated(f"rules + {endpoint.model}", model))
    except understanding.NoAnswerError as error:
        print(f"The model is left out: {error}.", file=sys.stderr)
    finally:
        close = getattr(model, "close", None)
        if close is not None:
            await close()
    return tuple(runs)


async def evaluated(who: str, model: CoachModel) -> tables.Run:
    """Both halves and the attacks, understood by this model. Raises NoAnswerError."""
    meter = understanding.Meter(model)
    return tables.Run(
        who,
        await understanding.read(cases("understanding_open"), meter),
        await understanding.read(cases("understanding_held"), meter),
        await attacks.attacked(meter),
        meter,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
