"""Which picture the words mean, and how far back it reaches."""

from datetime import UTC, datetime

import pytest

from agents.schemas import Moment, Target
from agents.understanding.clauses import clause
from agents.understanding.pictures import MOST_DAYS, picture
from agents.understanding.views import view

MOMENT = Moment(now=datetime(2026, 11, 21, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "words", "days"),
    [
        ("show my weight", "weight", None), ("weight chart for the last 3 months", "weight", 90),
        ("my strength", "strength", None), ("my lifts", "strength", None), ("sleep chart", "sleep", None),
        ("show me a chart of my sleep this year", "sleep", 365), ("how was my week", "week", None),
        ("how did my week go", "week", None), ("weekly report", "week", None),
        ("show my achievements", "achievements", None), ("how much protein do i have left", "today", None),
        ("how am i doing", "", None), ("heatmap", "adherence", None),
        ("how much weight have i lost this month", "weight", 30), ("cycle chart", "cycle", None),
    ],
)  # fmt: skip
def test_words_mean_one_picture(said, words, days):
    found = view(clause(said), MOMENT)
    assert found is not None
    assert (found.name, found.payload.words, found.payload.days) == ("progress_view", words, days)


@pytest.mark.parametrize("said", ["how did i sleep last night", "show my plan", "show me my week", "weight"])
def test_other_pages_stay_what_they_are(said):
    found = view(clause(said), MOMENT)
    assert found is None or found.name != "progress_view"


def test_a_time_beyond_reason_is_five_years():
    assert picture("weight over the last 999 years") == Target(words="weight", days=MOST_DAYS)
