"""What time does: open tasks are missed, plans go on, an onboarding left open is asked about once."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from agents.domain.turn import MemoryUnavailable
from agents.ports import Ports
from agents.state import Part
from storage import allowances, people, upkeep
from storage.db import Database
from storage.inbox import Origin
from storage.keyring import KeyRing
from storage.memory import TurnMemory

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)
EVERY = timedelta(hours=1)
BATCH = 50


class Upkeep:
    """Runs at most once an hour, however often it is called."""

    def __init__(self, database: Database, ring: KeyRing, ports: Ports) -> None:
        self._database, self._ring, self._ports = database, ring, ports
        self._due: datetime | None = None

    async def run(self, now: datetime) -> None:
        """Miss what is overdue, continue plans that run out, invite back who left in the middle."""
        if self._due is not None and now < self._due:
            return
        self._due = now + EVERY
        await self._database.run_write(lambda session: upkeep.miss_overdue(session, now))
        await self._database.run_write(lambda session: upkeep.plan_resume_nudges(session, now))
        for lost in await self._database.run_read(lambda session: allowances.overdue(session, now, BATCH)):
            await self._database.run_write(partial(allowances.expire, lost=lost))
        for user_id, kinds in await self._database.run_read(lambda s: upkeep.plans_run_out(s, now, BATCH)):
            await self._continue(user_id, kinds, now)

    async def next_instant(self) -> datetime | None:
        """When something here falls due: the end of a plan, or an onboarding left open for a day."""
        found = await self._database.run_read(upkeep.next_instant)
        if found is None:
            return None
        return max(found, self._due) if self._due else found

    async def _continue(self, user_id: UUID, kinds: tuple[str, ...], now: datetime) -> None:
        """The same engines for the next days, with the profile as it is; no message: the morning brief shows it."""
        from agents.nodes import meals, safety, workouts  # LangGraph is heavy: off the start path

        def reach(session: "Session") -> people.Person:
            return people.reach(session, user_id)[0]

        person = await self._database.run_read(reach)
        memory = TurnMemory(self._database, self._ring, person, Origin(0, 0, person.channel))
        ports = replace(self._ports, memory=memory)
        try:
            context = await memory.recall(now)
            parts: list[Part] = []
            if "nutrition" in kinds:
                parts.append(await meals.make_plan(context, ports))
            if "exercise" in kinds:
                parts.append(await workouts.make_programme(context, ports))
            if "sleep" in kinds:
                parts.append(workouts.make_sleep_plan(context, ports))
            vetted = [safety.vetted(part, context) for part in parts]
            await memory.commit_quietly(context, tuple(change for part in vetted for change in part.changes))
        except MemoryUnavailable:
            return
        except Exception:  # an edge: one person's plan must not stop everybody's upkeep
            log.exception("the plan of one person could not be continued")
