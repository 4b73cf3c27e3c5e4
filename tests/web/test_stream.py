"""The stream of answers does not end while an answer is awaited (web/static/stream.js)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from replygen import web

SCRIPT = Path(web.__file__).parent / "static" / "stream.js"
CHECK = Path(__file__).parent / "stream_check.mjs"


@pytest.fixture(scope="module")
def read() -> dict[str, object]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    out = subprocess.run([node, CHECK, SCRIPT], capture_output=True, text=True, timeout=60)
    assert out.returncode == 0, out.stderr
    return json.loads(out.stdout)


def test_an_end_is_passed_on_when_nothing_is_awaited(read) -> None:
    assert read["alone"] == ["e1", "close_stream"]


def test_a_request_sent_before_the_end_was_read_gets_its_answer(read) -> None:
    assert read["more"] == 1
    assert read["late"] == ["e2", "e3", "close_stream"]


def test_an_answer_before_its_request_was_taken_is_not_awaited(read) -> None:
    assert read["early"] == ["e4", "close_stream"]
