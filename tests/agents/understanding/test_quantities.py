import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.understanding.quantities import amount, quantities
from tests.support.cases import for_each


@for_each(
    ("text", "dimension", "expected"),
    [
        ("82 kg", "mass", 82_000),
        ("82,5kg.", "mass", 82_500),
        ("190lbs", "mass", 86_182.55),
        ("500 g", "mass", 500),
        ("8 oz", "mass", 226.8),
        ("11 st 4", "mass", 71_667.59),
        ("12 stone", "mass", 76_203.52),
        ("11 stone 4 pounds", "mass", 71_667.59),
        ("11st4", "mass", 71_667.59),
        ("82-84 kg", "mass", 83_000),
        ("5'6\"", "length", 1.6764),
        ("5 foot 4", "length", 1.6256),
        ("6ft1", "length", 1.8542),
        ("5'11", "length", 1.8034),
        ("1m75", "length", 1.75),
        ("1.80 m", "length", 1.8),
        ("180cm", "length", 1.8),
        ("5 km", "length", 5_000),
        ("3 mi", "length", 4_828.03),
        ("500 ml", "volume", 500),
        ("33 cl", "volume", 330),
        ("2 dl", "volume", 200),
        ("1.5 l", "volume", 1_500),
        ("2 cups", "volume", 480),
        ("8 fl oz", "volume", 236.59),
        ("1 tbsp", "volume", 15),
        ("2 tsp", "volume", 10),
        ("2 1/2 cups", "volume", 600),
        ("3/4 cup", "volume", 180),
        ("2,000 kcal", "energy", 2_000),
        ("418.4 kj", "energy", 100),
        ("45 min", "time", 45),
        ("1h30", "time", 90),
        ("1 hour 15 minutes", "time", 75),
        ("half an hour", "time", 30),
        ("an hour", "time", 60),
        ("6-7 hours", "time", 390),
    ],
)
def test_an_amount_is_brought_to_the_base_unit(text, dimension, expected):
    (found,) = quantities(text)
    assert found.dimension == dimension
    assert found.amount == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("text", ["60x8", "1st may", "21st", "82", "kg", "5x5", "1/0 cup", "12:30", "a g", "3 months"])
def test_what_is_no_amount(text):
    assert quantities(text) == ()


def test_several_amounts_keep_their_places():
    text = "5ft 11 82kg"
    assert [text[q.start : q.end] for q in quantities(text)] == ["5ft 11", "82kg"]
    assert [(q.unit, round(q.amount, 2)) for q in quantities("5 ft 180 lb")] == [("ft", 1.52), ("lb", 81_646.63)]


def test_the_one_amount_of_a_dimension():
    assert amount("about 70 kg", "mass").amount == 70_000
    assert amount("70 kg or 80 kg?", "time") is None
    assert amount("70 kg and 80 kg", "mass") is None


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.integers(1, 399), st.integers(0, 9), st.sampled_from(["kg", " kg", "kilos", " kilograms"]))
def test_kilograms_survive_any_spelling(whole, tenths, unit):
    (found,) = quantities(f"{whole}.{tenths}{unit}")
    assert found.amount == pytest.approx((whole + tenths / 10) * 1000)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert all(0 <= q.start < q.end <= len(text.lower()) for q in quantities(text.lower()))
