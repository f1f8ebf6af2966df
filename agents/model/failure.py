"""How asking a model can fail: one exception, whatever broke. Every caller goes on offline."""

from typing import Literal

FailureKind = Literal[
    "timeout",  # no answer in time, or none within what is left of the turn
    "rate_limited",  # 429, still so after the retries that fit into the turn
    "unavailable",  # connection refused or lost, 5xx, a stream that ended early
    "refused",  # the model declined, or a content filter did
    "invalid",  # an answer that is not what was asked for, also after one repair
    "empty",  # an answer without words
    "too_long",  # more to send than one call may carry: nothing was sent
    "unauthorised",  # 401 to 405, a redirect: the operator's key, its credit, the address or model name is wrong
    "over_budget",  # the day's allowance or the turn's calls are spent: nothing was sent
    "resting",  # it failed too often lately and is left alone for a while: nothing was sent
]


class ModelFailed(Exception):
    """The model gave nothing that can be used; `kind` says why. Never carries the person's words."""

    def __init__(self, kind: FailureKind) -> None:
        super().__init__(kind)
        self.kind: FailureKind = kind
