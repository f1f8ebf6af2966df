"""Blocks go into JSON and come back; what the first version wrote is still read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.blocks import (
    MOST_BYTES,
    Card,
    Checklist,
    Details,
    File,
    Heading,
    Moment,
    Paragraph,
    Picture,
    block_of,
    plain_of,
)

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)
ONE_OF_EACH = (
    Card("Plan", ("Time", "What"), (("07:00", "Run"),)),
    Checklist("Tasks", ("#", "Task"), (("1", "Run"), ("2", "Sleep")), (True, None), is_grouped=True),
    Details("Week", ("Day", "Meals"), (("Mon", "Pasta\nSalad"),), shown=1),
    Heading("Today"),
    Paragraph("words"),
    Moment("Next", AT, "Mon 07:00"),
    File("a.ics", "text/calendar", b"BEGIN", is_protected=True),
    Picture("a.png", "image/png", b"\x89PNG", alt="weight over time"),
)


@pytest.mark.parametrize("block", ONE_OF_EACH, ids=lambda block: type(block).__name__)
def test_a_block_comes_back_as_it_went_and_always_reads_as_a_table(block):
    plain = plain_of(block)
    assert block_of(plain) == block
    assert type(block_of(plain)) is type(block)
    assert list(plain)[:4] == ["type", "title", "columns", "rows"]
    assert all(len(row) == len(plain["columns"]) for row in plain["rows"])


def test_a_table_of_the_first_version_has_no_type():
    assert block_of({"title": "T", "columns": ["a"], "rows": [["1"]]}) == Card("T", ("a",), (("1",),))


@given(st.lists(st.tuples(st.text(max_size=9), st.sampled_from([True, False, None])), max_size=9))
@settings(derandomize=True, deadline=None)
def test_every_check_list_comes_back(rows):
    made = Checklist("T", ("a",), tuple((text,) for text, _ in rows), tuple(mark for _, mark in rows))
    assert block_of(plain_of(made)) == made


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_a_file_that_is_empty_or_too_large_is_refused(size):
    with pytest.raises(ValueError, match="does not fit"):
        File("a", "text/plain", b"x" * size)


def test_a_check_list_needs_a_mark_for_each_row():
    with pytest.raises(ValueError, match="1 rows and 0 marks"):
        Checklist("T", ("a",), (("1",),), ())
