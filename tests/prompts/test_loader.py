"""Sentences: every key that the code uses is there, its variables are given, and nothing odd reaches a person."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agents.domain.pushes import TIPS
from agents.domain.questions import QUESTIONS
from prompts.loader import Catalogue, _bundle
from tests.support.cases import for_each

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted([*(ROOT / "agents").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])
WORDED = {"Line": 0, "Choice": 0, "PushLine": 0, "say": 0}
KEY = re.compile(r"[a-z][a-z0-9_-]*")
SPEECH = Catalogue()


def keys() -> dict[str, str]:
    """Every sentence of the English catalogue as it is written."""
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "prompts/locales/en").glob("*.ftl")))
    found: dict[str, str] = {}
    for block in re.split(r"\n(?=[a-z])", text):
        name, sep, rest = block.partition(" =")
        if sep and KEY.fullmatch(name.strip()):
            found[name.strip()] = rest
    return found


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """(place, call, literal key) of each Line, Choice, PushLine and say in our code."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            for argument in node.args[:2] if name in WORDED else ():
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and len(argument.value) > 2:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node, argument.value
                    break


def variables(key: str) -> set[str]:
    return set(re.findall(r"\$([a-z_]+)", keys()[key]))


USED = [(place, node, key) for place, node, key in calls() if KEY.fullmatch(key)]


def test_every_key_the_code_names_is_in_the_catalogue() -> None:
    known = keys()
    assert len(USED) > 100
    assert sorted({f"{place}: {key}" for place, _, key in USED if key not in known}) == []


def test_every_variable_of_a_sentence_is_given_where_the_arguments_stand_beside_it() -> None:
    missing = []
    for place, node, key in USED:
        given = next((argument for argument in node.args if isinstance(argument, ast.Dict)), None)
        if given is None or any(not isinstance(name, ast.Constant) for name in given.keys):
            continue
        names = {name.value for name in given.keys if isinstance(name, ast.Constant)}
        if variables(key) - names:
            missing.append(f"{place}: {key} needs {sorted(variables(key) - names)}")
    assert missing == []


def test_the_families_of_keys_are_complete() -> None:
    known = keys()
    wanted = {f"tip-{number}" for number in range(TIPS)} | {f"value-{step}" for step in (1, 2, 3, 4)}
    for question in QUESTIONS:
        wanted |= {f"{kind}-{question.code}" for kind in ("ask", "why", "example")}
        wanted |= {f"opt-{question.code}-{data}".replace(":", "") for data in question.options}
    for reason in ("out-of-range", "unknown-word", "ambiguous", "impossible-time", "in-the-future"):
        wanted.add(f"rejected-{reason}")
    for code in ("conditions", "symptoms", "medications", "injuries", "allergies"):
        wanted.add(f"ask-{code}-more")
    assert sorted(wanted - known.keys()) == []


def test_no_sentence_is_defined_twice() -> None:
    names = re.findall(
        r"^([a-z][a-z0-9_-]*) =",
        "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "prompts/locales/en").glob("*.ftl")),
        re.MULTILINE,
    )
    assert sorted({name for name in names if names.count(name) > 1}) == []


@for_each("key", sorted(keys()))
def test_a_sentence_is_whole_and_plain(key: str) -> None:
    args: dict[str, str | int] = dict.fromkeys(variables(key), "x")
    args.update({name: 2 for name in ("count", "days", "weeks", "step", "last", "minutes", "lead") if name in args})
    text = SPEECH.say("en", key, args)
    assert text.strip()
    assert not re.search(r"[{}$]", text)
    assert text == text.strip()
    assert "  " not in text.replace("\n    ", "\n")
    assert not re.search(r"\b(should have|failed to|lazy|cheat|bad food|guilt)\b", text, re.IGNORECASE)


def test_claims_begin_with_done_and_nothing_else_claims() -> None:
    claims = re.compile(r"^(saved|logged|changed|reminder set|cancelled|done):?\b", re.IGNORECASE)
    assert [
        key for key, text in keys().items() if claims.match(text.strip()) and not key.startswith(("done-", "opt-"))
    ] == []


@pytest.mark.parametrize("locale", ["en", "en-GB", "EN", "xx", "../en", "", "de-CH-1996", "zz-zz"])
def test_an_unknown_language_falls_back_to_english(locale: str) -> None:
    assert SPEECH.say(locale, "youre-welcome", {}) == "Gladly."


def test_an_unknown_key_is_a_fault() -> None:
    with pytest.raises(KeyError, match="no-such-key"):
        SPEECH.say("en", "no-such-key", {})


def test_a_missing_variable_is_a_fault_and_never_shown() -> None:
    with pytest.raises(KeyError):
        SPEECH.say("en", "done-water", {"ml": "250"})


@pytest.mark.parametrize("typed", ["{ $x }", "{{", "}", "{ -term }", "\u2068x\u2069", "<b>", "a\nb", "$ml"])
def test_words_of_a_person_pass_through_as_they_are(typed: str) -> None:
    assert SPEECH.say("en", "plain", {"text": typed}) == typed


def test_plurals_follow_the_number() -> None:
    said = [SPEECH.say("en", "today-open", {"count": count}) for count in (0, 1, 2)]
    assert said[1] == "One thing is open."
    assert said[2] == "2 things are open."
    assert len(set(said)) == 3


def test_what_is_there_is_told_from_what_falls_back() -> None:
    assert SPEECH.has("en", "youre-welcome")
    assert not SPEECH.has("en", "no-such-key")
    assert not SPEECH.has("xx", "youre-welcome")
    assert _bundle("../../etc") is None
