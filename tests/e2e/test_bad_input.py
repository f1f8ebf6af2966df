"""Bad input of product.md: a kind answer, what was kept and what not, the process alive, nothing corrupted."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.e2e.ledger import Ledger
from tests.support.console import Console, Turn

CHAIN_LETTER = "FWD: Fwd: Send this to 10 friends before midnight or bad luck follows!!! " * 12
RIGHT_TO_LEFT = "مرحبا، كيف حالك اليوم؟ \u202eabc\u202c שלום"
ODD_TEXTS = {
    "emoji only": "😀🔥💪🏽👨‍👩‍👧‍👦",
    "ten kilobytes": "lorem ipsum dolor sit amet " * 380,
    "a forwarded chain letter": CHAIN_LETTER,
    "right to left": RIGHT_TO_LEFT,
    "empty": "",
    "spaces": "   \t  ",
    "zalgo": "h̷̢̛̗͖͓̻͚̹̣̪̲̗̰̥͒e̶̡̜̙͍̯̲̜̬̩͛͗̋͛̈́̕͝l̵̤̺̮̱̥̞̖̏͛̆͆̈́͘p̴̡̖̜̘̮̹̗̬͆͋͑̉̀̔",
    "sql": "'; DROP TABLE users; --",
    "markup": "<script>alert(1)</script> {{ name }} {$name} %s %(x)s",
    "a very long word": "a" * 5000,
    "control characters": "hel\x01lo\x07 \x1b[31mred\x1b[0m \x7f",
    "a slash": "/",
    "an unknown command": "/fly me to the moon",
    "numbers": "9" * 400,
    "percent of nothing": "-0 0 0.0 1e309 NaN inf",
}


@pytest.fixture(scope="module")
def hardy(shared: Path) -> Iterator[Console]:
    """One process that must survive the whole module."""
    with Console(shared) as console:
        yield console


def is_well(console: Console) -> bool:
    """The next normal turn works."""
    done = console.say("drank 100 ml")
    return done.receipts == (("health_metric", "created"),)


def assert_kind(turn: Turn) -> None:
    assert turn.messages, "no answer at all"
    for message in turn.messages:
        assert message["text"].strip()
        assert "error" not in message["text"].lower()
        assert "traceback" not in message["text"].lower()


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_odd_text_is_answered_and_changes_nothing(hardy: Console, shared: Path, name: str) -> None:
    before = snapshot(Ledger(shared))
    turn = hardy.send(text=ODD_TEXTS[name])
    assert_kind(turn)
    assert turn.receipts == ()
    assert snapshot(Ledger(shared)) == before
    assert is_well(hardy)


@pytest.mark.parametrize("name", [name for name, text in ODD_TEXTS.items() if not text.strip() or text[0] != "{"])
def test_odd_text_as_a_plain_line_is_answered_too(hardy: Console, name: str) -> None:
    turn = hardy.raw(ODD_TEXTS[name].encode())
    assert_kind(turn)
    assert turn.receipts == ()


def snapshot(ledger: Ledger) -> list[int]:
    tables = ("profiles", "plans", "tasks", "reminders", "meals", "health_metrics", "dietary_restrictions", "goals")
    return [ledger.count(table) for table in tables] + [ledger.one("SELECT max(version) FROM profiles")]


def test_a_text_that_was_cut_is_said_to_be_cut(hardy: Console) -> None:
    turn = hardy.say("drank 250 ml. " + "bla " * 2500)
    assert "first 4000 characters" in turn.text


@pytest.mark.parametrize(
    ("said", "must_name"),
    [
        ("weight 4000 kg", "4000"),
        ("I weigh 4000 kg", "4000"),
        ("I am -3 years old", "-3"),
        ("age -3", "-3"),
        ("my height is 12 m", "12 m"),
        ("drank 90000 ml", "90000"),
        ("remind me at 25:99 to stretch", "7:30"),
        ("I get up at 25:99", "25:99"),
    ],
)
def test_an_absurd_value_is_named_refused_and_not_stored(
    hardy: Console, shared: Path, said: str, must_name: str
) -> None:
    before = snapshot(Ledger(shared))
    turn = hardy.say(said)
    assert_kind(turn)
    assert must_name in turn.text
    assert turn.receipts == ()
    assert snapshot(Ledger(shared)) == before


@pytest.mark.parametrize(
    "said", ["I am 35, 4000 kg, 1.75 m", "4000 kg, 35 years old, 175 cm", "I weigh 4000 kg and I am 35 and 175 cm tall"]
)
def test_valid_facts_beside_an_absurd_one_are_kept_and_said(stranger: Console, said: str) -> None:
    stranger.say("hello")
    stranger.tap("onb:consent:yes")
    turn = stranger.say(said)
    assert "4000" in turn.text
    assert "age: 35" in turn.text
    assert "height: 175 cm" in turn.text
    assert "weight:" not in turn.text.partition("Step")[0].partition("Saved")[2].partition("\n")[0]


@pytest.mark.parametrize(
    "line",
    [
        b"\x00\x00\x00",
        b"hel\x00lo, drank nothing",
        b"\xff\xfe\xfa broken utf-8 \xc3",
        b'{"text":"\\ud83d lone"}',
        b'{"text":"\\udc00\\ud800 reversed"}',
        b'{"tap":"\\ud83d"}',
        b'{"tap":"\\u0000"}',
        b'{"tap":""}',
        b'{"photo":"\\u0000"}',
        b'{"photo":"\\ud800"}',
        b'{"location":{"lat":NaN,"lon":Infinity}}',
        b'{"text":"nul \\u0000 inside"}',
        "\ufeffhello".encode(),
        b"\r",
    ],
)
def test_bytes_that_are_no_text_do_no_harm(hardy: Console, shared: Path, line: bytes) -> None:
    turn = hardy.raw(line)
    assert_kind(turn)
    assert turn.receipts == ()
    for raw in turn.raw:
        raw.encode()
    assert is_well(hardy)
    assert Ledger(shared).is_sound()


def test_a_line_of_a_megabyte_is_answered_and_the_next_one_is_read_whole(hardy: Console) -> None:
    assert_kind(hardy.raw(b"x" * 3_000_000))
    assert_kind(hardy.raw(json.dumps({"text": "y" * 1_500_000}).encode()))
    assert hardy.say("thank you").text == "Gladly."


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Files nobody should open carelessly."""
    folder = tmp_path_factory.mktemp("files")
    bomb = folder / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(30_000_000))
    huge = folder / "huge.jpg"
    with huge.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    (folder / "empty.jpg").touch()
    (folder / "note.txt").write_text("I weigh 400 kg and I want chest pain")
    (folder / "small.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    return SimpleNamespace(folder=folder)


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("document", "bomb.zip", "archive"),
        ("photo", "huge.jpg", "20 MB"),
        ("document", "huge.jpg", "20 MB"),
        ("photo", "gone.jpg", "could not find"),
        ("photo", ".", "could not find"),
        ("photo", "empty.jpg", "empty"),
        ("photo", "small.jpg", "no picture"),
        ("voice", "small.jpg", "voice"),
        ("document", "note.txt", "cannot read files"),
        ("document", "/dev/zero", "could not find"),
        ("document", "x" * 5000, "could not"),
    ],
)
def test_a_file_is_looked_at_from_outside_only(
    hardy: Console, files: SimpleNamespace, kind: str, name: str, says: str
) -> None:
    turn = hardy.send(**{kind: str(files.folder / name)})
    assert_kind(turn)
    assert says in turn.text
    assert turn.receipts == ()
    assert turn.levels == ("none",)
    assert turn.end["ms"] < 3000


def test_after_all_that_the_database_is_sound_and_stderr_is_silent(hardy: Console, shared: Path) -> None:
    assert is_well(hardy)
    assert Ledger(shared).is_sound()
    assert hardy.errors == ""
