"""The public names of a package are loaded when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from replygen.language.lazily import load_lazily

ROOMS = ("entities", "index", "laws", "parsing")


def test_a_name_comes_from_the_module_that_it_stands_in():
    load = load_lazily("replygen.language", {"are_near": "copies"})
    assert load("are_near")("直播带货要有明示", "直播带货要有明示")


def test_a_name_that_is_not_there_is_told_as_python_tells_it():
    with pytest.raises(AttributeError, match="'replygen.language' has no attribute 'nothing'"):
        load_lazily("replygen.language", {})("nothing")


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_loads_none_of_its_modules_by_itself(room):
    inside = f"replygen.{room}."
    code = f"import sys, {inside[:-1]}; print([m for m in sys.modules if m.startswith({inside!r})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
