"""The list of accepted changes stays readable and speaks of code that exists."""

import importlib

import pytest

from tests.mutation.survivors import explained


@pytest.mark.parametrize("change", sorted(explained()))
def test_an_accepted_change_names_a_function_that_exists(change):
    function, new_line = change
    module, _, name = function.rpartition(".")
    assert callable(getattr(importlib.import_module(module), name.removeprefix("x_")))
    assert new_line
