"""What words of a model may be sent: the guard between free phrasing and a person (architecture.md, "One turn")."""

from agents.domain.wording.guard import Basis, Fault, faults

__all__ = ["Basis", "Fault", "faults"]
