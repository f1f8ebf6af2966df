"""The printed plans are what the engines plan now, and each shows what its two sentences promise."""

import pytest

from bot.plan.profile_file import read_file
from tests.docs.examples import EXAMPLES, FOLDER, WIDTH, committed, page

examples = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


@examples
def test_a_printed_plan_is_what_the_engines_plan_now(example):
    assert committed(example) == page(example), "renew it: python -m tests.docs.examples --write"


@examples
def test_a_page_stays_inside_its_width_and_says_when_it_starts(example):
    plan = committed(example).partition("```text\n")[2]
    assert max(len(line) for line in plan.splitlines()) <= WIDTH
    assert read_file(example.profile).start_date is not None


def test_every_page_and_every_profile_belongs_to_an_example():
    named = {path.name for example in EXAMPLES for path in (example.profile, example.document)}
    assert {path.name for path in FOLDER.iterdir()} == named
