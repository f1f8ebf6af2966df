"""What seeds make: the same story each time, and over a thousand of them everything that can go wrong."""

from collections import Counter

import pytest

from tests.chaos.board import KINDS
from tests.chaos.story import chosen, story

STORIES = [story(seed) for seed in range(1000)]


def test_a_seed_tells_the_same_story_each_time():
    assert [story(seed) for seed in range(50)] == STORIES[:50]
    assert len({told.acts for told in STORIES}) == len(STORIES)


def test_a_thousand_seeds_hold_every_fault_and_every_way_to_die():
    themes = Counter(theme for told in STORIES for theme in told.themes)
    deaths = Counter(fall.death.kind for told in STORIES for fall in told.falls)
    broken = {"disk", "lock", "limit"}
    assert set(themes) == {
        "repeats", "swaps", "storm", "stumble", "conflict", "shut out", "membership", "red flag", "deletion",
        "locking", "oddities", "clock", *broken,
    }  # fmt: skip
    assert min(themes.values()) >= 20
    assert set(deaths) == {*KINDS, "moment"}
    assert min(deaths.values()) >= 200


def test_the_server_of_postgres_stories_falls_and_hangs_up_instead():
    themes = {theme for seed in range(200) for theme in story(seed, "postgres").themes}
    assert {"terminate", "crash"} <= themes
    assert not themes & {"disk", "lock", "limit"}


@pytest.mark.parametrize("what", ["disk", "lock", "limit"])
def test_what_breaks_is_mended_again(what):
    for told in STORIES:
        switched = [act.values[0] for act in told.acts if act.what == what]
        assert switched in ([], [True, False])


def test_nobody_speaks_after_they_asked_to_be_deleted():
    for told in STORIES:
        gone_at = {act.who: act.at_ms for act in told.acts if act.effect and act.effect.kind == "erased"}
        for act in told.acts:
            if act.who in gone_at and act.what in ("say", "tap", "tap_newest", "swap", "file"):
                assert act.at_ms <= gone_at[act.who], told.seed


def test_every_logged_value_of_a_story_is_its_own():
    for told in STORIES:
        effects = [(act.who, act.effect) for act in told.acts if act.effect and act.effect.kind != "erased"]
        assert len(effects) == len(set(effects)), told.seed


def test_a_small_choice_of_seeds_still_holds_every_fault_and_every_way_to_die():
    few = [story(seed) for seed in chosen(16)]
    assert len(few) == 16
    assert {theme for told in few for theme in told.themes} == {theme for told in STORIES for theme in told.themes}
    assert {fall.death.kind for told in few for fall in told.falls} == {*KINDS, "moment"}
