"""`keel plan PROFILE.json`: read the file, plan, print."""

import json
from datetime import date
from pathlib import Path

from agents.domain.note import Note
from agents.domain.training.trainee import STYLES
from agents.domain.whole_plan import Order, WholePlan, whole_plan
from bot.plan.person import larder_of, profile_of, questions_of
from bot.plan.profile_file import ProfileFile, read_file, schema
from bot.plan.red_flags import answered_first, with_signs
from bot.plan.report import report
from storage.reference.tables import ReferenceTables


def schema_text() -> str:
    """The JSON schema of the profile file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False)


def print_plan(path: Path, *, days: int, seed: int, today: date, as_json: bool) -> None:
    """Plan for the profile in `path` and print it. Raises ProfileError for a file that cannot be used."""
    said = read_file(path)
    plan, remarks = planned(said, days=days, seed=seed, today=today)
    if as_json:
        print(json.dumps(report(plan, remarks), ensure_ascii=False))  # noqa: T201 — the answer of the command
        return
    from rich.console import Console

    from bot.plan.tables import view

    Console().print(view(plan, remarks))


def planned(said: ProfileFile, *, days: int, seed: int, today: date) -> tuple[WholePlan, tuple[Note, ...]]:
    """The plan and what is to be said about the file."""
    tables = ReferenceTables()
    larder, unknown = larder_of(said.pantry, tables.foods())
    plan = whole_plan(
        with_signs(profile_of(said), said.conditions),
        tables.foods(),
        tables.exercises(),
        Order(
            start=said.start_date or today,
            days=days,
            seed=seed,
            larder=larder,
            wants_training=said.workout_days not in (0, ()),
        ),
    )
    missing = (Note("P3", f"I do not know {', '.join(unknown)}, so I planned without."),) if unknown else ()
    modalities = {exercise.modality for exercise in tables.exercises()} | STYLES.keys()
    return answered_first(plan, said.conditions), (*questions_of(said, modalities), *missing)
