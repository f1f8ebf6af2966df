"""From the first words of a model to the first preview in the chat: `keel run` between Telegram and a model's server.

Everything is real but the two at the ends. The model thinks for a moment, then speaks at once or at a usual pace; a
preview begins with eight words, because fewer cannot be judged, so a slow model takes that much longer.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure
from tests.benchmarks.models_jobs import TIRED
from tests.support.model_server import ModelServer, Proposes, Says, serving
from tests.support.telegram.process import KeelRun
from tests.support.telegram.server import Call, TelegramServer

PEOPLE = range(700, 705)
SAID = "I'm so tired of all this, and I have no energy at all"
THINKS_S = 1.0  # longer than the moment in which a short answer needs no preview
MORE = " Nothing has to be decided tonight, and small steps are still steps."
PACES = {"at once": 0.0, "80 tokens a second": 0.02}  # seconds between two pieces of six characters
BUDGET_MS = 200


def run() -> list[Figure]:
    """The slowest of a few people, for each pace. Raises OSError where nothing is shown."""
    try:
        found = _shown()
    except (AssertionError, TimeoutError) as error:
        raise OSError(f"previews: {str(error)[:300]}") from error
    name = "first words of the model to first words in the chat"
    return [
        figure
        for pace, shown in found.items()
        for figure in (
            Figure(f"{name}, {pace}, median", median(shown), budget=BUDGET_MS, digits=0),
            Figure(f"{name}, {pace}, slowest", max(shown), budget=BUDGET_MS, digits=0),
        )
    ]


def _shown() -> dict[str, list[float]]:
    with TemporaryDirectory(prefix="keel-bench-") as folder, serving() as model, TelegramServer() as server:
        env = {"OPENAI_BASE_URL": model.url, "OPENAI_API_KEY": "k", "KEEL_LOG_LEVEL": "info"}
        with KeelRun(server, Path(folder) / "keel.sqlite3", **env) as bot:
            bot.listening()
            for person in PEOPLE:
                _meet(server, person)
            _waited_ms(server, model, PEOPLE[0], 0.0)  # imports the client, and is not counted
            return {
                name: [_waited_ms(server, model, person, pace) for person in PEOPLE] for name, pace in PACES.items()
            }


def _meet(server: TelegramServer, person: int) -> None:
    """Agreed to coaching and to the model."""
    server.say(person, "/start")
    server.answers(person, 1)
    server.tap(person, "onb:consent:yes")
    server.answers(person, 2)
    server.say(person, "use the model")
    server.wait(lambda: "Agreed" in server.transcript(person), "the consent")


def _waited_ms(server: TelegramServer, model: ModelServer, person: int, pause_s: float) -> float:
    """One answer, and how long after its first words some of it was shown."""
    model.forget()
    model.will(Proposes(), Says(TIRED + MORE, wait_s=THINKS_S, pause_s=pause_s))
    before = len(server.calls), len(server.inbox_of(person))
    server.say(person, SAID)
    shown = server.wait(lambda: next((c.at for c in server.calls[before[0] :] if _shows(c)), None), "words")
    server.wait(lambda: len(server.inbox_of(person)) > before[1], "the answer")
    return float(shown - model.first_words[0]) * 1000


def _shows(call: Call) -> bool:
    """Whether the words can be seen by it: in a preview, or in the answer where that was faster."""
    return call.method in ("sendMessageDraft", "sendMessage") and call.data.get("text", "").startswith(TIRED.split()[0])
