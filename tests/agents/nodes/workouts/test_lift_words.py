"""Which words of a message name the lift of a set."""

import pytest

from agents.nodes.workouts.lift_words import as_said
from agents.schemas import SetEntry
from tests.support.trainees import LIBRARY


def said(quote: str, *kinds: str | None) -> list[str]:
    entries = tuple(SetEntry(kind, 1, 8, 60.0) for kind in kinds)
    return list(as_said(quote, entries, LIBRARY))


@pytest.mark.parametrize(
    ("quote", "kind", "name"),
    [
        ("bench 60x8 @8", "bench press", "bench press"),
        ("hack squat 100x8", "squat", "Hack squat machine"),
        ("zercher squat 60x5", "squat", "zercher squat"),
        ("did 3x8 smith machine squat 80kg", "squat", "smith machine squat"),
        ("shoulder press machine 60x8", "overhead press", "Machine shoulder press"),
        ("shoulder press 60x8", "overhead press", "shoulder press"),
        ("OHP 40x8", "overhead press", "overhead press"),
        ("db rdl 3x10 20kg", "romanian deadlift", "Dumbbell Romanian deadlift"),
        ("with my brother: bench 60x8", "bench press", "bench press"),
        ("hit a new pr on bench 100x1", "bench press", "bench press"),
        ("Dumbbell squat to a bench 3x10 at 10 kg", "squat", "Dumbbell squat to a bench"),
        ("", "squat", "squat"),
    ],
)
def test_the_words_count_where_they_tell_more_than_the_kind(quote: str, kind: str, name: str) -> None:
    assert said(quote, kind) == [name]


def test_several_lifts_keep_their_own_words_in_order() -> None:
    quote = "hack squat 100x8, 110x6, bench 60x8, cable row 50x10"
    assert said(quote, "squat", None, "bench press", "seated row") == [
        "Hack squat machine", "Hack squat machine", "bench press", "Seated cable row",
    ]  # fmt: skip


@pytest.mark.parametrize("quote", ["squat 80x5, hack squat 140x5", "hack squat 140x5, squat 80x5"])
def test_two_lifts_of_one_kind_are_neither(quote: str) -> None:
    assert said(quote, "squat", "squat") == ["squat (which?)"] * 2


def test_words_after_the_sets_do_not_hide_the_lift() -> None:
    assert said("bench 60x8, 62.5x6 crazy pump", "bench press", None) == ["bench press"] * 2


def test_sets_without_any_name_stay_unnamed() -> None:
    assert said("60x8, 60x7", None, None) == ["exercise"] * 2
