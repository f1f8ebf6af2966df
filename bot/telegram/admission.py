"""Admission: invitations in deep links, and who is coached at all where an operator wants only invited people.

A red flag is answered whoever wrote it (science.md S-62). Strangers who are not let in leave no person behind.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from agents.domain.turn import Message
from bot.app import App
from bot.spoken import Spoken
from bot.telegram.heard import Heard
from bot.telegram.notices import Notices
from bot.turn import alarm_for
from storage import inbox, invites, last_words, people
from storage.errors import StorageError
from storage.fences import LeaseLost
from storage.inbox import Origin
from storage.invites import Outcome
from storage.people import Contact, Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOLD = timedelta(hours=1)  # how long one word about being uninvited is enough
_INVITED = re.compile(rf"/start(?:@\w+)?\s+({invites.PREFIX}[A-Za-z0-9_-]+)\s*")
_WELCOME: frozenset[Outcome] = frozenset({"accepted", "already"})


@dataclass(frozen=True, slots=True)
class _Knock:
    """One update of somebody who wants in; `sender` is their blind index."""

    origin: Origin
    heard: Heard
    contact: Contact
    sender: bytes
    now: datetime


class Admission:
    """Decides before a turn whether there is one."""

    def __init__(self, app: App, notices: Notices) -> None:
        self._app, self._notices = app, notices
        self._is_closed = app.settings.invite_only

    async def pass_on(self, origin: Origin, heard: Heard, spoken: Spoken, now: datetime) -> Spoken | None:
        """What goes on to the turn, without any key in it; None when the update ends here."""
        found = _INVITED.fullmatch(spoken.text.strip()) if not spoken.is_forwarded else None
        code = found[1] if found else None
        if code is None and not self._is_closed:
            return spoken
        assert heard.sender is not None  # noqa: S101 - a turn has somebody to answer
        contact = heard.sender.contact()
        alarm = alarm_for(spoken.text, now, contact.locale)
        knock = _Knock(origin, heard, contact, people.contact_key(self._app.ring, contact), now)
        try:
            if await self._app.database.run_write(lambda session: self._opens(session, knock, code, alarm)):
                return replace(spoken, text="/start") if code else spoken
        except LeaseLost:
            raise
        except StorageError:
            if alarm is None:
                raise
            return spoken  # nobody can be looked up now: the turn answers a red flag without a database
        return None

    def _opens(self, session: "Session", knock: "_Knock", code: str | None, alarm: Message | None) -> bool:
        """Whether there is a person to talk with. Who is turned away is told so, and the update is over."""
        person = people.find(session, knock.sender, "telegram")
        if code is None:
            if person is None:
                self._turn_away(session, knock, alarm)
            return person is not None
        outcome = self._outcome(session, knock, code, person)
        if person is None and (outcome in _WELCOME or not self._is_closed):
            person = people.create(session, self._app.ring, knock.contact, knock.now)
        if person is None:
            line = self._notices.line(knock.heard, f"invite-{outcome}", knock.now)
            last_words.leave(
                session, knock.origin, knock.contact.external_id, (line,), "said", knock.now, invites.GUESS
            )
            return False
        if outcome in _WELCOME:
            outcome = invites.redeem(session, self._app.ring.keys, person.user_id, code, knock.now)
        line = self._notices.line(knock.heard, f"invite-{outcome}", knock.now)
        self._notices.enqueue_once(session, person, knock.origin, line)
        return True

    def _outcome(self, session: "Session", knock: "_Knock", code: str, person: Person | None) -> Outcome:
        """What this key comes to; a wrong one counts as a guess, and after a few guesses none is looked up any more."""
        if invites.is_guessing(session, knock.sender, knock.now):
            return "too-often"
        user_id = person.user_id if person else None
        outcome = invites.judge(session, self._app.ring.keys, code, knock.now, user_id)
        if outcome not in _WELCOME:
            invites.note_guess(session, knock.origin)
        return outcome

    def _turn_away(self, session: "Session", knock: "_Knock", alarm: Message | None) -> None:
        """A red flag is answered always, with the fixed words; the rest once an hour."""
        if alarm is None and last_words.were_left(session, knock.sender, knock.now - TOLD):
            inbox.ignore(session, knock.origin, knock.now, "not invited")
            return
        words = alarm or self._notices.line(knock.heard, "invite-needed", knock.now)
        last_words.leave(session, knock.origin, knock.contact.external_id, (words,), "said", knock.now)
