"""The only place that builds things: settings in, a running App out; started and stopped in a fixed order."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from agents.ports import CoachModel, MatchedFood, Ports
from agents.schemas import FoodItem
from bot.clock import system_clock
from bot.reminders import Ticker
from bot.settings import Settings
from bot.turn import Turns
from bot.upkeep import Upkeep
from prompts.loader import Catalogue
from storage import schema
from storage.crypto import MasterKey, load_key_file, load_or_create_key_file
from storage.db import Database
from storage.engines import sqlite_path, sync_url
from storage.errors import KeyFileError
from storage.ids import IdFactory
from storage.keyring import KeyRing, has_people
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
        """Let go of the database."""
        await self.database.close()


def bootstrap(settings: Settings, *, clock: Callable[[], datetime] = system_clock) -> App:
    """Open the database (made or brought up to date first), the keys, the tables and the engines.

    Raises a StorageError with one sentence for an operator when one of them cannot be used.
    """
    os.umask(0o077)  # whatever this process writes is its owner's alone
    url = settings.database_url
    _make_folder(url)
    schema.prepare(url)
    keys = _keys(settings, url)
    ids = IdFactory(clock)
    database = Database.open(url, clock=clock, ids=ids, keys=keys)
    ring = KeyRing(keys)
    speech, tables = Catalogue(), ReferenceTables()
    ports = Ports(
        memory=_Unbound(),  # type: ignore[arg-type]  # every turn puts its own person's memory here
        model=_model(settings),
        speech=speech,
        tables=tables,
        match_food=lambda item: _match(item, tables),
        new_id=ids,
        seed=settings.seed,
    )
    turns = Turns(database, ring, ports)
    return App(
        settings=settings,
        clock=clock,
        database=database,
        ring=ring,
        turns=turns,
        ticker=Ticker(database, ring, speech),
        upkeep=Upkeep(database, ring, ports),
    )


class _Unbound:
    """No person yet."""


def _model(settings: Settings) -> CoachModel:
    """The offline rules; a configured model goes first and falls back to them."""
    from agents.understanding.rules import Rules

    del settings
    return Rules()


def _match(item: FoodItem, tables: ReferenceTables) -> MatchedFood | None:
    from agents.understanding.food_names import grams_of, match_food

    found = match_food(item.name, tables.foods())
    if found.food is None:
        return None
    grams, source = grams_of(item, found.food)
    return MatchedFood(found.food, grams, source, found.is_sure)


def _make_folder(url: str) -> None:
    address = sync_url(url)
    if address.get_backend_name() == "sqlite":
        sqlite_path(address).parent.mkdir(parents=True, exist_ok=True, mode=0o700)


def _keys(settings: Settings, url: str) -> MasterKey:
    """The operator's key, else a local key file beside the SQLite file; a lost key is refused, never replaced."""
    if settings.master_key is not None:
        return MasterKey.parse(settings.master_key.get_secret_value())
    address = sync_url(url)
    if address.get_backend_name() != "sqlite":
        return load_or_create_key_file(settings.key_file)
    path = sqlite_path(address)
    key_file = path.with_name(path.name + ".key")
    if not key_file.exists() and has_people(url):
        raise KeyFileError(
            f"the key file {key_file.name} is missing beside the database: without it nothing in it can be read. "
            "Put it back, or set KEEL_MASTER_KEY"
        )
    return load_key_file(key_file) if key_file.exists() else load_or_create_key_file(key_file)
