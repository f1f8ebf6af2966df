"""How much one call may carry."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from agents.model import size
from agents.model.asking import Picture
from agents.model.repair import Unusable, shown_back
from tests.agents.model.conftest import ASK, SCHEMA


@given(st.text(), st.integers(-5, 50))
def test_a_cut_text_is_a_beginning_that_fits(text, most):
    kept = size.cut(text, most)
    assert size.tokens(kept) <= max(0, most)
    assert text.encode(errors="replace").decode(errors="ignore").startswith(kept)


@given(st.text(max_size=20_000), st.text(max_size=400), st.integers(0, 9000))
def test_showing_an_answer_back_never_outgrows_one_call(answer, complaint, filler):
    messages = (("system", "You read."), ("user", "x" * filler))
    if size.room(messages, SCHEMA) < 0:
        return
    shown = shown_back(messages, Unusable(answer, complaint, frozenset()), SCHEMA)
    schema = size.tokens(size.schema_text(SCHEMA))
    assert size.tokens_of(shown) + schema <= size.MOST_TOKENS_IN + 1
    assert shown[: len(messages)] == messages
    assert [role for role, _text in shown[len(messages) :]] == ["assistant", "user"]


def test_a_picture_is_reserved_for():
    seen = replace(ASK, pictures=(Picture(b"\xff" * 1000, "image/jpeg"),))
    assert size.reserved(seen) - size.reserved(ASK) == size.PICTURE_TOKENS
    assert size.reserved(ASK) == size.expected_in(ASK) + ASK.most_tokens_out
    assert size.expected_in(ASK, SCHEMA) > size.expected_in(ASK)
