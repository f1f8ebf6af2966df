"""The two sentences that decide whether a model provider may help: "use the model", "stop using the model".

A consent is only an order or a permission in plain words. A question ("can you use the model?") grants nothing.
"""

import re
from typing import Final

from agents.schemas import Intent, Moment
from agents.understanding import patterns
from agents.understanding.clauses import Clause

_ASKED: Final = re.compile(r"(?:can|could|would|will|may|might|shall|should|do|does|did|is|are|am|what|why|how|if)\b")

_DOUBTED: Final = re.compile(
    r"\b(?:could|might|maybe|perhaps|should|shall|wouldn't|any chance|is there|wondering|hoping|why don't|shall|try to|"
    r"not sure|guess|suppose|if|unless|but|don't|not|never)\b(?! you (?:need|like|want))"
)


def model_choice(clause: Clause, _moment: Moment) -> Intent | None:
    """model_consent or model_withdraw, or None. A withdrawal needs no politeness, a consent no doubt."""
    found = patterns.found("consents", clause.order) or patterns.found("consents", clause.plain)
    if found is None:
        return None
    name, _caught = found
    if name == "model_consent" and (clause.asks or _ASKED.match(clause.plain) or _DOUBTED.search(clause.plain)):
        return None
    return Intent(name, quote=clause.text.strip())
