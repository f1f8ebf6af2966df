"""Prompts for a model: Markdown files with front matter, strict holes, and data that cannot pass for instructions.

A prompt is `prompts/<id>.md`:

    ---
    version: 1
    fenced: message
    ---
    # system
    Instructions with $holes.
    # user
    $message

Names under `fenced` are data: their values are wrapped in a fence longer than any run of tildes in them. The file must
be the one whose version and SHA-256 stand in prompts.lock; after a deliberate change and a new version number,
`python -m prompts.templates` renews that. A changed text under an old version number is refused.
"""

import hashlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

_FRONT: Final = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION: Final = re.compile(r"^# (system|user)\n", re.MULTILINE)
_TILDES: Final = re.compile(r"~+")
_SHORTEST_FENCE: Final = 3
LOCK: Final = "prompts.lock"


class PromptError(Exception):
    """A prompt that cannot be used, or was not given what it needs; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: what is stored with whatever it produced is `id` and `sha256`."""

    id: str
    version: int
    sha256: str
    sections: tuple[tuple[str, Template], ...]
    fenced: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The holes."""
        return frozenset(name for _role, template in self.sections for name in template.get_identifiers())

    def fill(self, **values: str) -> tuple[tuple[str, str], ...]:
        """(role, text) of each message. Raises PromptError for a missing or an unknown name."""
        if missing := self.names - values.keys():
            raise PromptError(f"prompt {self.id} needs {', '.join(sorted(missing))}")
        if unknown := values.keys() - self.names:
            raise PromptError(f"prompt {self.id} has no place for {', '.join(sorted(unknown))}")
        safe = {name: fence(value) if name in self.fenced else value for name, value in values.items()}
        return tuple((role, template.substitute(safe).strip()) for role, template in self.sections)


def fence(data: str) -> str:
    """The data between two lines of tildes that it cannot close itself."""
    longest = max((len(run) for run in _TILDES.findall(data)), default=0)
    tildes = "~" * max(_SHORTEST_FENCE, longest + 1)
    return f"{tildes}\n{data}\n{tildes}"


@cache
def load(prompt_id: str) -> Prompt:
    """The prompt of this id. Raises PromptError when it is unknown, malformed or not the locked one."""
    file = resources.files("prompts") / f"{prompt_id}.md"
    if not prompt_id.isidentifier() or not file.is_file():
        raise PromptError(f"there is no prompt {prompt_id}")
    raw = file.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    prompt = parse(prompt_id, raw.decode("utf-8"), digest)
    if locked().get(f"{prompt_id}.md") != (prompt.version, digest):
        raise PromptError(f"{prompt_id}.md is not the file in {LOCK}: check it, then run python -m prompts.templates")
    return prompt


def parse(prompt_id: str, text: str, digest: str) -> Prompt:
    """The prompt in this text. Raises PromptError when it is malformed."""
    match = _FRONT.match(text)
    if match is None:
        raise PromptError(f"prompt {prompt_id} has no front matter")
    front = dict(_entry(prompt_id, line) for line in match["front"].splitlines())
    version = front.get("version", "")
    if not version.isdecimal():
        raise PromptError(f"prompt {prompt_id} has no version number")
    before, *rest = _SECTION.split(match["body"])
    sections = tuple((role, Template(body)) for role, body in zip(rest[::2], rest[1::2], strict=True))
    if before.strip() or not sections or not all(template.is_valid() for _role, template in sections):
        raise PromptError(f'prompt {prompt_id} needs sections "# system" and "# user" with valid holes')
    prompt = Prompt(prompt_id, int(version), digest, sections, frozenset(front.get("fenced", "").split()))
    if stray := prompt.fenced - prompt.names:
        raise PromptError(f"prompt {prompt_id} fences {', '.join(sorted(stray))}, which has no place in it")
    return prompt


def _entry(prompt_id: str, line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon:
        raise PromptError(f'prompt {prompt_id}: "{line}" is not "name: value"')
    return name.strip(), value.strip()


def locked() -> dict[str, tuple[int, str]]:
    """File name to version and SHA-256, as prompts.lock says: a line each, `sha256 name version`."""
    lines = (resources.files("prompts") / LOCK).read_text(encoding="utf-8").splitlines()
    return {name: (int(version), digest) for digest, name, version in (line.split() for line in lines if line)}


def lock_text(known: Mapping[str, tuple[int, str]], files: Mapping[str, bytes]) -> str:
    """What prompts.lock must say about these files (name to content), given what it said.

    Raises PromptError for a text that changed while its version did not grow.
    """
    lines = []
    for name, raw in sorted(files.items()):
        digest = hashlib.sha256(raw).hexdigest()
        version = parse(name.removesuffix(".md"), raw.decode("utf-8"), digest).version
        before, was = known.get(name, (0, ""))
        if digest != was and version <= before:
            raise PromptError(f"{name} changed: give it a version above {before}")
        lines.append(f"{digest}  {name}  {version}\n")
    return "".join(lines)


def written() -> dict[str, bytes]:
    """Every prompt as it lies in the folder, by file name."""
    return {file.name: file.read_bytes() for file in resources.files("prompts").iterdir() if file.name.endswith(".md")}


if __name__ == "__main__":
    try:
        renewed = lock_text(locked(), written())
    except PromptError as refusal:
        sys.exit(str(refusal))
    Path(__file__).with_name(LOCK).write_text(renewed, encoding="utf-8")
    sys.stdout.write(renewed)
