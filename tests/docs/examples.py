"""The plans of docs/examples: what `keel plan` prints for three people, with two sentences on why.

`python -m tests.docs.examples --write` renews them; a test compares. The profiles are the JSON files beside the
documents, so that anybody can run them; everything from "## The profile" on is generated.
"""

import io
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rich.console import Console

from bot.plan.command import planned
from bot.plan.profile_file import read_file
from bot.plan.tables import view

FOLDER: Final = Path(__file__).parents[2] / "docs" / "examples"
WIDTH: Final = 100
DAYS, SEED = 7, 0
ANY_DAY: Final = date(2026, 11, 23)  # every profile names its own first day


@dataclass(frozen=True, slots=True)
class Example:
    """`name` is the file's name without ending; `why` says in two sentences what shaped the plan."""

    name: str
    title: str
    why: str

    @property
    def profile(self) -> Path:
        """The person, as `keel plan` reads them."""
        return FOLDER / f"{self.name}.json"

    @property
    def document(self) -> Path:
        """The page that shows the plan."""
        return FOLDER / f"{self.name}.md"


EXAMPLES: Final = (
    Example(
        "fat-loss-with-dumbbells",
        "A desk worker who wants to lose nine kilos, with dumbbells at home",
        "Half a percent of body weight a week is a pace that bodies keep up, and much protein over three meals that "
        "are cooked within 25 minutes keeps the muscles while it goes (E4, N-3). A newcomer starts with whole-body "
        "sessions that stop three good repetitions early, and no weight is invented for a lift never done (T-4).",
    ),
    Example(
        "vegan-runner-allergic-to-peanuts",
        "A vegan runner with a severe peanut allergy",
        "She wants to run, not to lose, so energy stays at what her body uses, a little more of it on training days, "
        "and every food of every dish was checked for peanut, where a severe allergy rules out what may contain it too "
        "(K-7, K-8, N-30). One hard run a week, the others at a pace for full sentences, and two whole-body lifting "
        "days that end with an easy run (T-23).",
    ),
    Example(
        "seventy-with-high-blood-pressure",
        "A woman of seventy with high blood pressure and osteoporosis",
        "From 65 on more protein is needed to keep the same muscle, and salt is held down for the blood pressure "
        "(N-3, N-4). Higher repetitions without breath holding are for the pressure, upright lifts "
        "without loaded bending or twisting and a balance exercise for the bones (S-150, T-31).",
    ),
)


def printed(example: Example) -> str:
    """The human view of `keel plan`, as text."""
    plan, remarks = planned(read_file(example.profile), days=DAYS, seed=SEED, today=ANY_DAY)
    paper = io.StringIO()
    Console(file=paper, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False).print(
        view(plan, remarks)
    )
    lines = [line.rstrip() for line in paper.getvalue().splitlines()]
    return "\n".join(lines).strip("\n")


def page(example: Example) -> str:
    """The whole document."""
    profile = example.profile.read_text(encoding="utf-8").strip()
    command = f"keel plan docs/examples/{example.profile.name}"
    return (
        f"# {example.title}\n\n{example.why}\n\n"
        f"## The profile\n\n[{example.profile.name}]({example.profile.name})\n\n```json\n{profile}\n```\n\n"
        f"## The plan\n\nWhat `{command}` prints, {WIDTH} columns wide.\n\n```text\n{printed(example)}\n```\n"
    )


def committed(example: Example) -> str:
    """What the repository shows now; "" where there is no document yet."""
    return example.document.read_text(encoding="utf-8") if example.document.exists() else ""


def write() -> None:
    """Renew every document."""
    for example in EXAMPLES:
        example.document.write_text(page(example), encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        sys.stdout.write("\n\n".join(page(example) for example in EXAMPLES))
