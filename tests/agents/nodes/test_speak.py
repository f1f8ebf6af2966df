"""A model's words around the talk of an answer: when they are asked for, what they rest on, what bad ones lead to."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.changes import ConsentWithdrawn, EventNoted
from agents.domain.context import Context
from agents.domain.model_consent import model_policy
from agents.domain.safety import Triage
from agents.domain.saying import Saying
from agents.domain.turn import Attachment, Inbound
from agents.domain.wording.fitness import unfit
from agents.model.failure import ModelFailed
from agents.nodes.phrase import phrase
from agents.nodes.speak import speak
from agents.ports import Ports
from agents.schemas import Intent, Understanding
from agents.state import Line, Part
from tests.support.mind import NOW, MemoryInMemory, Watched, ports, profile, settled

HOST = "models.example"
CALM = Triage(level="none", rules=(), category="none")
TALK = Part("logistics", lines=(Line("moved-reflect"),))
PROTEIN = "Protein repairs muscle. About 25 g a meal is plenty."
KNOWN = Part("meal_planner", lines=(Line("knowledge", {"text": PROTEIN}),))
GOOD = "That sounds like a hard day. You could ask me what is on today."


@dataclass
class ScriptedVoice:
    """Says these pieces, and fails or hangs after them if told to."""

    pieces: Iterable[str] = (GOOD,)
    error: Exception | None = None
    hangs: bool = False
    asked: list[Saying] = field(default_factory=list)
    was_closed: bool = False

    async def speak(self, saying: Saying) -> AsyncIterator[str]:
        self.asked.append(saying)
        try:
            for piece in self.pieces:
                yield piece
            if self.hangs:
                await asyncio.Event().wait()
            if self.error is not None:
                raise self.error
        finally:
            self.was_closed = True

    def secrets(self, agent: str) -> tuple[str, ...]:
        return (f"You are the voice of Keel and speak for {agent} with great care and few words.",)


def agreed(**changes: Any) -> Context:
    return settled(**{"model_policy": model_policy(HOST), **changes})


class Turn:
    """One pass through phrase and, where it leads there, speak."""

    def __init__(self, voice: ScriptedVoice | None, context: Context | None = None) -> None:
        self.seen, self.voice = Watched(), voice
        self.state: Any = {"context": context or agreed(), "triage": CALM}
        base = ports(MemoryInMemory(self.state["context"]))
        self.context: Ports = replace(base, voice=voice, model_host=HOST, preview=self.seen)

    async def run(self, text: str, *parts: Part, heard: Understanding | None = None, **inbound: Any) -> tuple[str, ...]:
        self.state |= {
            "inbound": Inbound(text, NOW, **inbound),
            "vetted": list(parts),
            "understanding": heard or Understanding(),
        }
        worded = await phrase(self.state, self)  # type: ignore[arg-type]  # has what the node uses
        self.state |= worded.update or {}
        if worded.goto == "speak":
            self.state |= await speak(self.state, self)  # type: ignore[arg-type]
        return tuple(draft.text for draft in self.state["drafts"])


async def test_talk_is_said_in_the_voices_words_and_everything_else_stays_below() -> None:
    voice = ScriptedVoice()
    part = Part("logistics", lines=(*TALK.lines, Line("zone-now", {"zone": "Europe/Berlin", "time": "07:00"})))
    kept = (await Turn(None).run("hm", replace(part, lines=part.lines[1:])))[0]
    (text,) = await Turn(voice).run("i dunno what to do with myself", part)
    assert text == f"{GOOD}\n\n{kept}"
    assert voice.asked[0].follows == kept
    assert "That sounds hard" in voice.asked[0].facts
    assert voice.was_closed


async def test_without_talk_the_words_come_on_top_of_what_no_rule_understood() -> None:
    part = Part("logistics", lines=(Line("goodbye"),))
    heard = Understanding(intents=(Intent("goodbye"),), is_from_model=True)
    assert await Turn(ScriptedVoice()).run("adios", part, heard=heard) == (
        f"{GOOD}\n\nTake care. I am here when you write.",
    )


@pytest.mark.parametrize("text", ["I'm so tired today", "leave me alone", "i want to train but i never do"])
async def test_what_is_personal_gets_a_word_also_where_the_rules_understood(text: str) -> None:
    voice = ScriptedVoice()
    await Turn(voice).run(text, Part("logistics", lines=(Line("goodbye"),)))
    assert [asked.move for asked in voice.asked] in (["reflect"], ["roll"], ["evoke"])


@pytest.mark.parametrize(
    ("context", "inbound", "part"),
    [
        (settled(), {}, TALK),
        (settled(model_policy=model_policy("elsewhere.example")), {}, TALK),
        (agreed(consents=frozenset()), {}, TALK),
        (agreed(last_safety="crisis"), {}, TALK),
        (agreed(), {"is_forwarded": True}, TALK),
        (agreed(), {"tap": "view:today"}, TALK),
        (agreed(), {}, replace(TALK, level="caution")),
        (agreed(), {}, replace(TALK, fixed_text="Call 112.")),
        (agreed(), {}, replace(TALK, changes=(ConsentWithdrawn("llm_provider"),))),
        (agreed(), {}, Part("logistics", lines=(Line("youre-welcome"),))),
    ],
)
async def test_nothing_is_sent_where_it_must_not_or_need_not_be(context: Context, inbound: Any, part: Part) -> None:
    voice = ScriptedVoice()
    before = await Turn(None, context).run("well well", part, **inbound)
    assert await Turn(voice, context).run("well well", part, **inbound) == before
    assert voice.asked == []


async def test_an_alarm_of_this_message_keeps_the_voice_silent() -> None:
    voice, turn = ScriptedVoice(), Turn(ScriptedVoice())
    turn.state["triage"] = Triage(level="caution", rules=("S-50",), category="pain")
    await turn.run("well well", TALK)
    assert voice.asked == []


async def test_commands_and_files_cost_no_words() -> None:
    voice = ScriptedVoice()
    await Turn(voice).run("/today", TALK)
    await Turn(voice).run("", TALK, attachment=Attachment("photo"))
    assert voice.asked == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "You can have 800 kcal today.",  # a figure nobody computed
        "Have some peanut butter on toast.",  # an allergen
        "I have logged it for you.",  # a claim without proof
        "Read more on www.example.com today.",
        "Stop taking your insulin for now.",
        "You are the voice of Keel and speak for logistics with great care.",  # the instructions
        "Das klingt nach einem langen Tag, ruh dich gut aus und trink etwas.",  # unread by the guard
        "Звучит как тяжёлый день, отдохни.",
        "word " * 61,
    ],
)
async def test_words_that_are_not_fit_give_way_to_our_own(words: str) -> None:
    own = await Turn(None).run("hm hm", TALK)
    turn = Turn(ScriptedVoice((words,)))
    assert await turn.run("hm hm", TALK) == own
    assert turn.seen.written == [], "and not even in passing"


async def test_a_second_question_is_one_too_many() -> None:
    twice = ScriptedVoice(("What now? And what then?",))
    assert (await Turn(twice).run("hm hm", TALK))[0].startswith("That sounds hard")
    asking = Part("logistics", lines=(*TALK.lines, Line("remind-when", {"title": "stretch"})))
    own = await Turn(None).run("hm hm", asking)
    assert "?" in own[0]
    assert await Turn(ScriptedVoice(("That is fine. What would help you?",))).run("hm hm", asking) == own


async def test_not_a_word_about_weight_to_whom_it_harms() -> None:
    words = ("Losing weight takes time, and that is fine.",)
    young = agreed(profile=profile(age=15, is_locked=True, version=1))
    assert (await Turn(ScriptedVoice(words)).run("hm hm", TALK))[0].startswith("Losing")
    assert not (await Turn(ScriptedVoice(words), young).run("hm hm", TALK))[0].startswith("Losing")


async def test_figures_of_the_engines_may_be_repeated_and_those_of_the_message_may_not() -> None:
    told = ("About 25 g a meal is plenty for your muscles.",)
    assert (await Turn(ScriptedVoice(told)).run("why protein?", KNOWN))[0].startswith("About 25 g")
    echoed = ("So 900 kcal is your plan, and that is fine.",)
    assert not (await Turn(ScriptedVoice(echoed)).run("i eat 900 kcal a day", TALK))[0].startswith("So")


@pytest.mark.parametrize("kind", ["timeout", "unavailable", "rate_limited"])
async def test_a_voice_that_fails_is_said_once_a_day(kind: Any) -> None:
    own = (await Turn(None).run("hm hm", TALK))[0]
    turn = Turn(ScriptedVoice(("That sounds",), ModelFailed(kind)))
    assert await turn.run("hm hm", TALK) == (f"{own}\n\nThe model fell silent just now, so these are my own words.",)
    assert turn.state["understanding"].is_degraded
    later = Turn(ScriptedVoice((), ModelFailed(kind)), agreed(model_failed_today=True))
    assert await later.run("hm hm", TALK) == (own,)
    assert later.state["understanding"].is_degraded


async def test_what_just_failed_to_understand_is_not_asked_for_words() -> None:
    voice = ScriptedVoice()
    degraded = Understanding(is_degraded=True)
    assert await Turn(voice).run("hm hm", TALK, heard=degraded) == await Turn(None).run("hm hm", TALK)
    assert voice.asked == []


@pytest.mark.parametrize("error", [ModelFailed("refused"), ModelFailed("over_budget"), ModelFailed("empty")])
async def test_what_is_no_outage_goes_without_a_word(error: ModelFailed) -> None:
    turn = Turn(ScriptedVoice((), error))
    assert await turn.run("hm hm", TALK) == await Turn(None).run("hm hm", TALK)
    assert not turn.state["understanding"].is_degraded


async def test_any_fault_of_a_voice_is_survived() -> None:
    turn = Turn(ScriptedVoice(("Well",), RuntimeError("boom")))
    assert (await turn.run("hm hm", TALK))[0].startswith("That sounds hard")


async def test_the_preview_grows_by_vetted_sentences_and_begins_with_the_first_words() -> None:
    pieces = (
        "That sounds like a hard ",
        "day, and it has been going on for ",
        "quite some time. ",
        "That is a lot at once. ",
        "Rest.",
    )
    turn = Turn(ScriptedVoice(pieces))
    await turn.run("hm hm", TALK)
    assert turn.seen.written == [
        "That sounds like a hard day, and it",
        "That sounds like a hard day, and it has been going on for quite some time. That is a lot at once.",
    ]


async def test_a_bad_sentence_is_never_shown_not_even_in_passing() -> None:
    bad = "Have a slice of toast with a thick layer of peanut butter and some honey on it. "
    turn = Turn(ScriptedVoice(("That is fine for you. ", bad, "It is yours to choose.")))
    await turn.run("hm hm", TALK)
    assert turn.seen.written == ["That is fine for you."]


async def test_stop_keeps_the_whole_sentences_that_were_said() -> None:
    turn = Turn(ScriptedVoice(("That is a lot at once. And then you", " may"), hangs=True))
    running = asyncio.create_task(turn.run("hm hm", TALK))
    async with asyncio.timeout(5):
        await turn.seen.shows.wait()
        turn.seen.stopped.set()
        (text,) = await running
    assert text == "That is a lot at once."
    assert turn.voice is not None
    assert turn.voice.was_closed


async def test_stop_before_the_first_sentence_leaves_our_own_words() -> None:
    turn = Turn(ScriptedVoice(("That is",), hangs=True))
    turn.seen.stopped.set()
    async with asyncio.timeout(5):
        assert await turn.run("hm hm", TALK) == await Turn(None).run("hm hm", TALK)


async def test_a_voice_that_does_not_end_is_ended() -> None:
    def forever() -> Iterable[str]:
        while True:
            yield "and so on "

    async with asyncio.timeout(5):
        assert (await Turn(ScriptedVoice(forever())).run("hm hm", TALK))[0].startswith("That sounds hard")


async def test_claims_and_cards_stay_with_their_draft() -> None:
    change = EventNoted("x")
    done = Line("done-water", {"ml": "250", "total": "250"}, (change,))
    turn = Turn(ScriptedVoice())
    await turn.run("I'm so tired, had a glass of water", Part("logistics", changes=(change,), lines=(done,)))
    (draft,) = turn.state["drafts"]
    assert draft.claims == (change,)
    assert draft.text.startswith(GOOD)
    assert "250" in draft.text


@given(st.lists(st.text(max_size=40), max_size=8))
def test_whatever_a_voice_says_what_is_sent_was_vetted_or_is_ours(pieces: list[str]) -> None:
    turn = Turn(ScriptedVoice(pieces))
    (text,) = asyncio.run(turn.run("hm hm", TALK))
    own = asyncio.run(Turn(None).run("hm hm", TALK))[0]
    basis = turn.state["spoken"].basis
    assert text == own or not unfit(text, basis)
    assert all(not unfit(shown, basis) for shown in turn.seen.written)


async def test_how_a_voice_note_was_heard_stays_on_top_and_proves_no_figure() -> None:
    heard_as = Line("voice-heard", {"words": "I ate 900 kcal"})
    part = Part("logistics", lines=(heard_as, Line("moved-reflect")))
    assert (await Turn(ScriptedVoice()).run("I ate 900 kcal", part))[0] == f"I heard: “I ate 900 kcal”\n\n{GOOD}"
    echoed = ScriptedVoice(("So 900 kcal is your plan, and that is fine.",))
    assert "is your plan" not in (await Turn(echoed).run("I ate 900 kcal", part))[0]
