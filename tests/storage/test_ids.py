import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.ids import IdFactory, from_text, to_text

START = datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_an_id_is_a_version_seven_uuid_of_the_clocks_millisecond():
    new_id = IdFactory(lambda: START, random.Random(1))
    value = new_id()
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"
    assert value.int >> 80 == int(START.timestamp() * 1000)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.integers(min_value=-3000, max_value=3000), min_size=1, max_size=40))
def test_ids_of_one_factory_ascend_even_when_the_clock_is_set_back(steps):
    now = [START]
    new_id = IdFactory(lambda: now[0], random.Random(2))
    made = []
    for step in steps:
        now[0] += timedelta(milliseconds=step)
        made.append(new_id())
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert [value.bytes for value in made] == sorted(value.bytes for value in made)


def test_the_random_part_running_over_moves_to_the_next_millisecond():
    class Full(random.Random):
        def getrandbits(self, bits):
            return (1 << bits) - 1

    new_id = IdFactory(lambda: START, Full())
    first, second = new_id(), new_id()
    assert first < second
    assert second.int >> 80 == (first.int >> 80) + 1


def test_seeded_factories_repeat_themselves_and_unseeded_ones_do_not():
    seeded = [IdFactory(lambda: START, random.Random(3))() for _ in range(2)]
    assert seeded[0] == seeded[1]
    assert IdFactory(lambda: START)() != IdFactory(lambda: START)()


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.uuids())
def test_twenty_six_characters_hold_an_id_and_sort_like_it(value):
    text = to_text(value)
    assert len(text) == 26
    assert from_text(text) == value
    assert from_text(text.lower()) == value
    assert (text < to_text(UUID(int=1 << 127))) == (value < UUID(int=1 << 127))


def test_look_alikes_are_forgiven():
    assert from_text("7ZZZZZZZZZZZZZZZZZZZZZZZZO") == from_text("7ZZZZZZZZZZZZZZZZZZZZZZZZ0")
    assert from_text("0000000000000000000000000l") == UUID(int=1)


@pytest.mark.parametrize("text", ["", "0" * 25, "0" * 27, "U" * 26, "8" + "0" * 25, "0" * 25 + "é"])
def test_what_is_not_an_id_is_refused(text):
    with pytest.raises(ValueError, match="an id"):
        from_text(text)
