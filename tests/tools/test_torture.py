"""tools/torture.py, a little of each part: what CI runs of it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here"),
]


@pytest.mark.parametrize("part", ["a", "b", "c", "d"])
def test_nothing_is_lost_hung_or_stumbled_over(part):
    if part == "c" and (os.geteuid() or shutil.which("mount") is None):
        pytest.skip("a small disk of its own needs root and mount")
    command = [sys.executable, str(ROOT / "tools" / "torture.py"), "--short", "--parts", part]
    # the bar is 10 s of an undisturbed processor: one file took 8.7 and, beside two test runs, 10.8
    env = {**os.environ, "REPLYGEN_TORTURE_SECONDS": "20"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=1500, check=False, env=env
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr[-2000:]
