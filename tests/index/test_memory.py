"""What was worked out before is found again by its key."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from replygen.index import open_index
from replygen.index.memory import Memory
from replygen.models import Paragraph, Source
from replygen.parsing import parse_source


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


def test_the_lists_of_documents_are_read_once_and_anew_after_a_change(tmp_path):
    with open_index(tmp_path) as index:
        for number in range(2):
            text = f"关于第{number}号提案的答复\n我局开展食品安全检查{number}次。"
            source = Source(f"{number}.txt", f"{number}" * 64, "txt", (Paragraph(text),))
            index.add(parse_source(source), source)
        lists = [index.documents(own=own) for own in (None, True, False)]
        assert [len(found) for found in lists] == [2, 0, 2]
        assert all(
            index.documents(own=o) is f for o, f in zip((None, True, False), lists, strict=True)
        )
        index.remove(lists[0][0].id)
        assert index.documents() == lists[0][1:]
