"""Many cases in one test: each is tried, all that fail are told, and fixtures come through."""

import pytest

from tests.support.cases import for_each


def test_every_failing_case_is_named_with_its_reason_and_the_others_are_not():
    @for_each("number", [1, 2, 3, 0])
    def check(number):
        if number == 2:
            raise AssertionError("two is\neven")
        assert 6 / number

    with pytest.raises(AssertionError) as told:
        check()
    assert str(told.value) == "2 of 4 cases fail\n2: two is\n    even\n0: ZeroDivisionError: division by zero"


def test_a_case_that_does_not_raise_what_it_should_is_told_like_any_other():
    @for_each(("text", "fault"), [("a", KeyError), ("1", ValueError)], ids=["letter", "digit"])
    def check(text, fault):
        with pytest.raises(fault):
            int(text)

    with pytest.raises(ValueError, match="invalid literal"):
        int("a")
    with pytest.raises(AssertionError, match=r"2 of 2 cases fail\nletter: ValueError: .*\ndigit: Failed: DID"):
        check()


def test_cases_of_two_decorators_are_all_combined():
    seen = []

    @for_each("first", "ab")
    @for_each("second", [1, 2], ids=str)
    def check(first, second):
        seen.append((first, second))

    check()
    assert sorted(seen) == [("a", 1), ("a", 2), ("b", 1), ("b", 2)]


@for_each("number", [1])
def test_fixtures_come_through(number, tmp_path):
    assert number == 1
    assert tmp_path.is_dir()


def test_a_check_without_cases_or_that_is_no_plain_function_is_refused():
    with pytest.raises(ValueError, match="no cases of number"):
        for_each("number", [])
    with pytest.raises(TypeError, match="no plain function"):

        @for_each("number", [1])
        async def check(number): ...
