"""The four figures a day is measured by, as the solver sees them: kcal, protein g, carbohydrate g, fat g."""

from agents.domain.foods import Nutrients

Vector = tuple[float, float, float, float]


def vector(nutrients: Nutrients) -> Vector:
    """The four figures of some food."""
    return nutrients.kcal, nutrients.protein_g, nutrients.carbs_g, nutrients.fat_g


def plus(first: Vector, second: Vector) -> Vector:
    """The sum of two vectors."""
    return first[0] + second[0], first[1] + second[1], first[2] + second[2], first[3] + second[3]
