"""A pipe in a folder is told, and nobody waits for somebody to write into it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")

_READ = """
import sys
from pathlib import Path
from replygen.reading import count_files, read_all
folder = Path(sys.argv[1])
print(count_files([folder]))
for path in (folder, folder / "a.txt"):
    for got in read_all([path]):
        print(got)
"""


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    first, *told = done.stdout.splitlines()
    assert first == "1"
    assert len(told) == 2 and all("不是普通文件" in line for line in told)
