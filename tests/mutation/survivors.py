"""Changes of the last mutation run that no test noticed and survivors.md does not explain.

survivors.md names a function in a heading and then shows each accepted change as a diff, with the reason below it. A
change is recognised by its function and its new line, so that it is asked about again when the code has moved on.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

EXPLAINED = Path(__file__).with_name("survivors.md")
UNNOTICED = ("survived", "no tests", "suspicious")
Change = tuple[str, str]


def explained() -> set[Change]:
    """(function, new line) of every accepted change."""
    function, found = "", set()
    for line in EXPLAINED.read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"#+ `(\S+)`", line):
            function = heading.group(1)
        elif line.startswith("+"):
            found.add((function, line[1:].strip()))
    return found


def survivors(results: list[tuple[str, str]]) -> Iterator[tuple[str, Change]]:
    """The name of every unnoticed mutant among (name, status), with its change."""
    for name, status in results:
        if status in UNNOTICED:
            yield name, (re.sub(r"__mutmut_\d+$", "", name), _new_line(_mutmut("show", name)))


def _results() -> list[tuple[str, str]]:
    rows = (line.strip().rpartition(": ") for line in _mutmut("results").splitlines())
    return [(name, status) for name, _, status in rows]


def _new_line(diff: str) -> str:
    added = (line[1:].strip() for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++"))
    return next(added, "")


def _mutmut(*arguments: str) -> str:
    program = Path(sys.executable).with_name("mutmut")
    return subprocess.run([program, *arguments], capture_output=True, check=True, encoding="utf-8").stdout


def main() -> int:
    """Print what is left to explain and how much was not tried; 1 when anything is left."""
    known, results = explained(), _results()
    left = [(name, line) for name, (function, line) in survivors(results) if (function, line) not in known]
    for name, line in left:
        print(f"{name}\n    + {line}")
    untried = sum(status == "not checked" for _, status in results)
    print(f"{len(left)} unnoticed changes are not explained; {untried} changes were not tried.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
