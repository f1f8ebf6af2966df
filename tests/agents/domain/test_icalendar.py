"""Calendar files: every line as RFC 5545 wants it, every word back as it went in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.domain.icalendar import Entry, written

STAMP = datetime(2026, 11, 23, 7, tzinfo=UTC)
RUN = Entry("a@keel", datetime(2026, 11, 23, 7, 30, tzinfo=ZoneInfo("Europe/Berlin")), 45, "Easy run", is_busy=True)


def unfolded(data):
    """Content lines, as a calendar reads them: unfolded first."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    return "\r\n".join(lines).replace("\r\n ", "").split("\r\n")


def value(lines, name):
    return next(line.partition(":")[2] for line in lines if line.partition(":")[0] == name)


def plain(words):
    """The words behind an escaped value."""
    found, is_escaped = [], False
    for mark in words:
        if is_escaped:
            found.append({"n": "\n", "N": "\n"}.get(mark, mark))
        elif mark != "\\":
            found.append(mark)
        is_escaped = mark == "\\" and not is_escaped
    return "".join(found)


def test_a_file_is_what_a_calendar_expects():
    assert unfolded(written([RUN], "Keel", STAMP)) == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Keel//Keel//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Keel",
        "BEGIN:VEVENT", "UID:a@keel", "DTSTAMP:20261123T070000Z", "DTSTART:20261123T063000Z", "DTEND:20261123T071500Z",
        "SUMMARY:Easy run", "TRANSP:OPAQUE", "CLASS:PRIVATE", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


def test_what_has_no_time_lasts_the_day():
    lines = unfolded(written([Entry("b", date(2026, 12, 31), 30, "Lunch")], "Keel", STAMP))
    assert value(lines, "DTSTART;VALUE=DATE") == "20261231"
    assert value(lines, "DTEND;VALUE=DATE") == "20270101"
    assert value(lines, "TRANSP") == "TRANSPARENT"


def test_an_instant_without_a_zone_is_refused():
    naive = Entry("c", datetime(2026, 11, 23, 7), 30, "x")  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="aware"):
        written([naive], "Keel", STAMP)


@pytest.mark.parametrize(
    "words", ["a,b;c\\d", "one\ntwo\r\nthree", "BEGIN:VEVENT\r\nEND:VCALENDAR", "x" * 400, "ü😀" * 90]
)
def test_words_cannot_break_out_of_their_line(words):
    lines = unfolded(written([Entry("d", STAMP, 5, words, words)], "Keel", STAMP))
    assert len(lines) == 16
    for name in ("SUMMARY", "DESCRIPTION"):
        assert plain(value(lines, name)) == "\n".join(words.splitlines())


@given(st.text(max_size=200))
@settings(derandomize=True, deadline=None)
def test_any_words_come_back_without_their_control_characters(words):
    lines = unfolded(written([Entry("e", STAMP, 5, words)], words, STAMP))
    assert len(lines) == 15
    letters = [mark for mark in words if mark.isalnum()]
    assert [mark for mark in plain(value(lines, "SUMMARY")) if mark.isalnum()] == letters
