"""Lengths of time."""

from agents.understanding.times import duration_minutes
from tests.support.cases import for_each


@for_each(
    ("text", "minutes"),
    [
        ("45 min", 45), ("90 minutes", 90), ("an hour and a half", 90), ("1h30", 90), ("1 h 30 min", 90), ("1h05", 65),
        ("half an hour", 30), ("a half hour", 30), ("½ hour", 30), ("2-3 hours", 150), ("2 to 3 hours", 150),
        ("20-30 min", 25), ("30–45min", 38), ("three quarters of an hour", 45), ("quarter of an hour", 15),
        ("1.5 hours", 90), ("1,5 h", 90), ("1 1/2 hours", 90), ("1½ hours", 90), ("one and a half hours", 90),
        ("2 hrs 15 mins", 135), ("2 hours and 15 minutes", 135), ("2 hours 15", 135),
        ("an hour and twenty minutes", 80),
        ("an hour and a quarter", 75), ("a couple of hours", 120), ("an hour or two", 90), ("an hour or so", 60),
        ("twenty-five minutes", 25), ("one to two hours", 90), ("30m", 30), ("1h", 60), ("90 sec", 2), ("0 min", 0),
        ("ran 5 km in 27 minutes", 27), ("a 45-minute session", 45), ("10 minutes and 30 seconds", 11),
        ("1 hour 15 glasses", 60),
        ("45", None), ("three days", None), ("hello", None), ("5 m", None), ("", None),
    ],
)  # fmt: skip
def test_a_length_is_read_in_minutes(text, minutes) -> None:
    assert duration_minutes(text) == minutes
