"""Pain during a movement: go on, modify or stop (science.md T-60)."""

from typing import Final, Literal

PainRoute = Literal["go_on", "modify", "stop"]

GO_ON_UNTIL: Final = 2  # of 10
MODIFY_UNTIL: Final = 5
LASTING_HOURS: Final = 72


def pain_route(score: int, *, is_sharp: bool = False, is_worsening: bool = False, hours: float = 0) -> PainRoute:
    """What to do with the pattern that hurts; `is_sharp` also stands for pain along the joint line.

    "modify" is range, load or another exercise, watched for 24 hours; "stop" is `caution` or the route of T-31.
    Soreness is not pain: dull, on both sides, easing when warm. Raises ValueError outside 0 to 10.
    """
    if not 0 <= score <= 10 or hours < 0:
        raise ValueError("pain is scored from 0 to 10")
    if score == 0:
        return "go_on"
    if score > MODIFY_UNTIL or is_sharp or is_worsening or hours > LASTING_HOURS:
        return "stop"
    return "go_on" if score <= GO_ON_UNTIL else "modify"
