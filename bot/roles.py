"""What one process of several does: everything, or only hearing, working or speaking."""

from typing import Literal, get_args

Role = Literal["all", "web", "worker", "deliver"]
ROLES: tuple[Role, ...] = get_args(Role)


def hears(role: Role) -> bool:
    """Whether it takes updates in: by webhook, or by asking for them when it is elected to."""
    return role in ("all", "web")


def works(role: Role) -> bool:
    """Whether it answers updates, and looks for due reminders when it is elected to."""
    return role in ("all", "worker")


def speaks(role: Role) -> bool:
    """Whether it sends what is in the outbox when it is elected to."""
    return role in ("all", "deliver")
