"""The naive way to know a person: mapped classes with lazy relationships, each loaded at its first touch."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session, registry, relationship

from storage.models import Base
from tests.benchmarks.context_load import EVERYBODY, NOW_AND_THEN

_registry = registry()
_NAMES = tuple(name for name in (*EVERYBODY, *NOW_AND_THEN) if name not in ("users", "user_keys", "channel_accounts"))


def _mapped() -> Any:
    users = Base.metadata.tables["users"]
    relations: dict[str, Any] = {}
    for name in _NAMES:
        table = Base.metadata.tables[name]
        row = type(f"Lazy{name.title().replace('_', '')}", (), {})
        _registry.map_imperatively(row, table)
        relations[name] = relationship(
            row, primaryjoin=users.c.id == table.c.user_id, foreign_keys=table.c.user_id, lazy="select", viewonly=True
        )
    person = type("LazyPerson", (), {})
    _registry.map_imperatively(person, users, properties=relations)
    return person


_PERSON = _mapped()


def read(session: Session, user_id: UUID) -> int:
    """Touch everything a turn might want; the number of rows that came."""
    person = session.get_one(_PERSON, user_id)
    return sum(len(getattr(person, name)) for name in _NAMES)
