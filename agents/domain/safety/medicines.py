"""Medicine names to the classes of science.md S-160. Nothing here knows a dose (S-142, S-161)."""

from functools import cache

from agents.domain.safety.lexicon import load
from agents.domain.safety.normalise import normalise


def medicine_group(word: str) -> str | None:
    """The class code of a medicine ("Concor" -> "beta_blocker"), by generic or brand name; None if unknown (S-161).

    The first word that names a medicine decides, so "metoprolol succinate 50" is understood too.
    """
    table = _names()
    whole = " ".join(normalise(word).replace("-", " ").split())
    if whole in table:
        return table[whole]
    return next((table[part] for part in whole.split() if part in table), None)


@cache
def _names() -> dict[str, str]:
    groups: dict[str, list[str]] = load("medicines")["groups"]
    names = {code: code for code in groups} | {code.replace("_", " "): code for code in groups}
    return names | {name: code for code, entries in groups.items() for name in entries}
