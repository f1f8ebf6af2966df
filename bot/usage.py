"""What every command shares: the settings it runs with, and how it says that it was called wrongly."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

Database = Annotated[str, typer.Option("--database", help="sqlite:///file or postgresql://…; default: a local file.")]


class UsageError(Exception):
    """Something the caller can mend; the sentence says how."""


def settings_of(database: str, role: str = "") -> "Settings":
    """From the environment and the command line; the import takes longer than a triage. Raises SettingsError."""
    from bot.settings import load_settings

    return load_settings(database=database or None, role=role or None)
