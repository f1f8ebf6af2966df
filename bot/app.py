"""The only place that builds things: settings in, a running App out; started and stopped in a fixed order."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from pydantic import SecretStr

from agents.ports import CoachModel, MatchedFood, Ports
from agents.schemas import FoodItem
from agents.understanding.endpoint import NO_KEY, OPENAI_URL, Endpoint
from bot.clock import system_clock
from bot.reminders import Ticker
from bot.settings import Settings, SettingsError
from bot.turn import Turns
from bot.upkeep import Upkeep
from prompts.loader import Catalogue
from storage import schema
from storage.crypto import MasterKey, load_key_file, load_or_create_key_file
from storage.db import Database
from storage.engines import sqlite_path, sync_url
from storage.errors import KeyFileError
from storage.ids import IdFactory
from storage.keyring import KeyRing, master_keys_in
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
    endpoint = _endpoint(settings)
    model = _model(endpoint)
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
        model=model,
        speech=speech,
        tables=tables,
        match_food=lambda item: _match(item, tables),
        new_id=ids,
        seed=settings.seed,
        model_host=endpoint.host if endpoint else None,
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
        model=model,
    )


class _Unbound:
    """No person yet."""


@runtime_checkable
class _Closable(Protocol):
    async def close(self) -> None: ...


def _endpoint(settings: Settings) -> Endpoint | None:
    """Where a model is asked; None where neither a key nor an address is set. Raises SettingsError for a bad address.

    The address is always explicit, so that the host named to people is the host that is reached.
    """
    key, address = settings.openai_api_key, settings.openai_base_url
    if not key and not address:
        return None
    endpoint = Endpoint(address or OPENAI_URL, key or SecretStr(NO_KEY), settings.model)
    if not endpoint.host or not endpoint.base_url.startswith(("http://", "https://")):
        raise SettingsError("OPENAI_BASE_URL: use an address like https://api.openai.com/v1")
    return endpoint


def _model(endpoint: Endpoint | None) -> CoachModel:
    """The offline rules; where a model is set up it is asked about what they leave open, by those who agreed to it."""
    from agents.understanding.rules import Rules

    if endpoint is None:
        return Rules()
    from agents.understanding.fallback import Fallback
    from agents.understanding.model import ChatModel
    from prompts.templates import load

    return Fallback(Rules(), ChatModel(endpoint, load("understand")), lambda moment: moment.may_ask_model)


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
    """The operator's key, else a local key file; a lost or foreign key is refused, never replaced."""
    known = master_keys_in(url)
    keys = _found_keys(settings, url, is_lived_in=bool(known))
    if known and keys.id not in known:
        raise KeyFileError("this key belongs to another database: nothing in this one can be read with it")
    return keys


def _found_keys(settings: Settings, url: str, *, is_lived_in: bool) -> MasterKey:
    if settings.master_key is not None:
        return MasterKey.parse(settings.master_key.get_secret_value())
    address = sync_url(url)
    key_file = settings.key_file
    if address.get_backend_name() == "sqlite":
        path = sqlite_path(address)
        key_file = path.with_name(path.name + ".key")
    if key_file.exists():
        return load_key_file(key_file)
    if is_lived_in:
        raise KeyFileError(
            f"the key file {key_file.name} is missing: without it nothing in the database can be read. "
            "Put it back, or set KEEL_MASTER_KEY"
        )
    return load_or_create_key_file(key_file)
