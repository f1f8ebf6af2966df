"""What went to a model, kept word for word so that the person can read it: of the last turn that sent anything."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """One question to a model. `texts` are (role, words) as they went out; `attached` names what is no text."""

    purpose: str
    texts: tuple[tuple[str, str], ...]
    attached: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastSent:
    """Everything the last turn that asked a model sent, when (aware UTC), and to which host."""

    at: datetime
    host: str
    sent: tuple[Sent, ...]
