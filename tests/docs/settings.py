"""docs/settings.md: every setting of a process, written from the code.

`python -m tests.docs.settings --write` renews it; a test compares the two.
"""

import sys
from pathlib import Path

from bot.settings import _SECRET_FILES, Settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
HEAD = """# Settings

Everything is read once, from the environment, when a process starts. A value that cannot be used, a name that does not
exist and settings that contradict one another end the start with one sentence and exit code 2. `keel doctor` checks
what they point at.

| variable | default | meaning |
|---|---|---|
"""
FOOT = """
A name with 🔒 may be given as a file: append `_FILE` and set it to a path; then the secret stands in no process list.
`KEEL_ALLOW_TRACING=yes` lets the variables of a tracing service through; without it they are ignored, because health
data must not leave by a variable that somebody else set.
"""


def page() -> str:
    """What the page must say."""
    rows = "".join(_row(name) for name in Settings.model_fields)
    return HEAD + rows + FOOT


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    variable = str(field.validation_alias or f"KEEL_{name.upper()}")
    lock = " 🔒" if name in _SECRET_FILES else ""
    default = f"`{field.default}`" if field.default not in ("", None) else ""
    return f"| `{variable}`{lock} | {default} | {field.description} |\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(page())
