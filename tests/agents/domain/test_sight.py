"""What was seen survives being kept in an open question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.domain.sight import SeenItem, items_read, items_written
from agents.domain.turn import Attachment, Inbound
from tests.support.mind import NOW

AMOUNT = st.none() | st.floats(0.1, 2000)
ITEM = st.builds(SeenItem, st.text(), AMOUNT, AMOUNT, st.text(), st.floats(0, 1))


@given(st.lists(ITEM).map(tuple))
def test_items_survive_being_written_down(items: tuple[SeenItem, ...]) -> None:
    assert items_read(items_written(items)) == items


@pytest.mark.parametrize("text", ["", "{", "[1]", '[{"x": 1}]', "null"])
def test_what_was_not_written_by_us_raises(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        items_read(text)


def test_the_pictures_of_a_message_are_those_that_can_be_read() -> None:
    one, two = Attachment("photo", 5, source="a"), Attachment("photo", 5, source="b")
    broken, voice = Attachment("photo", 5, "too_large"), Attachment("voice", 5)
    said = Inbound("", NOW, attachment=one, more=(broken, voice, two))
    assert said.photos == (one, two)
    assert Inbound("", NOW).photos == ()
