"""What a person wrote about an allergy, taken apart: "eggs, fish and soy", "Milk Allergy (severe)" (N-31, N-37).

Rather too much is left out than too little: every food that a phrase names counts, whatever stands around it, and a
part in which nothing is known stays a word of its own.
"""

import re
from collections.abc import Iterator
from typing import Final

from agents.domain.allergen_mentions import read
from agents.domain.allergens import code_for
from bot.plan.entries import is_nothing

_BETWEEN: Final = re.compile(r"[,;/&+|\n()\[\]]|\b(?:and|or|und|oder|et|ou|y)\b")
# Words about an allergy that name no food.
_AROUND: Final = frozenset({
    "a", "an", "the", "any", "all", "my", "i", "i'm", "am", "is", "to", "of", "from", "for", "with", "no", "not",
    "free", "allergy", "allergies", "allergic", "allergen", "allergens", "intolerance", "intolerant", "sensitivity",
    "sensitive", "severe", "severely", "mild", "mildly", "moderate", "anaphylaxis", "anaphylactic", "very", "strong",
    "also", "food", "foods", "product", "products", "avoid", "known",
})  # fmt: skip


def parts_of(phrase: str) -> tuple[str, ...]:
    """The foods of the phrase one by one, without the words around them."""
    text = phrase.casefold().replace("_", " ")
    return tuple(dict.fromkeys(_parts(text))) or (text.strip(),)


def keys_of(part: str) -> tuple[str, ...]:
    """The allergen keys that a part stands for; () where nothing in it is known."""
    return code_for(part) or tuple(dict.fromkeys(_named(part)))


def _parts(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        words = [word for word in re.split(r"[\s\-]+", piece) if word.strip(".:!'\"") not in {"", *_AROUND}]
        if words and not is_nothing(" ".join(words)):
            yield " ".join(words)


def _named(text: str) -> Iterator[str]:
    """The keys of every food in the text, also of those it calls absent: who avoids dairy may write "dairy free"."""
    found = read(text)
    for mention in found.mentions:
        yield from code_for(" ".join(token.word for token in found.tokens[mention.start : mention.end]))
