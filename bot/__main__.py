"""The command line: one function a command, each of which imports what it needs."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.admin.commands import admin
from bot.usage import Database, UsageError
from bot.usage import settings_of as _settings

cli = typer.Typer(
    name="keel",
    help="A wellness coach: plans meals, training and sleep, reminds, and keeps what you tell it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.add_typer(admin, name="admin")


LONGEST_NAME = 120
CLOCK_YEARS = range(1971, 2900)
PLAN_DAYS = range(1, 15)
SIMULATED_PEOPLE, SIMULATED_DAYS = range(1, 100_001), range(1, 1001)


@cli.command()
def chat(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
    user: Annotated[str, typer.Option("--user", help="Who is talking; each name is a person of their own.")] = "me",
    database: Database = "",
    now: Annotated[str, typer.Option("--now", help="Start a virtual clock at this ISO 8601 instant.")] = "",
) -> None:
    """Talk with the coach here."""
    from bot.terminal import chat_in_json, chat_in_terminal

    settings = _settings(database)
    start = _instant(now)
    if not 0 < len(user) <= LONGEST_NAME:
        raise UsageError(f"--user takes a name of 1 to {LONGEST_NAME} characters")
    if as_json:
        chat_in_json(settings, user, start)
    else:
        chat_in_terminal(settings, user, start)


@cli.command()
def run(
    *,
    database: Database = "",
    role: Annotated[str, typer.Option("--role", help="all, web, worker or deliver: docs/operations.md.")] = "",
) -> None:
    """Talk with people on Telegram, until stopped. Needs a token: docs/telegram.md."""
    from bot.telegram.run import serve

    serve(_settings(database, role), lambda sentence: typer.echo(f"keel: {sentence}", err=True))


@cli.command()
def plan(
    *,
    profile: Annotated[Path | None, typer.Argument(metavar="PROFILE.json", help="A profile: see --schema.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of a profile and stop.")] = False,
    days: Annotated[int, typer.Option("--days", help="How many days, 1 to 14.")] = 7,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives another week.")] = 0,
) -> None:
    """Plan meals, training and sleep for a profile in a file; nothing is stored."""
    from bot.plan.command import print_plan, schema_text
    from bot.plan.profile_file import ProfileError

    if schema:
        typer.echo(schema_text())
        return
    if profile is None:
        raise UsageError("keel plan needs a file with a profile; keel plan --schema says what it may hold")
    if days not in PLAN_DAYS:
        raise UsageError(f"--days takes a number from {PLAN_DAYS.start} to {PLAN_DAYS.stop - 1}")
    try:
        print_plan(profile, days=days, seed=seed, today=datetime.now().astimezone().date(), as_json=as_json)
    except ProfileError as error:
        raise UsageError(str(error)) from None


@cli.command()
def triage(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False
) -> None:
    """Judge each line of standard input: how urgent is what it says?"""
    import json

    from agents.domain.safety import triage as judge

    for line in sys.stdin:
        found = judge(line.rstrip("\n"))
        text = json.dumps({"level": found.level, "rules": list(found.rules)}) if as_json else found.level
        typer.echo(text)


@cli.command()
def migrate(*, database: Database = "") -> None:
    """Make a database, or bring an older one up to date."""
    from storage import schema

    url = _settings(database).database_url
    before = schema.prepare(url)
    typer.echo(
        {"current": "The database is up to date.", "empty": "A new database was made."}.get(
            before, "The database was brought up to date."
        )
    )


@cli.command()
def doctor(
    *,
    database: Database = "",
    health: Annotated[bool, typer.Option("--health", help="Only: is the process that runs here alive?")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Look at everything Keel needs, and say what mends what is wrong. Exit code 1 when something is."""
    from bot.doctor.command import examine

    examine(_settings(database), is_quick=health, as_json=as_json)


@cli.command()
def simulate(
    *,
    people: Annotated[int, typer.Option("--people", help="How many synthetic people, 1 to 100000.")] = 50,
    days: Annotated[int, typer.Option("--days", help="How many days they live, 1 to 1000.")] = 14,
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives other lives and other mishaps.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    database: Annotated[str, typer.Option("--database", help="An empty database; default: a temporary file.")] = "",
    start: Annotated[str, typer.Option("--start", help="The first instant, ISO 8601 with an offset.")] = "",
) -> None:
    """Let synthetic people live on a virtual clock and check that every reminder keeps its promises."""
    from bot.simulate.command import simulate as run_simulation
    from bot.simulate.run import Plan

    if people not in SIMULATED_PEOPLE or days not in SIMULATED_DAYS:
        raise UsageError("--people takes 1 to 100000, --days 1 to 1000")
    first = _instant(start, "--start")
    wanted = Plan(people, days, seed, first) if first else Plan(people, days, seed)
    if not run_simulation(wanted, database, as_json=as_json):
        raise typer.Exit(1)


def _instant(text: str, option: str = "--now") -> datetime | None:
    """The virtual start. Raises UsageError with an example."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f'{option} "{text}" is not an instant; try 2026-11-23T07:00:00+01:00') from None
    if instant.tzinfo is None:
        raise UsageError(f"{option} needs an offset, for example 2026-11-23T07:00:00+01:00")
    if instant.year not in CLOCK_YEARS:
        raise UsageError(f"{option} must lie between the years {CLOCK_YEARS.start} and {CLOCK_YEARS.stop - 1}")
    return instant


def main() -> None:
    """Run a command; what the caller can mend becomes one sentence on stderr and exit code 2."""
    try:
        code = cli(standalone_mode=False)
    except UsageError as error:
        _fail(str(error))
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        from bot.settings import SettingsError
        from storage.errors import StorageError

        if isinstance(error, (SettingsError, StorageError)):
            _fail(str(error))
        if hasattr(error, "format_message"):
            _fail(error.format_message())
        raise
    if isinstance(code, int):  # what a command ended with by typer.Exit
        sys.exit(code)


def _fail(sentence: str) -> None:
    typer.echo(f"keel: {sentence}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
