"""The shared tables the engines plan from, loaded at first use (the port `Tables` of the agents)."""

from agents.domain.exercises import Library
from agents.domain.foods import Catalogue


class ReferenceTables:
    """Foods and exercises that ship with Keel."""

    def foods(self) -> Catalogue:
        """Foods and recipes."""
        from storage.reference.food_tables import catalogue

        return catalogue()

    def exercises(self) -> Library:
        """Exercises."""
        from storage.reference.exercise_tables import library

        return library()
