"""examples/encode_many.py: what several processes encode is what one would have."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from replygen.index import open_index
from replygen.index.encoders.hashed import HashEncoder
from replygen.index.local.store import Store

_SCRIPT = Path(__file__).parents[2] / "examples" / "encode_many.py"


@pytest.fixture
def folder(tmp_path, make_reply):
    """An index whose passages have no vectors yet."""
    with open_index(tmp_path / "index", encoder="hash") as index:
        for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
            index.add(*make_reply(f"{i}.docx", topic=topic))
    return tmp_path / "index"


def _run(*arguments):
    command = [sys.executable, str(_SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


def _vectors(folder):
    store = Store(folder)
    found = store.read_vectors(HashEncoder.name, 1, 100)
    store.close()
    return found


@pytest.mark.slow
def test_processes_encode_what_one_would_have(folder, tmp_path):
    jobs = tmp_path / "jobs"
    given = ("--index", folder, "--jobs", jobs)
    assert "3 个任务" in _run("export", *given, "--encoder", "hash", "--size", 5)
    assert "编码 7 条" in _run("encode", "--jobs", jobs, "--part", "1/2")  # one machine
    assert len(list(jobs.glob("*.npz"))) == 2
    assert "编码 5 条" in _run("encode", "--jobs", jobs, "--workers", 2)  # another takes the rest
    assert "编码 0 条" in _run("encode", "--jobs", jobs, "--workers", 2)
    assert "12 条向量" in _run("import", *given)
    rows, made = _vectors(folder)
    assert rows.tolist() == list(range(1, 13))
    with open_index(folder, encoder="hash") as index:
        assert index.search("电梯困人", kind="measure")[0].passage.title == "推行电梯按需维保"
        assert index.verify().notes == ()
        index.rebuild()
    assert np.array_equal(made, _vectors(folder)[1])


def test_vectors_of_another_index_are_refused(folder, tmp_path):
    spec = importlib.util.spec_from_file_location("encode_many", _SCRIPT)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    example.export_jobs(folder, tmp_path / "jobs", encoder="hash", size=100)
    with open_index(tmp_path / "other", encoder="hash"):
        pass
    with pytest.raises(SystemExit, match="不是从"):
        example.import_vectors(tmp_path / "other", tmp_path / "jobs")
