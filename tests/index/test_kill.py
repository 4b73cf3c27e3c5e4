"""A process that is killed while it adds loses at most the document it was at."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from replygen.index import open_index
from replygen.models import Other, Paragraph, Source

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")

# Adds documents 0..N, prints each number once it is stored, searches now and then so
# that the caches are written too.
_WRITER = """
import sys
from pathlib import Path
from replygen.index import open_index
from replygen.index.local import vectors
sys.path.insert(0, {here!r})
from test_kill import make_document
vectors._LAG = 20
with open_index(Path({folder!r}), encoder="hash") as index:
    print("open", flush=True)
    for n in range({start}, {start} + 400):
        index.add(*make_document(n))
        print(n, flush=True)
        if n % 10 == 0:
            index.search("第一类摊位")
"""


def make_document(number: int) -> tuple[Other, Source]:
    """Return a made-up document of a few passages; every tenth replaces the one before."""
    words = random.Random(number).choices("市场摊位登记电梯直播食堂养老助餐巡查约谈整改", k=900)
    lines = [f"第{number}号记录"] + ["".join(words[i : i + 90]) for i in range(0, 900, 90)]
    path = f"{number - 1 if number % 10 == 9 else number}.txt"
    digest = f"{number:016x}" + "0" * 48
    paragraphs = tuple(Paragraph(line, index=i) for i, line in enumerate(lines))
    return Other(lines[0], "\n".join(lines)), Source(path, digest, "txt", paragraphs)


def _kill_while_adding(folder: Path, start: int, delay: float) -> list[int]:
    """Return the numbers that the writer said it had stored before it was killed."""
    here = str(Path(__file__).parent)
    code = _WRITER.format(here=here, folder=str(folder), start=start)
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    writer = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    time.sleep(delay)
    writer.send_signal(signal.SIGKILL)
    said = writer.stdout.read().split("\n")[:-1]  # an unfinished line was not said
    assert writer.wait() == -signal.SIGKILL, "the writer ended before it was killed"
    return [int(line) for line in said]


def _kill_and_check(folder: Path, delays: list[float]) -> int:
    stored: set[str] = set()
    start = 0
    for delay in delays:
        said = _kill_while_adding(folder, start, delay)
        stored |= {f"{n:016x}" for n in said}
        stored -= {f"{n - 1:016x}" for n in said if n % 10 == 9}
        with open_index(folder, encoder="hash") as index:
            report = index.verify()
            assert report.ok, report.problems
            ids = {document.id for document in index.documents()}
            # at most one more than it could say, and that one may have replaced another
            following = max(said, default=start - 1) + 1
            replaced = following % 10 == 9 and f"{following:016x}" in ids
            assert len(stored - ids) <= replaced
            assert len(ids - stored) <= 1
            outcome = index.add(*make_document(100_000 + start))
            assert outcome.state == "added"
            stored = ids | {outcome.document.id}
            assert index.search("第一类摊位登记")
            report = index.verify()
            assert (report.ok, report.notes) == (True, ())
        start += 500
    return len(stored)


def test_nothing_stored_is_lost_when_the_writer_is_killed(tmp_path):
    assert _kill_and_check(tmp_path / "index", [0.02, 0.35, 0.8]) > 3


@pytest.mark.slow
def test_nothing_stored_is_lost_at_many_moments(tmp_path):
    draw = random.Random(7)
    assert _kill_and_check(tmp_path / "index", [draw.uniform(0, 1.5) for _ in range(30)]) > 30


_LONGEST = 60.0  # seconds until a writer on a busy machine has added its first document


def test_a_search_during_the_additions_of_another_process_works(tmp_path):
    folder = tmp_path / "index"
    here, root = str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])
    code = _WRITER.format(here=here, folder=str(folder), start=0)
    writer = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    try:
        with open_index(folder, encoder="hash") as index:
            seen, end = 0, time.monotonic() + _LONGEST
            while not seen and time.monotonic() < end:
                index.search("第一类摊位登记")
                seen = index.status().documents
                time.sleep(0.02)
            index.add(*make_document(100_000))  # a second writer waits its turn
            assert seen > 0
    finally:
        writer.kill()
        writer.stdout.close()
        writer.wait()
    with open_index(folder, encoder="hash") as index:
        assert index.verify().ok
