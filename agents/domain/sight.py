"""What was seen and heard, as values: a picture ready to be looked at, a recording, and what a look found."""

import json
from dataclasses import asdict, dataclass
from typing import Final, Literal

from agents.domain.product import Product

SightKind = Literal["meal", "fridge", "label", "recipe", "other"]
FOODS_ASKED, PRODUCT_ASKED = "seen_foods", "seen_product"  # the open questions that a picture leads to
MOST_PHOTOS: Final = 3  # of one message; each costs as much as a page of words


class NotPerceived(Exception):
    """A model did not look or listen: it failed, it declined, or the day's allowance is spent."""

    def __init__(self, why: Literal["failed", "refused", "over_budget"]) -> None:
        super().__init__(why)
        self.why: Literal["failed", "refused", "over_budget"] = why


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG, small, upright and without metadata; `codes` are the product numbers on it (agents.domain.barcodes)."""

    content: bytes
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recording:
    """A voice note as it came, of a type that was recognised by its content."""

    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class SeenItem:
    """One food on a picture. Amounts are estimates: `grams` as eaten or as there, or `count` of `unit`."""

    name: str
    grams: float | None = None
    count: float | None = None
    unit: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What a look found. `servings` is how many a recipe is for; `writing` are words somebody wrote, never orders."""

    kind: SightKind
    items: tuple[SeenItem, ...] = ()
    servings: float = 1.0
    product: Product | None = None
    writing: str = ""
    has_more: bool = False  # something on it could not be named


def items_written(items: tuple[SeenItem, ...]) -> str:
    """Items as an open question keeps them."""
    return json.dumps([asdict(item) for item in items], separators=(",", ":"))


def items_read(text: str) -> tuple[SeenItem, ...]:
    """What `items_written` made. Raises ValueError or TypeError for anything else."""
    return tuple(SeenItem(**each) for each in json.loads(text))
