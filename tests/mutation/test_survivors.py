"""The list of accepted changes stays readable and speaks of code that exists."""

import importlib
from functools import reduce

import pytest

from tests.mutation.survivors import explained


@pytest.mark.parametrize("change", sorted(explained()))
def test_an_accepted_change_names_a_function_that_exists(change):
    function, new_line = change
    module, _, name = function.rpartition(".")
    path = name.removeprefix("xǁ").split("ǁ") if "ǁ" in name else [name.removeprefix("x_")]  # a method: xǁClassǁmethod
    assert callable(reduce(getattr, path, importlib.import_module(module)))
    assert new_line
