"""Plays a story: Telegram and the people on one side, one life of the bot after the other on the other side."""

import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import cast, hurry
from tests.chaos.board import Board
from tests.chaos.databases import FAULTS, Database, Unreachable
from tests.chaos.deaths import Death
from tests.chaos.nursery import Life, Nursery
from tests.chaos.story import Act, Effect, Story
from tests.support.telegram.server import TelegramServer

FIRST_UPDATE = 50_000  # far from the rehearsal's
BREATH_S = 0.01
LOOK_S = 0.15  # between two looks whether a life has anything left to do
PATIENCE_S = 150.0  # of a busy machine; a story takes two or three seconds
# Of the machine, in which nothing may happen any more: seven seconds of the story; on PostgreSQL long enough for a
# process to take over from one that was killed.
CALM_S = {"sqlite": 0.35, "postgres": 10.0}
EARLY_ENDS = 30  # lives that end by themselves while the database is broken


@dataclass(slots=True)
class Pushed:
    """One update that Telegram holds."""

    update_id: int
    who: int
    act: Act
    text: str
    effect: Effect | None = None
    at: float = 0.0


@dataclass(slots=True)
class Played:
    """What happened on the stage; what is in the database is found out afterwards."""

    story: Story
    url: str
    server: TelegramServer
    pushed: list[Pushed] = field(default_factory=list)
    ended_alone: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    lives: int = 0
    log: str = ""
    stopped_at: float = 0.0
    shut_out: set[int] = field(default_factory=set)
    furthest: dict[str, int] = field(default_factory=dict)
    died_of: list[str] = field(default_factory=list)


class Stage:
    """Plays one story after the other with the same nursery."""

    def __init__(self, nursery: Nursery, board: Board) -> None:
        self._nursery, self._board = nursery, board

    def play(self, story: Story, database: Database, folder: Path) -> Played:
        """From the first act to the silence after the last."""
        self._board.set_clock(hurry.machine_seconds(), story.starts_at.timestamp(), hurry.SPEED[story.engine])
        with TelegramServer() as server:
            server._next_update = FIRST_UPDATE
            for person in (*cast.REGULARS, cast.NEARLY):
                server.message(person)  # Telegram knows them from the evening before
            played = Played(story, database.url, server)
            log = folder / "keel.log"
            performance = _Performance(self._nursery, self._board, played, database, log)
            try:
                performance.run()
            finally:
                performance.end()
                played.log = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
            return played


class _Performance:
    """One story being played."""

    def __init__(self, nursery: Nursery, board: Board, played: Played, database: Database, log: Path) -> None:
        self._nursery, self._board, self._played = nursery, board, played
        self._database, self._log = database, log
        self._story, self._server = played.story, played.server
        self._life: Life | None = None
        self._began = hurry.machine_seconds()
        self._acts = list(self._story.acts)
        self._hopes: list[Act] = []  # taps on buttons that are not there yet

    def run(self) -> None:
        """Lives that end, one that does not, and silence."""
        for fall in self._story.falls:
            self._live(fall.death)
            if fall.skip_s:
                self._board.skip(fall.skip_s)
        self._live_on()

    def end(self) -> None:
        """Whatever happens, nobody is left behind."""
        self._database.mend()
        if self._life is not None and self._life.code is None:
            self._life.kill()
            self._life.wait()

    def _live(self, death: Death) -> None:
        """One life up to its death. A life that ends by itself is begun again, as an operator's machine would do."""
        for _ in range(EARLY_ENDS):
            life = self._birth(death)
            self._watch(life, death)
            kind = death.kind if life.has_ended() else "moment"
            life.kill()
            if self._mourn(life):
                self._played.died_of.append(kind)
                return

    def _watch(self, life: Life, death: Death) -> None:
        """Until it ends, or its moment has come, or nothing is left for it to do: then its step will not come."""
        born = hurry.machine_seconds()
        end = born + (death.step / 1000 if death.kind == "moment" else PATIENCE_S)
        looked_at, is_calm = born, False
        while not life.has_ended() and hurry.machine_seconds() < end:
            self._perform()
            if hurry.machine_seconds() - looked_at > LOOK_S:
                was_calm, is_calm, looked_at = is_calm, self._is_quiet(), hurry.machine_seconds()
                if was_calm and is_calm:
                    return
            hurry.pause(BREATH_S)

    def _mourn(self, life: Life) -> bool:
        """Whether it was killed. What Telegram was told to forget must be known here."""
        code = life.wait()
        self._played.furthest = {
            kind: max(n, self._played.furthest.get(kind, 0)) for kind, n in self._board.steps().items()
        }
        self._look_for_lost_updates()
        if code == -signal.SIGKILL:
            return True
        self._played.ended_alone.append(code)
        if not self._story.breaks_database:
            self._played.complaints.append(f"a life ended by itself with {code}")
        return not self._story.breaks_database

    def _look_for_lost_updates(self) -> None:
        confirmed = self._server.confirmed
        try:
            known = self._database.known_updates()
        except Unreachable:
            return
        lost = [p.update_id for p in self._played.pushed if p.update_id < confirmed and p.update_id not in known]
        if lost:
            self._played.complaints.append(f"Telegram was told to forget {lost}, which the bot does not know")

    def _live_on(self) -> None:
        """The last life: everything is mended, all the rest of the story is played, and then it must become quiet."""
        self._server.mend()
        self._database.mend()
        self._acts = [act for act in self._acts if act.what not in (*FAULTS, "fail")]
        if self._story.last_skip_s:
            self._board.skip(self._story.last_skip_s)
        life = self._birth(Death())
        deadline = hurry.machine_seconds() + PATIENCE_S
        calm_since: float | None = None
        while not life.has_ended():
            self._perform()
            now = hurry.machine_seconds()
            calm_since = (calm_since or now) if self._is_quiet() else None
            if calm_since is not None and now - calm_since > CALM_S[self._story.engine]:
                break
            if now > deadline:
                self._played.complaints.append("it never became quiet")
                break
            hurry.pause(0.03)
        self._played.stopped_at = hurry.wall()
        life.signal(signal.SIGTERM)
        self._await_end(life)

    def _await_end(self, life: Life) -> None:
        """It was asked to stop and has ten seconds of the story for it; the machine may be slow."""
        deadline = hurry.machine_seconds() + PATIENCE_S
        while not life.has_ended() and hurry.machine_seconds() < deadline:
            hurry.pause(BREATH_S)
        if not life.has_ended():
            life.kill()
        code = life.wait()
        if code != 0:
            self._played.complaints.append(f"the last life ended with {code}")

    def _is_quiet(self) -> bool:
        if self._acts or any(p.update_id >= self._server.confirmed for p in self._played.pushed):
            return False
        try:
            return self._database.is_quiet()
        except Unreachable:
            return False

    def _birth(self, death: Death) -> Life:
        self._played.lives += 1
        arguments = ["run", "--database", self._played.url]
        kind = "" if death.kind == "moment" else death.kind
        self._life = self._nursery.birth(
            cast.environment(self._server, self._log.parent),
            arguments,
            self._log,
            Death(kind, death.step if kind else 0),
        )
        return self._life

    # Acts

    def _perform(self) -> None:
        """Everything whose time has come."""
        elapsed_ms = (hurry.machine_seconds() - self._began) * 1000
        while self._acts and self._acts[0].at_ms <= elapsed_ms:
            act = self._acts.pop(0)
            handler: Callable[[Act], None] = getattr(self, f"_on_{act.what}", self._on_database)
            handler(act)
        hopes, self._hopes = self._hopes, []
        for act in hopes:
            self._on_tap(act)

    def _push(self, act: Act, update_id: int, text: str, effect: Effect | None) -> None:
        self._played.pushed.append(Pushed(update_id, act.who, act, text, effect, hurry.monotonic()))

    def _on_say(self, act: Act) -> None:
        update_id = self._server.say(act.who, act.text)
        self._push(act, update_id, act.text, act.effect)

    def _on_tap(self, act: Act) -> None:
        """As soon as the button is there: people tap what they see."""
        if cast.has_button(self._server, act.who, act.text):
            self._push(act, self._server.tap(act.who, act.text), act.text, act.effect)
        else:
            self._hopes.append(act)

    def _on_tap_newest(self, act: Act) -> None:
        """Whatever stands on the newest message that has such a button; without one, a word of thanks."""
        if cast.has_button(self._server, act.who, act.text):
            self._push(act, self._server.tap(act.who, act.text), act.text, None)
        else:
            self._push(act, self._server.say(act.who, "thank you"), "thank you", None)

    def _on_swap(self, act: Act) -> None:
        """Two messages that come in the wrong order."""
        first, second = act.values
        with self._server.lock:
            lower = self._server._next_update
            self._server._next_update += 2
            for update_id, ml in ((lower + 1, second), (lower, first)):
                text = f"drank {ml} ml"
                self._server.push(update_id, message=self._server.message(act.who, text=text))
                self._push(act, update_id, text, Effect("water", str(ml)))

    def _on_repeat(self, act: Act) -> None:
        if self._played.pushed:
            again = self._played.pushed[act.values[0] % len(self._played.pushed)]
            self._server.repeat(again.update_id)

    def _on_fail(self, act: Act) -> None:
        method, status, times, retry_after = act.values
        words = {403: "Forbidden: bot was blocked by the user", 429: "Too Many Requests"}.get(status, "Bad Gateway")
        if status == 403:
            self._played.shut_out.add(act.who)
        self._server.fail(
            method, status, chat_id=act.who or None, times=times, retry_after=retry_after, description=words
        )

    def _on_kicked(self, act: Act) -> None:
        self._played.shut_out.add(act.who)
        self._push(act, self._server.membership(act.who, "kicked"), "", None)

    def _on_member(self, act: Act) -> None:
        self._push(act, self._server.membership(act.who, "member"), "", None)

    def _on_group(self, act: Act) -> None:
        self._push(act, self._server.say(act.who, act.text), act.text, None)

    def _on_odd(self, act: Act) -> None:
        fields = {"poll_of_the_future": {"id": 1}, "message": {"message_id": "not a number", "chat": 5}}
        self._push(act, self._server.push(**{act.values[0]: fields[act.values[0]]}), "", None)

    def _on_file(self, act: Act) -> None:
        file = {"file_id": "a", "file_unique_id": "b", "width": 9, "height": 9, "file_size": 100}
        self._push(act, self._server.push(message=self._server.message(act.who, photo=[file])), "", None)

    def _on_skip(self, act: Act) -> None:
        self._board.skip(act.values[0])

    def _on_database(self, act: Act) -> None:
        if self._life is not None:
            with suppress(Unreachable):
                self._database.act(act, self._life)
