"""What of a message the rules did not understand: the only part a model is asked about.

Whatever the rules read stands; a message without a gap costs no model call.
"""

from typing import Final

from agents.schemas import IntentName, Moment, Understanding
from agents.understanding import clauses, intents
from agents.understanding.quotes import Span, overlaps, spans

_WHOLE_MESSAGE: Final[tuple[IntentName, ...]] = ("answer", "correct")  # these readings rest on every word of a message
_FEWEST_LETTERS: Final = 3  # "ok", "hm" and "so" between two facts are no gap


def gaps(text: str, moment: Moment, heard: Understanding) -> tuple[Span, ...]:
    """The stretches of `clauses.clean(text)` that led to no intent, no fact and no refusal.

    Commands are understood as a whole, and forwarded words are somebody else's, so neither has any.
    """
    said = clauses.clean(text)
    if moment.is_forwarded or said.startswith("/") or heard.has(*_WHOLE_MESSAGE) or _is_an_ordered_change(heard):
        return ()
    taken = [span for quote in _quotes(heard) for span in spans(quote, said)]
    read = (reading for reading in intents.readings(said, moment) if reading.intent is not None)
    taken += [(reading.clause.start, reading.clause.end) for reading in read]
    pieces = [(piece.start, piece.end) for piece in clauses.split(said) if _says_something(piece.text)]
    return tuple(piece for piece in pieces if not any(overlaps(piece, span) for span in taken))


def _is_an_ordered_change(heard: Understanding) -> bool:
    """ "change my goal to strength": a correction that says the new value is read as a whole."""
    return any(intent.name == "profile_change" and intent.payload is not None for intent in heard.intents)


def _quotes(heard: Understanding) -> tuple[str, ...]:
    return (*(fact.quote for fact in heard.facts), *(wrong.quote for wrong in heard.rejected))


def _says_something(words: str) -> bool:
    return sum(character.isalpha() for character in words) >= _FEWEST_LETTERS
