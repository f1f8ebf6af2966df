"""The group `keel admin`: one function a command, each of which imports what it needs."""

from typing import Annotated

import typer

from bot.usage import Database, UsageError, settings_of

admin = typer.Typer(help="What an operator does by hand.", no_args_is_help=True)
INVITED, DAYS, LONGEST_LABEL = range(1, 100_001), range(3651), 80


@admin.command()
def invite(
    *,
    uses: Annotated[int, typer.Option("--uses", help="How many people may use it.")] = 1,
    days: Annotated[int, typer.Option("--days", help="For how many days; 0: without an end.")] = 30,
    label: Annotated[str, typer.Option("--label", help="What you call it; nobody else sees that.")] = "",
    consultation: Annotated[bool, typer.Option("--consultation", help="It opens the long consultation.")] = False,
    person: Annotated[int, typer.Option("--for", help="Only for the person with this Telegram number.")] = 0,
    database: Database = "",
) -> None:
    """Make an invitation and print its link. Its key is kept as a hash only."""
    from bot.admin import invitations

    if uses not in INVITED or days not in DAYS or len(label) > LONGEST_LABEL:
        raise UsageError(f"--uses takes 1 to 100000, --days 0 to 3650, --label at most {LONGEST_LABEL} characters")
    opens = ("consultation",) if consultation else ()
    wanted = invitations.Wanted(uses, days, label.strip(), opens, person or None)
    typer.echo(invitations.invite(settings_of(database), wanted))


@admin.command()
def invites(*, database: Database = "") -> None:
    """List the invitations: number, state, uses, end and what you call them."""
    from bot.admin import invitations

    for line in invitations.listed(settings_of(database)) or ["No invitations yet: keel admin invite makes one."]:
        typer.echo(line)


@admin.command()
def revoke(
    number: Annotated[str, typer.Argument(help="As keel admin invites shows it.")], *, database: Database = ""
) -> None:
    """Let nobody else in with an invitation. Who is in already stays."""
    from bot.admin import invitations

    invitations.revoke(settings_of(database), number)
    typer.echo("Revoked.")


@admin.command()
def stats(
    *,
    days: Annotated[int, typer.Option("--days", help="How many UTC days, today included: 1 to 90.")] = 7,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    database: Database = "",
) -> None:
    """Count people, onboarding, reminders, queues and what the model cost. It shows nobody and no health."""
    import json

    from bot.admin import stats as figures

    if days not in figures.DAYS:
        raise UsageError(f"--days takes a number from {figures.DAYS.start} to {figures.DAYS.stop - 1}")
    found = figures.report(settings_of(database), days)
    typer.echo(json.dumps(figures.as_json(found)) if as_json else "\n".join(figures.lines(found)))
