"""The only place that builds things: settings in, a running App out; started and stopped in a fixed order."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from agents.model.asking import Door
from agents.ports import CoachModel, MatchedFood, Ports, Senses
from agents.schemas import FoodItem
from bot.allowance import tariff_of
from bot.clock import system_clock
from bot.keys import master_key
from bot.model import door_at, endpoint_of, model_at, voice_at
from bot.reminders import Ticker
from bot.settings import Settings
from bot.turn import Turns
from bot.upkeep import Upkeep
from bot.whereabouts import zone_at
from prompts.loader import Catalogue
from storage import schema
from storage.db import Database
from storage.engines import sqlite_path, sync_url
from storage.ids import IdFactory
from storage.keyring import KeyRing
from storage.reference.tables import ReferenceTables


@dataclass(slots=True)
class App:
    """One process's worth of Keel."""

    settings: Settings
    clock: Callable[[], datetime]
    database: Database
    ring: KeyRing
    turns: Turns
    ticker: Ticker
    upkeep: Upkeep
    model: CoachModel

    async def tick(self) -> int:
        """Everything the clock demands now: upkeep first, so that a reminder finds today's plan."""
        now = self.clock()
        await self.upkeep.run(now)
        return await self.ticker.tick(now)

    async def next_instant(self) -> datetime | None:
        """When the clock demands something next."""
        instants = [await self.ticker.next_instant(), await self.upkeep.next_instant()]
        return min((instant for instant in instants if instant is not None), default=None)

    async def close(self) -> None:
        """Let go of the model's connections and of the database."""
        if isinstance(self.model, _Closable):
            await self.model.close()
        await self.database.close()


def bootstrap(settings: Settings, *, clock: Callable[[], datetime] = system_clock) -> App:
    """Open the database (made or brought up to date first), the keys, the tables and the engines.

    Raises a StorageError or a SettingsError with one sentence for an operator when one of them cannot be used.
    """
    os.umask(0o077)  # whatever this process writes is its owner's alone
    endpoint = endpoint_of(settings)
    door = door_at(endpoint)
    model = model_at(endpoint, door)
    url = settings.database_url
    _make_folder(url)
    schema.prepare(url)
    keys = master_key(settings, url)
    ids = IdFactory(clock)
    database = Database.open(url, clock=clock, ids=ids, keys=keys)
    ring = KeyRing(keys)
    speech, tables = Catalogue(), ReferenceTables()
    ports = Ports(
        memory=_Unbound(),  # type: ignore[arg-type]  # every turn puts its own person's memory here
        model=model,
        speech=speech,
        tables=tables,
        match_food=lambda item: _match(item, tables),
        new_id=ids,
        seed=settings.seed,
        zone_at=zone_at,
        model_host=endpoint.host if endpoint else None,
        senses=_senses(door),
        voice=voice_at(door),
    )
    turns = Turns(database, ring, ports, tariff_of(settings))
    return App(
        settings=settings,
        clock=clock,
        database=database,
        ring=ring,
        turns=turns,
        ticker=Ticker(database, ring, speech),
        upkeep=Upkeep(database, ring, ports),
        model=model,
    )


class _Unbound:
    """No person yet."""


@runtime_checkable
class _Closable(Protocol):
    async def close(self) -> None: ...


def _match(item: FoodItem, tables: ReferenceTables) -> MatchedFood | None:
    from agents.understanding.food_names import grams_of, match_food

    found = match_food(item.name, tables.foods())
    if found.food is None:
        return None
    grams, source = grams_of(item, found.food)
    return MatchedFood(found.food, grams, source, found.is_sure)


def _senses(door: Door | None) -> Senses | None:
    if door is None:
        return None
    from agents.sensing import ModelSenses
    from prompts.templates import load

    return ModelSenses(door, load("see"))


def _make_folder(url: str) -> None:
    address = sync_url(url)
    if address.get_backend_name() == "sqlite":
        sqlite_path(address).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
