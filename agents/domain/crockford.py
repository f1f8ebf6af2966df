"""Ids as 26 Crockford base-32 characters: how they look in buttons, links and receipts (data-model 1.1)."""

from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
LENGTH = 26


def encode(identity: UUID) -> str:
    """The 128 bits as 26 characters, most significant first."""
    return "".join(_ALPHABET[identity.int >> shift & 31] for shift in range(125, -1, -5))


def decode(text: str) -> UUID:
    """The id behind 26 characters. Raises ValueError for anything else."""
    if len(text) != LENGTH:
        raise ValueError("an id has 26 characters")
    number = 0
    for letter in text.upper():
        if letter not in _VALUES:
            raise ValueError("an id has base-32 characters only")
        number = number << 5 | _VALUES[letter]
    if number >> 128:
        raise ValueError("an id has 128 bits")
    return UUID(int=number)
