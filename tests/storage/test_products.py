"""Packaged foods by the number on the package."""

from decimal import Decimal
from uuid import UUID

import pytest

from agents.domain.product import Product
from storage import products
from storage.models.foods import Food, FoodServing

NUMBER = "04006381333931"
SOMEBODY, ELSE = UUID(int=1), UUID(int=2)


def food(number: int, **changes):
    """A shared food with all that is needed."""
    known = {
        "id": UUID(int=number), "name": "Oat biscuits", "name_key": "oat biscuit", "barcode": "4006381333931",
        "kcal": Decimal(450), "protein_g": Decimal(7), "carbs_g": Decimal(60), "fat_g": Decimal(18),
        "fibre_g": Decimal(5), "source": "off", "source_ref": str(number), "diet_flags": {}, "is_verified": False,
    }  # fmt: skip
    return Food(**{**known, **changes})


@pytest.fixture
async def look(db):
    """Puts foods away and looks one up."""

    async def put_and_find(*rows, number=NUMBER, who=SOMEBODY):
        await db.run_write(lambda session: session.add_all(rows))
        return await db.run_read(lambda session: products.by_number(session, who, number))

    return put_and_find


async def test_a_number_finds_its_product_however_its_zeros_are_written(look):
    found = await look(food(1, carb_convention="us"))
    assert found == Product("Oat biscuits", 450.0, 7.0, 60.0, 18.0, fibre_g=5.0)
    assert (
        await look(food(2, barcode="96385074", brand="Keel", name="Gum"), number="00000096385074")
    ).name == "Keel Gum"


async def test_a_european_table_leaves_fibre_out_of_its_carbohydrate(look):
    assert (await look(food(1, carb_convention="eu"))).carbs_g == 65.0


async def test_the_usual_serving_comes_along(look):
    servings = [
        FoodServing(id=UUID(int=8), food_id=UUID(int=1), label="pack", grams=Decimal(200), is_default=False),
        FoodServing(id=UUID(int=9), food_id=UUID(int=1), label="piece", grams=Decimal(12), is_default=True),
    ]
    assert (await look(food(1), *servings)).serving_g == 12.0


async def test_a_verified_entry_wins(look):
    assert (await look(food(1, name="Doubtful"), food(2, name="Checked", is_verified=True))).name == "Checked"


@pytest.mark.parametrize("missing", ["kcal", "protein_g", "carbs_g", "fat_g"])
async def test_an_entry_without_a_figure_that_is_needed_is_no_product(look, missing):
    assert await look(food(1, **{missing: None})) is None


async def test_an_unknown_number_finds_nothing(look):
    assert await look(food(1), number="00036000291452") is None
