"""Conditions by the safety tables: what the short word list of the chat only knows as "other" may have a code there."""

from agents.domain.safety.conditions import named

OTHER = "other"


def codes_for(words: str) -> tuple[str, ...]:
    """The condition codes these words stand for ("sleep apnoea" -> sleep_apnoea); ("other",) for what has none."""
    return tuple(code for code in named(words).codes if code != OTHER) or (OTHER,)
