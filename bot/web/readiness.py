"""What has to hold before a process may be given work: its database answers and has the tables this version needs."""

import asyncio
from collections.abc import Mapping

from storage import schema
from storage.db import Database
from storage.errors import StorageError

PATIENCE_S = 2.0


async def readiness(database: Database) -> Mapping[str, bool]:
    """`database`: it can be read; `schema`: its migrations are current."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            state = await database.run_read(lambda session: schema.state(session.connection()))
    except (StorageError, TimeoutError):
        return {"database": False, "schema": False}
    return {"database": True, "schema": state == "current"}
