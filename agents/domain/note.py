"""A remark of an engine: the rule it rests on and one plain sentence for the person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """`rule` is an id of science.md ("E3", "S-133"); `message` is ready to be shown."""

    rule: str
    message: str
