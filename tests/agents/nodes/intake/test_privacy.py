"""What leaves the machine is told: whether anything may, and word for word what did."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agents.domain.model_consent import model_policy
from agents.domain.sent import LastSent, Sent
from agents.nodes.intake.privacy import privacy
from agents.schemas import Intent, Understanding
from agents.state import Part
from prompts.loader import Catalogue
from tests.support.mind import NOW, MemoryInMemory, newcomer, ports, settled

ASKED = Understanding((Intent("privacy"),))
LAST = LastSent(
    NOW - timedelta(hours=2),
    "models.example",
    (
        Sent("understand", (("system", "Instructions."), ("user", "y" * 8000))),
        Sent("see", (), ("a picture (9 bytes)",)),
    ),
)


async def told(
    *, host: str | None, allowed: str | None = None, last: LastSent | None = None, fails_at: str = ""
) -> Part:
    person = settled(model_policy=model_policy(allowed) if allowed else None)
    memory = MemoryInMemory(person, sent=last, fails_at=fails_at)
    (part,) = await privacy(person, ASKED, replace(ports(memory), model_host=host))
    return part


def keys(part: Part) -> list[str]:
    return [line.key for line in part.lines]


@pytest.mark.parametrize(
    ("host", "allowed", "key"),
    [
        (None, None, "privacy-no-model"),
        ("models.example", None, "privacy-model-off"),
        ("models.example", "elsewhere.example", "privacy-model-off"),
        ("models.example", "models.example", "privacy-model-on"),
    ],
)
async def test_it_says_whether_anything_is_sent_and_to_whom(host: str | None, allowed: str | None, key: str) -> None:
    part = await told(host=host, allowed=allowed)
    assert keys(part) == ["privacy-short", key, "privacy-nothing-sent"]
    said = "\n".join(Catalogue().say("en", line.key, line.args) for line in part.lines)
    assert host is None or host in said


async def test_what_went_last_is_shown_word_for_word_however_long() -> None:
    part = await told(host="models.example", allowed="models.example", last=LAST)
    (card,) = part.cards
    rows = card.rows  # type: ignore[union-attr]  # a table
    assert {what for what, _ in rows} == {"1. understand, system", "1. understand, user", "2. see, attached"}
    assert "".join(words for what, words in rows if what == "1. understand, user") == "y" * 8000
    line = next(line for line in part.lines if line.key == "privacy-last-sent")
    assert line.args == {"host": "models.example", "day": "23 November 2026", "time": "05:00"}


async def test_a_database_that_cannot_be_read_is_owned_up_to() -> None:
    assert keys(await told(host=None, fails_at="last_sent"))[-1] == "privacy-unread"


async def test_nobody_else_and_nobody_before_consent_is_answered_here() -> None:
    memory = MemoryInMemory(settled())
    assert await privacy(settled(), Understanding((Intent("today"),)), ports(memory)) == []
    assert await privacy(newcomer(), ASKED, ports(memory)) == []
