"""Words that say an alarm is over: "it stopped", "false alarm", "I'm fine now" (science.md S-8 keeps its follow-up)."""

import re
from typing import Final

_OVER: Final = re.compile(
    r"\b(?:not happening|false alarm|(?:it|that|the pain|pain)(?:'s| has| have| is)? (?:all )?"
    r"(?:stopped|passed|gone|over)|"
    r"i(?:'m| am) (?:all |totally |completely )?(?:ok|okay|fine|good|alright|better|well) (?:now|again)|"
    r"feel(?:ing)? (?:ok|okay|fine|better|good|well) (?:now|again))\b"
)
_NOT_YET: Final = re.compile(r"\b(?:not|n't|never|hardly|nearly|almost|still|until|if|when|came back|back again)\b")
_SAYS_NOT_HAPPENING: Final = "not happening"


def is_all_clear(text: str) -> bool:
    """Whether somebody says that what alarmed us is over. Pure and total; half an all-clear is none."""
    said = text.casefold().replace("’", "'")
    return bool(_OVER.search(said)) and not _NOT_YET.search(said.replace(_SAYS_NOT_HAPPENING, ""))
