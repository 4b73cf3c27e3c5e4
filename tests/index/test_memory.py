"""What was worked out before is found again by its key."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from replygen.index.memory import Memory


def test_what_is_known_is_not_made_again():
    made = []
    memory = Memory()
    for key in ("甲", "乙", "甲", "甲"):
        assert memory.once(key, lambda key=key: made.append(key) or key) == key
    assert made == ["甲", "乙"]


def test_what_several_ask_for_at_once_is_made_by_one_of_them():
    made, begun = [], threading.Event()
    memory = Memory()

    def make():
        begun.set()
        time.sleep(0.05)
        made.append(1)
        return "found"

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(memory.once, "key", make)
        assert begun.wait(5)
        others = [pool.submit(memory.once, "key", make) for _ in range(3)]
        assert [f.result() for f in (first, *others)] == ["found"] * 4
    assert len(made) == 1


def test_a_failure_is_raised_and_not_kept():
    memory = Memory()
    with pytest.raises(ValueError, match="no"):
        memory.once("key", lambda: int("no"))
    assert memory.once("key", lambda: 1) == 1


def test_what_was_asked_for_longest_ago_is_forgotten_first():
    made = []
    memory = Memory(most=2)
    for key in ("甲", "乙", "甲", "丙", "甲", "乙"):
        memory.once(key, lambda key=key: made.append(key))
    assert made == ["甲", "乙", "丙", "乙"]
