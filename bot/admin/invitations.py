"""`keel admin invite`, `invites`, `revoke`: the keys that let people in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from agents.domain import crockford
from bot.app import App, bootstrap
from bot.doctor.telegram import TELEGRAM
from bot.doctor.web import ask
from bot.settings import Settings
from bot.usage import UsageError
from storage import invites, people
from storage.audit import Actor
from storage.invites import Issued, Terms
from storage.people import Contact

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
NOBODY = "nobody with this number has talked with this bot yet: only people who are known can have one of their own"
SHOWN_ONCE = "Everybody who has this link can use it, and it is shown only now."


@dataclass(frozen=True, slots=True)
class Wanted:
    """An invitation as the operator asks for it: 0 days are for ever, `person` is a number of Telegram's."""

    uses: int
    days: int
    label: str
    opens: tuple[str, ...] = ()
    person: int | None = None


def invite(settings: Settings, wanted: Wanted) -> str:
    """Make an invitation; what to tell the operator. Raises UsageError."""

    def make(app: App) -> "Callable[[Session], str]":
        def work(session: "Session") -> str:
            user_id = _person(app, session, wanted.person) if wanted.person is not None else None
            until = app.clock() + timedelta(days=wanted.days) if wanted.days else None
            grants = dict.fromkeys(wanted.opens, True)
            terms = Terms(wanted.uses, until, wanted.label or None, grants, user_id)
            return invites.make(session, app.ring.keys, terms)

        return work

    code = _done(settings, make)
    name = asyncio.run(_bot_name(settings)) or "<your bot>"
    return f"https://t.me/{name}?start={code}\n{SHOWN_ONCE}"


def listed(settings: Settings) -> list[str]:
    """A line for each invitation, the newest first."""

    def look(app: App) -> "Callable[[Session], list[str]]":
        return lambda session: [_line(one, app.clock()) for one in invites.issued(session)]

    return _done(settings, look)


def revoke(settings: Settings, text: str) -> None:
    """Let nobody in with this invitation any more. Raises UsageError."""
    try:
        number = crockford.decode(text.strip().upper())
    except ValueError:
        raise UsageError(f"{text} is no number of an invitation: keel admin invites lists them") from None

    def end(app: App) -> "Callable[[Session], bool]":
        return lambda session: invites.revoke(session, number, app.clock())

    if not _done(settings, end):
        raise UsageError(f"there is no invitation {text} that could be revoked: keel admin invites lists them")


def _person(app: App, session: "Session", number: int) -> UUID:
    key = people.contact_key(app.ring, Contact("telegram", str(number)))
    found = people.find(session, key, "telegram")
    if found is None:
        raise UsageError(NOBODY)
    return found.user_id


def _line(one: Issued, now: datetime) -> str:
    is_over = one.expires_at is not None and one.expires_at <= now
    state = "revoked" if one.is_revoked else "over" if is_over else "spent" if one.used >= one.max_uses else "open"
    until = f"until {one.expires_at:%Y-%m-%d %H:%M} UTC" if one.expires_at else "without an end"
    opens = f", opens {', '.join(one.grants)}" if one.grants else ""
    label = f"  {one.label}" if one.label else ""
    return f"{crockford.encode(one.id)}  {state:8}{one.used} of {one.max_uses} used, {until}{opens}{label}"


def _done(settings: Settings, make: "Callable[[App], Callable[[Session], T]]") -> T:
    """One transaction, signed by the operator."""

    async def run() -> T:
        app = bootstrap(settings)
        try:
            return await app.database.run_write(make(app), actor=Actor("admin"))
        finally:
            await app.close()

    return asyncio.run(run())


async def _bot_name(settings: Settings) -> str:
    """How people find the bot, where there is a token and Telegram answers."""
    token = settings.telegram_token.get_secret_value().strip() if settings.telegram_token else ""
    if not token:
        return ""
    me = await ask(f"{(settings.telegram_api_base or TELEGRAM).rstrip('/')}/bot{token}/getMe")
    result = me.body.get("result") if isinstance(me.body, dict) else None
    return str(result.get("username") or "") if isinstance(result, dict) else ""
