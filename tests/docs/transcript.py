"""The README's transcript: a real run of `keel chat --json`, written out for people.

`python -m tests.docs.transcript --write` puts it into the README; a test compares the two.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
BEGIN, END = "<!-- transcript: begin -->", "<!-- transcript: end -->"
NOW = "2026-11-23T07:00:00+01:00"
WIDTH = 110
ROWS_SHOWN = 6
BEFORE_THE_KILL = (
    "hello",
    {"tap": "I agree"},
    "34, a man, 1.80 m and 82 kg, desk job, hardly any sport, new to training, I want to lose fat",
    {"tap": "No"},
    {"tap": "Almost none"},
    "78 kg in 16 weeks",
    "no conditions, no symptoms, no medicines. an old knee injury, left, mild. I train at home with dumbbells and mat",
    "vegetarian, allergic to hazelnuts, I dislike mushrooms",
    {"tap": "That is all"},
    "3 meals",
    "30 minutes",
    "I live in Berlin",
    "breakfast 7:30, lunch 12:30 and dinner 19:00",
    "mon wed fri",
    "30 minutes",
    "6pm",
    {"tap": "Yes please"},
    {"tap": "Use your usual settings for the rest"},
    {"tap": "That is right"},
    {"tap": "Lock it in"},
    "send my morning brief at 7:15",
    "what is on today?",
    "done with the workout, and I drank 500 ml",
    {"advance": "PT25H"},
    "change my training days to Tuesday and Saturday",
    "yes",
)
AFTER_THE_KILL = ("what's on this week?", "show my profile history")


class Keel:
    """One process of the real program."""

    def __init__(self, database: Path, now: str) -> None:
        command = [sys.executable, "-m", "bot", "chat", "--json", "--database", f"sqlite:///{database}", "--now", now]
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("KEEL_", "OPENAI_"))}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def send(self, said: str | dict[str, str]) -> list[dict]:
        """The messages that answer one line."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write((said if isinstance(said, str) else json.dumps(said)) + "\n")
        self.process.stdin.flush()
        messages = []
        while (line := json.loads(self.process.stdout.readline()))["type"] != "turn":
            messages.append(line)
        return messages

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


def transcript() -> str:
    """The whole run as text."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "keel.sqlite3"
        first = Keel(database, NOW)
        lines = [line for said in BEFORE_THE_KILL for line in _exchange(said, first.send(said))]
        first.kill()
        lines += ["", "        (the process is killed and started anew)"]
        second = Keel(database, "2026-11-24T08:00:00+01:00")
        lines += [line for said in AFTER_THE_KILL for line in _exchange(said, second.send(said))]
        second.kill()
    return "\n".join(lines).strip("\n")


def _exchange(said: str | dict[str, str], messages: list[dict]) -> list[str]:
    words = said if isinstance(said, str) else next(iter(said.values()))
    shown = f"[{words}]" if isinstance(said, dict) and "tap" in said else words
    shown = f"/advance {words}" if isinstance(said, dict) and "advance" in said else shown
    lines = ["", *_wrapped("you>  ", shown)]
    for message in messages:
        stamp = f"({message['at'][11:16]}) " if message["kind"] != "reply" else ""
        for number, paragraph in enumerate(message["text"].split("\n")):
            lines += _wrapped("keel> " if number == 0 else "      ", (stamp if number == 0 else "") + paragraph)
        for card in message["cards"]:
            lines += _table(card)
    return lines


def _wrapped(lead: str, text: str) -> list[str]:
    lines, current = [], lead
    for word in text.split():
        if len(current) + len(word) + 1 > WIDTH and current.strip():
            lines.append(current.rstrip())
            current = " " * len(lead)
        current += word if current.endswith(" ") else f" {word}"
    return [*lines, current.rstrip()]


def _table(card: dict) -> list[str]:
    cells = [_cells(card, number) for number in range(len(card["rows"]))]
    if not cells:
        return ["", f"      [{card['title']}]"] if card["type"] in ("file", "picture") else []
    widths = [min(46, max(len(row[i]) for row in cells)) for i in range(len(cells[0]))]
    shown = cells if len(cells) <= ROWS_SHOWN + 2 else cells[:ROWS_SHOWN]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown]
    more = len(card["rows"]) - len(shown)
    tail = [f"        … and {more} more lines"] if more else []
    return ["", f"      {card['title']}", *(f"        {row}".rstrip()[:WIDTH] for row in rows), *tail]


def _cells(card: dict, number: int) -> list[str]:
    """One row as the terminal shows it: a mark where it can be ticked, several lines in a cell as one."""
    row = [" · ".join(cell.split("\n")) for cell in card["rows"][number]]
    mark = {True: "✓ ", False: "○ ", None: ""}[card["marks"][number]] if card["type"] == "checklist" else ""
    place = 1 if mark and len(row) > 1 and (card["is_grouped"] or row[0].isdecimal()) else 0
    return [mark + cell if at == place else cell for at, cell in enumerate(row)]


def in_readme() -> str:
    """What the README shows now."""
    text = README.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip("\n").removeprefix("```text\n").removesuffix("\n```")


def write() -> None:
    """Put a fresh run into the README."""
    text = README.read_text(encoding="utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n```text\n{transcript()}\n```\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        print(transcript())
